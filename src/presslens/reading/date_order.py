"""Date order: whether a column of dates has the day or the month first, told by all its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from presslens.problems import Problem

Order = Literal["day", "month", "either"]

_NUMBERS = re.compile(
    r"(?<![\d/.-])(?P<first>\d{1,2})(?P<sep>[-/])(?P<second>\d{1,2})(?P=sep)"
    r"(?P<year>(?:1[6-9]|20)\d\d|\d\d)(?![\d/-])",
    re.ASCII,
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# A date with its time; what is longer is no date.
_LONGEST_DATE = 100
# Tables have a few columns of dates; hostile objects have one each.
_MAX_COLUMNS = 100
_WAY_OUT = "write them as in 2024-04-25"


@dataclass(slots=True)
class _Column:
    """What a column showed: a date for each order, and the first whose article stayed undated."""

    shown: dict[Order, str] = field(default_factory=dict)
    undated: str | None = None


class DateOrders:
    """In which order the columns of one table write day and month, as far as it was seen."""

    def __init__(self) -> None:
        self._columns: dict[str, _Column] = {}

    def look_at(self, name: str, value: Any) -> bool:
        """Takes a cell into account; whether its column writes dates in numbers and is open."""
        order = order_in(value)
        if order is None or (name not in self._columns and len(self._columns) >= _MAX_COLUMNS):
            return False
        column = self._columns.setdefault(name, _Column())
        is_first = not column.shown
        column.shown.setdefault(order, value.strip())
        return is_first or not column.shown.keys() & {"day", "month"}

    def plain(self, name: str, value: Any) -> Any:
        """A cell whose date can be read two ways as its column wants it read.

        Where the column has both orders there is no date; where it shows none, the cell stays.
        """
        column = self._columns.get(name)
        if column is None or order_in(value) != "either":
            return value
        orders = column.shown.keys() & {"day", "month"}
        if not orders:
            return value
        if len(orders) == 2:
            return None
        return _NUMBERS.sub(_month_first if "month" in orders else _day_first, value, count=1)

    def leave_undated(self, cells: Iterable[tuple[str, Any]]) -> None:
        """Notes that an article with these cells has no date, if that is for their order."""
        for name, value in cells:
            if (column := self._columns.get(name)) and order_in(value) == "either":
                column.undated = column.undated or value.strip()

    def problems(self, origin: str) -> Iterator[Problem]:
        """For which columns dates were left out, and why."""
        for name, column in self._columns.items():
            if column.undated is None:
                continue
            dates = f"dates such as {column.undated!r} in its column {name!r}"
            day, month = column.shown.get("day"), column.shown.get("month")
            if day and month:
                why = f"others have the day first ({day!r}) and the month first ({month!r})"
            elif day or month:
                why = f"the first that tells their order, {day or month!r}, stands far below them"
            else:
                why = "none of them tells whether the day or the month stands first"
            yield Problem(origin, "reading", f"{dates} were left out: {why}; {_WAY_OUT}")


def order_in(value: Any) -> Order | None:
    """What stands first in a date of numbers such as 25/04/2024; None where it makes no
    difference or there is no such date. With dots the day always comes first."""
    if not isinstance(value, str) or len(value) > _LONGEST_DATE:
        return None
    match = _NUMBERS.search(value)
    if match is None:
        return None
    first, second = int(match["first"]), int(match["second"])
    if not (0 < first <= 31 and 0 < second <= 31) or min(first, second) > 12 or first == second:
        return None
    if max(first, second) <= 12:
        return "either"
    return "day" if first > 12 else "month"


def _day_first(match: re.Match[str]) -> str:
    return f"{match['first']}-{_MONTHS[int(match['second']) - 1]}-{match['year']}"


def _month_first(match: re.Match[str]) -> str:
    return f"{match['second']}-{_MONTHS[int(match['first']) - 1]}-{match['year']}"
