"""What the HTML reader gets right on publishers' pages: text, date, title and authors.

    python benchmarks/pages.py [--errors]

Word F1 is of the bodies as bags of words, without the title in either, its mean over the pages.
The gold is what Fundus, an extractor with rules written by hand for each publisher, made of the
pages; where a publisher names itself or an agency as author, gold has it among the authors, and
ours among credits as well. Needs ../shared beside the checkout.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from presslens.article import Article
from presslens.paths import ROOT
from presslens.reading.html import article_from_page

FOLDER = ROOT.parent / "shared" / "data" / "formats" / "html"
# The last counts agencies and the paper among gold's authors as right where ours are credits.
FIELDS = ("date", "title", "authors", "with credits")
# Pages whose body is further from gold than this are printed among the errors.
GOOD_F1 = 0.93
_STRAIGHT = str.maketrans({**dict.fromkeys("‘’`´", "'"), **dict.fromkeys("“”„«»", '"'),
                           **dict.fromkeys("‐‑‒–—―", "-")})  # fmt: skip

Gold = dict[str, Any]


@dataclass(frozen=True)
class Rating:
    """One page: word F1 of its body, and field → (right, found, expected)."""

    file: str
    f1: float
    precision: float
    recall: float
    fields: dict[str, tuple[bool, Any, Any]]
    seconds: float


def main() -> None:
    """The figures, and with --errors the pages that are wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true", help="also print what is wrong")
    errors = parser.parse_args().errors
    if not (FOLDER / "gold.jsonl").is_file():
        sys.exit(f"{FOLDER} is missing; put the shared folder beside the checkout")
    lines = (FOLDER / "gold.jsonl").read_text("utf-8").splitlines()
    rated = [rate(json.loads(line)) for line in lines]
    if errors:
        print_errors(rated)
    print(f"{'body, word F1':15s} {sum(one.f1 for one in rated) / len(rated):.3f}")
    for name in FIELDS:
        right = sum(one.fields[name][0] for one in rated)
        print(f"{name:15s} {right / len(rated):.3f}  {right} of {len(rated)}")
    times = [one.seconds for one in rated]
    print(f"{'seconds a page':15s} {sum(times) / len(times):.2f}, at most {max(times):.2f}")


def rate(gold: Gold) -> Rating:
    """What the reader makes of one page, against its gold."""
    page = gzip.decompress((FOLDER / gold["file"]).read_bytes()).decode("utf-8")
    start = time.perf_counter()
    found = article_from_page(page, origin=gold["file"])
    seconds = time.perf_counter() - start
    if not isinstance(found, Article):
        wrong: dict[str, tuple[bool, Any, Any]] = dict.fromkeys(FIELDS, (False, found.reason, None))
        return Rating(gold["file"], 0.0, 0.0, 0.0, wrong, seconds)
    day, expected_day = str(found.published or ""), str(gold["published"] or "")[:10]
    title, authors = gold["title"], gold["authors"] or []
    fields = {
        "date": (day == expected_day, day, gold["published"]),
        "title": (normal(found.title) == normal(title), found.title, title),
        "authors": (names(found.authors) == names(authors), found.authors, authors),
        "with credits": (
            names(found.authors) <= names(authors) <= names([*found.authors, *found.credits]),
            (found.authors, found.credits),
            authors,
        ),
    }
    body = found.text[found.body_start :]
    return Rating(gold["file"], *word_f1(body, " ".join(gold["paragraphs"])), fields, seconds)


def word_f1(found: str, expected: str) -> tuple[float, float, float]:
    """F1, precision and recall over the words of two texts as bags."""
    ours, theirs = (Counter(re.findall(r"\w+", text.casefold())) for text in (found, expected))
    shared = (ours & theirs).total()
    if not shared:
        return 0.0, 0.0, 0.0
    precision, recall = shared / ours.total(), shared / theirs.total()
    return 2 * precision * recall / (precision + recall), precision, recall


def normal(text: str | None) -> str:
    """A text without differences of blanks, quotation marks, dashes and case."""
    return " ".join((text or "").translate(_STRAIGHT).casefold().split())


def names(authors: Iterable[str]) -> set[str]:
    """Names without differences of case, accents and punctuation."""
    plain = (unicodedata.normalize("NFKD", normal(author)) for author in authors)
    return {" ".join(re.findall(r"[^\W_]+", re.sub(r"[\u0300-\u036f]", "", p))) for p in plain}


def print_errors(rated: list[Rating]) -> None:
    """A line for each field that is wrong and each body that is far from gold."""
    for one in sorted(rated, key=lambda one: one.file):
        if one.f1 < GOOD_F1:
            print(
                f"{one.file}: body {one.f1:.3f} (precision {one.precision:.2f},"
                f" recall {one.recall:.2f})"
            )
        for name, (right, found, expected) in one.fields.items():
            if not right:
                print(f"{one.file}: {name} {found!r}, expected {expected!r}")


if __name__ == "__main__":
    main()
