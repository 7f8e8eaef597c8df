"""WARC records: the records of a web archive as they stand in it; a broken one costs no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from presslens.reading.files import MAX_ARTICLE_BYTES
from presslens.reading.warc_stream import Stream

# Header lines of a record; real ones have some hundred bytes.
MAX_HEADER = 64 * 2**10
# Records of a wrong length whose bytes are looked through for the records after them.
_MAX_MENDED = 100
# Lines between records that belong to none; a page has a few thousand.
_MAX_JUNK = 1_000_000
_START = re.compile(rb"WARC/\d\.\d{1,2}")
START_INSIDE = re.compile(rb"WARC/\d\.\d+\r?\n(?=[A-Za-z-]{1,40}:)")
# An ARC's record: address, IP address, date, type, length (version 2 has more before the length).
_ARC_START = re.compile(
    rb"[a-z]{2,12}:\S{1,4000} [\d.a-f:]{1,45} \d{8,14} (?:\S{1,300} ){1,6}\d{1,12}", re.IGNORECASE
)
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


@dataclass(slots=True)
class Piece:
    """A record as it stands in the file; `broken` says what is wrong with it."""

    start: bytes
    header: bytes = b""
    block: bytes = b""
    broken: str | None = None
    too_large: bool = False


def pieces_of(stream: Stream) -> Iterator[Piece]:
    """The records as they stand in the file; after what is broken the next one is looked for."""
    line = _next_start(stream)
    if stream.offset > len(line):
        yield Piece(b"", broken="is damaged at its beginning; fetch the file again")
    while line:
        begin = stream.offset - len(line)
        piece = _take(line, stream)
        line = _next_start(stream)
        end = stream.offset - len(line)
        if any(begin < tear <= end for tear in stream.tears):
            piece.broken = "is damaged in its packing; fetch the file again"
        yield piece
        while stream.lost and stream.lost[0] <= end:
            stream.lost.pop(0)
            yield Piece(b"", broken="cannot be unpacked; fetch the file again")


def _next_start(stream: Stream) -> bytes:
    """The next line with which a record begins; empty at the end."""
    for _ in range(_MAX_JUNK):
        line = stream.line()
        if not line or _is_start(line):
            return line
    stream.stopped = "it is damaged over a long stretch, so the rest was not read; fetch it again"
    return b""


def _is_start(line: bytes) -> bool:
    line = line.rstrip()
    return bool(_START.fullmatch(line) or _ARC_START.fullmatch(line))


def _take(line: bytes, stream: Stream) -> Piece:
    """The record that begins with this line."""
    piece = Piece(line)
    arc = not line.startswith(b"WARC/")
    if not arc and (header := _header_of(stream)) is None:
        piece.broken = "has no end of its headers; fetch the file again"
        return piece
    piece.header = b"" if arc else header or b""
    stated = line.split()[-1:] if arc else _LENGTH.findall(piece.header)
    if not stated:
        piece.broken = "does not tell its length; fetch the file again"
        return piece
    length = int(stated[0])
    piece.block = stream.read(min(length, MAX_ARTICLE_BYTES + MAX_HEADER))
    piece.too_large = length > len(piece.block) and not stream.ended
    there = len(piece.block) + stream.skip(length - len(piece.block))
    if there < length:
        piece.broken = "ends too early; fetch the file again"
    _check_end(piece, stream)
    return piece


def _header_of(stream: Stream) -> bytes | None:
    """The header lines of a WARC's record with the blank one; None if they don't end."""
    lines, size = [], 0
    while (line := stream.line()).strip():
        lines.append(line)
        size += len(line)
        if size > MAX_HEADER:
            return None
    return b"".join([*lines, b"\r\n"])


def _check_end(piece: Piece, stream: Stream) -> None:
    """Marks a record with a wrong length, and gives back the next ones if they were taken too."""
    line = stream.line()
    if not piece.broken and (not line.strip() or _is_start(line)):
        stream.put_back(line)
        return
    piece.broken = piece.broken or "has a wrong length or is cut off; fetch the file again"
    stream.mended += 1
    search = not piece.too_large and stream.mended <= _MAX_MENDED
    inside = START_INSIDE.search(piece.block) if search else None
    stream.put_back((piece.block[inside.start() :] if inside else b"") + line)
