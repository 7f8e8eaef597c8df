"""Draft: an article in the making, and the Article that it becomes."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from presslens.article import Article, article_id, compose
from presslens.reading.dates import When, url_date
from presslens.reading.outlets import outlet_of
from presslens.reading.urls import canonical_url

# Whether articles get their `dropped`, which takes half as long as reading them; by `with_dropped`.
WANTS_DROPPED: ContextVar[bool] = ContextVar("WANTS_DROPPED", default=False)


@dataclass(slots=True)
class Draft:
    """The fields of an article as a reader finds them; see `Article` for what they mean."""

    id: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: date | None = None
    published_time: datetime | None = None
    section: str | None = None
    language: str | None = None
    authors: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    # Running heads and feet, which the reader took out of the text before
    margins: list[str] = field(default_factory=list)
    # The text as it was read, line by line, where `raw` has no line breaks between its fields
    shown: str | None = None

    def date_it(self, when: When) -> None:
        """Takes over a date of publication."""
        self.published, self.published_time = when.day, when.moment

    def finish(self, paragraphs: list[str], *, raw: str, origin: str, reader: str) -> Article:
        """The article with these paragraphs; `raw` is its text as it was read, for the id."""
        text, body_start = compose(self.title, paragraphs)
        return self.finish_text(text, body_start, raw=raw, origin=origin, reader=reader)

    def finish_text(
        self, text: str, body_start: int, *, raw: str, origin: str, reader: str
    ) -> Article:
        """The article with a text that is already whole."""
        article = Article(
            id=self.id or article_id(canonical_url(self.url) if self.url else raw),
            text=text,
            title=self.title,
            body_start=body_start,
            outlet=self.outlet or (outlet_of(self.url) if self.url else None),
            published=self.published or (url_date(self.url) if self.url else None),
            published_time=self.published_time,
            authors=_distinct(self.authors),
            credits=_distinct(self.credits),
            captions=_distinct(self.captions),
            related=_distinct(self.related),
            corrections=_distinct(self.corrections),
            section=self.section,
            language=self.language,
            url=self.url,
            origin=origin,
            reader=reader,
        )
        if not WANTS_DROPPED.get():
            return article
        from presslens.reading.dropped import dropped_lines

        shown = "\n".join([*self.margins, raw if self.shown is None else self.shown])
        return replace(article, dropped=dropped_lines(shown, article))


def _distinct(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in map(str.strip, values) if value))
