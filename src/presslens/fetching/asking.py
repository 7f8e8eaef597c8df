"""Asking: a request in its host's turn, and again with growing pauses where the host is busy."""

from __future__ import annotations

import email.utils
import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from presslens.fetching.client import Answer, Client
from presslens.fetching.failures import FetchError
from presslens.fetching.hosts import Hosts

if TYPE_CHECKING:
    import httpx

# Seconds before the second try; each further pause is twice as long, up to the longest.
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
# Hosts may ask for hours with Retry-After; beyond this many seconds the person comes back instead.
LONGEST_RETRY_AFTER = 120.0
_BUSY = {
    429: "says that it gets too many requests",
    500: "has an error of its own",
    502: "has an error of its own",
    503: "is busy or under repair",
    504: "has an error of its own",
}


class Asker:
    """Asks hosts in their turns; shared by all threads."""

    def __init__(self, client: Client, hosts: Hosts, retries: int) -> None:
        self._client = client
        self._hosts = hosts
        self._retries = retries

    def check(self, url: httpx.URL) -> None:
        """Raises FetchError if a URL's host has no address that may be asked."""
        self._client.check(url)

    def ask(
        self,
        url: httpx.URL,
        *,
        limit: int,
        wants: Callable[[int, str], bool],
        headers: Mapping[str, str] | None = None,
        shorten: bool = False,
    ) -> Answer:
        """The answer to a GET request, as `Client.get`, after as many tries as it takes.

        Raises:
            FetchError: if there is no answer after all tries, or asking again is of no use.
            StoppedError: if the run is being stopped.
        """

        def try_once() -> Answer:
            with self._hosts.turn(url.host):
                return _unless_busy(
                    self._client.get(
                        url, limit=limit, headers=headers, wants=wants, shorten=shorten
                    )
                )

        for tried in range(self._retries + 1):
            try:
                answer = try_once()
            except FetchError as error:
                if error.wait is not None and error.wait > LONGEST_RETRY_AFTER:
                    self._hosts.give_up(url.host, error.reason)
                    raise
                if not error.again:
                    raise
                self._hosts.hold_off(url.host, pause(tried, error.wait))
                failure = error
            else:
                self._hosts.count(url.host, failed=False)
                return answer
        self._hosts.count(url.host, failed=True)
        raise failure


def pause(tried: int, wanted: float | None = None) -> float:
    """Seconds before the next try: twice as long each time, of random length about that.

    Where the host says how long (Retry-After), not less than that.
    """
    length = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0**tried)
    return max(wanted or 0.0, length * random.uniform(0.5, 1.5))  # noqa: S311 -- no secret


def _unless_busy(answer: Answer) -> Answer:
    if answer.status not in _BUSY:
        return answer
    wait = retry_after(answer.headers.get("retry-after", ""))
    reason = f"{answer.url.host} {_BUSY[answer.status]} (status {answer.status})"
    if wait is not None:
        reason += f" and asks to come back after {wait:,.0f} seconds"
    again = wait is None or wait <= LONGEST_RETRY_AFTER
    raise FetchError(reason, "run again later", again=again, wait=wait, status=answer.status)


def retry_after(value: str) -> float | None:
    """Seconds that a Retry-After header asks for, as a number or a date; None if it is neither."""
    if value.strip().isdecimal():
        return float(value[:12])
    try:
        until = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (until.astimezone(UTC) - datetime.now(UTC)).total_seconds())
