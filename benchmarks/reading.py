"""Fields that the reader of text dumps gets right, on coded dumps and on the seed article.

Run from the root: python benchmarks/reading.py [--misses]. Needs ../shared/data.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from presslens import paths
from presslens.article import Article
from presslens.reading import read

DATA = paths.ROOT.parent / "shared" / "data"


def plain(text: str | None) -> str:
    """Text with its blanks made one, to compare words and not layout."""
    return " ".join((text or "").split())


def dump_fields(article: Article, gold: dict[str, Any]) -> dict[str, tuple[Any, Any, bool]]:
    """Field → (found, expected, right)."""
    body = plain(article.text[article.body_start :])
    first, last = plain(gold["first"]), plain(gold["last"])
    # A line to drop may be the beginning of the paragraph after it; it must not stand for itself.
    paragraphs = [plain(paragraph) for paragraph in article.text.split("\n\n")]
    left = [
        line
        for line in gold["drop"]
        if any(p == line or p.endswith(f" {line}") for p in paragraphs)
    ]
    published = str(article.published) if article.published else None
    pairs = {
        "url": (article.url, gold["url"]),
        "title": (article.title, gold["title"]),
        "published": (published, gold["published"]),
        "authors": (list(article.authors), gold["authors"]),
        "credits": (list(article.credits), gold["credits"]),
        "drop": (left, []),
    }
    rated = {name: (found, wanted, found == wanted) for name, (found, wanted) in pairs.items()}
    rated["first"] = (body[: len(first) + 20], first, body.startswith(first))
    rated["last"] = (body[-len(last) - 20 :], last, body.endswith(last))
    return rated


def dumps() -> Iterator[tuple[str, dict[str, tuple[Any, Any, bool]]]]:
    """The coded dumps and what was made of them."""
    folder = DATA / "worldwide"
    for line in (folder / "fields.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        yield gold["file"], dump_fields(read(folder / "dumps" / gold["file"])[0], gold)


def report(
    name: str, rated: list[tuple[str, dict[str, tuple[Any, Any, bool]]]], misses: bool
) -> None:
    """Prints a line per field: how many are right."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for file, fields in rated:
        for field, (found, expected, ok) in fields.items():
            total[field] += 1
            right[field] += ok
            if misses and not ok:
                print(f"    {file} {field}: {found!r}, expected {expected!r}")
    for field, count in total.items():
        print(f"{name:8} {field:10} {right[field]:3} of {count}")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="also print what is wrong")
    misses = parser.parse_args().misses
    if not Path(DATA / "worldwide").is_dir():
        sys.exit(f"{DATA} is missing; the figures are measured on data that is not in the project")
    report("dumps", list(dumps()), misses)


if __name__ == "__main__":
    main()
