"""WARC: web archives as crawlers write them, plain or gzipped, and their forerunner ARC."""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from presslens.problems import Problem, ReadingError
from presslens.reading.charsets import page_text
from presslens.reading.content_encoding import TOO_LARGE, unpacked_body
from presslens.reading.decoding import binary_format
from presslens.reading.files import MAX_ARTICLE_BYTES, Source
from presslens.reading.html import article_from_page
from presslens.reading.members import shown_name
from presslens.reading.registry import Found, Reader
from presslens.reading.unpacking import GZIP
from presslens.reading.warc_records import MAX_HEADER, START_INSIDE, Piece, pieces_of
from presslens.reading.warc_stream import Stream

_BLANK = re.compile(rb"\r?\n\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
# Kinds that say nothing; whether it is a page, the content tells.
_ANYTHING = frozenset({"", "text/plain", "application/octet-stream", "unknown", "unk"})
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|article|meta|title|\?xml)\b", re.IGNORECASE)
# Crawlers keep their own logs and lists as records, under addresses of schemes of their own.
_CRAWLED = re.compile(r"(?:https?|ftp|file):", re.IGNORECASE)
# Where a page has its first tag.
_START_OF_PAGE = 4096


def is_warc(head: bytes) -> bool:
    """Whether a file that begins like this is a WARC or an ARC, plain or gzipped."""
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith((b"WARC/0.", b"WARC/1.", b"filedesc:"))


def _recognises(head: bytes, name: str) -> bool:
    if is_warc(head):
        return True
    named = ".warc" in PurePath(name.lower()).suffixes[-2:]
    return named and (head.startswith(GZIP) or START_INSIDE.search(head) is not None)


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- a page has no text of its own
    kinds: Counter[str] = Counter()
    with source.path.open("rb") as file:
        stream = Stream(file, source.path.stat().st_size)
        number = 0
        for number, piece in enumerate(pieces_of(stream), 1):
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


def _found(piece: Piece, number: int, source: Source, kinds: Counter[str]) -> Found | None:
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
            raise ReadingError(TOO_LARGE)
        url = _shown_url(record.rec_headers.get_header("WARC-Target-URI"))
        raw = _body(record)
        if (kind := _no_page(raw, _media(record))) is not None:
            kinds[kind] += 1
            return None
        charset = _CHARSET.search(_stated(record))
        page = page_text(raw, charset[1] if charset else None)
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


def _parse(piece: Piece) -> Any:
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
    if not _CRAWLED.match(
        (record.rec_headers.get_header("WARC-Target-URI") or "http:").strip("< ")
    ):
        return "records of the crawler's own"
    if kind == "response":
        if http is None:
            return "records without HTTP"
        status = http.get_statuscode()
        if status != "200":
            return "redirects" if status.startswith("3") else f"answers {shown_name(status[:3])}"
    media = _media(record)
    return None if media in _PAGES | _ANYTHING else f"{shown_name(media[:40])} files"


def _media(record: Any) -> str:
    """The kind of a record's content as its sender states it, "text/html"."""
    return _stated(record).split(";")[0].strip().lower()


def _stated(record: Any) -> str:
    http = record.http_headers
    return (http.get_header("Content-Type") if http else record.content_type) or ""


def _no_page(raw: bytes, media: str) -> str | None:
    """What a body is, in words for the count, if it is no page whatever its sender states: much
    of what a news page loads is scripts' data or pictures that are called text/html."""
    start = raw[:_START_OF_PAGE].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start[:1] in {b"{", b"["} and b"<html" not in start.lower():
        return "JSON files"
    named = binary_format(raw[:_START_OF_PAGE])
    if named and named != "a binary file":
        return f"files that are {named}"
    if media in _ANYTHING and not _MARKUP.search(start):
        return "files of no stated kind"
    return None if b"<" in start or named else "files without markup"


def _body(record: Any) -> bytes:
    """The body of a record, without the packing of its transport.

    Raises:
        ReadingError: if it is cut off, empty or packed in a way that is not known.
    """
    if record.rec_headers.get_header("WARC-Truncated"):
        raise ReadingError("its page was cut off by the crawler; crawl it again")
    http = record.http_headers
    stream: Any = record.raw_stream
    if http and "chunked" in (http.get_header("Transfer-Encoding") or "").lower():
        from warcio.bufferedreaders import ChunkedDataReader

        stream = ChunkedDataReader(stream)
    raw = stream.read(MAX_ARTICLE_BYTES + 1)
    raw = unpacked_body(raw, (http.get_header("Content-Encoding") or "") if http else "")
    if not raw.strip():
        raise ReadingError("its page is empty; crawl it again")
    return bytes(raw)
