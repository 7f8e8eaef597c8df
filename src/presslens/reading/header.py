"""Header: the row of a table that names its columns, below what stands above it in exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from presslens.problems import ReadingError
from presslens.reading.columns import Columns, chosen_among, find_columns

# A title, a date and a line about the search may stand above the header.
_ROWS = 20
# Exports have a dozen columns; a table with more than this has no articles in it.
MAX_COLUMNS = 2_000
ONLY_THE_FIRST = f"only its first {MAX_COLUMNS:,} columns were looked at"
EMPTY = "it is empty; expected a header with a column of texts"


class NoHeaderError(ReadingError):
    """None of a table's first rows is a header with a column of texts."""


class LacksColumnError(ReadingError):
    """A table has texts, but not the column that the user named."""


def find_header(
    rows: Iterator[Sequence[Any]], chosen: Mapping[str, str]
) -> tuple[list[str], Columns]:
    """The first row that names a column of texts, up to its last name, and its columns.

    Args:
        rows: the table's rows, from which this takes the header and what stands above it.
        chosen: field → column, for those that the user named.

    Raises:
        NoHeaderError: if none of the first rows is one; of these, the one with most names tells
            best what is there.
        LacksColumnError: if one is, but lacks a column that the user named.
    """
    fault, fullest, left_out = EMPTY, 0, False
    for _, cells in zip(range(_ROWS), rows, strict=False):
        left_out = left_out or len(cells) > MAX_COLUMNS
        header = ["" if cell is None else str(cell).strip() for cell in cells[:MAX_COLUMNS]]
        while header and not header[-1]:
            header.pop()
        try:
            if header:
                return header, find_columns(header, chosen)
        except ReadingError as error:
            if chosen and _has_texts(header, chosen):
                raise LacksColumnError(str(error)) from error
            if (names := sum(map(bool, header))) > fullest:
                fullest, fault = names, str(error)
    raise NoHeaderError(f"{fault}; {ONLY_THE_FIRST}" if left_out else fault)


def is_header(cells: Sequence[Any], chosen: Mapping[str, str]) -> bool:
    """Whether cells name a column of texts."""
    with suppress(ReadingError):
        find_header(iter([cells]), chosen)
        return True
    return False


def _has_texts(header: list[str], chosen: Mapping[str, str]) -> bool:
    """Whether a header names texts, were it not for a column that it lacks."""
    for there in ({}, chosen_among(header, chosen)):
        with suppress(ReadingError):
            find_columns(header, there)
            return True
    return False
