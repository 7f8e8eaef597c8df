"""JSON rows: an article per line, per element of an array, or in the list of a server's answer."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from presslens.problems import Problem, ReadingError
from presslens.reading.bounded_lines import (
    CR_ENDS,
    MAX_LINE,
    bounded_lines,
    encoding_of_file,
    in_utf_8,
    is_utf_16,
    too_long,
)
from presslens.reading.decoding import decode
from presslens.reading.files import Source, read_head
from presslens.reading.objects import Objects
from presslens.reading.registry import Found
from presslens.reading.row_stream import Item, articles_of_rows

# An object must be read as a whole; beyond this the answer is an array or JSONL.
MAX_OBJECT = 96 * 2**20
# What of an array is read at a time.
_PIECE = 2**20
LINES = frozenset({".jsonl", ".ndjson", ".jl"})
# Keys under which one JSON object holds a list of articles.
_LISTS = (
    "articles", "documents", "docs", "items", "results", "data", "records", "rows", "stories",
    "posts", "hits", "news", "entries", "value",
)  # fmt: skip
# Keys of objects around such a list.
_ANSWERS = ("articles", "response", "hits", "data", "result", "recentActivityArticles")
# How a line ends behind which an object goes on.
_GOES_ON = (b"{", b"[", b",", b":")
_MAX_DEPTH = 3


def read_json(source: Source, *, reader: str, verbatim: bool) -> Iterator[Found]:
    """The articles of a file of JSON, and what is wrong with its objects.

    Raises:
        ReadingError: if one object is too large to be held.
    """
    rows = _rows(source)
    yield from articles_of_rows(rows, origin=source.origin, reader=reader, verbatim=verbatim)


def _rows(source: Source) -> Iterator[Item]:
    objects = Objects(source)
    first = _first_line(source)
    if _is_array(source, first):
        yield from _read_elements(source, objects)
    elif _is_one_object(source, first):
        yield from _read_object(source, objects)
    else:
        yield from _read_lines(source, objects)
    yield from objects.rest()


def _first_line(source: Source) -> bytes:
    """The first line that says anything, in UTF-8; the beginning of one that is too long."""
    for _, raw in islice(bounded_lines(source.path), 1000):
        line = in_utf_8(read_head(source.path)) if raw is None else raw
        if line := line.removeprefix(codecs.BOM_UTF8).strip():
            return line
    return b""


def _is_array(source: Source, first: bytes) -> bool:
    if not first.startswith(b"["):
        return False
    return source.suffix not in LINES or first == b"[" or first.startswith(b"[{")


def _is_one_object(source: Source, first: bytes) -> bool:
    """Whether a file is one object over several lines, or one that holds a list of articles."""
    if source.suffix in LINES or not first.startswith(b"{"):
        return False
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        return first.endswith(_GOES_ON) or not _goes_on_with_objects(source)
    return isinstance(row, dict) and _list_in(row) is not None


def _goes_on_with_objects(source: Source) -> bool:
    """Whether the second line that says anything begins an object too."""
    lines = (raw for _, raw in islice(bounded_lines(source.path), 1000))
    second = next(islice((raw for raw in lines if raw is None or raw.strip()), 1, None), b"")
    return second is None or second.lstrip().startswith(b"{")


def _read_lines(source: Source, objects: Objects) -> Iterator[Item]:
    for number, raw in bounded_lines(source.path):
        origin = f"{source.origin}:{number}"
        if raw is None:
            yield too_long(origin)
        elif raw.strip():
            yield from _from_json(raw, origin, objects)


def _from_json(raw: bytes, origin: str, objects: Objects) -> Iterator[Item]:
    try:
        row = json.loads(decode(raw), strict=False)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and b"\r" in raw.strip():
            yield Problem(origin, "reading", CR_ENDS)
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


def _list_in(data: dict[str, Any], depth: int = 0) -> list[Any] | None:
    """The articles that a server's answer holds: `articles`, `articles.results`, `hits.hits` …"""
    found = next((data[key] for key in _LISTS if isinstance(data.get(key), list)), None)
    if found is not None or depth == _MAX_DEPTH:
        return found
    inner = (data[key] for key in _ANSWERS if isinstance(data.get(key), dict))
    return next((rows for item in inner if (rows := _list_in(item, depth + 1)) is not None), None)


def _read_object(source: Source, objects: Objects) -> Iterator[Item]:
    """The articles in the list that an object holds, or the one that it is."""
    with source.path.open("rb") as file:
        raw = file.read(MAX_OBJECT + 1)
    if len(raw) > MAX_OBJECT:
        limit = MAX_OBJECT // 2**20
        raise ReadingError(f"it is larger than {limit} MB; give it as JSONL, an article a line")
    text = decode(raw)
    del raw
    try:
        data = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        yield _broken(source.origin, error.lineno, error)
        return
    except (RecursionError, ValueError) as error:
        yield Problem(source.origin, "reading", f"it cannot be read: {_cause(error)}")
        return
    rows = _list_in(data)
    if rows is None:
        yield from objects.take(data, source.origin)
    for number, row in enumerate(rows or [], start=1):
        yield from objects.take(row, f"{source.origin}:{number}")


def _read_elements(source: Source, objects: Objects) -> Iterator[Item]:
    """The elements of an array one by one, so that those before an error are read."""
    origin = source.origin
    array = _Array(source.path)
    while array.goes_on():
        line = array.line
        try:
            row = array.take()
        except json.JSONDecodeError as error:
            yield _broken(origin, line + error.lineno - 1, error)
            return
        except (RecursionError, ValueError) as error:
            reason = f"it cannot be read: {_cause(error)}; what follows could not be read"
            yield Problem(f"{origin}:{line}", "reading", reason)
            return
        yield from objects.take(row, f"{origin}:{line}")
    if not array.closed:
        missing = json.JSONDecodeError("the closing ] is missing", "", 0)
        yield _broken(origin, array.line, missing)


class _Array:
    """An array in a file, of which an element is held at a time.

    Attributes:
        line: the number of the line in which the next element begins.
        closed: whether the end of the array was met.
    """

    def __init__(self, path: Path) -> None:
        self.line = 1
        self.closed = False
        self._decoder = json.JSONDecoder(strict=False)
        self._pieces = _pieces(path)
        self._text, self._place = "", 0
        self._skip(" \t\r\n\ufeff")
        self._place += 1  # the bracket

    def goes_on(self) -> bool:
        """Whether another element follows."""
        self._skip(" \t\r\n,")
        self.closed = self._text.startswith("]", self._place)
        return not self.closed and self._place < len(self._text)

    def take(self) -> Any:
        """The next element; raises what `json` raises."""
        while True:
            try:
                row, end = self._decoder.raw_decode(self._text, self._place)
            except json.JSONDecodeError as error:
                rest, place = self._text[self._place :], error.pos - self._place
                # It may only be that the rest was not read yet
                if len(rest) > MAX_LINE or not self._more():
                    raise json.JSONDecodeError(error.msg, rest, place) from None
            else:
                if end < len(self._text) or not self._more():
                    self._go_to(end)
                    return row

    def _skip(self, characters: str) -> None:
        while True:
            rest = self._text[self._place : self._place + _PIECE].lstrip(characters)
            skipped = min(len(self._text) - self._place, _PIECE) - len(rest)
            self._go_to(self._place + skipped)
            if rest or (self._place >= len(self._text) and not self._more()):
                return

    def _go_to(self, place: int) -> None:
        self.line += self._text.count("\n", self._place, place)
        self._place = place

    def _more(self) -> bool:
        """Whether there was more to read; as much again as is there, so that long elements cost
        no square of their length."""
        wanted = max(len(self._text) - self._place, _PIECE)
        parts = [self._text[self._place :]]
        while wanted > 0 and (piece := next(self._pieces, "")):
            parts.append(piece)
            wanted -= len(piece)
        self._text, self._place = "".join(parts), 0
        return len(parts) > 1


def _pieces(path: Path) -> Iterator[str]:
    encoding = "utf-16" if is_utf_16(path) else encoding_of_file(path)
    with path.open(encoding=encoding, errors="replace", newline="\n") as file:
        while piece := file.read(_PIECE):
            yield piece


def _broken(origin: str, line: int, error: json.JSONDecodeError) -> Problem:
    reason = f"invalid JSON at column {error.colno}: {error.msg}; what follows could not be read"
    return Problem(f"{origin}:{line}", "reading", reason)
