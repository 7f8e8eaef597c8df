"""Run: all pages of one call, a host at a time in each of a few threads, and their ledger."""

from __future__ import annotations

import hashlib
import math
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from presslens.fetching.asking import Asker
from presslens.fetching.client import Answer, Client
from presslens.fetching.failures import FetchError
from presslens.fetching.feed import feed_links
from presslens.fetching.hosts import Hosts
from presslens.fetching.inputs import Wanted, read_inputs, wanted
from presslens.fetching.ledger import Entry, Ledger, failure, now
from presslens.fetching.pages import ENDINGS, file_name, kind_of
from presslens.fetching.report import FetchReport
from presslens.fetching.robots import Robots
from presslens.fetching.visiting import visit

# Hosts that are asked at the same time.
MAX_HOSTS = 4
MAX_TIMEOUT = 3_600
Progress = Callable[[Entry, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a run behaves; see `fetch`."""

    delay: float
    timeout: float
    retries: int
    max_bytes: int
    user_agent: str
    refresh: bool
    allow_private: bool

    def __post_init__(self) -> None:
        if not 0 <= self.delay < math.inf:
            raise ValueError(f"delay is {self.delay}; expected seconds, 0 or more")
        if not 0 < self.timeout <= MAX_TIMEOUT:
            raise ValueError(
                f"timeout is {self.timeout}; expected seconds, more than 0 and up to an hour"
            )
        if self.retries < 0:
            raise ValueError(f"retries is {self.retries}; expected 0 or more")
        if self.max_bytes < 1:
            raise ValueError(f"max_bytes is {self.max_bytes}; expected 1 or more")
        if not (self.user_agent.strip() and self.user_agent.isascii()) or not (
            self.user_agent.isprintable()
        ):
            raise ValueError("user_agent is not one line of ASCII; expected like 'name/1.0'")


class Run:
    """One call of `fetch`."""

    def __init__(self, folder: Path, settings: Settings, progress: Progress | None = None) -> None:
        self._settings = settings
        self._progress = progress or (lambda entry, done, known: None)  # noqa: ARG005
        self._folder = folder
        self._report = FetchReport(folder)
        self._stop = threading.Event()
        self._queues: dict[str, deque[Wanted]] = {}
        self._seen: set[str] = set()
        self._done = 0

    def go(self, inputs: Iterable[str]) -> FetchReport:
        """Fetch all; raises ValueError, PresslensError and OSError as `fetch` does."""
        settings = self._settings
        found = list(read_inputs(inputs))
        if not found:
            raise ValueError("nothing to fetch; expected URLs, files of URLs or feeds")
        client = Client(
            timeout=settings.timeout,
            user_agent=settings.user_agent,
            allow_private=settings.allow_private,
        )
        with Ledger(self._folder) as self._ledger, closing(client) as self._client:
            hosts = Hosts(settings.delay, self._stop)
            self._asker = Asker(client, hosts, settings.retries)
            self._robots = Robots(self._asker, hosts, settings.user_agent)
            self._plan(found)
            self._work()
        return self._report

    def _plan(self, found: Iterable[Wanted | Entry]) -> None:
        """Queue what is to be fetched; what is there or cannot be fetched is reported."""
        for item in found:
            if isinstance(item, Entry):
                self._ledger.add(item)
                self._take(item)
            elif item.url not in self._seen:
                self._seen.add(item.url)
                self._queue(item)

    def _queue(self, item: Wanted) -> None:
        known = self._ledger.known(item.url)
        feed = item.follows and _is_feed(known)
        if known and not self._settings.refresh and not feed:
            self._report.skipped.append(known)
        else:
            self._queues.setdefault(httpx.URL(item.url).host, deque()).append(item)

    def _work(self) -> None:
        """Keep the threads busy until all queues are empty."""
        running: dict[Future[tuple[Entry, list[str]]], str] = {}
        with ThreadPoolExecutor(MAX_HOSTS) as threads:
            try:
                while self._queues or running:
                    self._start(threads, running)
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        del running[future]
                        entry, links = future.result()
                        self._take(entry)
                        self._plan(
                            wanted(link, name=f"{entry.url}: {link}", follows=False)
                            for link in links
                        )
            except BaseException:
                self._stop.set()
                self._client.abort()
                raise

    def _start(
        self, threads: ThreadPoolExecutor, running: dict[Future[tuple[Entry, list[str]]], str]
    ) -> None:
        """Start the next page of hosts that no thread is at; each host comes round in turn."""
        for host in list(self._queues):
            if len(running) >= MAX_HOSTS:
                return
            if host in running.values():
                continue
            queue = self._queues.pop(host)
            running[threads.submit(self._page, queue.popleft())] = host
            if queue:
                self._queues[host] = queue

    def _page(self, item: Wanted) -> tuple[Entry, list[str]]:
        """Fetch and save one page; with the links to follow, where it is a feed."""
        known = self._ledger.known(item.url)
        try:
            url = httpx.URL(item.url)
            limit = self._settings.max_bytes
            answer = visit(url, self._asker, self._robots, limit=limit, known=known)
            entry = self._saved(url, answer, known)
        except FetchError as error:
            entry = failure(item.url, str(error), status=error.status)
        self._ledger.add(entry)
        there = self._ledger.known(item.url)
        if not item.follows or there is None or there.file is None or not _is_feed(there):
            return entry, []
        raw = (self._folder / there.file).read_bytes()
        return entry, feed_links(raw, there.final_url or there.url)

    def _saved(self, url: httpx.URL, answer: Answer, known: Entry | None) -> Entry:
        if answer.status == 304 and known:
            return replace(known, outcome="unchanged", time=now(), status=304)
        name = file_name(url, kind_of(answer))
        digest = hashlib.sha256(answer.body).hexdigest()
        same = known is not None and (known.file, known.sha256) == (name, digest)
        if not same:
            self._ledger.save(name, answer.body)
        return Entry(
            url=str(url),
            outcome="unchanged" if same else "fetched",
            time=now(),
            final_url=str(answer.url),
            status=answer.status,
            file=name,
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
            sha256=digest,
            bytes=len(answer.body),
            content_type=answer.headers.get("content-type"),
        )

    def _take(self, entry: Entry) -> None:
        """Report an entry."""
        lists = {
            "fetched": self._report.fetched,
            "unchanged": self._report.unchanged,
            "failed": self._report.failed,
        }
        lists[entry.outcome].append(entry)
        self._done += 1
        waiting = sum(map(len, self._queues.values()))
        self._progress(entry, self._done, self._done + waiting)


def _is_feed(entry: Entry | None) -> bool:
    return entry is not None and (entry.file or "").endswith(ENDINGS["feed"])
