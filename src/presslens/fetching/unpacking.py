"""Unpacking: a body that a server packed although it was asked not to, within a bound."""

from __future__ import annotations

from presslens.fetching.failures import FetchError
from presslens.problems import ReadingError
from presslens.reading.content_encoding import TooLargeError, unpacked_body


def unpack(body: bytes, encoding: str, limit: int) -> bytes:
    """The body without its Content-Encoding; as it is where the server only says that it has one.

    Raises:
        FetchError: if it is damaged or packed in a way that is not known, or holds more than
            `limit` bytes.
    """
    try:
        return unpacked_body(body, encoding, limit)
    except TooLargeError:
        raise FetchError(
            f"the page unpacks to more than {limit / 2**20:g} MB",
            "raise the limit (--max-mb) if you know that it is a page",
        ) from None
    except ReadingError:
        reason = f"the page is not packed as {encoding[:40]!r}, or in a way that is not known"
        raise FetchError(reason, "save the page by hand") from None
