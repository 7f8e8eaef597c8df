"""Dates: days and moments of publication in the styles that papers use, and in URL paths."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple
from urllib.parse import urlsplit


class When(NamedTuple):
    """A day, and the moment where a time and its zone are given (a time alone is none)."""

    day: date
    moment: datetime | None = None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?\s*)?"
_WORDS = (
    re.compile(rf"\b{_WEEKDAY}{_DAY}[ -](?:of )?{_MONTH}[ ,-]+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}\b", re.IGNORECASE),
)
_YEAR_FIRST = re.compile(
    rf"(?<![\d/.-]){_YEAR}(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?!\d)"
)
_COMPACT = re.compile(rf"(?<!\d){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?=T\d|\D|$)")
_NUMBERS = re.compile(
    r"(?<![\d/.-])(?P<first>\d{1,2})(?P<sep>[-/.])(?P<second>\d{1,2})(?P=sep)"
    r"(?P<year>(?:1[6-9]|20)\d\d|\d\d)(?![\d/])"
)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?)?\s*"
    r"(?P<half>[ap]\.?\s?m\b\.?)?\s*(?:hrs\b|hours\b)?\s*"
    r"(?P<zone>Z\b|[+-]\d\d:?\d\d\b|(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d\d)?\b|[A-Z]{2,5}\b)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:T|[\s,|•·–—-]|\bat\b)*", re.IGNORECASE)

# Offsets of zones that mean one thing; BST, IST or CST mean several, so they give no moment.
_OFFSETS = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "brt": -3, "edt": -4, "est": -5, "cdt": -5, "mdt": -6,
    "mst": -7, "pdt": -7, "pst": -8, "wat": 1, "cet": 1, "cest": 2, "cat": 2, "sast": 2, "eet": 2,
    "eest": 3, "eat": 3, "msk": 3, "trt": 3, "gst": 4, "pkt": 5, "npt": 5.75, "ict": 7, "wib": 7,
    "hkt": 8, "sgt": 8, "myt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10,
    "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
# "ET" is EST in winter and EDT in summer, and so on.
_SEASONAL = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
# Words that stand beside a date on a line that is nothing but a date.
_DATE_LABELS = re.compile(
    r"\b(?:(?:first |last |date |originally )?(?:published|posted|updated?|modified|created|issued"
    r"|released)|date|dated|time|on|at|in|of|the|and|hrs|hours|local|as|ago|issue)\b|[^\w]",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_UPDATED = re.compile(r"\b(?:updated?|modified|edited)\b", re.IGNORECASE)

_URL_DATES = (
    re.compile(rf"[/_-]{_YEAR}[/_-](?P<month>\d{{1,2}})[/_-](?P<day>\d{{1,2}})(?!\d)"),
    re.compile(rf"/{_YEAR}/(?P<month>[a-z]{{3}})/(?P<day>\d{{1,2}})(?!\d)", re.IGNORECASE),
    re.compile(r"/(?P<first>\d{1,2})[/-](?P<second>\d{1,2})[/-](?P<year>20\d\d|19\d\d)(?!\d)"),
    re.compile(rf"[/_-]{_YEAR}[/-]?(?P<month>\d\d)[/-]?(?P<day>\d\d)(?=[/_.-]|$)"),
)


def find_date(text: str, *, month_first: bool = False) -> When | None:
    """The first date in a text that names day, month and year.

    Numbers alone ("03/04/2024") are day first, as in most of the world, unless that is impossible
    or `month_first` says that the paper is of a country that writes the month first.
    """
    found = _matches(text, month_first)
    return min(found)[2] if found else None


def is_date_line(line: str) -> bool:
    """Whether a line is a date with, at most, a time, a weekday and words like "Published on"."""
    if (
        len(line) > 120
        or not _DIGIT.search(line)
        or not (spans := [(s, e) for s, e, _ in _matches(line, False)])
    ):
        return False
    rest = list(line)
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    return not _DATE_LABELS.sub("", "".join(rest)).strip()


def line_date(line: str, *, month_first: bool = False) -> tuple[When, bool] | None:
    """The date of publication on a date line, and whether it is only that of an update.

    "Updated: 3 May 2024 | Published: 1 May 2024" is the first of May.
    """
    updated: When | None = None
    last = 0
    for start, end, when in sorted(_matches(line, month_first)):
        if not _UPDATED.search(line, last, start):
            return when, False
        updated, last = updated or when, end
    return (updated, True) if updated else None


def url_date(url: str) -> date | None:
    """The day in a URL's path (/2024/11/15/, /2022-07-28/, /27/07/2022/, /20241115); a month
    alone is none."""
    path = urlsplit(url).path if "[" not in url else url
    for pattern in _URL_DATES:
        for match in pattern.finditer(path):
            if day := _day_of(match, False):
                return day
    return None


def _matches(text: str, month_first: bool) -> list[tuple[int, int, When]]:
    found: list[tuple[int, int, When]] = []
    for pattern in (*_WORDS, _YEAR_FIRST, _NUMBERS, _COMPACT):
        for match in pattern.finditer(text):
            day = _day_of(match, month_first)
            if day and not any(
                start < match.end() and match.start() < end for start, end, _ in found
            ):
                end, moment = _clock_after(text, match.end(), day)
                found.append((match.start(), end, When(day, moment)))
    return found


def _day_of(match: re.Match[str], month_first: bool) -> date | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        if month_first:
            first, second = second, first
        return _date(year, second, first) or _date(year, first, second)
    name = parts["month"].lower()[:3]
    month = _MONTHS.index(name) + 1 if name in _MONTHS else int(name) if name.isdigit() else 0
    return _date(year, month, int(parts["day"]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock_after(text: str, position: int, day: date) -> tuple[int, datetime | None]:
    """Where the time after a date ends, and the moment, if its zone is known."""
    gap = _BETWEEN.match(text, position)
    match = _CLOCK.match(text, gap.end() if gap else position)
    if not match or not (match["minute"] or match["half"]):
        return position, None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    zone = _zone(match["zone"]) if match["zone"] else None
    end = (
        match.end() if zone or not match["zone"] or match["zone"].isupper() else match.start("zone")
    )
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, int(match["second"] or 0))
        return end, moment.replace(tzinfo=zone).astimezone(UTC) if zone else None
    except (ValueError, OverflowError):
        return position, None


def _zone(name: str) -> tzinfo | None:
    name = name.lower().replace(" ", "")
    if name in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[name]))
    if name in _SEASONAL:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            return ZoneInfo(_SEASONAL[name])
        except ZoneInfoNotFoundError:
            return None
    match = re.fullmatch(r"(?:gmt|utc)?([+-])(\d{1,2}):?(\d\d)?", name)
    if not match or int(match[2]) > 14:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(offset if match[1] == "+" else -offset)
