"""Asking: busy hosts are asked again after growing pauses, as long as they wish, within bounds."""

from __future__ import annotations

import email.utils
import time
from typing import Any

import pytest

from presslens.fetching import asking
from presslens.fetching.asking import LONGEST_PAUSE, pause, retry_after
from presslens.fetching.hosts import MAX_FAILED


def busy_first(site, path: str, times: int, status: int = 503, **headers: str) -> str:
    """A page that is busy so many times before it is served."""
    site.serve(path)
    good = site.served[path]
    site.serve(path, b"", status=status, **headers)
    busy = site.served[path]
    count = iter(range(1000))
    return site.do(path, lambda handler: (busy if next(count) < times else good)(handler))


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_host_is_asked_again(site, save, status: int) -> None:
    report = save(busy_first(site, "/a", 2, status), retries=2)
    assert site.paths() == ["/a"] * 3
    assert report.fetched[0].status == 200


@pytest.mark.parametrize("status", [400, 404, 410, 501])
def test_a_definite_no_is_not_asked_again(site, save, status: int) -> None:
    report = save(site.serve("/a", b"", status=status), retries=3)
    assert site.paths() == ["/a"]
    assert (report.failed[0].status, str(status) in str(report.failed[0].reason)) == (status, True)


def test_after_the_last_try_the_page_has_failed(site, save) -> None:
    report = save(busy_first(site, "/a", 9), retries=2)
    assert site.paths() == ["/a"] * 3
    assert report.failed[0].status == 503
    assert "busy or under repair (status 503); run again later" in str(report.failed[0].reason)


def test_a_host_that_is_silent_or_breaks_off_is_asked_again(site, save) -> None:
    site.serve("/a")
    good = site.served["/a"]
    bad = iter([lambda handler: time.sleep(1), lambda handler: None])
    site.do("/a", lambda handler: next(bad, good)(handler))
    assert len(save(site.root + "/a", retries=2, timeout=0.3).fetched) == 1
    assert site.paths() == ["/a"] * 3


def test_retry_after_is_waited_for(site, save) -> None:
    save(busy_first(site, "/a", 1, 429, Retry_After="1"), retries=1)
    first, second = [came for path, _, came in site.asked if path == "/a"]
    assert 0.99 <= second - first < 3


def test_a_host_that_asks_for_hours_is_not_asked_again_in_this_run(site, save) -> None:
    report = save(
        site.serve("/a", b"", status=429, Retry_After="7200"), site.serve("/b"), retries=3
    )
    assert site.paths() == ["/a"]
    assert "come back after 7,200 seconds; run again later" in str(report.failed[0].reason)
    assert "come back after 7,200 seconds; run again later" in str(report.failed[1].reason)


def test_pauses_double_and_vary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "FIRST_PAUSE", 1.0)
    for tried in range(4):
        found = {pause(tried) for _ in range(50)}
        assert len(found) > 1
        assert min(found) >= 0.5 * 2**tried
        assert max(found) <= 1.5 * 2**tried
    assert pause(1000) <= 1.5 * LONGEST_PAUSE
    assert pause(0, 100.0) == 100.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30),
        (" 0 ", 0),
        ("9" * 5000, 999_999_999_999),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value: str, seconds: float | None) -> None:
    assert retry_after(value) == seconds


def test_retry_after_as_a_date_to_come() -> None:
    found = retry_after(email.utils.formatdate(time.time() + 60, usegmt=True))
    assert found is not None
    assert 55 < found <= 60


def test_a_host_that_fails_on_and_on_is_left_alone(site, save) -> None:
    urls = [site.do(f"/{n}", lambda handler: None) for n in range(MAX_FAILED + 3)]
    report = save(*urls)
    assert len(site.paths()) == MAX_FAILED
    assert len(report.failed) == MAX_FAILED + 3
    assert "5 times in a row" in str(report.failed[-1].reason)


def test_one_good_page_in_between_shows_that_the_host_is_up(site, save) -> None:
    urls: list[Any] = [site.do(f"/{n}", lambda handler: None) for n in range(6)]
    urls.insert(3, site.serve("/good"))
    save(*urls)
    assert len(site.paths()) == 7
