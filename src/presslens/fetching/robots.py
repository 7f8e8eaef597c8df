"""Robots: what a host's robots.txt lets programs fetch, and how often (RFC 9309).

Python's own parser takes the first rule that fits and knows no wildcards, so that it would let
through much that news sites forbid; the standard asks for the longest rule, with `*` and `$`.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from presslens.fetching.asking import Asker
from presslens.fetching.failures import FetchError
from presslens.fetching.hosts import Hosts
from presslens.fetching.redirects import redirect_target

if TYPE_CHECKING:
    import httpx

# The standard asks for 500 kB and five redirects at least.
MAX_BYTES = 500 * 2**10
MAX_REDIRECTS = 5
# Some ask for a page every ten minutes or more; a minute is slow enough for a person's request.
MAX_CRAWL_DELAY = 60.0
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


@dataclass(frozen=True, slots=True)
class Rules:
    """What one program may fetch.

    Attributes:
        patterns: the paths, each with whether it is allowed, the longest first.
        delay: seconds between requests that the host asks for.
    """

    patterns: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allow(self, target: str) -> bool:
        """Whether a path with its query may be fetched."""
        path = _normal(target)
        return next((allowed for pattern, allowed in self.patterns if _fits(pattern, path)), True)


EVERYTHING = Rules()
NOTHING = Rules((("/", False),))


def parse_rules(text: str, user_agent: str) -> Rules:
    """The rules for a program: those of its name, or else those for all."""
    name = product(user_agent)
    groups: dict[str, list[tuple[str, str]]] = {}
    agents: list[str] = []
    naming = False
    for key, value in _lines(text):
        if key == "user-agent":
            agents = [*agents, product(value)] if naming else [product(value)]
            naming = True
            groups.setdefault(agents[-1], [])
        else:
            naming = False
            for agent in agents:
                groups[agent].append((key, value))
    return _rules(groups.get(name, groups.get("*", [])))


def product(user_agent: str) -> str:
    """The name by which robots.txt knows a program: "presslens" of "Presslens/0.1 (...)"."""
    text = user_agent.strip().lower()
    return "*" if text.startswith("*") else re.split(r"[/\s]", text)[0]


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key = key.strip().lower()
        if colon and key in {"user-agent", "allow", "disallow", "crawl-delay"}:
            yield key, value.strip()


def _rules(lines: list[tuple[str, str]]) -> Rules:
    delay = 0.0
    patterns = set()
    for key, value in lines:
        if key == "crawl-delay":
            if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", value):
                delay = max(delay, float(value))
        elif value:
            pattern = value if value.startswith(("/", "*")) else f"/{value}"
            patterns.add((_normal(pattern), key == "allow"))
    # Of two that are as long, the one that allows is to win.
    ordered = sorted(patterns, key=lambda rule: (len(rule[0]), rule[1]), reverse=True)
    return Rules(tuple(ordered), min(delay, MAX_CRAWL_DELAY))


def _normal(path: str) -> str:
    """The path with escapes only where they are needed, so that two ways to write it compare."""

    def unescaped(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if _UNRESERVED.fullmatch(character) else match[0].upper()

    return _ESCAPE.sub(
        unescaped, quote(path, safe="%/?:@!$&'()*+,;=[]~#|\"<>^`{}\\", errors="replace")
    )


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins with a pattern; `*` is any text and a final `$` the path's end."""
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    if not rest:
        return not ends or place == len(path)
    for piece in rest[:-1]:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    if ends:
        return path.endswith(rest[-1]) and len(path) - len(rest[-1]) >= place
    return path.find(rest[-1], place) >= 0


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
            return NOTHING
        if 400 <= answer.status < 500:
            return EVERYTHING
        raise FetchError(f"status {answer.status}", "run again later", status=answer.status)
