"""Row stream: the articles of a table's rows, some hundred of which are looked at ahead to learn
in which order it writes day and month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading.columns import Columns
from presslens.reading.date_order import DateOrders
from presslens.reading.registry import Found
from presslens.reading.rows_article import article_from_row

# How many rows wait for one that tells the order, and how many letters these may have: one date in
# two has a day beyond the twelfth, and a table in the order of time changes its days soon.
MAX_HELD = 500
MAX_LETTERS = 16 * 2**20
# What an object costs beside its letters.
_OBJECT = 64


class TableRow(NamedTuple):
    """A row, its columns by the fields that they hold, and what the article is called."""

    cells: Mapping[str, Any]
    columns: Columns
    origin: str

    @property
    def dates(self) -> list[tuple[str, Any]]:
        """The cells of its columns of dates, by their names."""
        return [(name, self.cells.get(name)) for name in self.columns.get("published", ())]


Item = TableRow | Problem


def articles_of_rows(
    rows: Iterable[Item], *, origin: str, reader: str, verbatim: bool
) -> Iterator[Found]:
    """The articles of a table and its problems in their order; problems of columns come last.

    Args:
        rows: one by one; what they raise is raised behind the rows before.
        origin: what the table is called.
    """
    orders = DateOrders()
    for item in _looked_at(iter(rows), orders):
        if isinstance(item, Problem):
            yield item
            continue
        found = article_from_row(
            item.cells,
            item.columns,
            origin=item.origin,
            reader=reader,
            verbatim=verbatim,
            orders=orders,
        )
        if isinstance(found, Article) and found.published is None:
            orders.leave_undated(item.dates)
        yield found
    yield from orders.problems(origin)


def _looked_at(rows: Iterator[Item], orders: DateOrders) -> Iterator[Item]:
    """The rows; those behind a date of numbers are looked at before it is given."""
    for row in rows:
        if not _is_open(row, orders):
            yield row
            continue
        held, fault = _hold(row, rows, orders)
        yield from held
        if fault:
            raise fault


def _hold(
    first: Item, rows: Iterator[Item], orders: DateOrders
) -> tuple[list[Item], Exception | None]:
    """The next rows, all looked at, and what they raised."""
    held, letters = [first], _size(first)
    try:
        while len(held) < MAX_HELD and letters < MAX_LETTERS and (row := next(rows, None)):
            _is_open(row, orders)
            held.append(row)
            letters += _size(row)
    except Exception as error:  # noqa: BLE001 -- raised again behind the rows that were held
        return held, error
    return held, None


def _is_open(row: Item, orders: DateOrders) -> bool:
    """Whether a row has a date whose order later rows may tell; all its dates are looked at."""
    if isinstance(row, Problem):
        return False
    opened = [orders.look_at(name, value) for name, value in row.dates]
    return any(opened)


def _size(row: Item) -> int:
    """About the letters that a row holds."""
    size = 0
    parts: list[Any] = [] if isinstance(row, Problem) else [*row.cells.values()]
    while parts and size < MAX_LETTERS:
        part = parts.pop()
        size += _OBJECT
        if isinstance(part, (str, bytes)):
            size += len(part)
        elif isinstance(part, (list, tuple)):
            parts += part
        elif isinstance(part, dict):
            parts += part.values()
    return size
