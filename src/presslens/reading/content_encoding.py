"""Content encoding: the bodies of web answers as servers pack them, unpacked within bounds."""

from __future__ import annotations

import re
from collections.abc import Callable

from presslens.problems import ReadingError
from presslens.reading.files import MAX_ARTICLE_BYTES
from presslens.reading.members import shown_name
from presslens.reading.unpacking import GZIP, ZSTD, Inflater, Unpacker, unpacked_once, unpacker

TOO_LARGE = f"its page is larger than {MAX_ARTICLE_BYTES // 2**20} MB, too much for one article"
_PAGE = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_NONE = frozenset({"", "identity", "none", "utf-8"})


class TooLargeError(ReadingError):
    """A body that unpacks to more than is allowed."""


def unpacked_body(raw: bytes, encodings: str, limit: int | None = None) -> bytes:
    """A body without its content encodings; some crawlers name one that they have undone.

    Args:
        encodings: the header, "gzip, br" for what was packed as gzip first.
        limit: of bytes, else what an article may have.

    Raises:
        TooLargeError: if it has more.
        ReadingError: if it is damaged or packed in a way that is not known.
    """
    limit = MAX_ARTICLE_BYTES if limit is None else limit
    for encoding in reversed(encodings.lower().split(",")):
        name = encoding.strip()
        if name not in _NONE and not _PAGE.match(raw):
            raw = _unpacked(raw, name, limit)
        if len(raw) > limit:
            raise TooLargeError(TOO_LARGE)
    return raw


def _unpacked(raw: bytes, name: str, limit: int) -> bytes:
    if name in {"gzip", "x-gzip"}:
        return _whole(raw, Inflater, limit) if raw.startswith(GZIP[:2]) else raw
    if name == "deflate":
        # Meant with zlib's header, sent by some servers without it
        with_header = raw[:1] == b"\x78" and int.from_bytes(raw[:2], "big") % 31 == 0
        return _whole(raw, lambda: Inflater(15 if with_header else -15), limit)
    if name == "zstd":
        make = unpacker(raw[:4]) if raw.startswith(ZSTD) else None
        return _whole(raw, make, limit) if make else raw
    if name == "br":
        return _whole(raw, _Brotli, limit)
    raise ReadingError(
        f"its page is packed as '{shown_name(name[:20])}'; crawl it again with gzip or unpacked"
    )


def _whole(raw: bytes, make: Callable[[], Unpacker], limit: int) -> bytes:
    parts, size = [], 0
    for part in unpacked_once([raw], make()):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise TooLargeError(TOO_LARGE)
    return b"".join(parts)


class _Brotli:
    """Brotli's unpacker with the interface of bz2's."""

    unused_data = b""

    def __init__(self) -> None:
        from brotli import Decompressor

        self._stream = Decompressor()

    @property
    def eof(self) -> bool:
        """Whether the end of the packed stream was reached."""
        return bool(self._stream.is_finished())

    @property
    def needs_input(self) -> bool:
        """Whether all that was given is unpacked."""
        return bool(self._stream.can_accept_more_data())

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Unpacks about `max_length` bytes more."""
        return bytes(self._stream.process(data, output_buffer_limit=max_length))
