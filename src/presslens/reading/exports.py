"""Exports: texts that hold many articles as a database writes them, in whatever kind of file.

A database's export comes as plain text, as a Word, RTF or PDF document. The readers of these
formats get the text out and ask here what is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from presslens.reading.draft import Draft
from presslens.reading.dump import article_from_text
from presslens.reading.registry import Found

# Modules of this package with `is_export(text)`, whether a text is an export of this database, and
# `articles_from_text(text, origin=...)`, its articles and problems.
DATABASES = ("nexis", "factiva")


def articles_of(text: str, draft: Draft, *, origin: str, reader: str) -> Iterator[Found]:
    """The articles of a database's export, or the one article that the text is.

    Args:
        text: what a file says, line by line.
        draft: what the file tells of an article beside its text; exports tell it themselves.
        origin: how messages call the file.
        reader: the reader of a single article.
    """
    for name in DATABASES:
        database = import_module(f"presslens.reading.{name}")
        if database.is_export(text):
            yield from database.articles_from_text(text, origin=origin)
            return
    yield article_from_text(text, draft, origin=origin, reader=reader)
