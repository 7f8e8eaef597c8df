"""Excel: workbooks (.xlsx, .xlsm) with an article per row, on each sheet that has texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from presslens.article import Article
from presslens.problems import Problem, ReadingError
from presslens.reading.columns import Columns
from presslens.reading.files import HEAD_BYTES, Source
from presslens.reading.header import EMPTY, LacksColumnError, NoHeaderError, find_header
from presslens.reading.package import Package
from presslens.reading.registry import Found, Reader
from presslens.reading.row_stream import Item, TableRow, articles_of_rows
from presslens.reading.rows_article import row_of
from presslens.reading.sheets import Book, Sheet, TooManyElementsError

_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb"})
_OLD_SUFFIXES = frozenset({".xls", ".xlt"})
# Where the first member of a workbook lies; another zip file may hold a workbook inside.
_FIRST_MEMBER = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]|_rels/|docProps/|xl/)", re.DOTALL)
_MEMBER = re.compile(rb"PK\x03\x04.{26}xl/", re.DOTALL)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_BOOK = "Workbook".encode("utf-16-le")
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_OLD_REASON = "it is a workbook of old Excel (.xls); open it and save it as .xlsx or CSV"
_PROTECTED_REASON = "the workbook is protected by a password; save it without one"
_BINARY_REASON = "it is a binary workbook (.xlsb); open it and save it as .xlsx or CSV"
# Unpacked; 28,000 articles have as much.
MAX_UNPACKED = 128 * 2**20
_SAME_AGAIN = (
    "its cells hold the same texts again and again, more than the file itself has; the rest was"
    " not read, save it as CSV"
)
# Excel holds no more in a cell.
CELL_LIMIT = 32_767
# Days since 1900 that a date is: 1927 to 2173.
_SERIALS = range(10_000, 100_000)
# What a cell shows whose formula failed.
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


def _recognises(head: bytes, name: str) -> bool:
    suffix = PurePath(name).suffix.lower()
    if head.startswith(_OLE):
        return suffix in _OLD_SUFFIXES | _SUFFIXES or _OLD_BOOK in head
    if not head.startswith(b"PK\x03\x04"):
        return False
    return suffix in _SUFFIXES or bool(_FIRST_MEMBER.match(head) and _MEMBER.search(head))


def _read(source: Source, verbatim: bool) -> Iterator[Found]:
    _check(source)
    with Package(source.path) as package:
        if package.has("xl/workbook.bin"):
            raise ReadingError(_BINARY_REASON)
        if package.unpacked > MAX_UNPACKED:
            limit = MAX_UNPACKED // 2**20
            raise ReadingError(f"it is larger than {limit} MB unpacked; save it as CSV")
        yield from _read_sheets(Book(package), source, verbatim)


def _read_sheets(book: Book, source: Source, verbatim: bool) -> Iterator[Found]:
    found_any, faults = False, []
    letters_left = MAX_UNPACKED
    for sheet in book.sheets:
        origin = f"{source.origin} ({sheet.name})"
        try:
            rows = _rows(book, sheet, source, origin)
            for found in articles_of_rows(
                rows, origin=origin, reader=READER.name, verbatim=verbatim
            ):
                found_any = True
                yield found
                letters_left -= len(found.text) if isinstance(found, Article) else 0
                if letters_left < 0:
                    yield Problem(origin, "reading", _SAME_AGAIN)
                    return
        except LacksColumnError as error:
            found_any = True
            yield Problem(origin, "reading", str(error))
        except TooManyElementsError as error:
            yield Problem(source.origin, "reading", str(error))
            return
        except NoHeaderError as error:
            faults.append(Problem(origin, "reading", str(error)))
        except Exception as error:  # noqa: BLE001 -- zlib, zipfile and expat fail in many ways
            found_any = True
            yield Problem(origin, "reading", _broken(error))
    # A sheet without texts is a table of something else, unless no sheet has any.
    if not found_any:
        yield from [fault for fault in faults if fault.reason != EMPTY] or faults[:1]
    if not book.sheets:
        yield Problem(source.origin, "reading", EMPTY)


READER = Reader("excel", "Excel workbooks (.xlsx) with a column of texts", _recognises, _read)


def _check(source: Source) -> None:
    """Whether a workbook is one of today's Excel."""
    with source.path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(_OLE):
        raise ReadingError(_PROTECTED_REASON if _PROTECTED in head else _OLD_REASON)


def _broken(error: Exception) -> str:
    """Why the rest of a sheet is missing; our own words for it say what to do."""
    if isinstance(error, ReadingError):
        return f"the rest of the sheet could not be read: {str(error)[:200]}"
    cause = f"{type(error).__name__}: {str(error)[:100]}"
    return f"the rest of the sheet is broken ({cause}); save it anew in Excel"


def _rows(book: Book, sheet: Sheet, source: Source, origin: str) -> Iterator[Item]:
    """The rows of a sheet, and for which the end of their texts is missing.

    Raises:
        ReadingError: if none of its first rows is a header with a column of texts, or it is
            damaged.
    """
    rows = book.rows(sheet)
    header, columns = find_header((cells for _, cells in rows), source.columns)
    for number, cells in rows:
        row = row_of(header, map(_value, cells))
        if not any(value not in (None, "") for value in row.values()):
            continue
        for name in columns.get("published", ()):
            row[name] = _date(row.get(name), book.epoch)
        place = f"{origin}:{number}"
        yield TableRow(row, columns, place)
        if _fills_cell(row, columns):
            reason = f"its text fills the cell to Excel's limit of {CELL_LIMIT} characters, so"
            yield Problem(place, "reading", f"{reason} its end is missing; take a CSV export")


def _value(cell: Any) -> Any:
    """A cell's value; none where it shows that a formula failed."""
    return None if isinstance(cell, str) and cell in _ERRORS else cell


def _date(value: Any, epoch: datetime) -> Any:
    """A cell's date, where a number of days stands for it."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and int(value) in _SERIALS:
        moment = epoch + timedelta(days=value)
        return moment.date() if isinstance(value, int) else moment
    return value


def _fills_cell(row: dict[str, Any], columns: Columns) -> bool:
    texts = (row.get(name) for name in columns["text"])
    text = next((text for text in texts if isinstance(text, str) and text.strip()), "")
    return len(text) >= CELL_LIMIT
