"""Rows: exports with an article per line or row: JSONL, a JSON array, CSV and TSV."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

from presslens.problems import Problem, ReadingError
from presslens.reading.columns import Columns, find_columns
from presslens.reading.decoding import binary_format, decode, encoding_of
from presslens.reading.files import Source
from presslens.reading.objects import Objects
from presslens.reading.registry import Found, Reader
from presslens.reading.rows_article import article_from_row, row_of

_JSON = frozenset({".json", ".jsonl", ".ndjson", ".jl"})
_LINES = frozenset({".jsonl", ".ndjson", ".jl"})
_TABLES = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
_JSON_START = re.compile(rb"\s*(?:\[\s*)?\{\s*(?:\"|\})")
# A long article has 100 kB; a hundred times that is a broken export.
MAX_LINE = 10 * 2**20
# A JSON array must be read as a whole; beyond this the answer is JSONL.
MAX_ARRAY = 256 * 2**20
_CR_ENDS = "its lines end in CR alone, as on old Macs; save it with line ends LF"
# Keys under which one JSON object holds a list of articles.
_LISTS = (
    "articles", "documents", "docs", "items", "results", "data", "records", "rows", "stories",
    "posts", "hits", "news", "entries",
)  # fmt: skip
# Keys of objects around such a list.
_ANSWERS = ("articles", "response", "hits", "data", "result", "recentActivityArticles")
_MAX_DEPTH = 3


def _recognises(head: bytes, name: str) -> bool:
    suffix = PurePath(name).suffix.lower()
    if binary_format(head):
        return False
    if suffix in _JSON or suffix in _TABLES:
        return True
    return bool(_JSON_START.match(head.removeprefix(codecs.BOM_UTF8)))


def _read(source: Source, verbatim: bool) -> Iterator[Found]:
    suffix = source.suffix
    if suffix in _LINES and _is_utf16(source.path):
        raise ReadingError("it is JSONL in UTF-16; save it in UTF-8")
    if suffix in _TABLES:
        yield from _read_table(source, verbatim)
        return
    objects = Objects(source, verbatim, READER.name)
    inside = _read_array if _is_one_value(source) else _read_lines
    yield from inside(source, objects)
    yield from objects.rest()


READER = Reader("rows", "JSONL, JSON, CSV or TSV with a column of texts", _recognises, _read)


def _read_lines(source: Source, objects: Objects) -> Iterator[Found]:
    for number, raw in _bounded_lines(source.path):
        origin = f"{source.origin}:{number}"
        if raw is None:
            yield _too_long(origin)
        elif raw.strip():
            yield from _from_json(raw, origin, objects)


def _from_json(raw: bytes, origin: str, objects: Objects) -> Iterator[Found]:
    try:
        row = json.loads(decode(raw), strict=False)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and b"\r" in raw.strip():
            yield Problem(origin, "reading", _CR_ENDS)
            return
        place = f"column {error.colno}: {error.msg}"
        reason = f'invalid JSON at {place}; expected one object a line, as in {{"text": "…"}}'
        yield Problem(origin, "reading", reason)
    except (ReadingError, RecursionError, ValueError) as error:
        yield Problem(origin, "reading", f"the line cannot be read: {_cause(error)}")
    else:
        yield from objects.take(row, origin)


def _cause(error: Exception) -> str:
    """Why JSON that is no bad grammar cannot be read; Python's own words speak to programmers."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply; expected one object with a text"
    if "integer string conversion" in str(error):
        return "a number in it has thousands of digits; put it in quotation marks or leave it out"
    return str(error)


def _is_one_value(source: Source) -> bool:
    """Whether a file is one JSON value over several lines rather than a value per line."""
    with source.path.open("rb") as file:
        head = file.read(4096).removeprefix(codecs.BOM_UTF8).lstrip()
        file.seek(0)
        first = file.readline(MAX_LINE).removeprefix(codecs.BOM_UTF8).strip()
        while first == b"" and file.tell() < 2**20 and (line := file.readline(MAX_LINE)):
            first = line.strip()
    lines = source.suffix in _LINES
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if head.startswith(b"["):
        return not lines or first == b"[" or first.startswith(b"[{")
    if lines or not head.startswith(b"{"):
        return False
    try:
        row = json.loads(first)
    except ValueError:
        return True
    return isinstance(row, dict) and _list_in(row) is not None


def _list_in(data: dict[str, Any], depth: int = 0) -> list[Any] | None:
    """The articles that a server's answer holds: `articles`, `articles.results`, `hits.hits` …"""
    found = next((data[key] for key in _LISTS if isinstance(data.get(key), list)), None)
    if found is not None or depth == _MAX_DEPTH:
        return found
    inner = (data[key] for key in _ANSWERS if isinstance(data.get(key), dict))
    return next((rows for item in inner if (rows := _list_in(item, depth + 1)) is not None), None)


def _read_array(source: Source, objects: Objects) -> Iterator[Found]:
    with source.path.open("rb") as file:
        raw = file.read(MAX_ARRAY + 1)
    if len(raw) > MAX_ARRAY:
        raise ReadingError(
            f"it is larger than {MAX_ARRAY // 2**20} MB; give it as JSONL, an article a line"
        )
    text = decode(raw)
    if text.lstrip().startswith("["):
        yield from _read_elements(text, source.origin, objects)
        return
    try:
        data = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        yield _broken(source.origin, error)
        return
    rows = _list_in(data)
    if rows is None:
        yield from objects.take(data, source.origin)
    for number, row in enumerate(rows or [], start=1):
        yield from objects.take(row, f"{source.origin}:{number}")


def _read_elements(text: str, origin: str, objects: Objects) -> Iterator[Found]:
    """The elements of an array one by one, so that those before an error are read."""
    decoder = json.JSONDecoder(strict=False)
    position, line, counted = text.index("[") + 1, 1, 0
    while True:
        position = _skip(text, position, " \t\r\n,")
        if position >= len(text):
            yield _broken(origin, json.JSONDecodeError("the closing ] is missing", text, len(text)))
            return
        if text[position] == "]":
            return
        line += text.count("\n", counted, position)
        counted = position
        try:
            row, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            yield _broken(origin, error)
            return
        except (RecursionError, ValueError) as error:
            reason = f"it cannot be read: {_cause(error)}; what follows could not be read"
            yield Problem(f"{origin}:{line}", "reading", reason)
            return
        yield from objects.take(row, f"{origin}:{line}")


def _skip(text: str, position: int, characters: str) -> int:
    while position < len(text) and text[position] in characters:
        position += 1
    return position


def _broken(origin: str, error: json.JSONDecodeError) -> Problem:
    reason = f"invalid JSON at column {error.colno}: {error.msg}; what follows could not be read"
    return Problem(f"{origin}:{error.lineno}", "reading", reason)


def _read_table(source: Source, verbatim: bool) -> Iterator[Found]:
    csv.field_size_limit(MAX_LINE)
    lines = _TableLines(source)
    delimiter = _sniff(lines.first(), _TABLES[source.suffix])
    reader = csv.reader(lines, delimiter=delimiter)
    header: list[str] | None = None
    columns: Columns = {}
    start = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            old = "new-line character" in str(error)
            reason = _CR_ENDS if old else f"broken row: {error}; check its quotes"
            yield Problem(f"{source.origin}:{lines.number}", "reading", reason)
            start = lines.start_row()
            continue
        yield from lines.problems()
        if cells is None:
            break
        if header is None:
            header = [cell.strip() for cell in cells]
            columns = find_columns(header, source.columns)
        elif any(cell.strip() for cell in cells):
            if fault := lines.fault(delimiter) or _surplus(header, cells, delimiter):
                yield Problem(f"{source.origin}:{start}", "reading", fault)
            else:
                origin = f"{source.origin}:{start}"
                row = row_of(header, cells)
                yield article_from_row(
                    row, columns, origin=origin, reader=READER.name, verbatim=verbatim
                )
        start = lines.start_row()


def _surplus(header: list[str], cells: list[str], delimiter: str) -> str | None:
    """What is wrong with a row that has more cells than the header; its text may be cut off."""
    if not any(cell.strip() for cell in cells[len(header) :]):
        return None
    return (
        f"broken row: it has {len(cells)} cells, the header {len(header)};"
        f" put quotation marks around a cell that holds {delimiter!r}"
    )


def _sniff(header: str, default: str) -> str:
    """The delimiter: of several, the one that the header has most of ("; " in much of Europe)."""
    return max((default, ",", ";", "\t", "|"), key=header.count) if header else default


class _TableLines:
    """The lines of a table decoded, one by one; those that are too long become problems."""

    def __init__(self, source: Source) -> None:
        self.number = 0
        self._origin = source.origin
        self._encoding = _table_encoding(source.path)
        self._lines = _bounded_lines(source.path)
        self._ahead: list[str] = []
        self._row: list[str] = []
        self._ended = False
        self._problems: list[Problem] = []

    def first(self) -> str:
        """The first line, which is given again when the lines are gone through."""
        if not self._ahead and (line := next(self, None)) is not None:
            self._ahead = [line]
            self._row = []
            self.number = 0
        return self._ahead[0] if self._ahead else ""

    def start_row(self) -> int:
        """Forget the lines of the row that was read; the number of the next one's first line."""
        self._row = []
        return self.number + 1

    def fault(self, delimiter: str) -> str | None:
        """What is wrong with the quotation marks of the row just read, if it swallowed lines.

        A quotation mark that nobody closed takes all lines up to the next one into its cell.
        """
        if self._ended:
            where = "the end of the file"
        elif len(self._row) > 1 and not _is_strict(self._row, delimiter):
            where = f"line {self.number}"
        else:
            return None
        return (
            f"broken row: a quotation mark is opened and not closed before {where}, so that nothing"
            " of these lines could be read; close it, and double those inside a cell"
        )

    def problems(self) -> list[Problem]:
        """What went wrong since this was last asked."""
        found, self._problems = self._problems, []
        return found

    def __iter__(self) -> _TableLines:
        return self

    def __next__(self) -> str:
        if self._ahead:
            self.number = 1
            self._row.append(self._ahead.pop())
            return self._row[-1]
        for number, raw in self._lines:
            self.number = number
            if raw is not None:
                line = raw.decode(self._encoding, "replace").replace("\0", "")
                self._row.append(line.removeprefix("\ufeff"))
                return self._row[-1]
            self._problems.append(_too_long(f"{self._origin}:{number}"))
        self._ended = True
        raise StopIteration


def _is_strict(lines: list[str], delimiter: str) -> bool:
    """Whether a row's quotation marks are as CSV wants them."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True


def _is_utf16(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}


def _table_encoding(path: Path) -> str:
    """UTF-8 if the whole file is, without holding it in memory; else what its beginning says."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        head = file.read(2**20)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise ReadingError("it is a table in UTF-16; save it as CSV in UTF-8")
        try:
            decoder.decode(head)
            while piece := file.read(2**20):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return encoding_of(head) if encoding_of(head) != "utf-8" else "cp1252"
    return "utf-8"


def _bounded_lines(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines of a file; None for one that is too long, which is skipped piece by piece."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            if len(line) <= MAX_LINE:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = file.readline(2**20)
            yield number, None


def _too_long(origin: str) -> Problem:
    limit = MAX_LINE // 2**20
    return Problem(
        origin, "reading", f"the line is longer than {limit} MB; expected one article a line"
    )
