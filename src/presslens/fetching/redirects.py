"""Redirects: where an answer sends on to, checked like any URL."""

from __future__ import annotations

import httpx

from presslens.fetching.addresses import MAX_URL, checked, normal
from presslens.fetching.client import Answer
from presslens.fetching.failures import FetchError

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def redirect_target(answer: Answer) -> httpx.URL | None:
    """The URL that an answer redirects to, or None where it does not.

    Raises:
        FetchError: if it leads nowhere, or where nothing may be fetched.
    """
    if answer.status not in _REDIRECTS:
        return None
    location = answer.headers.get("location", "").strip()
    try:
        if not location or len(location) > MAX_URL:
            raise ValueError("no address" if not location else "too long an address")
        target = normal(answer.url.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(
            f"{answer.url.host} redirects to what is no URL ({error})",
            "open the page in a browser and give its final address",
            status=answer.status,
        ) from None
    try:
        return checked(target)
    except FetchError as error:
        raise FetchError(
            f"{answer.url.host} redirects to {str(target)[:200]}, where {error.reason}",
            error.advice,
            status=answer.status,
        ) from None
