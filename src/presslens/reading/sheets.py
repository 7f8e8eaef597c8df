"""Sheets: the rows of an Excel workbook, streamed from its XML within bounds.

openpyxl takes twenty seconds for the two million cells that this takes five for, and calamine
ends the whole process on a sheet that claims to be as large as Excel allows.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from presslens.problems import ReadingError
from presslens.reading.package import Package, attribute

# Excel's own limit; a larger number of a row is none.
MAX_ROWS = 1_048_576
# Exports have a dozen columns, and no more are looked at.
MAX_COLUMNS = 256
# Of all sheets together: a hundred thousand articles with twenty columns have four million, and a
# million take a second.
MAX_ELEMENTS = 6_000_000
_CHUNK = 2**16
_MAIN = "xl/workbook.xml"
_EPOCH, _EPOCH_OF_MACS = datetime(1899, 12, 30), datetime(1904, 1, 1)
# How Excel writes characters that XML has no way for, "_x000D_".
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class TooManyElementsError(ReadingError):
    """A workbook has more than is read of one."""


Row = tuple[int, list[Any]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook by its name, and the part of the file that it is in."""

    name: str
    part: str


class Book:
    """A workbook that is open for reading.

    Attributes:
        sheets: its sheets in their order.
        epoch: the day from which its dates are counted.
    """

    def __init__(self, package: Package) -> None:
        """Finds the sheets, and reads the texts that they share.

        Raises:
            ReadingError: if there is no list of sheets, or a part is damaged.
        """
        self._package = package
        self._elements = 0
        main = package.main_part(_MAIN)
        root = package.tree(main)
        if root is None:
            raise ReadingError("it has no list of sheets; open it in Excel and save it anew")
        dated = next(root.iter("{*}workbookPr"), None)
        macs = dated is not None and dated.get("date1904") in {"1", "true"}
        self.epoch = _EPOCH_OF_MACS if macs else _EPOCH
        parts = package.related(main)
        sheets = (
            (str(node.get("name") or ""), parts.get(attribute(node, "id"), ("", "")))
            for node in root.iter("{*}sheet")
        )
        self.sheets = [Sheet(name, part) for name, (kind, part) in sheets if kind == "worksheet"]
        shared = next((part for kind, part in parts.values() if kind == "sharedStrings"), None)
        self._shared = self._texts(shared or posixpath.join("xl", "sharedStrings.xml"))

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """The rows of a sheet that have cells, by their numbers.

        Raises:
            TooManyElementsError: if there are more elements than are read, with those before.
            ReadingError: if the sheet is damaged.
        """
        yield from self._parsed(_Rows(self._shared), sheet.part)

    def _texts(self, part: str) -> list[str]:
        if not self._package.has(part):
            return []
        return list(self._parsed(_Texts(), part))

    def _parsed(self, handler: _Handler, part: str) -> Iterator[Any]:
        handler.elements = self._elements
        try:
            with closing(self._package.open(part)) as file:
                yield from _parsed(handler, file)
        finally:
            self._elements = handler.elements


class _Names(dict[str, str]):
    """Names of elements without their namespace, each worked out once."""

    def __missing__(self, name: str) -> str:
        self[name] = short = name.rpartition(" ")[2]
        return short


class _Handler:
    """What hears of the elements of a part, counts them, and collects what it finds in `done`."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self._names = _Names()
        self.elements = 0
        self._words: list[str] = []
        self._listening = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            limit = MAX_ELEMENTS // 1_000_000
            raise TooManyElementsError(
                f"its sheets have more than {limit} million elements; the rest was not read,"
                " save it as CSV"
            )
        self.opened(self._names[name], attributes)

    def end(self, name: str) -> None:
        self.closed(self._names[name])

    def data(self, text: str) -> None:
        if self._listening:
            self._words.append(text)

    def doctype(self, *_: object) -> None:
        raise ReadingError(
            "a sheet declares a document type, which it must not; save it anew in Excel"
        )

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def closed(self, name: str) -> None:
        raise NotImplementedError


class _Texts(_Handler):
    """The texts that cells share; how they are pronounced is no part of them."""

    _spoken = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if name == "t":
            self._listening = not self._spoken
        elif name == "si":
            self._words = []
        elif name == "rPh":
            self._spoken = True

    def closed(self, name: str) -> None:
        if name == "t":
            self._listening = False
        elif name == "si":
            self.done.append(_unescaped("".join(self._words)))
        elif name == "rPh":
            self._spoken = False


class _Rows(_Handler):
    """The rows of a sheet."""

    def __init__(self, shared: list[str]) -> None:
        super().__init__()
        self._shared = shared
        self._number = 0
        self._cells: list[Any] = []
        self._column = -1
        self._kind: str | None = None
        self._columns: dict[str, int] = {}

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"v", "t"}:
            self._listening = True
        elif name == "c":
            self._words = []
            self._kind = attributes.get("t")
            self._column = self._column_of(attributes.get("r"))
        elif name == "row":
            stated = attributes.get("r", "")
            number = int(stated) if stated.isdecimal() and len(stated) < 8 else 0
            self._number = number if self._number < number <= MAX_ROWS else self._number + 1
            self._cells, self._column = [], -1

    def closed(self, name: str) -> None:
        if name in {"v", "t"}:
            self._listening = False
        elif name == "c":
            if self._words and self._column < MAX_COLUMNS:
                missing = self._column - len(self._cells) + 1
                self._cells.extend([None] * missing)
                self._cells[self._column] = self._value("".join(self._words))
        elif name == "row" and self._cells:
            self.done.append((self._number, self._cells))

    def _column_of(self, reference: str | None) -> int:
        """The column of a cell: "C7" is 2, and a cell that doesn't tell follows the last one."""
        if not reference:
            return self._column + 1
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = 0
            for letter in letters[:3].upper():
                column = column * 26 + ord(letter) - 64
            column = column - 1 if letters.isascii() and letters.isalpha() else MAX_COLUMNS
            if len(self._columns) < MAX_COLUMNS:
                self._columns[letters] = column
        return column

    def _value(self, text: str) -> Any:
        if self._kind == "s":
            index = int(text) if text.isdecimal() and len(text) < 9 else -1
            return self._shared[index] if 0 <= index < len(self._shared) else None
        if self._kind in {"str", "inlineStr", "d"}:
            return _unescaped(text)
        if self._kind == "e":  # a formula that failed
            return None
        if self._kind == "b":
            return text == "1"
        return _number(text)


def _number(text: str) -> int | float | None:
    try:
        return int(text) if len(text) < 20 else float(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return None


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _parsed(handler: _Handler, file: IO[bytes]) -> Iterator[Any]:
    """What a handler collects, as soon as it has it."""
    from xml.parsers import expat

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.data
    parser.StartDoctypeDeclHandler = handler.doctype
    try:
        last = False
        while not last:
            chunk = file.read(_CHUNK)
            last = not chunk
            parser.Parse(chunk, last)
            yield from handler.done
            handler.done.clear()
    except ReadingError:
        yield from handler.done
        raise
    except expat.ExpatError as error:
        yield from handler.done
        raise ReadingError(f"its XML is broken ({error}); save it anew in Excel") from error
