"""Robots: what a host's robots.txt lets programs fetch, and how often (RFC 9309, by Protego)."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from presslens.fetching.asking import Asker
from presslens.fetching.failures import FetchError
from presslens.fetching.hosts import Hosts
from presslens.fetching.redirects import redirect_target

if TYPE_CHECKING:
    import httpx
    from protego import Protego

# The standard asks for 500 kB and five redirects at least.
MAX_BYTES = 500 * 2**10
MAX_REDIRECTS = 5
# Some ask for a page every ten minutes or more; a minute is slow enough for a person's request.
MAX_CRAWL_DELAY = 60.0
# The parser keeps each rule once for each program named above it. The longest lists that we know
# of name some hundred programs and forbid them some hundred paths.
MAX_RULES = 1_000_000
_AGENT = re.compile(r"^\s*user-?\s?agent\b", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one program may fetch: all or nothing, where there is no file to say more."""

    name: str
    file: Protego | None = None
    otherwise: bool = True

    @property
    def delay(self) -> float:
        """Seconds between requests that the host asks for, up to a bound."""
        wanted = self.file.crawl_delay(self.name) if self.file else None
        return min(wanted or 0.0, MAX_CRAWL_DELAY)

    def allow(self, target: str) -> bool:
        """Whether a path with its query may be fetched."""
        if self.file is None:
            return self.otherwise
        # A host before the path keeps "//a" from being taken for one.
        return self.file.can_fetch(f"https://host{target}", self.name)


def parse_rules(text: str, user_agent: str) -> Rules:
    """The rules for a program: those of its name, or else those for all.

    Raises:
        FetchError: if there are more of them than anybody means.
    """
    from protego import Protego

    if len(_AGENT.findall(text)) * text.count("\n") > MAX_RULES:
        raise FetchError("it has too many rules", "ask the publisher")
    return Rules(product(user_agent), Protego.parse(text))


def product(user_agent: str) -> str:
    """The name by which robots.txt knows a program: "presslens/0.1" of "presslens/0.1 (...)"."""
    return user_agent.split()[0].lower()


class Robots:
    """The rules of all hosts, each asked for once; shared by all threads."""

    def __init__(self, asker: Asker, hosts: Hosts, user_agent: str) -> None:
        self._asker = asker
        self._hosts = hosts
        self._user_agent = user_agent
        self._known: dict[str, Rules | FetchError] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def check(self, url: httpx.URL) -> None:
        """Return if a URL may be fetched.

        Raises:
            FetchError: if its host forbids it, or does not say.
            StoppedError: if the run is being stopped.
        """
        rules = self._rules(url)
        if isinstance(rules, FetchError):
            raise rules
        if not rules.allow(url.raw_path.decode("ascii")):
            raise FetchError(
                f"{url.host} asks programs not to fetch this page (robots.txt)",
                "save it by hand in a browser, or ask the publisher",
            )

    def _rules(self, url: httpx.URL) -> Rules | FetchError:
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            if origin not in self._known:
                self._known[origin] = self._ask(url)
            return self._known[origin]

    def _ask(self, url: httpx.URL) -> Rules | FetchError:
        try:
            self._asker.check(url)
        except FetchError as error:
            if not error.again:
                return error
        try:
            rules = self._fetch(url.copy_with(raw_path=b"/robots.txt"))
        except FetchError as error:
            reason = f"the robots.txt of {url.host} could not be read: {error.reason}"
            return FetchError(reason, error.advice, status=error.status)
        self._hosts.slow_down(url.host, rules.delay)
        return rules

    def _fetch(self, url: httpx.URL) -> Rules:
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._asker.ask(
                url, limit=MAX_BYTES, wants=lambda status, _: status == 200, shorten=True
            )
            target = redirect_target(answer)
            if target is None:
                break
            url = target
        else:
            raise FetchError("it redirects too often", "ask the publisher")
        if answer.status == 200:
            return parse_rules(answer.body.decode("utf-8-sig", "replace"), self._user_agent)
        if answer.status in {401, 403}:  # who hides the rules lets nobody in, as in Python's own
            return Rules(product(self._user_agent), otherwise=False)
        if 400 <= answer.status < 500:
            return Rules(product(self._user_agent))
        raise FetchError(f"status {answer.status}", "run again later", status=answer.status)
