"""Registry of readers: plain objects that say which files they know and turn them into articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading.files import Source

Found = Article | Problem

# Modules of this package that hold a READER, in the order in which they are asked: what is
# surest by its content first, the reader that takes any text last.
BUILT_IN = (
    "warc", "mhtml", "word", "odt", "excel", "parquet", "archives", "pdf", "rtf", "mail",
    "nexis", "factiva", "europresse", "newsml", "nitf", "feeds", "html", "ninjs", "rows", "dump",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """One format.

    Attributes:
        name: what `Article.reader` says.
        formats: what it reads, in words, for messages.
        recognises: whether the file is its own, by its first bytes and its name.
        read: the articles of a source and what went wrong; the second argument is `verbatim`.
    """

    name: str
    formats: str
    recognises: Callable[[bytes, str], bool]
    read: Callable[[Source, bool], Iterator[Found]]


_registered: list[Reader] = []


def register(reader: Reader) -> None:
    """Adds a reader; it is asked before those that were there."""
    _registered.insert(0, reader)


def readers() -> list[Reader]:
    """All readers in the order in which they are asked."""
    return [*_registered, *_built_in()]


@cache
def _built_in() -> tuple[Reader, ...]:
    return tuple(import_module(f"presslens.reading.{name}").READER for name in BUILT_IN)


def find_reader(head: bytes, name: str) -> Reader | None:
    """The reader for a file with these first bytes and this name, or None."""
    return next((reader for reader in readers() if reader.recognises(head, name)), None)
