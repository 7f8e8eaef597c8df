"""Hosts: one request at a time to each, with pauses; several hosts at once."""

from __future__ import annotations

import threading
import time
from itertools import pairwise

import pytest

from presslens.fetching.failures import StoppedError
from presslens.fetching.hosts import Hosts


def test_requests_to_a_host_keep_their_distance(site, save) -> None:
    save(*(site.serve(f"/{n}") for n in range(3)), delay=0.2)
    times = [came for _, _, came in site.asked]
    assert len(times) == 4  # robots.txt counts
    assert all(later - earlier >= 0.19 for earlier, later in pairwise(times))


def test_a_host_is_asked_for_one_page_at_a_time_and_two_hosts_at_once(site, save) -> None:
    lock = threading.Lock()
    running: dict[str, int] = {"127.0.0.1": 0, "localhost": 0}
    seen: list[tuple[int, int]] = []

    def slow(handler) -> None:
        host = handler.headers["Host"].split(":")[0]
        with lock:
            running[host] += 1
            seen.append((running["127.0.0.1"], running["localhost"]))
        time.sleep(0.15)
        with lock:
            running[host] -= 1
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>ferry")

    urls = [site.do(f"/{n}", slow) for n in range(4)]
    report = save(*urls, *(url.replace("127.0.0.1", "localhost") for url in urls))
    assert len(report.fetched) == 8
    assert max(map(max, seen)) == 1
    assert (1, 1) in seen


def test_who_waits_for_a_turn_is_woken_when_the_run_stops() -> None:
    stop = threading.Event()
    hosts = Hosts(0, stop)
    hosts.hold_off("harbour.example", 60)
    threading.Timer(0.1, stop.set).start()
    began = time.monotonic()
    with pytest.raises(StoppedError), hosts.turn("harbour.example"):
        pass
    assert time.monotonic() - began < 5


def test_nobody_gets_a_turn_once_the_run_stops() -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(StoppedError), Hosts(0, stop).turn("harbour.example"):
        pass


def test_turns_of_a_host_do_not_overlap_whoever_takes_them() -> None:
    hosts = Hosts(0, threading.Event())
    inside: list[int] = []
    most: list[int] = []

    def take() -> None:  # as two threads do that redirects lead to the same host
        with hosts.turn("harbour.example"):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.02)
            inside.pop()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1]
