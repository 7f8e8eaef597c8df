"""Excel: workbooks (.xlsx, .xlsm) with an article per row, on each sheet that has texts."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import PurePath
from typing import Any, BinaryIO

from presslens.article import Article
from presslens.problems import Problem, ReadingError
from presslens.reading.columns import Columns, chosen_among, find_columns
from presslens.reading.files import Source
from presslens.reading.registry import Found, Reader
from presslens.reading.rows_article import article_from_row, row_of

_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb"})
_OLD_SUFFIXES = frozenset({".xls", ".xlt"})
# Where the first member of a workbook lies; another zip file may hold a workbook inside.
_FIRST_MEMBER = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]|_rels/|docProps/|xl/)", re.DOTALL)
_MEMBER = re.compile(rb"PK\x03\x04.{26}xl/", re.DOTALL)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_BOOK = "Workbook".encode("utf-16-le")
_OLD_REASON = "it is a workbook of old Excel (.xls); open it and save it as .xlsx or CSV"
_BINARY_REASON = "it is a binary workbook (.xlsb); open it and save it as .xlsx or CSV"
# Unpacked; 28,000 articles have as much, which openpyxl takes 12 seconds for.
MAX_UNPACKED = 128 * 2**20
# Excel's own limit of rows; a hostile number of a row would be counted up to for ever.
MAX_ROWS = 1_048_576
# Each row is filled up to its last column; exports have a dozen, and no more are looked at.
MAX_COLUMNS = 256
# A title, a date and a line about the search may stand above the header.
_HEADER_ROWS = 20
# Excel holds no more in a cell.
CELL_LIMIT = 32_767
# Days since 1900 that a date is where its cell has no date's format: 1927 to 2173.
_SERIALS = range(10_000, 100_000)
_EMPTY = "the sheet is empty; expected a header with a column of texts"
# What a cell shows whose formula failed.
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
# How Excel writes characters that XML has no way for, "_x000D_".
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PROLOGUE = 64 * 2**10


def _recognises(head: bytes, name: str) -> bool:
    suffix = PurePath(name).suffix.lower()
    if head.startswith(_OLE):
        return suffix in _OLD_SUFFIXES or _OLD_BOOK in head
    if not head.startswith(b"PK\x03\x04"):
        return False
    return suffix in _SUFFIXES or bool(_FIRST_MEMBER.match(head) and _MEMBER.search(head))


class _LacksColumnError(ReadingError):
    """A sheet has texts, but not the column that the user named."""


def _read(source: Source, verbatim: bool) -> Iterator[Found]:
    _check(source)
    with source.path.open("rb") as file:
        book = _open(file)
        try:
            yield from _read_sheets(book, source, verbatim)
        finally:
            book.close()


def _read_sheets(book: Any, source: Source, verbatim: bool) -> Iterator[Found]:
    found_any, faults = False, []
    for sheet in book.worksheets:
        origin = f"{source.origin} ({sheet.title})"
        try:
            for found in _read_sheet(sheet, source, origin, verbatim, book.epoch):
                found_any = True
                yield found
        except _LacksColumnError as error:
            found_any = True
            yield Problem(origin, "reading", str(error))
        except ReadingError as error:
            faults.append(Problem(origin, "reading", str(error)))
        except Exception as error:  # noqa: BLE001 -- openpyxl fails in many ways on broken XML
            found_any = True
            reason = f"the rest of the sheet is broken ({_cause(error)}); save it anew in Excel"
            yield Problem(origin, "reading", reason)
    # A sheet without texts is a table of something else, unless no sheet has any.
    if not found_any:
        yield from [fault for fault in faults if fault.reason != _EMPTY] or faults[:1]


READER = Reader("excel", "Excel workbooks (.xlsx) with a column of texts", _recognises, _read)


def _check(source: Source) -> None:
    """Whether a workbook may be opened: not an old one, not too large, without a DTD."""
    with source.path.open("rb") as file:
        if file.read(len(_OLE)) == _OLE:
            raise ReadingError(_OLD_REASON)
    try:
        with zipfile.ZipFile(source.path) as package:
            names = package.namelist()
            if "xl/workbook.bin" in names:
                raise ReadingError(_BINARY_REASON)
            if sum(member.file_size for member in package.infolist()) > MAX_UNPACKED:
                limit = MAX_UNPACKED // 2**20
                raise ReadingError(f"it is larger than {limit} MB unpacked; save it as CSV")
            for name in names:
                if name.endswith((".xml", ".rels")) and _has_dtd(package, name):
                    raise ReadingError(f"its part {name[:80]!r} has a DTD, which no workbook needs")
    except ReadingError:
        raise
    except Exception as error:
        raise ReadingError(_broken(error)) from error


def _has_dtd(package: zipfile.ZipFile, name: str) -> bool:
    with package.open(name) as part:
        return bool(_DOCTYPE.search(part.read(_PROLOGUE).replace(b"\0", b"")))


def _open(file: BinaryIO) -> Any:
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that it doesn't know
            # An open file, since openpyxl refuses paths that don't end in .xlsx
            return load_workbook(file, read_only=True, data_only=True)
    except Exception as error:
        raise ReadingError(_broken(error)) from error


def _broken(error: Exception) -> str:
    return f"the workbook is broken ({_cause(error)}); open it in Excel and save it anew"


def _cause(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:100]}"


def _read_sheet(
    sheet: Any, source: Source, origin: str, verbatim: bool, epoch: datetime
) -> Iterator[Found]:
    """The articles of a sheet.

    Raises:
        ReadingError: if none of its first rows is a header with a column of texts.
    """
    sheet.reset_dimensions()  # which some programs state wrongly
    rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
    numbered = enumerate(rows, start=1)
    header, columns = _header(numbered, source)
    for number, cells in numbered:
        if not any(cells):
            continue
        row = row_of(header, map(_value, cells))
        for name in columns.get("published", ()):
            row[name] = _date(row.get(name), epoch)
        place = f"{origin}:{number}"
        found = article_from_row(row, columns, origin=place, reader=READER.name, verbatim=verbatim)
        yield found
        if isinstance(found, Article) and _fills_cell(row, columns):
            reason = f"its text fills the cell to Excel's limit of {CELL_LIMIT} characters, so"
            yield Problem(place, "reading", f"{reason} its end is missing; take a CSV export")


def _header(
    numbered: Iterable[tuple[int, tuple[Any, ...]]], source: Source
) -> tuple[list[str], Columns]:
    """The first row that names a column of texts, up to its last name, and its columns."""
    fault = ReadingError(_EMPTY)
    fullest = 0
    for number, cells in numbered:
        header = ["" if cell is None else str(cell).strip() for cell in cells]
        while header and not header[-1]:
            header.pop()
        try:
            if header:
                return header, find_columns(header, source.columns)
        except ReadingError as error:
            if source.columns and _has_texts(header, source.columns):
                raise _LacksColumnError(str(error)) from error
            # Of the rows that are no header, the one with most names tells best what is there.
            if (names := sum(map(bool, header))) > fullest:
                fullest, fault = names, error
        if number >= _HEADER_ROWS:
            break
    raise fault


def _has_texts(header: list[str], chosen: Mapping[str, str]) -> bool:
    """Whether a header names texts, were it not for a column that it lacks."""
    for there in ({}, chosen_among(header, chosen)):
        with suppress(ReadingError):
            find_columns(header, there)
            return True
    return False


def _value(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    if cell in _ERRORS:
        return None
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), cell) if "_x" in cell else cell


def _date(value: Any, epoch: datetime) -> Any:
    """A cell's date, where a number of days stands for it."""
    from openpyxl.utils.datetime import from_excel

    if isinstance(value, (int, float)) and not isinstance(value, bool) and int(value) in _SERIALS:
        moment = from_excel(value, epoch)
        return moment if isinstance(moment, (datetime, date)) else None
    return value


def _fills_cell(row: dict[str, Any], columns: Columns) -> bool:
    texts = (row.get(name) for name in columns["text"])
    text = next((text for text in texts if isinstance(text, str) and text.strip()), "")
    return len(text) >= CELL_LIMIT
