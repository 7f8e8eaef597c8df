"""WARC: web archives as crawlers write them, plain or gzipped, and their forerunner ARC."""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from presslens.problems import Problem, ReadingError
from presslens.reading.files import MAX_ARTICLE_BYTES, Source
from presslens.reading.html import article_from_page
from presslens.reading.members import (
    PACKED_CHUNK,
    Inflater,
    chunks_of,
    shown_name,
    unpacked_once,
    within_ratio,
)
from presslens.reading.mhtml import page_text
from presslens.reading.registry import Found, Reader

# The largest that crawlers write have 1 GB packed, 5 to 8 GB unpacked.
MAX_BYTES = 8 * 2**30
MAX_HEADER = 64 * 2**10
# A torn gzip is searched for the next record this often.
_MAX_TEARS = 1_000
# Records of a wrong length whose bytes are looked through for the records after them.
_MAX_MENDED = 100
# Lines between records that belong to none; a page has a few thousand.
_MAX_JUNK = 1_000_000
# How far before the place where a tear shows the next record may have begun.
_LOOK_BACK = 2**20
_GZIP = b"\x1f\x8b\x08"
_START = re.compile(rb"WARC/\d\.\d{1,2}")
_START_INSIDE = re.compile(rb"WARC/\d\.\d+\r?\n(?=[A-Za-z-]{1,40}:)")
# An ARC's record: address, IP address, date, type, length (version 2 has more before the length).
_ARC_START = re.compile(
    rb"[a-z]{2,12}:\S{1,4000} [\d.a-f:]{1,45} \d{8,14} (?:\S{1,300} ){1,6}\d{1,12}", re.IGNORECASE
)
_BLANK = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_TOO_LARGE = f"its page is larger than {MAX_ARTICLE_BYTES // 2**20} MB, too much for one article"
_PAGES = ("text/html", "application/xhtml+xml")
_LOOKS_LIKE_PAGE = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)


def is_warc(head: bytes) -> bool:
    """Whether a file that begins like this is a WARC or an ARC, plain or gzipped."""
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith((b"WARC/0.", b"WARC/1.", b"filedesc:"))


def _recognises(head: bytes, name: str) -> bool:
    if is_warc(head):
        return True
    named = ".warc" in PurePath(name.lower()).suffixes[-2:]
    return named and (head.startswith(_GZIP) or _START_INSIDE.search(head) is not None)


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- a page has no text of its own
    kinds: Counter[str] = Counter()
    with source.path.open("rb") as file:
        stream = _Stream(file, source.path.stat().st_size)
        number = 0
        for number, piece in enumerate(_pieces(stream), 1):
            found = _found(piece, number, source, kinds)
            if found:
                kinds["pages"] += 1
                yield found
    if stream.stopped:
        yield Problem(source.origin, "reading", f"{stream.stopped} (after record {number})")
    elif not kinds["pages"]:
        seen = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common(6))
        reason = f"none of its {number} records is a web page ({seen}); check what was crawled"
        yield Problem(source.origin, "reading", reason)


READER = Reader("warc", "web archives (.warc, .warc.gz)", _recognises, _read)


@dataclass(slots=True)
class _Piece:
    """A record as it stands in the file; `broken` says what is wrong with it."""

    start: bytes
    header: bytes = b""
    block: bytes = b""
    broken: str | None = None
    too_large: bool = False


def _found(piece: _Piece, number: int, source: Source, kinds: Counter[str]) -> Found | None:
    """A record's article or Problem; None, and counted, for what is no page."""
    place = f"{source.origin}:{number}"
    if piece.broken:
        return Problem(place, "reading", f"record {number} {piece.broken}")
    try:
        record = _parse(piece)
        if (kind := _other_than_page(record)) is not None:
            kinds[kind] += 1
            return None
        if piece.too_large:
            raise ReadingError(_TOO_LARGE)
        url = _shown_url(record.rec_headers.get_header("WARC-Target-URI"))
        page = _page(record)
    except ReadingError as error:
        return Problem(place, "reading", f"record {number}: {error}")
    except Exception as error:  # noqa: BLE001 -- one record must not cost the others
        kind = type(error).__name__
        return Problem(place, "reading", f"record {number} is broken ({kind}); crawl it again")
    origin = f"{source.origin} ({url or f'record {number}'})"
    address = url if url and url.lower().startswith(("http://", "https://")) else None
    return article_from_page(page, origin=origin, url=address, reader=READER.name)


def _shown_url(url: str | None) -> str | None:
    """An address without spaces and unprintable characters."""
    return "".join(c for c in url if c.isprintable() and not c.isspace())[:2000] if url else None


def _parse(piece: _Piece) -> Any:
    from warcio.recordloader import ArcWarcRecordLoader

    if piece.block.startswith(b"HTTP/") and not _BLANK.search(piece.block, 0, MAX_HEADER):
        raise ReadingError("its HTTP headers have no end; crawl it again")
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=True)
    loader.warc_parser.statuslist = ["WARC/"]
    return loader.parse_record_stream(io.BytesIO(piece.header + piece.block), piece.start)


def _other_than_page(record: Any) -> str | None:
    """What a record is, in words for the count, if it is not a page that was fetched well."""
    http, kind = record.http_headers, str(record.rec_type)
    if kind not in {"response", "resource"}:
        return f"{kind} records"
    if kind == "response":
        if http is None:
            return "records without HTTP"
        status = http.get_statuscode()
        if status != "200":
            return "redirects" if status.startswith("3") else f"answers {shown_name(status[:3])}"
    stated = (http.get_header("Content-Type") if http else record.content_type) or ""
    media = stated.split(";")[0].strip().lower()
    return None if not media or media in _PAGES else f"{shown_name(media[:40])} files"


def _page(record: Any) -> str:
    """The HTML of a record, without the packing of its transport.

    Raises:
        ReadingError: if it is cut off or packed in a way that is not known.
    """
    if record.rec_headers.get_header("WARC-Truncated"):
        raise ReadingError("its page was cut off by the crawler; crawl it again")
    http = record.http_headers
    stated = (http.get_header("Content-Type") if http else record.content_type) or ""
    stream: Any = record.raw_stream
    if http and "chunked" in (http.get_header("Transfer-Encoding") or "").lower():
        from warcio.bufferedreaders import ChunkedDataReader

        stream = ChunkedDataReader(stream)
    raw = stream.read(MAX_ARTICLE_BYTES + 1)
    for packing in reversed((http.get_header("Content-Encoding") or "" if http else "").split(",")):
        raw = _unpacked(raw, packing.strip().lower())
    if not raw.strip():
        raise ReadingError("its page is empty; crawl it again")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", stated, re.IGNORECASE)
    return page_text(raw, charset[1] if charset else None)


def _unpacked(raw: bytes, packing: str) -> bytes:
    """A body without one content-encoding; some crawlers name one that they have undone."""
    if packing in {"", "identity", "none", "utf-8"} or _LOOKS_LIKE_PAGE.match(raw):
        whole = raw
    elif packing in {"gzip", "x-gzip"}:
        whole = _inflate(raw, 31) if raw.startswith(_GZIP[:2]) else raw
    elif packing == "deflate":
        # Meant with zlib's header, sent by some servers without it
        with_header = raw[:1] == b"\x78" and int.from_bytes(raw[:2], "big") % 31 == 0
        whole = _inflate(raw, 15 if with_header else -15)
    else:
        name = shown_name(packing[:20])
        raise ReadingError(f"its page is packed as '{name}'; crawl it again with gzip or unpacked")
    if len(whole) > MAX_ARTICLE_BYTES:
        raise ReadingError(_TOO_LARGE)
    return whole


def _inflate(raw: bytes, wbits: int) -> bytes:
    parts, size = [], 0
    for part in unpacked_once([raw], Inflater(wbits)):
        parts.append(part)
        size += len(part)
        if size > MAX_ARTICLE_BYTES:
            raise ReadingError(_TOO_LARGE)
    return b"".join(parts)


def _pieces(stream: _Stream) -> Iterator[_Piece]:
    """The records as they stand in the file; after what is broken the next one is looked for."""
    line = _next_start(stream)
    if stream.offset > len(line):
        yield _Piece(b"", broken="is damaged at its beginning; fetch the file again")
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
            yield _Piece(b"", broken="cannot be unpacked; fetch the file again")


def _next_start(stream: _Stream) -> bytes:
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


def _take(line: bytes, stream: _Stream) -> _Piece:
    """The record that begins with this line."""
    piece = _Piece(line)
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


def _header_of(stream: _Stream) -> bytes | None:
    """The header lines of a WARC's record with the blank one; None if they don't end."""
    lines, size = [], 0
    while (line := stream.line()).strip():
        lines.append(line)
        size += len(line)
        if size > MAX_HEADER:
            return None
    return b"".join([*lines, b"\r\n"])


def _check_end(piece: _Piece, stream: _Stream) -> None:
    """Marks a record with a wrong length, and gives back the next ones if they were taken too."""
    line = stream.line()
    if not piece.broken and (not line.strip() or _is_start(line)):
        stream.put_back(line)
        return
    piece.broken = piece.broken or "has a wrong length or is cut off; fetch the file again"
    stream.mended += 1
    search = not piece.too_large and stream.mended <= _MAX_MENDED
    inside = _START_INSIDE.search(piece.block) if search else None
    stream.put_back((piece.block[inside.start() :] if inside else b"") + line)


class _Stream:
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
        zipped = file.read(len(_GZIP)) == _GZIP
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
        while not line.endswith(b"\n") and len(line) < MAX_HEADER and self._fill():
            end = self._buffer.find(b"\n", self._place) + 1 or len(self._buffer)
            line += self.read(min(end - self._place, MAX_HEADER - len(line)))
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
                follows = self._file.read(len(_GZIP))
                if follows != _GZIP:
                    if follows.strip(b"\0"):
                        self.lost.append(emitted)
                    start = self._next_member(start)

    def _next_member(self, start: int) -> int | None:
        """Where the next gzip with a record in it begins."""
        from mmap import ACCESS_READ, mmap

        with mmap(self._file.fileno(), 0, access=ACCESS_READ) as raw:
            while (start := raw.find(_GZIP, start)) >= 0:
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
