"""Article: one news text with its metadata, the one form that every reader delivers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news text with its metadata.

    Spans anywhere in Presslens are half-open ranges of code points into `text`. What is not
    known is None (or an empty tuple), never an empty string.

    Attributes:
        id: first 16 hex digits of SHA-256 over the canonical URL or, without one, over the raw
            text as it was read; a given id is kept; `~2`, `~3` … marks later versions.
        text: the title, a blank line, then the body's paragraphs separated by blank lines.
        title: the headline; `text` begins with it, unless the text was taken verbatim.
        body_start: where the body begins in `text` (0 without a title).
        published: day of publication; `published_time` the moment, where it is known.
        credits: agencies and "X contributed reporting".
        captions, related, corrections: what stood on the page beside the article.
        dropped: lines around the article that it holds nowhere, where they were asked for
            (`read_all(dropped=True)`); no table has them.
        origin: path or URL that it was read from; `reader`: name of the reader that read it.
        duplicate_of: id of the article whose text, or earlier version, this is.
    """

    id: str
    text: str
    title: str | None = None
    body_start: int = 0
    outlet: str | None = None
    published: date | None = None
    published_time: datetime | None = None
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None
    url: str | None = None
    origin: str | None = None
    reader: str | None = None
    duplicate_of: str | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError(f"article {self.id} has no text")
        if not 0 <= self.body_start <= len(self.text):
            raise ValueError(f"article {self.id}: body_start {self.body_start} is outside its text")


def article_id(identity: str) -> str:
    """The id of an article by its canonical URL or, without one, its raw text."""
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def compose(title: str | None, paragraphs: list[str]) -> tuple[str, int]:
    """`text` and `body_start` of an article from its title and its paragraphs."""
    head = f"{title}\n\n" if title else ""
    return head + "\n\n".join(paragraphs), len(head)
