"""Workbook: all tables of a run as one Excel file, for people who work in spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

WORKBOOK = "tables.xlsx"

# What Excel holds in a cell, in a sheet and in a sheet's name.
_CELL, _ROWS, _NAME = 32_767, 1_048_576, 31


def save_workbook(folder: str | Path) -> Path | None:
    """Every CSV file of a folder as a sheet of `tables.xlsx` there; None without any.

    Numbers stay numbers; texts are never taken for formulas. A text that is too long for a cell is
    cut, rows that are too many for a sheet are left out: the CSV has them whole.
    """
    from openpyxl import Workbook

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
        for number, row in enumerate(csv.reader(file)):
            if number >= _ROWS:
                break
            yield [_cell(text, sheet, number == 0) for text in row]


def _cell(text: str, sheet: WriteOnlyWorksheet, heading: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    if not heading and (number := _number(text)) is not None:
        return number
    plain = text[1:] if text[:1] == "'" and text[1:2] in {*"=+-@\t\r"} else text
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", plain)[:_CELL])
    cell.data_type = "s"
    if heading:
        cell.font = Font(bold=True)
    return cell


def _number(text: str) -> float | int | None:
    """A number that is written as one; ids such as 00123 or 1e5 stay texts."""
    try:
        value = float(text)
    except ValueError:
        return None
    if repr(value) == text:
        return value
    return (
        int(value)
        if value.is_integer() and str(int(value)) == text and abs(value) < 2**53
        else None
    )


def _sheet_name(stem: str, taken: set[str]) -> str:
    name, number = stem[:_NAME], 2
    while name.lower() in taken:
        ending = f"_{number}"
        name, number = f"{stem[: _NAME - len(ending)]}{ending}", number + 1
    taken.add(name.lower())
    return name
