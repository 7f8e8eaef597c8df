"""Visiting: redirects are followed with care, and known pages asked for on condition."""

from __future__ import annotations

import pytest

from presslens.fetching import addresses


def redirect(site, path: str, target: str, status: int = 302) -> str:
    return site.serve(path, b"", status=status, Location=target, Content_Type=None)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_both_urls_are_kept(site, save, status: int) -> None:
    site.serve("/new/ferry")
    report = save(redirect(site, "/old/a", "../new/ferry#top", status))
    [entry] = report.fetched
    assert (entry.url, entry.final_url) == (f"{site.root}/old/a", f"{site.root}/new/ferry")


def test_ten_redirects_are_followed_but_not_eleven(site, save) -> None:
    site.serve("/0")
    for n in range(1, 12):
        redirect(site, f"/{n}", f"/{n - 1}")
    assert len(save(site.root + "/10").fetched) == 1
    assert "more than 10 times" in str(save(site.root + "/11").failed[0].reason)


def test_redirects_in_a_circle_end(site, save) -> None:
    redirect(site, "/a", "/b")
    redirect(site, "/b", "/a")
    report = save(site.root + "/a", redirect(site, "/c", "/c"))
    assert ["in a circle" in str(entry.reason) for entry in report.failed] == [True, True]
    assert len(site.paths()) == 3


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "ftp://harbour.example/a",
        "javascript:alert(1)",
        "data:text/html,<p>ferry",
        "https://mira:secret@harbour.example/",
        "http://[::1",
        "http://harbour.example:99999/",
        "https:///",
        "",
        "/" + "a" * 5000,
    ],
)
def test_a_redirect_to_where_nothing_may_be_fetched_is_refused(site, save, target: str) -> None:
    report = save(redirect(site, "/a", target))
    assert "redirects to" in str(report.failed[0].reason)
    assert report.fetched == []


@pytest.mark.parametrize(
    "host", ["127.0.0.2", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "10.0.0.1"]
)
def test_a_redirect_to_a_private_address_is_refused(
    site, save, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    def resolve(url, **options):  # the site stands for a public host
        return ["127.0.0.1"] if url.host == "127.0.0.1" else addresses.resolve(url, **options)

    monkeypatch.setattr("presslens.fetching.client.resolve", resolve)
    report = save(redirect(site, "/a", f"http://{host}:{site.port}/secret"), allow_private=False)
    assert "private or reserved address" in str(report.failed[0].reason)
    assert site.paths() == ["/a"]
    assert len(site.asked) == 2  # not even for the robots.txt


def test_robots_txt_is_asked_at_the_target_of_a_redirect(site, save) -> None:
    site.serve("/robots.txt", b"User-agent: *\nDisallow: /inner", Content_Type="text/plain")
    site.serve("/inner/a")
    report = save(redirect(site, "/a", "/inner/a"))
    assert "robots.txt" in str(report.failed[0].reason)
    assert site.paths() == ["/a"]


def conditional(site, path: str, **version: str) -> str:
    """A page that is sent only to who does not have it yet."""
    site.serve(path, **version)
    whole = site.served[path]

    def serve(handler) -> None:
        asked = handler.headers.get("If-None-Match"), handler.headers.get("If-Modified-Since")
        if any(asked) and asked == (version.get("ETag"), version.get("Last_Modified")):
            handler.send_response(304)
            handler.end_headers()
        else:
            whole(handler)

    return site.do(path, serve)


@pytest.mark.parametrize(
    "version",
    [
        {"ETag": '"v1"'},
        {"Last_Modified": "Sun, 02 Jun 2024 10:00:00 GMT"},
        {"ETag": 'W/"v1"', "Last_Modified": "Sun, 02 Jun 2024 10:00:00 GMT"},
    ],
)
def test_a_page_that_has_not_changed_is_kept(site, save, out, version) -> None:
    url = conditional(site, "/a", **version)
    [first] = save(url).fetched
    before = (out / first.file).stat()
    report = save(url, refresh=True)
    assert [entry.status for entry in report.unchanged] == [304]
    assert report.unchanged[0].file == first.file
    assert (out / first.file).stat().st_mtime_ns == before.st_mtime_ns
    assert len(save(url, refresh=True).unchanged) == 1  # the version outlives a 304


def test_a_condition_is_told_only_to_the_url_it_came_from(site, save) -> None:
    redirect(site, "/a", "/b")
    conditional(site, "/b", ETag='"v1"')
    save(site.root + "/a")
    assert len(save(site.root + "/a", refresh=True).unchanged) == 1
    told = {path for path, headers, _ in site.asked if "if-none-match" in headers}
    assert told == {"/b"}


def test_an_odd_etag_is_not_sent_back(site, save) -> None:
    url = site.serve("/a", ETag='"ü"')
    save(url)
    assert len(save(url, refresh=True).unchanged) == 1  # the same bytes came again
    assert all("if-none-match" not in headers for _, headers, _ in site.asked)


def test_304_without_having_asked_is_a_failure(site, save) -> None:
    report = save(site.serve("/a", b"", status=304))
    assert "status 304" in str(report.failed[0].reason)
