"""Exports: texts that hold many articles as a database writes them, in whatever kind of file.

A database's export comes as plain text, as a Word, RTF or PDF document. The readers of these
formats get the text out and ask here what is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, cast

from presslens.reading.draft import Draft
from presslens.reading.dump import article_from_text
from presslens.reading.registry import Found

# Modules of this package that are each a `Database`.
DATABASES = ("nexis", "factiva")


class Database(Protocol):
    """What exports of one database hold."""

    def is_export(self, text: str) -> bool:
        """Whether a text is an export of this database."""

    def articles_from_text(self, text: str, *, origin: str) -> Iterator[Found]:
        """The articles of an export and its problems."""

    def begins_part(self, line: str) -> bool:
        """Whether a printed line begins a field or a document, and goes on from no other line."""


def database_of(text: str) -> Database | None:
    """The database that a text is an export of, or None."""
    modules = (import_module(f"presslens.reading.{name}") for name in DATABASES)
    databases = (cast("Database", module) for module in modules)
    return next((database for database in databases if database.is_export(text)), None)


def articles_of(text: str, draft: Draft, *, origin: str, reader: str) -> Iterator[Found]:
    """The articles of a database's export, or the one article that the text is.

    Args:
        text: what a file says, line by line.
        draft: what the file tells of an article beside its text; exports tell it themselves.
        origin: how messages call the file.
        reader: the reader of a single article.
    """
    if database := database_of(text):
        yield from database.articles_from_text(text, origin=origin)
        return
    yield article_from_text(text, draft, origin=origin, reader=reader)
