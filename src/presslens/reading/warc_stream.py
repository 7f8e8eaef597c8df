"""WARC stream: the bytes of a web archive by lines and blocks, unzipped past what is torn."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO

from presslens.problems import ReadingError
from presslens.reading.unpacking import (
    GZIP,
    PACKED_CHUNK,
    Inflater,
    chunks_of,
    unpacked_once,
    within_ratio,
)

# The largest that crawlers write have 1 GB packed, 5 to 8 GB unpacked.
MAX_BYTES = 8 * 2**30
# Headers have some hundred bytes; a line that is longer is none of theirs.
MAX_LINE = 64 * 2**10
# A torn gzip is searched for the next record this often.
_MAX_TEARS = 1_000
# How far before the place where a tear shows the next record may have begun.
_LOOK_BACK = 2**20


class Stream:
    """A file's bytes, unzipped, by lines and blocks; what was read can be put back.

    Attributes:
        offset: how many bytes were read.
        tears: the offsets at which the packing was damaged.
        lost: the offsets at which a packed record gave nothing at all.
        mended: how many records of a wrong length were met.
        stopped: why reading ended before the end.
    """

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self._buffer, self._place = b"", 0
        zipped = file.read(len(GZIP)) == GZIP
        file.seek(0)
        chunks = within_ratio(self._unzip(), size) if zipped else chunks_of(file)
        self._chunks = chunks
        self.offset = 0
        self.tears: list[int] = []
        self.lost: list[int] = []
        self.stopped: str | None = None
        self.ended = False
        self.mended = 0

    def _fill(self) -> bool:
        """Whether there is something in the buffer, after getting more if there wasn't."""
        if self._place < len(self._buffer):
            return True
        try:
            self._buffer, self._place = next(self._chunks, b""), 0
        except ReadingError as error:
            self.stopped, self._buffer, self._place = str(error), b"", 0
        if self.offset > MAX_BYTES:
            self.stopped, self._buffer = f"it unpacks to more than {MAX_BYTES >> 30} GB", b""
        self.ended = not self._buffer
        return not self.ended

    def read(self, length: int) -> bytes:
        """So many bytes, or fewer at the end."""
        parts = []
        while length > 0 and self._fill():
            part = self._buffer[self._place : self._place + length]
            parts.append(part)
            self._place += len(part)
            self.offset += len(part)
            length -= len(part)
        return b"".join(parts)

    def skip(self, length: int) -> int:
        """Passes over so many bytes; how many there were."""
        begin = self.offset
        while length > 0 and (part := self.read(min(length, 2**20))):
            length -= len(part)
        return self.offset - begin

    def line(self) -> bytes:
        """The next line with its end, at most as long as headers may be; empty at the end."""
        line = b""
        while not line.endswith(b"\n") and len(line) < MAX_LINE and self._fill():
            end = self._buffer.find(b"\n", self._place) + 1 or len(self._buffer)
            line += self.read(min(end - self._place, MAX_LINE - len(line)))
        return line

    def put_back(self, data: bytes) -> None:
        """Gives bytes back that were read last."""
        if self._buffer.endswith(data, 0, self._place):
            self._place -= len(data)
        else:
            self._buffer, self._place = data + self._buffer[self._place :], 0
        self.offset -= len(data)

    def _unzip(self) -> Iterator[bytes]:
        """The unpacked bytes; after damage it goes on with the next packed record."""
        start: int | None = 0
        emitted = 0
        while start is not None and len(self.tears) + len(self.lost) < _MAX_TEARS:
            self._file.seek(start)
            part, begin = Inflater(), emitted
            try:
                for out in unpacked_once(chunks_of(self._file, PACKED_CHUNK), part):
                    emitted += len(out)
                    yield out
            except ReadingError:
                (self.lost if emitted == begin else self.tears).append(emitted)
                yield b"\r\n\r\n"
                emitted += 4
                start = self._next_member(max(start + 1, self._file.tell() - _LOOK_BACK))
            else:
                start = self._file.tell() - len(part.unused_data)
                self._file.seek(start)
                follows = self._file.read(len(GZIP))
                if follows != GZIP:
                    if follows.strip(b"\0"):
                        self.lost.append(emitted)
                    start = self._next_member(start)

    def _next_member(self, start: int) -> int | None:
        """Where the next gzip with a record in it begins."""
        from mmap import ACCESS_READ, mmap

        with mmap(self._file.fileno(), 0, access=ACCESS_READ) as raw:
            while (start := raw.find(GZIP, start)) >= 0:
                if _begins_record(raw[start : start + 4096]):
                    return start
                start += 1
        return None


def _begins_record(packed: bytes) -> bool:
    try:
        head = zlib.decompressobj(31).decompress(packed, 16).lstrip()
    except zlib.error:
        return False
    return re.match(rb"WARC/\d|[a-z]{2,12}:", head) is not None
