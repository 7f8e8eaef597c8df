"""Verbatim: texts taken word for word, so that spans compare with those of other systems."""

from __future__ import annotations

import re

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading.draft import Draft

# Half a character: no file format can hold it, so it alone is replaced, by one of the same length.
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def whole(text: str, *, origin: str, reader: str, draft: Draft | None = None) -> Article | Problem:
    """The article whose text is exactly `text`; its body starts behind the draft's title if the
    text begins with it."""
    if not text.strip():
        return Problem(origin, "reading", "its text is empty; expected the words of an article")
    draft = draft or Draft()
    return draft.finish_text(
        _SURROGATES.sub("\ufffd", text),
        _body_start(text, draft.title),
        raw=text,
        origin=origin,
        reader=reader,
    )


def _body_start(text: str, title: str | None) -> int:
    if not title or not text.startswith(title):
        return 0
    rest = text[len(title) :]
    gap = len(rest) - len(rest.lstrip())
    # "Storm" is not the title of "Stormy weather ahead", nor is a text a title with no body.
    return len(title) + gap if gap and rest.strip() else 0
