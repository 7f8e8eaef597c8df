"""MHTML: web pages that a browser saved with their pictures in one file (.mht, .mhtml)."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path, PurePath

from presslens.article import Article
from presslens.problems import Problem, ReadingError
from presslens.reading.charsets import page_text
from presslens.reading.files import MAX_ARTICLE_BYTES, Source
from presslens.reading.html import article_from_page
from presslens.reading.registry import Found, Reader

# A saved page carries its pictures and scripts: usually 1 to 20 MB.
MAX_BYTES = 100 * 2**20
# A page has a few hundred pictures and style sheets.
MAX_PARTS = 5_000
# The pages of frames that are tried where the page itself has no article.
_MAX_PAGES = 10
_MAX_HEADER = 32 * 2**10
# Related parts may hold alternatives, which hold the page.
_MAX_NESTING = 3
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_HEADER_LINE = re.compile(rb"[!-9;-~]{1,60}:[ \t]*\S?")
_RELATED = re.compile(
    rb"^content-type:\s*multipart/(?:related|mixed|alternative)\b", re.IGNORECASE | re.MULTILINE
)
_LONE_PAGE = re.compile(rb"^content-type:\s*text/html\b", re.IGNORECASE | re.MULTILINE)
# What a saved page says and a newsletter doesn't.
_SAVED = re.compile(
    rb"^(?:snapshot-content-location:|from:\s*\"?<?saved by\b|content-location:)",
    re.IGNORECASE | re.MULTILINE,
)
_BLANK = re.compile(rb"\r?\n\r?\n|\r\r")


@dataclass(frozen=True, slots=True)
class _Part:
    """One page in the file; `whole` unless the file ends within it."""

    headers: Message
    body: bytes
    whole: bool


def _recognises(head: bytes, name: str) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not _HEADER_LINE.match(start):
        return False
    blank = _BLANK.search(start)
    headers = start[: blank.start()] if blank else start[:_MAX_HEADER]
    named = PurePath(name).suffix.lower() in {".mht", ".mhtml"}
    if _RELATED.search(headers):
        return named or _SAVED.search(start) is not None
    return _LONE_PAGE.search(headers) is not None and (named or _SAVED.search(headers) is not None)


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- a page has no text of its own
    headers, body = _split(_bytes_of(source.path).lstrip(b"\xef\xbb\xbf \t\r\n"))
    pages = list(_pages(headers, body))
    if not pages:
        reason = "it holds no web page; save the article's page again, as one file"
        yield Problem(source.origin, "reading", reason)
        return
    pages.sort(key=lambda page: not _is_root(page, headers))
    tried = [(page, _article(page, headers, source)) for page in pages[:_MAX_PAGES]]
    page, found = next((pair for pair in tried if isinstance(pair[1], Article)), tried[0])
    yield found
    if not page.whole:
        reason = "the file ends within the page, so that text may be missing; save the page again"
        yield Problem(source.origin, "reading", reason)


READER = Reader("mhtml", "web pages saved in one file (.mhtml, .mht)", _recognises, _read)


def _bytes_of(path: Path) -> bytes:
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        reason = f"it is larger than {MAX_BYTES // 2**20} MB; save the page as HTML alone"
        raise ReadingError(reason)
    return raw


def _article(page: _Part, headers: Message, source: Source) -> Found:
    try:
        text = page_text(_decoded(page), page.headers.get_content_charset())
    except ReadingError as error:
        return Problem(source.origin, "reading", str(error))
    url = _url(page.headers, headers)
    return article_from_page(text, origin=source.origin, url=url, reader=READER.name)


def _split(raw: bytes) -> tuple[Message, bytes]:
    """The headers and the body of a message or of a part of it."""
    blank = None if raw.startswith((b"\n", b"\r\n")) else _BLANK.search(raw, 0, _MAX_HEADER)
    end = blank.end() if blank else 0
    return BytesHeaderParser().parsebytes(raw[:end]), raw[end:]


def _pages(headers: Message, body: bytes, whole: bool = True, depth: int = 0) -> Iterator[_Part]:
    """The web pages among the parts, in their order."""
    if headers.get_content_type() in _PAGES:
        yield _Part(headers, body, whole)
    boundary = headers.get_boundary()
    if headers.get_content_maintype() != "multipart" or not boundary or depth >= _MAX_NESTING:
        return
    mark = re.escape(boundary.encode("latin-1", "replace"))
    ends = list(re.finditer(rb"(?:\A|\r?\n|\r)--" + mark + rb"(?:--)?[ \t]*(?=[\r\n]|\Z)", body))
    for number, start in enumerate(ends[:MAX_PARTS]):
        if start[0].rstrip().endswith(b"--") and not boundary.endswith("--"):
            break
        closed = number + 1 < len(ends)
        part = body[start.end() : ends[number + 1].start() if closed else len(body)]
        part = part.removeprefix(b"\r\n") if part[:1] == b"\r" else part.removeprefix(b"\n")
        yield from _pages(*_split(part), whole and closed, depth + 1)


def _is_root(page: _Part, headers: Message) -> bool:
    start = headers.get_param("start")
    return isinstance(start, str) and _header(page.headers, "Content-ID").strip("<>") == (
        start.strip("<>")
    )


def _header(headers: Message, name: str) -> str:
    return str(headers.get(name, "")).strip()


def _url(page: Message, headers: Message) -> str | None:
    """Where the page was: of the part, of the snapshot, of the message; not a disk's file."""
    for value in (
        _header(page, "Content-Location"),
        _header(headers, "Snapshot-Content-Location"),
        _header(headers, "Content-Location"),
    ):
        url = re.sub(r"\s+", "", value)  # long addresses are folded
        if url.lower().startswith(("http://", "https://")) and url.isprintable():
            return url
    return None


def _decoded(page: _Part) -> bytes:
    """A page's bytes, as far as they are well-formed.

    Raises:
        ReadingError: if they are too many.
    """
    way = _header(page.headers, "Content-Transfer-Encoding").lower()
    raw = page.body
    if way == "quoted-printable":
        raw = quopri.decodestring(raw)
    elif way == "base64":
        raw = _base64(raw)
    if len(raw) > MAX_ARTICLE_BYTES:
        limit = MAX_ARTICLE_BYTES // 2**20
        raise ReadingError(f"its page is larger than {limit} MB, too much for one article")
    return raw


def _base64(raw: bytes) -> bytes:
    letters = re.sub(rb"[^A-Za-z0-9+/]+", b"", raw)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    try:
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    except binascii.Error:
        return b""
