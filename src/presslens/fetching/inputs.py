"""Inputs: URLs, files of URLs and files of feeds, as one list of what to fetch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from presslens.fetching.addresses import web_address
from presslens.fetching.failures import FetchError
from presslens.fetching.feed import feed_links, is_feed, is_page
from presslens.fetching.ledger import Entry, failure
from presslens.problems import ReadingError
from presslens.reading.decoding import decode
from presslens.reading.files import read_bytes

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_COMMENT = re.compile(r"(?:^|\s)#.*")
# A file with so many lines that are no URLs is not a list of URLs.
MAX_BAD_LINES = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A URL to fetch.

    Attributes:
        url: in its normal form.
        follows: whether, if it is a feed, the pages of its entries are wanted, too.
    """

    url: str
    follows: bool = True


def read_inputs(inputs: Iterable[str]) -> Iterator[Wanted | Entry]:
    """What to fetch, in order, and an entry for what cannot be fetched."""
    for text in inputs:
        if _SCHEME.match(text.strip()):
            yield wanted(text)
        else:
            yield from _of_file(text)


def wanted(text: str, *, name: str | None = None, follows: bool = True) -> Wanted | Entry:
    """A URL to fetch, or why it cannot be; `name` is what to call it in that case."""
    try:
        return Wanted(str(web_address(text)), follows)
    except FetchError as error:
        return failure(name or text, str(error))


def _of_file(name: str) -> Iterator[Wanted | Entry]:
    path = Path(name)
    try:
        raw = read_bytes(path)
        if is_feed(raw):
            yield from _of_feed(name, raw)
            return
        if is_page(raw):
            raise ReadingError("it is a saved page, which needs no fetching; analyze it as it is")
        yield from _of_lines(name, decode(raw))
    except ReadingError as error:
        yield failure(name, str(error))
    except (OSError, ValueError) as error:
        text = error.strerror if isinstance(error, OSError) else str(error)
        yield failure(
            name,
            f"it is no URL, nor a file that can be read ({text}); a URL begins with https://",
        )


def _of_feed(name: str, raw: bytes) -> Iterator[Wanted | Entry]:
    links = feed_links(raw, "")
    if not links:
        yield failure(name, "the feed has no entries with links; check it, or give their URLs")
    for link in links:
        yield wanted(link, name=f"{name}: {link}", follows=False)


def _of_lines(name: str, text: str) -> Iterator[Wanted | Entry]:
    bad = 0
    lines = [_COMMENT.sub("", line).strip() for line in text.splitlines()]
    if not any(lines):
        yield failure(name, "it holds no URLs; write one a line")
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        found = wanted(line, name=f"{name}:{number}: {line[:200]}")
        yield found
        bad += isinstance(found, Entry)
        if bad >= MAX_BAD_LINES:
            yield failure(name, f"{bad} of its lines are no URLs; the rest was not looked at")
            return
