"""Coded articles: texts from ../shared, with the statements and codes that are kept here."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Container, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from presslens.article import Article, compose
from presslens.attribution.statement import Attribution
from presslens.attribution.weighing import Codes
from presslens.paths import ROOT
from presslens.spans import Span

SHARED = ROOT.parent / "shared" / "data"
HERE = Path(__file__).parent
UNSEEN = HERE / "unseen.jsonl"


class Coded(NamedTuple):
    """An article with its statements, and what each of them is coded with.

    Attributes:
        codes: type and naming, by number of the statement.
        speakers: where the coded speaker stands, None where the article does not tell.
    """

    id: str
    article: Article
    statements: list[Attribution]
    codes: dict[int, Codes]
    speakers: dict[int, Span | None]


def articles(path: Path = HERE / "codes.jsonl") -> Iterator[Coded]:
    """The coded articles; of a statement with several codes the first coder's counts."""
    codes: dict[str, dict[int, Codes]] = defaultdict(dict)
    speakers: dict[str, dict[int, Span | None]] = defaultdict(dict)
    for line in path.read_text("utf-8").splitlines():
        code = json.loads(line)
        told = Codes(code["type"], code["naming"])
        codes[code["id"]].setdefault(code["statement"], told)
        place = Span(*code["speaker"]) if code["speaker"] else None
        speakers[code["id"]].setdefault(code["statement"], place)
    for name, article, statements in annotated(codes):
        yield Coded(name, article, statements, codes[name], speakers[name])


def annotated(names: Container[str]) -> Iterator[tuple[str, Article, list[Attribution]]]:
    """Articles by name, with their statements: PolNeAR's as annotated, others as in found.jsonl."""
    for line in (SHARED / "polnear" / "train.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in names:
            day = date.fromisoformat((row.get("published") or row["id"].split("_")[1])[:10])
            article = Article(id=row["id"], text=row["text"], published=day)
            yield row["id"], article, spans(row["annotations"][0]["statements"])
    texts = dict(newswire())
    for line in (HERE / "found.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in names:
            article = as_coded(row, texts[row["id"]])
            if hashlib.sha256(article.text.encode()).hexdigest()[:16] != row["sha256"]:
                sys.exit(f"{row['id']}: its raw text is not the one that was coded")
            yield row["id"], article, spans(row["statements"])


def newswire() -> Iterator[tuple[str, str]]:
    """The raw texts of the world's papers, by id."""
    for line in (SHARED / "ner" / "worldwide_newswire.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["id"], row["text"]


def as_coded(row: dict[str, Any], raw: str) -> Article:
    """An article as it was cleaned when it was coded, whatever a reader makes of it today.

    Args:
        row: of found.jsonl; `text` has for each paragraph the stretches of the raw text that it is
            made of, `title` tells whether the first one is the title.
        raw: the raw text.
    """
    paragraphs = [
        " ".join("".join(raw[start:end] for start, end in stretches).split())
        for stretches in row["text"]
    ]
    title = paragraphs.pop(0) if row["title"] else None
    text, body_start = compose(title, paragraphs)
    day = date.fromisoformat(row["published"]) if row["published"] else None
    return Article(id=row["id"], text=text, title=title, body_start=body_start, published=day)


def spans(statements: list[dict[str, Any]]) -> list[Attribution]:
    """Statements of a file as attributions."""
    parts = ("source", "cue", "content")
    return [
        Attribution(*(tuple(Span(*span) for span in row[part]) for part in parts), confidence=1.0)
        for row in statements
    ]
