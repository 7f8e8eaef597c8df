"""Rows' articles: the article that a row of a table or an object of JSON is."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from presslens.problems import Problem
from presslens.reading.cleaning import mend_line
from presslens.reading.columns import DAY_FIRST, Columns, plain_name
from presslens.reading.credits import is_agency, is_name, people, read_byline
from presslens.reading.date_order import DateOrders
from presslens.reading.dates import When, find_date
from presslens.reading.draft import Draft
from presslens.reading.dump import article_from_text
from presslens.reading.language_names import language_named
from presslens.reading.outlets import country_named, country_of, find_outlet, outlet_of
from presslens.reading.page import letters
from presslens.reading.page_title import without_site
from presslens.reading.person_names import given_name_first
from presslens.reading.registry import Found
from presslens.reading.verbatim import whole
from presslens.reading.wire import language_code

# What exports write where nothing is known, or nothing is to be had.
_NOTHING = frozenset({
    "", "null", "none", "nan", "n/a", "na", "nil", "-", "unknown", "nat", "[]", "[removed]",
    "only available in paid plans",
})  # fmt: skip
# Under which keys an object says what it is, a list's items what they say, a database its types.
_NAME_KEYS = ("name", "title", "main", "original", "rendered", "full_name", "$oid", "$date")
_TEXT_KEYS = ("rendered", "text", "body", "content", "plain", "value")
_MAX_AUTHORS = 100
# A list that a spreadsheet holds as Python writes it, "['Ana Lima', 'Jo Roe']", is short.
_MAX_WRITTEN = 2000
_WRITTEN = re.compile(r"\[\s*(?:['\"{].*)?\]|\{\s*['\"].*\}", re.DOTALL)
# NewsAPI.org and GNews give the beginning of a text; one says how many characters it left out,
# the other how many there are.
_CUT_OFF = re.compile(r"(?:…|\.\.\.)?\s*\[(?P<more>\+?\d+) chars\]\s*$")
_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
# "Mira Holt <mira@paper.example>", or the address alone, which is nobody's name.
_MAIL_ADDRESS = re.compile(r"[<(\[]?(?:mailto:)?[\w.+-]{1,64}@[\w.-]{1,64}[>)\]]?")


def article_from_row(
    row: Mapping[str, Any],
    columns: Columns,
    *,
    origin: str,
    reader: str,
    verbatim: bool,
    orders: DateOrders,
) -> Found:
    """The article of a row, or a Problem where it has no text; verbatim takes it word for word.

    `orders` is what is known of the order of day and month in the table's columns.
    """
    text = next((text for name in columns["text"] if (text := _words(row.get(name)))), None)
    if text is None:
        name = columns["text"][0]
        reason = f"its '{name}' is empty or no text; expected the article's words"
        return Problem(origin, "reading", reason)
    lead = next((lead for name in columns.get("lead", ()) if (lead := _words(row.get(name)))), "")
    if lead and not text.lstrip().startswith(lead.strip()):
        text = f"{lead.rstrip()}\n\n{text.lstrip()}"
    draft = _draft_from_row(row, columns, orders, verbatim=verbatim)
    if verbatim:
        return whole(text, origin=origin, reader=reader, draft=draft)
    if cut := _CUT_OFF.search(text[-40:]):
        what = "are left out" if cut["more"].startswith("+") else "there are"
        reason = f"its text is cut off, {cut['more'].lstrip('+')} characters {what}; fetch its page"
        return Problem(origin, "reading", reason)
    return article_from_text(text, draft, origin=origin, reader=reader)


def row_of(header: Sequence[str], cells: Iterable[Any]) -> dict[str, Any]:
    """A row of a table by its columns; of two with one name the first that is filled counts."""
    row: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=False):
        if name not in row or row[name] is None or row[name] == "":
            row[name] = cell
    return row


def _draft_from_row(
    row: Mapping[str, Any], columns: Columns, orders: DateOrders, *, verbatim: bool
) -> Draft:
    """The fields of a row beside its text; verbatim keeps its title as it is written."""

    def values(field: str) -> list[Any]:
        return [row.get(name) for name in columns.get(field, ())]

    def value(field: str) -> str | None:
        return next((text for item in values(field) if (text := _text(_unwritten(item)))), None)

    url, own = value("url"), value("id")
    if url and url.isdigit():  # Event Registry's `uri` is a number
        url, own = None, own or url
    draft = Draft(url=url, id=own, section=mend_line(value("section")))
    title = next((item for item in values("title") if isinstance(item, str) and _text(item)), None)
    draft.title = (title if verbatim and title else mend_line(value("title"))) or None
    draft.outlet = next((name for item in values("outlet") if (name := _outlet(item))), None)
    language = value("language")
    draft.language = language_named(language) or language_code(language)
    if draft.title and not verbatim:
        draft.title = without_site(draft.title, _sites(draft))
    country = country_of(url) or country_named(draft.outlet)
    for name in columns.get("published", ()):
        # Any country would do that writes the day first
        there = country or ("FR" if plain_name(name) in DAY_FIRST else None)
        cell = orders.plain(name, row.get(name))
        if draft.published is None and (when := _when(cell, there)):
            draft.date_it(when)
    for item in values("authors"):
        if not draft.authors and not draft.credits:
            _add_authors(draft, item)
    return draft


def _sites(draft: Draft) -> set[str]:
    """The names of the paper, as a title may have them at its end."""
    known = outlet_of(draft.url) if draft.url else None
    names = {letters(name) for name in (draft.outlet, known) if name}
    return names | {f"the{name}" for name in names} | {name.removeprefix("the") for name in names}


def _words(value: Any) -> str | None:
    """The text of a row: a string, a list of paragraphs, or an object that holds one of them."""
    value = _said(value)
    if isinstance(value, list):
        parts = [_said(item) for item in value]
        if not all(isinstance(part, str) for part in parts):
            return None
        value = "\n\n".join(part for part in parts if part)
    known = isinstance(value, str) and value.strip().casefold() not in _NOTHING
    return value if known else None


def _said(value: Any) -> Any:
    """What an object such as `{"type": "paragraph", "text": "…"}` says, or the value itself."""
    if isinstance(value, dict):
        return next((value[key] for key in _TEXT_KEYS if value.get(key)), None)
    return value


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        return next((text for item in value[:_MAX_AUTHORS] if (text := _text_of(item))), None)
    return _text_of(value)


def _text_of(value: Any) -> str | None:
    if isinstance(value, dict):
        value = next((value[key] for key in _NAME_KEYS if value.get(key)), None)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # what a spreadsheet makes of a whole number
    text = str(value).strip()
    return None if text.casefold() in _NOTHING else text


def _unwritten(value: Any) -> Any:
    """The list or object that a cell holds as Python or JSON writes it, or the cell itself."""
    if not isinstance(value, str) or len(value) > _MAX_WRITTEN:
        return value
    if not _WRITTEN.fullmatch(value.strip()):
        return value
    for parse in (json.loads, ast.literal_eval):
        try:
            return parse(value.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            continue
    return value


def _outlet(value: Any) -> str | None:
    """The outlet's name; the known one for a domain, and none for the address of a picture."""
    text = mend_line(_text(_unwritten(value)))
    if not text or not _HOST.fullmatch(text):
        return text
    if re.search(r"\.(?:jpe?g|png|gif|webp|svg)(?:\?|$)", text, re.IGNORECASE):
        return None
    if "://" in text:
        return outlet_of(text) or text
    known = find_outlet(f"https://{text}")
    return known.name if known else text.removeprefix("www.")


def _when(value: Any, country: str | None) -> When | None:
    if isinstance(value, dict):
        value = value.get("$date") or value.get("$numberLong")
    if isinstance(value, datetime):
        aware = value.tzinfo is not None
        return When(value.date(), value.astimezone(UTC) if aware else None)
    if isinstance(value, date):
        return When(value)
    if isinstance(value, float) and value == value and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    text = str(value).strip()
    return _numbered(text) or (
        find_date(text, country=country) if len(text) <= _MAX_WRITTEN else None
    )


def _numbered(text: str) -> When | None:
    """A date written as digits alone: 20241115120400, or seconds or milliseconds since 1970."""
    if not re.fullmatch(r"\d{9,10}(?:\.0)?|\d{12,14}", text, re.ASCII):
        return None
    if len(text) in {12, 14} and (when := find_date(text[:8])):
        return When(when.day)
    number = float(text)
    # Nine digits and more are 1973 and later; from twelve on they are milliseconds.
    if not 1e8 <= number < 1e13:
        return None
    moment = datetime.fromtimestamp(number / (1000 if number >= 1e11 else 1), UTC)
    return When(moment.date(), moment)


def _add_authors(draft: Draft, value: Any) -> None:
    value = _unwritten(value)
    items = value if isinstance(value, list) else [value]
    for item in items[:_MAX_AUTHORS]:
        text = _MAIL_ADDRESS.sub(" ", mend_line(_text_of(item)) or "").strip(" ,;()<>")
        if not text:
            continue
        if isinstance(item, dict) and item.get("isAgency") is True:
            draft.credits.append(text)
            continue
        known = read_byline(text) or people(text)
        if known and any(known):
            draft.authors += known[0]
            draft.credits += known[1]
            continue
        for part in filter(None, map(str.strip, re.split(r"[;|]", text))):
            name = given_name_first(part)
            name = name if is_name(name) else part
            (draft.credits if is_agency(part) else draft.authors).append(name)
