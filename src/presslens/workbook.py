"""Workbook: all tables of a run as one Excel file, for people who work in spreadsheets."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

WORKBOOK = "tables.xlsx"

# What Excel holds in a cell, in a sheet and in a sheet's name.
_CELL, _ROWS, _NAME = 32_767, 1_048_576, 31
_FORMULA = frozenset("=+-@\t\r")
# At most 15 digits before the point, as Excel keeps them.
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+(?:e-?\d+)?)?")


def save_workbook(folder: str | Path) -> Path | None:
    """Every CSV file of a folder as a sheet of `tables.xlsx` there; None without any.

    Numbers stay numbers; texts are never taken for formulas. A text that is too long for a cell is
    cut, rows that are too many for a sheet are left out: the CSV has them whole.
    """
    files = sorted(Path(folder).glob("*.csv"))
    if not files:
        return None
    book = Workbook(write_only=True)
    names: set[str] = set()
    for path in files:
        sheet = book.create_sheet(_sheet_name(path.stem, names))
        sheet.freeze_panes = "A2"
        for row in _rows(path, sheet):
            sheet.append(row)
    target = Path(folder) / WORKBOOK
    book.save(target)
    return target


def _rows(path: Path, sheet: WriteOnlyWorksheet) -> Iterator[list[Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        headings = next(rows, [])
        yield [_heading(text, sheet) for text in headings]
        as_text = [heading.endswith("_id") for heading in headings]
        for row in islice(rows, _ROWS - 1):
            yield [_cell(text, sheet, kept) for text, kept in zip(row, as_text, strict=True)]


def _heading(text: str, sheet: WriteOnlyWorksheet) -> Any:
    cell = _text(text, sheet)
    cell.font = Font(bold=True)
    return cell


def _cell(text: str, sheet: WriteOnlyWorksheet, as_text: bool) -> Any:
    number = None if as_text else _number(text)
    if number is not None:
        return number
    if text[:1] in _FORMULA or text[:1] == "'" or ILLEGAL_CHARACTERS_RE.search(text):
        return _text(text, sheet)
    return text[:_CELL]


def _text(text: str, sheet: WriteOnlyWorksheet) -> Any:
    """A cell that holds a text whatever it begins with."""
    plain = text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", plain)[:_CELL])
    cell.data_type = "s"
    return cell


def _number(text: str) -> float | int | None:
    """A number that is written as one and that Excel holds; 00123, 1e5 and nan stay texts."""
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return int(text) if "." not in text and "e" not in text else value


def _sheet_name(stem: str, taken: set[str]) -> str:
    name, number = stem[:_NAME], 2
    while name.lower() in taken:
        ending = f"_{number}"
        name, number = f"{stem[: _NAME - len(ending)]}{ending}", number + 1
    taken.add(name.lower())
    return name
