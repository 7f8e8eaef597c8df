"""Robots: the longest rule decides, wildcards count, and silence is no permission."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from presslens.fetching.failures import FetchError
from presslens.fetching.robots import MAX_CRAWL_DELAY, parse_rules

NAME = "Presslens/0.1 (for research)"


def allowed(text: str, target: str) -> bool:
    return parse_rules(text, NAME).allow(target)


@pytest.mark.parametrize(
    ("rule", "target", "expected"),
    [
        ("Disallow: /", "/a", False),
        ("Disallow:", "/a", True),
        ("Disallow: /news", "/news/a", False),
        ("Disallow: /news", "/newsletter", False),
        ("Disallow: /news/", "/news", True),
        ("Disallow: news/", "/news/a", True),  # by the standard, a path begins with "/"
        ("Disallow: //a", "//a", False),
        ("Disallow: /*print", "/news/a?print=1", False),
        ("Disallow: /*?print", "/news/a?print=1", False),
        ("Disallow: *.pdf$", "/a.pdf", False),
        ("Disallow: *.pdf$", "/a.pdf?x", True),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /a*b*c$", "/a/b/c", False),
        ("Disallow: /a*b*c$", "/a/c/b", True),
        ("Disallow: /a*bb$", "/ab", True),
        ("Disallow: /a**b", "/axb", False),
        ("Disallow: /caf%c3%a9", "/caf%C3%A9", False),
        ("Disallow: /café", "/caf%C3%A9", False),
        ("Disallow: /%7Emira", "/~mira", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("Disallow: /a # a comment", "/a", False),
        ("DISALLOW : /a", "/a", False),
        ("Allow: /\nDisallow: /a", "/a/b", False),
        ("Disallow: /\nAllow: /a", "/a/b", True),
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Noindex: /a", "/a", True),
    ],
)
def test_rules(rule: str, target: str, expected: bool) -> None:
    assert allowed(f"User-agent: *\n{rule}", target) is expected


def test_the_group_of_the_name_counts_before_that_for_all() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: PRESSLENS\nDisallow: /a\n"
    assert allowed(text, "/b")
    assert not allowed(text, "/a")


def test_several_names_share_a_group_and_groups_of_one_name_are_one() -> None:
    text = (
        "User-agent: other\nUser-agent: presslens\nDisallow: /a\n"
        "User-agent: other\nDisallow: /\nUser-agent: presslens\nDisallow: /b"
    )
    assert [allowed(text, path) for path in ("/a", "/b", "/c")] == [False, False, True]


def test_a_longer_name_is_another_program() -> None:
    assert allowed("User-agent: presslensbot\nDisallow: /", "/a")


@pytest.mark.parametrize(
    "text", ["", "<!DOCTYPE html><p>Not found: sorry</p>", "\x00\x01", "Disallow: /", ":\n::\n"]
)
def test_what_holds_no_rules_allows_all(text: str) -> None:
    assert allowed(text, "/a")


@pytest.mark.parametrize(
    ("value", "delay"),
    [("3", 3.0), ("0.5", 0.5), ("86400", MAX_CRAWL_DELAY), ("-3", 0), ("nan", 0), ("inf", 0)],
)
def test_the_crawl_delay_is_kept_up_to_a_bound(value: str, delay: float) -> None:
    assert parse_rules(f"User-agent: *\nCrawl-delay: {value}", NAME).delay == delay


def test_hostile_patterns_take_no_time() -> None:
    rules = parse_rules("User-agent: *\n" + f"Disallow: /{'a*' * 200}b$\n" * 1000, NAME)
    many = parse_rules(
        "User-agent: *\n" + "".join(f"Disallow: /{n}{'*a' * 50}b$\n" for n in range(4000)), NAME
    )
    began = time.monotonic()
    assert rules.allow("/" + "a" * 4000)
    assert many.allow("/" + "a" * 4000)
    assert time.monotonic() - began < 2


def test_names_and_rules_without_end_are_refused() -> None:
    names = "".join(f"User-agent: a{n}\n" for n in range(15_000))
    began = time.monotonic()
    with pytest.raises(FetchError, match="too many rules"):
        parse_rules(names + "Allow: /a\n" * 20_000, NAME)
    many = "".join(f"User-agent: a{n}\n" for n in range(200))
    assert not allowed(many + "User-agent: presslens\n" + "Disallow: /b\n" * 1_000, "/b")
    assert time.monotonic() - began < 2


def test_a_page_that_robots_txt_forbids_is_not_asked_for(site, save) -> None:
    site.serve(
        "/robots.txt", b"\xef\xbb\xbfUser-agent: *\nDisallow: /inner", Content_Type="text/plain"
    )
    report = save(site.serve("/inner/a"), site.serve("/outer"))
    assert site.paths() == ["/outer"]
    assert len(report.fetched) == 1
    assert "robots.txt); save it by hand" in str(report.failed[0].reason)


def test_robots_txt_is_asked_for_once(site, save) -> None:
    save(*(site.serve(f"/{n}") for n in range(4)))
    assert [path for path, *_ in site.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(("status", "fetched"), [(404, 1), (410, 1), (401, 0), (403, 0), (204, 0)])
def test_the_status_of_robots_txt_decides(site, save, status: int, fetched: int) -> None:
    site.serve("/robots.txt", b"", status=status)
    assert len(save(site.serve("/a")).fetched) == fetched


@pytest.mark.parametrize("status", [500, 503, 429])
def test_while_robots_txt_cannot_be_had_nothing_is_fetched(site, save, status: int) -> None:
    site.serve("/robots.txt", b"", status=status)
    report = save(site.serve("/a"), site.serve("/b"))
    assert site.paths() == []
    assert len(report.failed) == 2
    assert "robots.txt of 127.0.0.1 could not be read" in str(report.failed[0].reason)
    assert str(report.failed[0].reason).endswith("run again later")


def test_robots_txt_may_be_elsewhere(site, save) -> None:
    site.serve("/robots.txt", b"", status=301, Location="/rules.txt")
    site.serve("/rules.txt", b"User-agent: *\nDisallow: /a", Content_Type="text/plain")
    assert len(save(site.serve("/a")).failed) == 1
    site.serve("/robots.txt", b"", status=301, Location="/robots.txt")
    assert "too often" in str(save(site.serve("/b")).failed[0].reason)


def test_a_huge_robots_txt_is_read_as_far_as_it_matters(site, save) -> None:
    rules = b"User-agent: *\nDisallow: /a\n" + b"# much ado\n" * 200_000
    site.serve("/robots.txt", rules, Content_Type="text/plain")
    report = save(site.serve("/a"), site.serve("/b"))
    assert (len(report.failed), len(report.fetched)) == (1, 1)


def test_the_crawl_delay_slows_the_run_down(site, save) -> None:
    site.serve("/robots.txt", b"User-agent: *\nCrawl-delay: 0.3", Content_Type="text/plain")
    save(site.serve("/a"), site.serve("/b"))
    times = [came for _, _, came in site.asked]
    assert all(later - earlier >= 0.29 for earlier, later in pairwise(times))
