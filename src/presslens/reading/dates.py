"""Dates: days and moments of publication in the styles that papers use, and in addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from presslens.reading.month_names import month_named
from presslens.reading.outlets import country_of
from presslens.reading.zones import ZONE, zone_named


class When(NamedTuple):
    """A day, and the moment where a time and its zone are given (a time alone is none)."""

    day: date
    moment: datetime | None = None


# Magazines bear dates some weeks ahead. What lies beyond is no date of publication or of another
# calendar: Nepal's years are 57 ahead; those of other calendars begin with other digits.
_AHEAD = timedelta(days=100)
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_SHORT_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d(?!\d)|['’]\d\d(?!\d))"
_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>[^\W\d_]{3,12})"
_GAP = r"\s{0,3}"
_WORDS = (
    # 15 November 2024, 15th of November, 2024, 15-Nov-2024, 15Nov2024, 15. November 2024, 1er mai
    # 2024, 15 de noviembre de 2024, 15 Nov ’24
    re.compile(
        rf"(?<![\w.,:/-]){_DAY}(?:st|nd|rd|th|er|º|\.)?"
        rf"(?:{_GAP}[-/]{_GAP}|{_GAP}(?:\b(?:of|day of|de)\b)?{_GAP}){_MONTH}\.?"
        rf"(?:{_GAP}[-/]{_GAP}|{_GAP},?{_GAP}(?:\bdel?\b)?{_GAP}){_SHORT_YEAR}",
        re.IGNORECASE,
    ),
    # 15-Nov-24, with hyphens only
    re.compile(rf"(?<![\w.,:/-]){_DAY}-{_MONTH}-(?P<year>\d\d)(?![\d-])"),
    # November 15, 2024, Nov. 15th 2024, Nov-15-2024, November 15,2024
    re.compile(
        rf"(?<!\w){_MONTH}(?:\.{_GAP}|\s{_GAP}|-){_DAY}(?:st|nd|rd|th)?"
        rf"(?:{_GAP},{_GAP}|\s{_GAP}|-){_SHORT_YEAR}",
        re.IGNORECASE,
    ),
    # 2024 November 15, 2024-Nov-15
    re.compile(
        rf"(?<![\w.,:/-]){_YEAR}[\s,-]{_GAP}{_MONTH}\.?[\s-]{_GAP}{_DAY}(?:st|nd|rd|th)?(?!\w)"
    ),
)
# Fri Nov 15 10:00:00 GMT 2024, as machines write it; the year stands behind the time.
_MACHINE = re.compile(
    rf"\b(?P<month>[A-Z][a-z]{{2}}) {{1,2}}{_DAY} (?P<clock>\d\d:\d\d:\d\d(?: (?:[A-Z]{{2,5}}"
    rf"|[+-]\d{{4}}))?) {_YEAR}\b"
)
_YEAR_FIRST = re.compile(
    rf"(?<![\d/.-]){_YEAR}(?P<sep>[-/.])\s?(?P<month>\d{{1,2}})(?P=sep)\s?{_DAY}(?!\d)"
)
_SIGNS = re.compile(rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?{_DAY}\s?[日일]")
_COMPACT = re.compile(rf"(?<!\d){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?=T\d|\D|$)")
_NUMBERS = re.compile(
    r"(?<![\d/.-])(?P<first>\d{1,2})(?P<sep>[-/.])(?P<second>\d{1,2})(?P=sep)"
    r"(?P<year>(?:1[6-9]|20)\d\d|\d\d)(?![\d/])"
)
_PATTERNS = (_MACHINE, *_WORDS, _YEAR_FIRST, _SIGNS, _NUMBERS, _COMPACT)
# Countries whose papers write the month first in numbers, and those where both are usual or the
# year stands first, so that numbers that can be read two ways tell no day.
_MONTH_FIRST = frozenset({"US", "PH", "AS", "FM", "GU", "MH", "MP", "PR", "PW", "UM", "VI"})
_EITHER = frozenset({"BZ", "CA", "CN", "HU", "JP", "KP", "KR", "LR", "LT", "MN", "PA", "TW"})

_CLOCK = (
    r"(?<![\d:.])(?:(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)"
    r"(?:[.,]\d{1,9})?)?)?|(?P<hours>\d\d)(?P<minutes>\d\d)(?=\s?(?:hrs?|hours|GMT|UTC|IST)\b))"
    r"(?!\d)\s?(?P<half>[ap]\.?\s?m\b\.?)?\s?(?:(?:hrs?|hours|uhr)\b)?[\s,]{0,2}\(?"
    rf"(?P<zone>{ZONE})?\)?"
)
_TO_CLOCK = r"(?:T|[\s,|/•·–—-]|\bat\b|\bà\b|\bum\b){0,6}"
_AFTER = re.compile(_TO_CLOCK + _CLOCK, re.IGNORECASE)
_WEEKDAY = (
    r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|lun(?:di|es)|mardi|martes|mercredi|miércoles|jeudi|jueves|vendredi|viernes|samedi|sábado"
    r"|dimanche|domingo|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|(?:segunda|terça|quarta|quinta|sexta)-feira"
)
_BEFORE = re.compile(
    rf"{_CLOCK}[\s,|/•·–—-]{{0,4}}(?:on\s)?\s?(?:(?:{_WEEKDAY})[.,]?\s?)?$", re.IGNORECASE
)
_BEFORE_LENGTH = 60
# Words that stand beside a date on a line that is nothing but a date.
_DATE_LABELS = re.compile(
    r"\b(?:(?:first |last |date |originally )?(?:published|posted|updated?|modified|created|issued"
    r"|released|edited|revised)|latest update|date|dated|time|published/updated|on|at|in|of|the"
    r"|and|hrs|hours|local|as|issue|publication|edition|est read"
    r"|\d{1,3}\+? ?(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago"
    r"|\d{1,2}[- ]?min(?:ute)?s?[- ]read|reading time:? \d{1,2} min(?:ute)?s?)\b"
    rf"|\b(?:{_WEEKDAY})|[^\w]",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_LONGEST_LINE = 120
# The last label before a date says what happened on it.
_LABEL = re.compile(
    r"\b(?:(?P<updated>updated?|modified|edited|revised|corrected)|(?P<other>accessed|retrieved"
    r"|printed|downloaded|archived|expires?|valid|captured|copyright)"
    r"|(?:published|posted|created|issued|released|first))\b",
    re.IGNORECASE,
)

_URL_DATES = (
    re.compile(rf"[/_-]{_YEAR}[/_-](?P<month>\d{{1,2}})[/_-]{_DAY}(?!\d)"),
    re.compile(rf"/{_YEAR}/(?P<month>[a-z]{{3,9}})/{_DAY}(?!\d)", re.IGNORECASE),
    re.compile(rf"[/_-]{_DAY}-(?P<month>[a-z]{{3,9}})-{_YEAR}(?!\d)", re.IGNORECASE),
    re.compile(r"/(?P<first>\d{1,2})[/-](?P<second>\d{1,2})[/-](?P<year>20\d\d|19\d\d)(?!\d)"),
    re.compile(rf"[/_-]t?{_YEAR}[/-]?(?P<month>\d\d)[/-]?(?P<day>\d\d)(?=[/_.-]|$)"),
)
# Numbers of articles that begin with the day: /stories/202411150441.html, ?ud=20241115000323.
_URL_NUMBER = re.compile(
    r"(?:[/=]|/[A-Z]{3})(?P<year>(?:199|20\d)\d)(?P<month>\d\d)(?P<day>\d\d)(?:\d{4}|\d{6}|\d{9})"
    r"(?![\w-])"
)


def find_date(text: str, *, country: str | None = None) -> When | None:
    """The first date in a text that names day, month and year.

    Numbers that can be read two ways ("03/04/2024") are read as the country's papers write them
    (ISO 3166's two letters), else as other numbers in the text show, else not at all; with dots
    the day comes first.
    """
    found = _matches(text, country)
    return min(found)[2] if found else None


def is_date_line(line: str) -> bool:
    """Whether a line is a date with, at most, a time, a weekday and words like "Published on"."""
    if len(line) > _LONGEST_LINE or not _DIGIT.search(line):
        return False
    line = line.replace("_", " ")
    # Whether its numbers can be read does not matter here
    spans = [(start, end) for start, end, _ in _matches(line, "GB")]
    rest = list(line)
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    return bool(spans) and not _DATE_LABELS.sub("", "".join(rest)).strip()


def date_spans(line: str) -> list[tuple[int, int]]:
    """Where dates stand in a line, with the times beside them."""
    if not _DIGIT.search(line):
        return []
    return [(start, end) for start, end, _ in _matches(line, "GB")]


def line_date(line: str, *, country: str | None = None) -> tuple[When, bool] | None:
    """The date of publication on a date line, and whether it is only that of an update.

    "Updated: 3 May 2024 | Published: 1 May 2024" is the first of May; the day on which somebody
    retrieved or printed a page is none.
    """
    line = line.replace("_", " ")  # Markdown's emphasis
    updated: When | None = None
    last = 0
    for start, end, when in sorted(_matches(line, country)):
        label = None
        for label in _LABEL.finditer(line, last, start):  # noqa: B007 -- the last one counts
            pass
        last = end
        if label is None or not (label["updated"] or label["other"]):
            return when, False
        if label["updated"]:
            updated = updated or when
    return (updated, True) if updated else None


def url_date(url: str) -> date | None:
    """The day in an address (/2024/11/15/, /2022-07-28/, /27/07/2022/, /20241115); a month alone
    is none, and numbers that can be read two ways are read as in `find_date`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    country = country_of(url)
    for pattern in _URL_DATES:
        for match in pattern.finditer(parts.path):
            if day := _day_of(match, country):
                return day
    number = _URL_NUMBER.search(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return _day_of(number, None) if number else None


def _matches(text: str, country: str | None) -> list[tuple[int, int, When]]:
    """Start, end and meaning of each date in a text, with the time beside it."""
    found: list[tuple[int, int, When]] = []
    for start, end, day, clock in _days(text, country):
        if any(s < end and start < e for s, e, _ in found):
            continue
        moment = None
        if clock:
            moment = _moment(_AFTER.match(clock), day, country)
        elif (after := _AFTER.match(text, end)) and _is_clock(after):
            end, moment = _clock_end(after, country), _moment(after, day, country)
        else:
            offset = max(start - _BEFORE_LENGTH, 0)
            before = _BEFORE.search(text[offset:start])
            if before and _is_clock(before):
                start, moment = offset + before.start(), _moment(before, day, country)
        found.append((start, end, When(day, moment)))
    return found


def _days(text: str, country: str | None) -> Iterator[tuple[int, int, date, str | None]]:
    if country is None:
        country = _order_in(text)
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if day := _day_of(match, country):
                clock = match["clock"] if pattern is _MACHINE else None
                yield match.start(), match.end(), day, clock


def _order_in(text: str) -> str | None:
    """A country that writes numbers as the text does, where one of them can be read but one way."""
    orders = {
        "GB" if int(match["first"]) > 12 else "US"
        for match in _NUMBERS.finditer(text)
        if (int(match["first"]) > 12) != (int(match["second"]) > 12)
    }
    return orders.pop() if len(orders) == 1 else None


def _day_of(match: re.Match[str], country: str | None) -> date | None:
    parts = match.groupdict()
    year = _full_year(parts["year"].lstrip("'’"))
    if "first" in parts:
        return _numbered(parts, year, country)
    name = parts["month"]
    month = int(name) if name.isdigit() else month_named(name)
    return _date(year, month or 0, int(parts["day"]))


def _numbered(parts: dict[str, str | None], year: int, country: str | None) -> date | None:
    first, second = int(parts["first"] or 0), int(parts["second"] or 0)
    if len(parts["year"] or "") == 2 and country in _EITHER:
        return None
    if first > 12 or first == second:
        return _date(year, second, first)
    if second > 12:
        return _date(year, first, second)
    if country in _MONTH_FIRST:
        return _date(year, first, second)
    if parts.get("sep") == "." or (country and country not in _EITHER):
        return _date(year, second, first)
    return None


def _full_year(year: str) -> int:
    """A year of two digits in this century, unless that lies ahead."""
    if len(year) > 2:
        return int(year)
    ahead = 2000 + int(year) > (date.today() + _AHEAD).year
    return (1900 if ahead else 2000) + int(year)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found <= date.today() + _AHEAD else None


def _is_clock(match: re.Match[str]) -> bool:
    return bool(match["minute"] or match["half"] or match["minutes"])


def _clock_end(match: re.Match[str], country: str | None) -> int:
    """Where a time ends; a word behind it that is no zone stays outside."""
    zone = match["zone"]
    if zone and not zone.isupper() and zone_named(zone, country) is None:
        return match.start("zone")
    return match.end()


def _moment(match: re.Match[str] | None, day: date, country: str | None) -> datetime | None:
    """The moment of a time on a day, if its zone is sure."""
    zone = zone_named(match["zone"], country) if match and match["zone"] else None
    if match is None or zone is None:
        return None
    hour = int(match["hour"] or match["hours"])
    minute = int(match["minute"] or match["minutes"] or 0)
    if match["half"] and hour <= 12:
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, int(match["second"] or 0))
        return moment.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
