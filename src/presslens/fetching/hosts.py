"""Hosts: each is asked one thing at a time, with pauses, and left alone when it fails on and on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from presslens.fetching.failures import FetchError, StoppedError

# Pages in a row, each asked for several times, after which a host is taken to be down.
MAX_FAILED = 5


@dataclass(slots=True)
class _Host:
    delay: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    failed: int = 0
    given_up: str = ""


class Hosts:
    """Turns of all hosts; shared by all threads."""

    def __init__(self, delay: float, stop: threading.Event) -> None:
        self._delay = delay
        self._stop = stop
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def _host(self, name: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(name, _Host(self._delay))

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Wait until a host may be asked again, and keep others from asking it meanwhile.

        Raises:
            FetchError: if the host has been given up.
            StoppedError: if the run is being stopped.
        """
        host = self._host(name)
        with host.lock:
            if host.given_up:
                raise FetchError(host.given_up, "run again later")
            while (left := host.free_at - time.monotonic()) > 0 or self._stop.is_set():
                if self._stop.wait(left):
                    raise StoppedError
            try:
                yield
            finally:
                self.hold_off(name, host.delay)

    def slow_down(self, name: str, delay: float) -> None:
        """Keep at least so many seconds between two requests from now on."""
        host = self._host(name)
        host.delay = max(host.delay, delay)
        self.hold_off(name, delay)

    def hold_off(self, name: str, seconds: float) -> None:
        """Ask nothing for so many seconds."""
        host = self._host(name)
        with self._lock:
            host.free_at = max(host.free_at, time.monotonic() + seconds)

    def give_up(self, name: str, reason: str) -> None:
        """Ask nothing more in this run."""
        self._host(name).given_up = reason

    def count(self, name: str, *, failed: bool) -> None:
        """Count a page; after some that failed in a row the host is given up."""
        host = self._host(name)
        host.failed = host.failed + 1 if failed else 0
        if host.failed >= MAX_FAILED:
            host.given_up = f"{name} failed {host.failed} times in a row and was not asked again"
