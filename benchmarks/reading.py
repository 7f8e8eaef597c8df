"""Fields that the reader of text dumps gets right, on dumps coded by hand.

    python benchmarks/reading.py [--misses]

"own" are dumps of tests/reading/dumps with their gold apart: the sixty of coded/ served to mend the
reader; the forty of unread/, by another author, only measure it, so that their misses are never
printed. "worldwide" are real ones, from ../shared/data, left out where that is not there.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from presslens import paths
from presslens.article import Article
from presslens.reading import read

OWN = paths.ROOT / "tests" / "reading" / "dumps"
WORLDWIDE = paths.ROOT.parent / "shared" / "data" / "worldwide"

# Paragraphs of a text without blank lines can be told by short last lines alone.
UNCERTAIN_BREAKS = ("11-", "41-")
FEW = 2

# A photographer and the outlet behind a caption.
CREDIT_WORDS = 6

_QUOTES = str.maketrans("“”„«»‘’‚", '"""""\'\'\'')


class Rated(NamedTuple):
    """A field of a dump: what was found, what it should be, and whether that is the same."""

    found: Any
    expected: Any
    right: bool


Fields = dict[str, Rated]


def main() -> None:
    """A line for each set and field."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--misses", action="store_true", help="also print what is wrong")
    misses = parser.parse_args().misses
    report("own, mended on", rated(OWN / "coded" / "gold.jsonl", OWN / "coded"), misses=misses)
    report("own, unread", rated(OWN / "unread" / "gold.jsonl", OWN / "unread"), misses=False)
    if WORLDWIDE.is_dir():
        real = rated(WORLDWIDE / "fields.jsonl", WORLDWIDE / "dumps")
        report("worldwide", real, misses=misses)


def rated(golds: Path, folder: Path) -> list[tuple[str, Fields]]:
    """The fields of each dump of a folder, against a file of what each holds, by hand."""
    lines = map(json.loads, golds.read_text("utf-8").splitlines())
    return [(gold["file"], rate(folder / gold["file"], gold)) for gold in lines]


def rate(path: Path, gold: dict[str, Any]) -> Fields:
    """The fields of a dump that its gold tells."""
    (article,) = read(path)
    body = article.text[article.body_start :]
    found: dict[str, Any] = {
        "url": article.url,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published and str(article.published),
        "section": article.section,
    }
    lists = ("authors", "credits", "captions", "related", "corrections")
    fields = {
        name: Rated(value, gold[name], same(name, value, gold[name], article))
        for name, value in found.items()
        if name in gold
    }
    if "published_time" in gold:
        fields["published_time"] = moment(article.published_time, gold["published_time"])
    for name in lists:
        if name in gold:
            value = list(getattr(article, name))
            fields[name] = Rated(value, gold[name], same_list(name, value, gold[name]))
    return fields | edges(body, gold) | counted(path, body, gold) | left(article, gold)


def moment(found: datetime | None, gold: str | None) -> Rated:
    """A time of publication, in whatever zone; a time without a zone tells no moment."""
    expected = datetime.fromisoformat(gold) if gold else None
    if expected is not None and expected.tzinfo is None:
        expected = None
    return Rated(found, expected, found == expected)


def same(name: str, found: str | None, expected: str | None, article: Article) -> bool:
    """Whether a field is right.

    Papers of one name have their country in brackets, sections no capitals throughout, and an
    outlet of which only the address is known is called by its host.
    """
    if name == "outlet":
        if expected is None:
            return found is None or (article.url is not None and found in article.url)
        return re.sub(r" \([^)]+\)$", "", found or "") == expected
    if name == "section":
        return plain(found).casefold() == plain(expected).casefold()
    return plain(found) == plain(expected)


def same_list(name: str, found: list[str], expected: list[str]) -> bool:
    """Whether a field of several values is right; a caption may have its credit behind it."""
    if name != "captions":
        return bag(found) == bag(expected)
    pairs = zip(sorted(bag(found)), sorted(bag(expected)), strict=False)
    return len(found) == len(expected) and all(
        one.startswith(other) and len(one.split()) - len(other.split()) <= CREDIT_WORDS
        for one, other in pairs
    )


def edges(body: str, gold: dict[str, Any]) -> Fields:
    """Whether the body begins and ends as it should."""
    text, first, last = plain(body), plain(gold["first"]), plain(gold["last"])
    begins = text.startswith(first)
    if standfirst := plain(gold.get("standfirst")):
        # It counts as the first paragraph, but a body without it is right, too.
        begins = begins or (standfirst not in text and bool(text))
    # A dateline stays in the text.
    dateline = re.match(r"[^.]{2,60}?\s?(?:[–—:-]|\.-)\s", text)
    begins = begins or bool(dateline and text[dateline.end() :].startswith(first))
    return {
        "first": Rated(text[: len(first) + 20], first, begins),
        "last": Rated(text[-len(last) - 20 :], last, text.endswith(last)),
    }


def counted(path: Path, body: str, gold: dict[str, Any]) -> Fields:
    """Whether the body has as many paragraphs as it should."""
    if gold.get("paragraphs") is None:
        return {}
    found, expected = len(body.split("\n\n")), gold["paragraphs"]
    leeway = FEW if path.name.startswith(UNCERTAIN_BREAKS) else int("standfirst" in gold)
    return {"paragraphs": Rated(found, expected, abs(found - expected) <= leeway)}


def left(article: Article, gold: dict[str, Any]) -> Fields:
    """Whether lines stand in the text that are not the article's.

    A line to drop may be the beginning of the paragraph after it; it must not stand for itself.
    """
    paragraphs = [plain(paragraph) for paragraph in article.text.split("\n\n")]
    lines = [plain(line) for line in gold["drop"]]
    found = [one for one in lines if any(p == one or p.endswith(f" {one}") for p in paragraphs)]
    return {"drop": Rated(found, [], not found)}


def plain(text: str | None) -> str:
    """Text with its blanks made one and its quotation marks straight: words, not layout."""
    return " ".join((text or "").translate(_QUOTES).split())


def bag(values: Iterable[str]) -> Counter[str]:
    """Values whatever their order and the brackets around them."""
    return Counter(re.sub(r"^[(\[]|[)\]]$", "", plain(value)) for value in values)


def report(name: str, rated: list[tuple[str, Fields]], *, misses: bool) -> None:
    """A line per field, and one for all: how many are right."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for file, fields in rated:
        for field, (found, expected, ok) in fields.items():
            total[field] += 1
            right[field] += ok
            if misses and not ok:
                print(f"    {file} {field}: {found!r}, expected {expected!r}")
    for field, count in total.items():
        print(f"{name:15} {field:14} {right[field]:3} of {count}")
    share = right.total() / total.total()
    print(f"{name:15} {'all':14} {right.total():3} of {total.total()} ({share:.3f})")


if __name__ == "__main__":
    main()
