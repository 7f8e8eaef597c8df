"""Written dates: dates with their month in words, in the languages that databases have."""

from __future__ import annotations

import re

from presslens.reading.dates import When, find_date
from presslens.reading.month_names import month_named

# A field of the head is a line; what is longer is no date.
_LONGEST_DATE = 200
_WRITTEN = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:er|\.|º)?\s+(?:de\s+|d[’'])?(?P<month>[^\W\d_]{3,12})\.?,?\s+"
    r"(?:del?\s+)?(?P<year>(?:1[6-9]|20)\d\d)(?!\d)"
)


def when_written(text: str | None) -> When | None:
    """The first date in a text, its month in any of the languages that databases have."""
    return find_date((text or "")[:_LONGEST_DATE])


def date_start(text: str) -> int | None:
    """Where a date with its month in words begins in a text, or None."""
    matches = _WRITTEN.finditer(text[:_LONGEST_DATE])
    return next((match.start() for match in matches if month_named(match["month"])), None)
