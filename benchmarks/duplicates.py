"""Copies of articles found, among articles as they are, and how long many articles take.

    python benchmarks/duplicates.py [ARTICLES]     20,000 for the last part, if not told otherwise

Real articles (the world's papers in ../shared, beside the checkout) are edited as papers edit what
they take over: cut from the end, headed anew, a paragraph added, a third rewritten (its words in
another order, half of them replaced); original and edit in either order of time. Pairs of
different articles are what else is in the set, so every false pair counts.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd

from presslens.copies import copies
from presslens.paths import ROOT
from presslens.relations import NEEDED, relate

NEWSWIRE = ROOT.parent / "shared" / "data" / "ner" / "worldwide_newswire.jsonl"
PAIRS = 200
DAY = date(2025, 3, 1)
chance = random.Random(4)  # noqa: S311


def main() -> None:
    """Precision and recall of pairs; seconds and memory of many articles."""
    if not NEWSWIRE.exists():
        sys.exit(f"{NEWSWIRE} is missing; put the shared folder beside the checkout")
    texts = [json.loads(line)["text"] for line in NEWSWIRE.read_text("utf-8").splitlines()]
    texts = [text for text in dict.fromkeys(texts) if 150 < len(text.split()) < 1500]
    score(texts)
    measure(texts, int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)


def score(texts: list[str]) -> None:
    """How many of the edits are found, and how many of what is found are edits."""
    before = set(pairs_of(frame(texts)))
    rows, gold = list(texts), set()
    for number, text in enumerate(texts[:PAIRS]):
        edit = EDITS[number % len(EDITS)]
        rows.append(edit(text))
        gold.add((number, len(rows) - 1, edit.__name__))
    found = set(pairs_of(frame(rows)))
    true = {(first, second) for first, second, _ in gold}
    right = found & true
    false = found - true - before
    print(f"precision {len(right) / max(1, len(right | false)):.3f}", end=", ")
    print(f"recall {len(right) / len(true):.3f} of {len(true)} pairs")
    for name in (edit.__name__ for edit in EDITS):
        some = {(a, b) for a, b, made in gold if made == name}
        print(f"  {name:12s} {len(some & found) / len(some):.3f}")
    print(f"  ({len(before)} pairs among the {len(texts)} articles as they are)")


def frame(texts: list[str]) -> pd.DataFrame:
    """Articles with names and days, in an order of time that tells nothing of which is which."""
    days = [DAY + timedelta(days=chance.randrange(30)) for _ in texts]
    names = [f"{number:06d}" for number in range(len(texts))]
    return pd.DataFrame({"article_id": names, "text": texts, "published": days})


def pairs_of(articles: pd.DataFrame) -> set[tuple[int, int]]:
    """The copies found, as pairs of numbers, the lower first."""
    found = copies(articles).dropna()
    pairs = ((int(str(name)), int(original)) for name, original in found.items())
    return {(min(pair), max(pair)) for pair in pairs}


def paragraphs_of(text: str) -> list[str]:
    """Lines and, where a text has few, sentences."""
    lines = [line for line in text.split("\n") if line.strip()]
    return lines if len(lines) > 5 else re.split(r"(?<=[.!?”]) ", text)


def cut(text: str) -> str:
    """Without its last 40 % of paragraphs."""
    paragraphs = paragraphs_of(text)
    return "\n\n".join(paragraphs[: max(1, len(paragraphs) * 6 // 10)])


def retitled(text: str) -> str:
    """With another first paragraph."""
    return "\n\n".join(["What we know about it so far", *paragraphs_of(text)[1:]])


def added(text: str) -> str:
    """With a paragraph of this paper's own."""
    paragraphs = paragraphs_of(text)
    own = "Residents told this newspaper that they had waited for months and heard nothing at all."
    return "\n\n".join([*paragraphs[:2], own, *paragraphs[2:]])


def rewritten(text: str) -> str:
    """With a third of its paragraphs in other words."""
    paragraphs = paragraphs_of(text)
    for number in range(0, len(paragraphs), 3):
        words = paragraphs[number].split()
        chance.shuffle(words)
        paragraphs[number] = " ".join(words[::2] + ["indeed"] * (len(words) // 2))
    return "\n\n".join(paragraphs)


EDITS: tuple[Callable[[str], str], ...] = (cut, retitled, added, rewritten)


def measure(texts: list[str], count: int) -> None:
    """Seconds and memory for many articles, made of the paragraphs of these."""
    paragraphs = [part for text in texts for part in paragraphs_of(text) if len(part) > 100]
    many = ["\n\n".join(chance.sample(paragraphs, 8)) for _ in range(count)]
    articles = frame(many)
    for name in NEEDED:
        articles[name] = articles.get(name)
    start, used = time.perf_counter(), time.process_time()
    found = relate(articles)
    seconds, used = time.perf_counter() - start, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{count:,} articles, copies, passages and stories: ", end="")
    print(f"{seconds:.0f} s ({used:.0f} s of the processor), {memory:.2f} GB at most")
    passages, stories = found.passages.num_rows, found.columns["story"].nunique()
    print(f"  {passages:,} passages, {stories:,} stories")


if __name__ == "__main__":
    main()
