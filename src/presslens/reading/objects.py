"""Objects: rows of JSON and its like, each with keys of its own, and with objects inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from presslens.problems import Problem, ReadingError
from presslens.reading.columns import Columns, chosen_among, find_columns, missing_column
from presslens.reading.files import Source
from presslens.reading.header import MAX_COLUMNS, ONLY_THE_FIRST
from presslens.reading.row_stream import Item, TableRow

# Objects that hold the article's fields rather than being one of them.
_WRAPPERS = ("_source", "article", "attributes", "fields", "document", "doc", "data", "info")
# Objects without a text that are told one by one, once another has one.
_MAX_HELD = 1000
# Objects of one file have few sets of keys; hostile ones have one each.
_MAX_SHAPES = 1000
_MAX_DEPTH = 3


class Objects:
    """The rows that a file's JSON objects are, each of which may have other keys."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._columns: dict[tuple[str, ...], Columns | str] = {}
        self._missing = dict(source.columns)
        self._found_text = False
        self._held: list[Problem] = []
        self._more = 0

    def take(self, row: Any, origin: str) -> Iterator[Item]:
        """The row of one object, or a Problem.

        That objects have no text is held back until one has: if none does, it is said once.
        """
        if not isinstance(row, dict):
            reason = (
                f'expected an object such as {{"title": "…", "text": "…"}}, found: {_kind(row)}'
            )
            yield Problem(origin, "reading", reason)
            return
        row = expand(row)
        columns = self._columns_of(tuple(islice(row, MAX_COLUMNS)))
        if isinstance(columns, str):
            reason = f"{columns}; {ONLY_THE_FIRST}" if len(row) > MAX_COLUMNS else columns
            yield from self._without_text(Problem(origin, "reading", reason))
            return
        yield from self._release()
        yield TableRow(row, columns, origin)

    def rest(self) -> Iterator[Problem]:
        """What was held back, and which of the columns that the user named no object has."""
        if len(self._held) > 1:
            reason = f"none of its {len(self._held) + self._more} objects can be read"
            yield Problem(self._source.origin, "reading", f"{reason}: {self._held[0].reason}")
        else:
            yield from self._held
        if self._found_text:
            read = (keys for keys, found in self._columns.items() if not isinstance(found, str))
            there = dict.fromkeys(name for keys in read for name in keys)
            for field, name in self._missing.items():
                reason = missing_column(field, name, there)
                yield Problem(self._source.origin, "reading", reason)

    def _columns_of(self, names: tuple[str, ...]) -> Columns | str:
        """The columns of objects with these keys, or why they have no text."""
        known = self._columns.get(names)
        if known is None:
            chosen = chosen_among(names, self._source.columns)
            try:
                known = find_columns(names, chosen)
            except ReadingError as error:
                known = str(error)
            else:
                self._missing = {f: name for f, name in self._missing.items() if f not in chosen}
            if len(self._columns) < _MAX_SHAPES:
                self._columns[names] = known
        return known

    def _without_text(self, problem: Problem) -> Iterator[Problem]:
        if self._found_text:
            yield problem
        elif len(self._held) < _MAX_HELD:
            self._held.append(problem)
        else:
            self._more += 1

    def _release(self) -> Iterator[Problem]:
        self._found_text = True
        yield from self._held
        if self._more:
            reason = f"{self._more} more of its objects hold no text; check how it was exported"
            yield Problem(self._source.origin, "reading", reason)
        self._held, self._more = [], 0


def _kind(value: Any) -> str:
    """What a JSON value is, in JSON's words."""
    kinds = {bool: "true or false", str: "text", list: "list", type(None): "null"}
    return kinds.get(type(value), "number")


def expand(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with what its objects hold as columns of its own: `source.title` for `source`.

    What an object such as `_source` or `fields` holds counts as the row's own.
    """
    wide = dict(row)
    for key in _WRAPPERS:
        inner = row.get(key)
        if isinstance(inner, dict):
            wide.update({k: value for k, value in inner.items() if wide.get(k) is None})
    for key, value in list(wide.items()):
        _flatten(key, value, wide, 1)
    return wide


def _flatten(prefix: str, value: Any, wide: dict[str, Any], depth: int) -> None:
    if not isinstance(value, dict) or depth > _MAX_DEPTH:
        return
    for key, inner in value.items():
        wide.setdefault(f"{prefix}.{key}", inner)
        _flatten(f"{prefix}.{key}", inner, wide, depth + 1)
