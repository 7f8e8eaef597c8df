"""How many articles a second are read and cleaned on one core: dumps, rows of JSONL, web pages.

    python benchmarks/reading_speed.py [--copies 40] [--folder FOLDER]

The articles of data/sample are written out as files of each kind, `--copies` times with other words
in every line, so that no line is known from a copy before. Time is the processor's, for `read_all`
and `screen` together after a first file that loads the libraries; the fastest of three runs counts.
Beside it stands how many times as long that is as reading and decoding the same files. `--folder`
measures files of your own.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from presslens.article import Article
from presslens.paths import SAMPLE
from presslens.reading import read, read_all, screen

Result = TypeVar("Result")

RUNS = 3
# Every so many words, one is another word of the sample: each line has some.
CHANGED = 6


def main() -> None:
    """A line per kind of file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--copies", type=int, default=40, help="how often each article is written")
    parser.add_argument("--folder", type=Path, help="files to measure instead of the sample's")
    options = parser.parse_args()
    if options.folder:
        report(str(options.folder), options.folder)
        return
    articles = varied(read(SAMPLE), options.copies)
    with tempfile.TemporaryDirectory() as name:
        for kind, write in (("dumps", dumps), ("rows", rows), ("pages", pages)):
            folder = Path(name) / kind
            folder.mkdir()
            write(articles, folder)
            report(kind, folder)


def varied(articles: list[Article], copies: int) -> list[tuple[Article, str, list[str]]]:
    """Each article `copies` times, with title and paragraphs in which words were exchanged."""
    dice = random.Random(0)  # noqa: S311 -- a sample, no secret
    words = [word for article in articles for word in article.text.split() if word.isalpha()]

    def changed(line: str) -> str:
        old = line.split()
        for index in range(dice.randrange(CHANGED), len(old), CHANGED):
            old[index] = dice.choice(words)
        return " ".join(old)

    return [
        (article, changed(article.title or ""), list(map(changed, paragraphs(article))))
        for _ in range(copies)
        for article in articles
    ]


def paragraphs(article: Article) -> list[str]:
    """The paragraphs of an article's body."""
    return article.text[article.body_start :].split("\n\n")


def dumps(articles: Iterable[tuple[Article, str, list[str]]], folder: Path) -> None:
    """A plain text a file: title, byline and date over the paragraphs."""
    for number, (article, title, body) in enumerate(articles):
        head = [title, f"By {article.authors[0]}"] if article.authors else [title]
        text = "\n\n".join([*head, f"{article.published:%d %B %Y}", *body])
        (folder / f"{number}.txt").write_text(text, "utf-8")


def rows(articles: Iterable[tuple[Article, str, list[str]]], folder: Path) -> None:
    """All articles as rows of one file."""
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for article, title, body in articles:
            row = {"title": title, "text": "\n\n".join(body), "date": str(article.published)}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def pages(articles: Iterable[tuple[Article, str, list[str]]], folder: Path) -> None:
    """A page a file, with the address, meta data and navigation that pages have."""
    for number, (article, title, body) in enumerate(articles):
        text = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in body)
        (folder / f"{number}.html").write_text(
            f"<!DOCTYPE html><html lang=en><head><title>{html.escape(title)}</title>"
            f"<link rel=canonical href=https://paper.example/news/{number}>"
            f'<meta property="article:published_time" content="{article.published}"></head>'
            "<body><nav><ul><li><a href=/>Home</a><li><a href=/world>World</a></ul></nav>"
            f"<article><h1>{html.escape(title)}</h1>{text}</article>"
            "<footer><p>Terms and conditions</p></footer></body></html>",
            "utf-8",
        )


def report(kind: str, folder: Path) -> None:
    """Prints how many articles a second a folder gives."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    list(screen(read_all(files[:1])))
    taken, found = fastest(lambda: list(screen(read_all([folder]))))
    decoding, _ = fastest(lambda: [path.read_bytes().decode("utf-8", "replace") for path in files])
    count = sum(isinstance(each, Article) for each in found)
    print(
        f"{kind}: {count:,} articles of {len(found):,} found, {count / taken:,.0f} a second,"
        f" {taken / decoding:,.0f} times as long as decoding"
    )


def fastest(work: Callable[[], Result]) -> tuple[float, Result]:
    """The processor's seconds of the fastest of some runs, and what the work gave."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    return best, result


if __name__ == "__main__":
    main()
