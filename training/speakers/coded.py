"""Coded articles: texts from ../shared, with the statements and codes that are kept here."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Container, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from presslens.article import Article
from presslens.attribution.statement import Attribution
from presslens.attribution.weighing import Codes
from presslens.paths import ROOT
from presslens.reading import read
from presslens.spans import Span

SHARED = ROOT.parent / "shared" / "data"
HERE = Path(__file__).parent
UNSEEN = HERE / "unseen.jsonl"


class Coded(NamedTuple):
    """An article with its statements, and the type and naming that each of them is coded with."""

    id: str
    article: Article
    statements: list[Attribution]
    codes: dict[int, Codes]


def articles(path: Path = HERE / "codes.jsonl") -> Iterator[Coded]:
    """The coded articles; of a statement with several codes the first coder's counts."""
    codes: dict[str, dict[int, Codes]] = {}
    for line in path.read_text("utf-8").splitlines():
        code = json.loads(line)
        told = Codes(code["type"], code["naming"])
        codes.setdefault(code["id"], {}).setdefault(code["statement"], told)
    for name, article, statements in annotated(codes):
        yield Coded(name, article, statements, codes[name])


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
            article = cleaned(row["id"], texts[row["id"]])
            if hashlib.sha256(article.text.encode()).hexdigest()[:16] != row["sha256"]:
                sys.exit(f"{row['id']}: cleaning gives another text than when it was coded")
            yield row["id"], article, spans(row["statements"])


def newswire() -> Iterator[tuple[str, str]]:
    """The raw texts of the world's papers, by id."""
    for line in (SHARED / "ner" / "worldwide_newswire.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["id"], row["text"]


def cleaned(name: str, text: str) -> Article:
    """A raw text as the reader of text dumps makes an article of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.txt"
        path.write_bytes(text.encode())
        return read(path)[0]


def spans(statements: list[dict[str, Any]]) -> list[Attribution]:
    """Statements of a file as attributions."""
    parts = ("source", "cue", "content")
    return [
        Attribution(*(tuple(Span(*span) for span in row[part]) for part in parts), confidence=1.0)
        for row in statements
    ]
