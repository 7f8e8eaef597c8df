"""Fields that the reader of text dumps gets right, on two sets of dumps coded by hand.

    python benchmarks/reading.py [--misses | --all-misses]

"own" are the sixty dumps of tests/reading/dumps/coded, written for this with their gold apart and
without a look at the reader: the first thirty served to mend it, the second thirty only to
measure, so that their misses are printed only where they are asked for. "worldwide" are real ones,
from ../shared/data, left out where that is not there.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from presslens import paths
from presslens.article import Article
from presslens.reading import read

OWN = paths.ROOT / "tests" / "reading" / "dumps" / "coded"
WORLDWIDE = paths.ROOT.parent / "shared" / "data" / "worldwide"

# The dumps of the first half, from which the reader was mended.
MENDED = 30

# Paragraphs of a text without blank lines can be told by short last lines alone.
UNCERTAIN_BREAKS = ("11-", "41-")
FEW = 2

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
    parser.add_argument("--all-misses", action="store_true", help="those of the unread half, too")
    arguments = parser.parse_args()
    misses = arguments.misses or arguments.all_misses
    own = [(gold["file"], rate(OWN / gold["file"], gold)) for gold in golds(OWN / "gold.jsonl")]
    report("own, mended on", own[:MENDED], misses=misses)
    report("own, unread", own[MENDED:], misses=arguments.all_misses)
    if WORLDWIDE.is_dir():
        coded = golds(WORLDWIDE / "fields.jsonl")
        folder = WORLDWIDE / "dumps"
        rated = [(gold["file"], rate(folder / gold["file"], gold)) for gold in coded]
        report("worldwide", rated, misses=misses)


def golds(path: Path) -> Iterator[dict[str, Any]]:
    """What each dump holds, by hand."""
    return map(json.loads, path.read_text("utf-8").splitlines())


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
        name: Rated(value, gold[name], plain(value) == plain(gold[name]))
        for name, value in found.items()
        if name in gold
    }
    if "published_time" in gold:
        fields["published_time"] = moment(article.published_time, gold["published_time"])
    for name in lists:
        if name in gold:
            value = list(getattr(article, name))
            fields[name] = Rated(value, gold[name], bag(value) == bag(gold[name]))
    return fields | edges(body, gold) | counted(path, body, gold) | left(article, gold)


def moment(found: datetime | None, gold: str | None) -> Rated:
    """A time of publication, in whatever zone; a time without a zone tells no moment."""
    expected = datetime.fromisoformat(gold) if gold else None
    if expected is not None and expected.tzinfo is None:
        expected = None
    return Rated(found, expected, found == expected)


def edges(body: str, gold: dict[str, Any]) -> Fields:
    """Whether the body begins and ends as it should."""
    text, first, last = plain(body), plain(gold["first"]), plain(gold["last"])
    begins = text.startswith(first)
    if standfirst := plain(gold.get("standfirst")):
        # It counts as the first paragraph, but a body without it is right, too.
        begins = begins or (standfirst not in text and bool(text))
    return {
        "first": Rated(text[: len(first) + 20], first, begins),
        "last": Rated(text[-len(last) - 20 :], last, text.endswith(last)),
    }


def counted(path: Path, body: str, gold: dict[str, Any]) -> Fields:
    """Whether the body has as many paragraphs as it should."""
    if "paragraphs" not in gold:
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
