"""Bounded lines: a file's lines one by one, those that are too long left out, in what encoding."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from io import TextIOBase
from pathlib import Path
from typing import IO

from presslens.problems import Problem
from presslens.reading.decoding import encoding_of

# A long article has 100 kB; a hundred times that is a broken export.
MAX_LINE = 10 * 2**20
_UTF_16 = frozenset({codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE})
CR_ENDS = "its lines end in CR alone, as on old Macs; save it with line ends LF"


def is_utf_16(path: Path) -> bool:
    """Whether a file says that it is in UTF-16, as Excel and Meltwater write tables."""
    with path.open("rb") as file:
        return file.read(2) in _UTF_16


def in_utf_8(head: bytes) -> bytes:
    """The beginning of a file in UTF-8, where it says that it is in UTF-16."""
    if head[:2] not in _UTF_16:
        return head
    return head.decode("utf-16", "ignore").encode("utf-8", "replace")


def bounded_lines(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines of a file; None for one that is too long, which is skipped piece by piece.

    Those of a file in UTF-16 are turned into UTF-8.
    """
    with _opened(path) as file:
        number = 0
        while line := _line(file, MAX_LINE + 1):
            number += 1
            if len(line) <= MAX_LINE:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = _line(file, 2**20)
            yield number, None


def too_long(origin: str) -> Problem:
    """That a line was left out."""
    limit = MAX_LINE // 2**20
    return Problem(
        origin, "reading", f"the line is longer than {limit} MB; expected one article a line"
    )


def encoding_of_file(path: Path) -> str:
    """The encoding of a file's lines: UTF-8 if all of it fits, else what its beginning says."""
    if is_utf_16(path):  # whose lines are turned into it
        return "utf-8"
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        head = file.read(2**20)
        try:
            decoder.decode(head)
            while piece := file.read(2**20):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return encoding_of(head) if encoding_of(head) != "utf-8" else "cp1252"
    return "utf-8"


def _opened(path: Path) -> IO[bytes] | TextIOBase:
    if is_utf_16(path):
        return path.open(encoding="utf-16", errors="replace", newline="\n")
    return path.open("rb")


def _line(file: IO[bytes] | TextIOBase, limit: int) -> bytes:
    line = file.readline(limit)
    return line.encode("utf-8", "replace") if isinstance(line, str) else line
