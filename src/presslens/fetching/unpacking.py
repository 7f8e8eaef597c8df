"""Unpacking: a body that a server packed although it was asked not to, within a bound."""

from __future__ import annotations

import zlib

from presslens.fetching.failures import FetchError

# What zlib calls a gzip stream; and a deflate stream, with its head or (as some servers do) bare.
_GZIP = 16 + zlib.MAX_WBITS
_DEFLATE = (zlib.MAX_WBITS, -zlib.MAX_WBITS)
_BY_HAND = "save the page by hand"


def unpack(body: bytes, encoding: str, limit: int) -> bytes:
    """The body without its Content-Encoding.

    Raises:
        FetchError: if it is not packed as it says, in another way than gzip and deflate, or
            holds more than `limit` bytes.
    """
    match encoding.strip().lower():
        case "" | "identity":
            return body
        case "gzip" | "x-gzip":
            windows: tuple[int, ...] = (_GZIP,)
        case "deflate":
            windows = _DEFLATE
        case _:
            raise FetchError(f"the server packed the page as {encoding[:40]!r}", _BY_HAND)
    for window in windows:
        try:
            return _inflate(body, window, limit)
        except zlib.error:
            continue
    raise FetchError(f"the page is not packed as {encoding!r}, as the server says", _BY_HAND)


def _inflate(body: bytes, window: int, limit: int) -> bytes:
    stream = zlib.decompressobj(window)
    text = stream.decompress(body, limit + 1)
    if len(text) > limit:
        raise FetchError(
            f"the page unpacks to more than {limit / 2**20:g} MB",
            "raise the limit (--max-mb) if you know that it is a page",
        )
    if not stream.eof:
        raise zlib.error("cut off")
    return text
