"""Nexis's dates: the line at a document's head that says when it was published."""

from __future__ import annotations

import re

from presslens.reading.dates import When
from presslens.reading.written_dates import when_written

_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag"
    r"|mittwoch|sonnabend|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:maan|dins|woens|donder"
    r"|vrij|zater|zon)dag|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì"
    r"|mercoledì|giovedì|venerdì|sabato|domenica)\b[.,]?",
    re.IGNORECASE,
)
_DATE_START = re.compile(
    r"\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b"
    r"|(?:spring|summer|autumn|fall|winter)\b",
    re.IGNORECASE,
)
_NO_DAY = re.compile(r"[^\W\d_]{3,9}(?:[ /-]{1,3}[^\W\d_]{3,9})?,? (?:19|20)\d\d\b")
_DATE_LENGTH = 120


def date_in(line: str) -> When | None:
    """The date that a line at a document's head gives; "July 1, 2019 Monday 9:20 AM GMT" has the
    day of the week within."""
    return when_written(" ".join(_DAY.sub(" ", line).split()))


def is_date(line: str) -> bool:
    """Whether a line begins with a date, if only with a month and a year."""
    bare = _DAY.sub(" ", line[:_DATE_LENGTH]).strip()
    if len(line) > _DATE_LENGTH or not _DATE_START.match(bare):
        return False
    return bool(_NO_DAY.match(bare) or date_in(line))
