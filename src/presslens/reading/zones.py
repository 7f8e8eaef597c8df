"""Zones: what zone of time stands behind a time, by its abbreviation and the paper's country."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo

# Hours from Greenwich of abbreviations that mean one thing in papers.
_HOURS = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "wat": 1, "cet": 1, "met": 1, "cest": 2,
    "mest": 2, "cat": 2, "sast": 2, "eet": 2, "eest": 3, "eat": 3, "msk": 3, "trt": 3, "idt": 3,
    "irst": 3.5, "gst": 4, "azt": 4, "aft": 4.5, "pkt": 5, "uzt": 5, "slst": 5.5, "npt": 5.75,
    "btt": 6, "mmt": 6.5, "ict": 7, "wib": 7, "wita": 8, "hkt": 8, "sgt": 8, "myt": 8, "pht": 8,
    "phst": 8, "awst": 8, "bnt": 8, "ulat": 8, "jst": 9, "kst": 9, "wit": 9, "acst": 9.5,
    "chst": 10, "pgt": 10, "aest": 10, "acdt": 10.5, "aedt": 11, "sbt": 11, "vut": 11, "fjt": 12,
    "nzst": 12, "nzdt": 13, "tot": 13, "brt": -3, "art": -3, "uyt": -3, "clst": -3, "ndt": -2.5,
    "gyt": -4, "bot": -4, "vet": -4, "cot": -5, "pet": -5, "cdt": -5, "mdt": -6, "pdt": -7,
    "akdt": -8, "akst": -9, "hst": -10,
}  # fmt: skip
# Abbreviations that mean several zones, by country; "" stands for all countries not named.
_BY_COUNTRY: dict[str, dict[str, float | None]] = {
    "bst": {"GB": 1, "JE": 1, "GG": 1, "IM": 1, "BD": 6},
    "ist": {"IN": 5.5, "IE": 1, "IL": 2},
    "cst": {"US": -6, "CA": -6, "MX": -6, "CR": -6, "GT": -6, "BZ": -6, "SV": -6, "HN": -6,
            "NI": -6, "CU": -5, "CN": 8, "TW": 8, "HK": 8},
    "pst": {"US": -8, "CA": -8, "MX": -8, "PH": 8, "PK": 5},
    "est": {"": -5, "AU": None},
    "edt": {"": -4, "AU": None},
    "mst": {"": -7, "MY": 8, "MM": 6.5},
    "adt": {"CA": -3, "BM": -3},
    "ast": {"CA": -4, "PR": -4, "VI": -4, "TT": -4, "BB": -4, "BM": -4, "AG": -4, "DM": -4,
            "GD": -4, "KN": -4, "LC": -4, "VC": -4, "DO": -4, "CW": -4, "AW": -4, "SX": -4,
            "SA": 3, "KW": 3, "QA": 3, "BH": 3, "IQ": 3, "YE": 3},
    "nst": {"CA": -3.5},
    "sst": {"AS": -11, "SG": 8},
    "wst": {"AU": 8, "WS": 13},
}  # fmt: skip
# "ET" is EST in winter and EDT in summer, and so on.
_SEASONAL = {
    "et": "America/New_York", "eastern": "America/New_York",
    "ct": "America/Chicago", "central": "America/Chicago",
    "mt": "America/Denver", "mountain": "America/Denver",
    "pt": "America/Los_Angeles", "pacific": "America/Los_Angeles",
    "aet": "Australia/Sydney", "nzt": "Pacific/Auckland", "uk": "Europe/London",
    "beijing": "Asia/Shanghai",
}  # fmt: skip
_OFFSET = re.compile(r"(?:gmt|utc)?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?")
_WORDS = re.compile(r"\s+(?:standard|daylight)?\s*(?:time)?$")
_FARTHEST = timedelta(hours=14)

# What may stand behind a time as its zone.
ZONE = (
    r"(?:Z\b|(?:GMT|UTC)\s?[+-]\s?\d{1,2}(?::?\d\d)?\b|[+-]\d\d:?\d\d\b|(?<=\d)[+-]\d\d\b"
    r"|(?:eastern|central|mountain|pacific)(?:\s(?:standard|daylight))?\stime\b"
    r"|(?:uk|beijing)\stime\b|[A-Z]{2,5}\b)"
)


def zone_named(name: str, country: str | None) -> tzinfo | None:
    """The zone that an abbreviation or an offset means in a country's papers, or None if unsure.

    Args:
        name: as in "GMT", "ET", "+05:30", "GMT+7".
        country: ISO 3166's two letters; without it, "IST" is no zone, since it means three.
    """
    name = _WORDS.sub("", name.lower())
    if match := _OFFSET.fullmatch(name.replace(" ", "")):
        offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        return (
            timezone(offset if match["sign"] == "+" else -offset) if offset <= _FARTHEST else None
        )
    if name in _SEASONAL:
        return _seasonal(_SEASONAL[name])
    hours = _HOURS.get(name)
    if by_country := _BY_COUNTRY.get(name):
        hours = by_country.get(country or "", by_country.get(""))
    return None if hours is None else timezone(timedelta(hours=hours))


def _seasonal(key: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(key)
    except ZoneInfoNotFoundError:
        return None
