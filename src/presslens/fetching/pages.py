"""Pages: which answers are pages or feeds, and how their files are called."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Literal

from presslens.fetching.client import Answer
from presslens.fetching.failures import FetchError
from presslens.fetching.feed import is_feed, is_page
from presslens.reading.decoding import binary_format

if TYPE_CHECKING:
    import httpx

Kind = Literal["page", "feed"]

ENDINGS: dict[Kind, str] = {"page": ".html", "feed": ".xml"}
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
# Servers that are set up carelessly name pages and feeds so; the content tells.
_PERHAPS = frozenset({"", "text/xml", "application/xml", "text/plain", "application/rdf+xml"})
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml"})
# Characters of host and slug in a file's name, so that it stays well under the 255 of file systems.
_LONGEST = 60
_ENDING = re.compile(r"\.(?:x?html?|php|aspx?|jsp|xml|rss|atom)$")
_ADVICE = {
    401: "it is not open to programs; if you may read it, save it by hand",
    402: "it is not open to programs; if you may read it, save it by hand",
    403: "it is not open to programs; if you may read it, save it by hand",
    404: "check the address, or look for the page in a web archive",
    410: "look for the page in a web archive",
    451: "it is withheld for legal reasons; ask the publisher",
}


def may_be_page(status: int, content_type: str) -> bool:
    """Whether an answer's body is worth the download."""
    return status == 200 and _media_type(content_type) in _PAGES | _FEEDS | _PERHAPS


def kind_of(answer: Answer) -> Kind:
    """Whether an answer is a page or a feed.

    Raises:
        FetchError: if it is neither.
    """
    if answer.status != 200:
        advice = _ADVICE.get(answer.status, "open it in a browser and see what it says")
        raise _no_page(answer, f"{answer.url.host} answered with status {answer.status}", advice)
    content_type = answer.headers.get("content-type", "")
    media_type = _media_type(content_type)
    named_type = repr(media_type[:80]) if media_type else "of no type"
    if not may_be_page(200, content_type):
        raise _no_page(answer, f"it is {named_type}, not a web page", "save it by hand")
    if not answer.body.strip():
        raise _no_page(answer, "the page is empty", "open it in a browser and see what it says")
    named = binary_format(answer.body[:1024])
    if named and named != "a binary file":  # which text in UTF-16 without a mark looks like
        raise _no_page(answer, f"it is {named}, not a web page", "save it by hand")
    if is_feed(answer.body):
        return "feed"
    if media_type in _PAGES or is_page(answer.body):
        return "page"
    raise _no_page(answer, f"it is {named_type}, not a web page", "save it by hand")


def _no_page(answer: Answer, reason: str, advice: str) -> FetchError:
    return FetchError(reason, advice, status=answer.status)


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def file_name(url: httpx.URL, kind: Kind) -> str:
    """A file's name: host and words of the path to read, a hash of the URL to be unique."""
    host = _words(url.raw_host.decode("ascii"), keep=".-")
    pieces = [_words(_ENDING.sub("", piece)) for piece in url.path.lower().split("/")]
    slug = max(reversed(pieces), key=lambda piece: piece.count("-"), default="")
    slug = slug or next((piece for piece in reversed(pieces) if piece), "")
    digest = hashlib.sha256(str(url).encode()).hexdigest()[:12]
    return "-".join(part for part in (host, slug, digest) if part) + ENDINGS[kind]


def _words(text: str, keep: str = "") -> str:
    return re.sub(rf"[^a-z0-9{re.escape(keep)}]+", "-", text.lower())[:_LONGEST].strip(".-")
