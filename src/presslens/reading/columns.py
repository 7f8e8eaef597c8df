"""Columns: the names under which exports carry text, title, date and so on."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from presslens.problems import ReadingError
from presslens.reading.cleaning import mend_line
from presslens.reading.credits import people, read_byline
from presslens.reading.dates import When, find_date
from presslens.reading.draft import Draft
from presslens.reading.outlets import writes_month_first

# Field → names of columns, the likeliest first; case, blanks, "-" and "_" make no difference.
NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "article", "full_text", "article_text", "article_body",
        "body_text", "maintext", "story", "raw_text", "plain_text",
    ),
    "title": ("title", "headline", "head", "article_title", "heading"),
    "published": (
        "published", "date", "publication_date", "published_at", "date_published", "pub_date",
        "publish_date", "published_date", "published_on", "publication_datetime", "datetime",
        "timestamp", "created_at", "pubdate", "date_publish", "day",
    ),
    "outlet": (
        "outlet", "source", "publication", "publisher", "newspaper", "paper", "source_name",
        "media", "site", "site_name", "sitename", "media_name", "medium", "domain", "source_domain",
        "provider",
    ),
    "authors": ("authors", "author", "byline", "writer", "by", "journalist", "author_name"),
    "url": ("url", "link", "canonical_url", "web_url", "article_url", "href", "permalink", "uri"),
    "section": ("section", "category", "desk", "rubric", "topic", "section_name"),
    "id": ("id", "article_id", "doc_id", "docid", "guid", "uuid", "document_id", "uid"),
    "language": ("language", "lang"),
}  # fmt: skip
_FIELD = {re.sub(r"[\W_]", "", name): field for field, ns in NAMES.items() for name in ns}
_RANK = {re.sub(r"[\W_]", "", name): rank for ns in NAMES.values() for rank, name in enumerate(ns)}
# What exports write where nothing is known.
_NOTHING = frozenset({"", "null", "none", "nan", "n/a", "na", "nil", "-", "unknown"})


def find_columns(columns: list[str]) -> dict[str, str]:
    """Which column holds which field.

    Raises:
        ReadingError: if none holds the text; the message lists what is there and what would do.
    """
    found: dict[str, str] = {}
    plain = {column: re.sub(r"[\W_]", "", column.lower()) for column in columns}
    for column in sorted(columns, key=lambda name: _RANK.get(plain[name], 0)):
        if field := _FIELD.get(plain[column]):
            found.setdefault(field, column)
    if "text" not in found:
        there = ", ".join(repr(column[:40]) for column in columns[:20]) or "none"
        accepted = ", ".join(NAMES["text"])
        raise ReadingError(
            f"no column holds the text; columns there: {there}; accepted: {accepted}"
        )
    return found


def draft_from_row(row: dict[str, Any], columns: dict[str, str], *, verbatim: bool) -> Draft:
    """The fields of a row beside its text; verbatim keeps its title as it is written."""

    def value(field: str) -> str | None:
        return _text(row.get(columns[field])) if field in columns else None

    url = value("url")
    draft = Draft(url=url, id=value("id"), section=mend_line(value("section")))
    title = row.get(columns["title"]) if "title" in columns else None
    draft.title = (title if verbatim and _text(title) else mend_line(_text(title))) or None
    draft.outlet = mend_line(value("outlet"))
    draft.language = value("language")
    if "published" in columns and (when := _when(row.get(columns["published"]), url)):
        draft.date_it(when)
    if "authors" in columns:
        _add_authors(draft, row.get(columns["authors"]))
    return draft


def row_text(value: Any) -> str | None:
    """The text of a row: a string, or a list of paragraphs; None for anything else."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "\n\n".join(value)
    return value if isinstance(value, str) else None


def _text(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value).strip()
    return None if text.lower() in _NOTHING else text


def _when(value: Any, url: str | None) -> When | None:
    number = value if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    if (
        number is None
        and isinstance(value, str)
        and re.fullmatch(r"\d{9,10}|\d{12,13}", value.strip())
    ):
        number = int(value)
    # Seconds or milliseconds since 1970: nine digits and more are 1973 and later.
    if number is not None and 1e8 <= number < 1e14:
        moment = datetime.fromtimestamp(number / (1000 if number >= 1e11 else 1), UTC)
        return When(moment.date(), moment)
    if isinstance(value, (int, float)):
        return find_date(str(int(value))) if value == value and abs(value) < 1e9 else None
    return find_date(value, month_first=writes_month_first(url)) if isinstance(value, str) else None


def _add_authors(draft: Draft, value: Any) -> None:
    items = value if isinstance(value, list) else [value]
    for item in items[:100]:
        text = mend_line(_text(item))
        if not text:
            continue
        known = read_byline(text) or people(text)
        if known and any(known):
            draft.authors += known[0]
            draft.credits += known[1]
        else:
            draft.authors += [part for part in map(str.strip, re.split(r"[;|]", text)) if part]
