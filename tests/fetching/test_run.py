"""Run: whole calls of `fetch`, and calls that go on where an earlier one stopped."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from presslens.fetching import LEDGER, fetch, read_ledger
from presslens.problems import PresslensError
from presslens.reading.fetched import Noted, noted


def rss(*links: str) -> bytes:
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    return f"<?xml version='1.0'?><rss><channel>{items}</channel></rss>".encode()


def files(out: Path) -> set[str]:
    return {path.name for path in out.iterdir()}


def test_who_reads_the_folder_learns_where_a_page_is_from(site, save, out) -> None:
    kind = "text/html; charset=ISO-8859-2"
    url = site.serve("/local/mill", b"<html><p>The mill", Content_Type=kind)
    [entry] = save(url).fetched
    assert noted(out) == {entry.file: Noted(url, "iso-8859-2")}


def test_a_page_is_saved_with_a_line_in_the_ledger_and_nothing_beside_it(site, save, out) -> None:
    body = b"<html>\r\n<p>The ferry\x00\xff"
    url = site.serve("/local/ferry-all-night", body, ETag='"v1"')
    report = save(url)
    [line] = (out / LEDGER).read_text().splitlines()
    row = json.loads(line)
    assert files(out) == {LEDGER, row["file"]}
    assert (out / row["file"]).read_bytes() == body
    assert row.pop("time").endswith("+00:00")
    assert row.pop("file").startswith("127.0.0.1-ferry-all-night-")
    assert row == {
        "url": url,
        "outcome": "fetched",
        "final_url": url,
        "status": 200,
        "etag": '"v1"',
        "sha256": hashlib.sha256(body).hexdigest(),
        "bytes": len(body),
        "content_type": "text/html; charset=utf-8",
    }
    assert str(report) == f"{out}: 1 fetched, 0 unchanged, 0 already there, 0 failed"


def test_failures_are_in_the_ledger_and_cost_the_other_pages_nothing(site, save, out) -> None:
    def stumble(handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf")

    urls = [site.root + "/gone", site.do("/half", stumble), site.serve("/a"), "nowhere.txt"]
    report = save(*urls)
    assert (len(report.fetched), len(report.failed)) == (1, 3)
    reasons = {entry.url: entry.reason for entry in read_ledger(out) if entry.reason}
    assert set(reasons) == {urls[0], urls[1], urls[3]}
    assert all("; " in str(reason) for reason in reasons.values())  # what to do, too


def test_a_url_that_is_given_twice_is_asked_for_once(site, save) -> None:
    url = site.serve("/a")
    report = save(url, url + "#top", url.replace("http:", "HTTP:"), url)
    assert site.paths() == ["/a"]
    assert len(report.fetched) == 1


def test_a_second_run_fetches_what_failed_or_was_not_done(site, save, out) -> None:
    urls = [site.serve("/a"), site.root + "/b"]
    save(*urls)
    site.serve("/b")
    report = save(*urls, site.serve("/c"))
    assert Counter(site.paths()) == {"/a": 1, "/b": 2, "/c": 1}
    assert [entry.url for entry in report.skipped] == urls[:1]
    assert len(report.fetched) == 2
    assert len(save(*urls, site.root + "/c").skipped) == 3
    assert Counter(site.paths()).total() == 4


def test_a_file_that_was_deleted_is_fetched_again(site, save, out) -> None:
    [entry] = save(site.serve("/a")).fetched
    (out / entry.file).unlink()
    assert len(save(site.root + "/a").fetched) == 1
    assert (out / entry.file).exists()


def test_refresh_replaces_a_page_that_has_changed(site, save, out) -> None:
    url = site.serve("/a", b"<html>first")
    [first] = save(url).fetched
    site.serve("/a", b"<html>second")
    [second] = save(url, refresh=True).fetched
    assert first.file == second.file
    assert (out / second.file).read_bytes() == b"<html>second"
    assert [entry.sha256 for entry in read_ledger(out)] == [first.sha256, second.sha256]


def test_a_refresh_that_fails_keeps_the_page(site, save, out) -> None:
    url = site.serve("/a")
    [entry] = save(url).fetched
    site.serve("/a", b"", status=404)
    assert len(save(url, refresh=True).failed) == 1
    assert (out / entry.file).exists()
    assert len(save(url).skipped) == 1


def test_the_entries_of_a_feed_are_fetched(site, save) -> None:
    site.serve("/news/ferry")
    site.serve("/bakers")
    other = site.serve("/other", rss("/never"))
    feed = rss("news/ferry", "/bakers", "/bakers", "file:///etc/passwd", other)
    report = save(site.serve("/feed", feed, Content_Type="application/rss+xml"))
    assert Counter(site.paths()) == {"/feed": 1, "/news/ferry": 1, "/bakers": 1, "/other": 1}
    assert len(report.fetched) == 4
    assert [f"{site.root}/feed: file:///etc/passwd" == entry.url for entry in report.failed] == [
        True
    ]


def test_a_feed_is_asked_again_for_its_new_entries_only(site, save) -> None:
    site.serve("/a")
    url = site.serve("/feed", rss("/a"))
    save(url)
    site.serve("/b")
    site.serve("/feed", rss("/b", "/a"))
    report = save(url)
    assert Counter(site.paths()) == {"/feed": 2, "/a": 1, "/b": 1}
    assert (len(report.fetched), len(report.skipped)) == (2, 1)


def test_what_a_feed_named_is_fetched_even_when_the_feed_fails_later(site, save) -> None:
    url = site.serve("/feed", rss("/a"))
    assert len(save(url).failed) == 1
    site.serve("/a")
    site.serve("/feed", b"", status=404)
    report = save(url)
    assert [entry.url for entry in report.fetched] == [site.root + "/a"]
    assert [entry.url for entry in report.failed] == [url]


def test_lists_and_feeds_in_files(site, save, tmp_path: Path) -> None:
    urls = [site.serve(f"/{n}") for n in range(4)]
    (tmp_path / "list.txt").write_text("\n".join(urls[:2]))
    (tmp_path / "feed.xml").write_bytes(rss(*urls[2:]))
    assert len(save(str(tmp_path / "list.txt"), str(tmp_path / "feed.xml")).fetched) == 4


def test_private_addresses_are_refused_unless_allowed(site, save) -> None:
    report = save(site.serve("/a"), allow_private=False)
    assert "private or reserved address" in str(report.failed[0].reason)
    assert "robots.txt" not in str(report.failed[0].reason)
    assert site.asked == []


def test_progress_is_told_of_each_page(site, save) -> None:
    told: list[tuple[str, int, int]] = []
    save(
        *(site.serve(f"/{n}") for n in range(3)),
        progress=lambda entry, done, known: told.append((entry.outcome, done, known)),
    )
    assert [done for _, done, _ in told] == [1, 2, 3]
    assert told[-1] == ("fetched", 3, 3)


def test_an_error_in_the_middle_stops_the_run_soon_and_keeps_what_is_done(site, save, out) -> None:
    def stop(entry, done, known) -> None:
        raise KeyboardInterrupt

    site.do("/slow", lambda handler: time.sleep(8))
    slow = f"http://localhost:{site.port}/slow"
    urls = [site.serve(f"/{n}") for n in range(50)]
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        save(slow, *urls, progress=stop, timeout=8, retries=3)
    assert time.monotonic() - began < 5
    done = sum(entry.outcome == "fetched" for entry in read_ledger(out))
    assert 1 <= done < 50
    site.serve("/slow")
    report = save(slow, *urls)
    assert (len(report.skipped), len(report.failed)) == (done, 0)


KILLED = """
import sys
from pathlib import Path
from presslens.fetching import fetch
fetch(sys.argv[2:], out=Path(sys.argv[1]), delay=0.05, allow_private=True)
"""


def test_a_run_that_is_killed_is_gone_on_with(site, save, out) -> None:
    urls = [site.serve(f"/{n}", b"<html>" + b"ferry" * 1000 * n) for n in range(40)]
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(out), *urls])
    while process.poll() is None and len(read_ledger(out)) < 5:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    done = {entry.url for entry in read_ledger(out)}
    assert 5 <= len(done) < 40
    with (out / LEDGER).open("ab") as ledger:
        ledger.write(b'{"url": "http://half')
    (out / ".half.html.part").write_bytes(b"<html>half")
    report = save(*urls)
    assert (len(report.skipped), len(report.fetched)) == (len(done), 40 - len(done))
    asked = Counter(site.paths())
    assert all(asked[url.removeprefix(site.root)] == 1 for url in done)
    assert len(files(out)) == 41
    assert {entry.bytes for entry in read_ledger(out)} == {6 + 5000 * n for n in range(40)}


def test_a_folder_in_use_is_refused(site, save) -> None:
    def nested(*_: object) -> None:
        with pytest.raises(PresslensError, match="another run"):
            save(site.root + "/b")

    save(site.serve("/a"), progress=nested)


@pytest.mark.parametrize(
    "options",
    [
        {"delay": -1},
        {"delay": float("nan")},
        {"delay": float("inf")},
        {"timeout": 0},
        {"timeout": float("nan")},
        {"timeout": 1e9},
        {"retries": -1},
        {"max_bytes": 0},
        {"user_agent": ""},
        {"user_agent": "a\r\nHost: b"},
        {"user_agent": "häfen"},
    ],
)
def test_arguments_out_of_range_are_refused_before_anything_is_done(save, out, options) -> None:
    with pytest.raises(ValueError, match="expected"):
        save("https://harbour.example/", **options)
    assert not out.exists()


def test_nothing_to_fetch_is_an_error_and_one_text_is_one_input(site, out) -> None:
    with pytest.raises(ValueError, match="nothing to fetch"):
        fetch([], out=out)
    assert len(fetch(site.serve("/a"), out=out, delay=0, allow_private=True).fetched) == 1


def test_a_folder_that_cannot_be_made_is_an_error(save, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        save("https://harbour.example/", out=tmp_path / "file")


def test_importing_it_is_cheap() -> None:
    code = "import presslens.fetching, sys; print({'httpx', 'lxml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
