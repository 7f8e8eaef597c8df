"""Visiting: from a URL along its redirects to the page, with leave of robots.txt at each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from presslens.fetching.asking import Asker
from presslens.fetching.client import Answer
from presslens.fetching.failures import FetchError
from presslens.fetching.ledger import Entry
from presslens.fetching.pages import may_be_page
from presslens.fetching.redirects import redirect_target
from presslens.fetching.robots import Robots

if TYPE_CHECKING:
    import httpx

# Browsers follow twenty; honest pages need two or three.
MAX_REDIRECTS = 10
# An ETag is a hash or a number; a server that sends a longer one does not get it back.
MAX_VERSION = 1_000
_BY_HAND = "open it in a browser, and save it by hand"


def visit(
    url: httpx.URL, asker: Asker, robots: Robots, *, limit: int, known: Entry | None = None
) -> Answer:
    """The last answer on the way from a URL, which need not be a page.

    Args:
        known: what an earlier run fetched; the server may say that it is still good (304).

    Raises:
        FetchError: if there is none.
        StoppedError: if the run is being stopped.
    """
    seen: set[httpx.URL] = set()
    while len(seen) <= MAX_REDIRECTS:
        seen.add(url)
        robots.check(url)
        answer = asker.ask(url, limit=limit, wants=may_be_page, headers=_condition(url, known))
        target = redirect_target(answer)
        if target is None:
            return answer
        if target in seen:
            raise FetchError(
                f"{url.host} redirects in a circle, as sites that want cookies do", _BY_HAND
            )
        url = target
    raise FetchError(f"it redirects more than {MAX_REDIRECTS} times", _BY_HAND)


def _condition(url: httpx.URL, known: Entry | None) -> dict[str, str]:
    """Headers that ask for a page only if it is another than the known one."""
    if known is None or str(url) != (known.final_url or known.url):
        return {}
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in named.items() if value and _sendable(value)}


def _sendable(value: str) -> bool:
    return value.isascii() and value.isprintable() and len(value) <= MAX_VERSION
