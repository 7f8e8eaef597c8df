"""Pages: what is saved as a page or a feed, byte for byte, and how the files are called."""

from __future__ import annotations

import re

import httpx
import pytest

from presslens.fetching.addresses import web_address
from presslens.fetching.pages import file_name

RSS = b"<?xml version='1.0'?><rss><channel><title>Harbour Post</title></channel></rss>"
ODD = [
    ("text/html; charset=utf-8", "<html><p>señora".encode("latin-1")),
    ("text/html; charset=ascii", "<html><p>señora – ok".encode()),
    ("text/html; charset=klingon", b"<html>\xff\xfe\x00\x81ferry\r\n\r\n"),
    ("text/html", "<html><p>ferry".encode("utf-16")),
    ("text/html", "<html><p>ferry".encode("utf-16-le")),
    ("text/html; charset=utf-8; charset=latin-1", b"<html>" + bytes(range(256))),
    ("TEXT/HTML", b"no tags at all"),
    ("application/xhtml+xml", b"<?xml version='1.0'?><html xmlns='x'/>"),
    ("text/plain", b"\n<!doctype  HTML><p>ferry"),
    ("application/xml", b"<html/>"),
    (None, b"<!-- ferry --><html><p>ferry"),
]


@pytest.mark.parametrize(("content_type", "body"), ODD)
def test_pages_are_saved_byte_for_byte(site, save, out, content_type, body: bytes) -> None:
    [entry] = save(site.serve("/a", body, Content_Type=content_type)).fetched
    assert (out / entry.file).read_bytes() == body
    assert (entry.bytes, entry.content_type) == (len(body), content_type)
    assert entry.file.endswith(".html")


@pytest.mark.parametrize(
    "content_type", ["application/rss+xml", "text/xml; charset=utf-8", "text/html", None]
)
def test_feeds_are_known_whatever_they_are_announced_as(site, save, out, content_type) -> None:
    [entry] = save(site.serve("/feed", RSS, Content_Type=content_type)).fetched
    assert entry.file.endswith(".xml")
    assert (out / entry.file).read_bytes() == RSS


@pytest.mark.parametrize(
    ("content_type", "body", "reason"),
    [
        ("application/pdf", b"%PDF-1.7", "'application/pdf', not a web page; save it by hand"),
        ("image/png", b"\x89PNG", "'image/png', not a web page"),
        ("application/json", b"{}", "'application/json', not a web page"),
        ("application/octet-stream", b"<html>", "not a web page"),
        ("text/html", b"%PDF-1.7", "it is a PDF, not a web page"),
        ("text/html", b"\x1f\x8b\x08", "it is a gzip file, not a web page"),
        ("text/html", b" \n", "the page is empty"),
        ("text/plain", b"The ferry", "'text/plain'"),
        ("application/xml", b"<urlset/>", "'application/xml'"),
        (None, b"The ferry", "of no type"),
        ("nonsense", b"<html>", "'nonsense'"),
    ],
)
def test_other_files_are_reported_and_not_saved(
    site, save, out, content_type, body: bytes, reason: str
) -> None:
    report = save(site.serve("/a", body, Content_Type=content_type))
    assert reason in str(report.failed[0].reason)
    assert [path.name for path in out.iterdir()] == ["fetched.jsonl"]


@pytest.mark.parametrize(
    ("status", "advice"),
    [(403, "save it by hand"), (404, "check the address"), (204, "open it in a browser")],
)
def test_a_refusal_says_what_to_do(site, save, status: int, advice: str) -> None:
    reason = str(save(site.serve("/a", b"", status=status)).failed[0].reason)
    assert f"status {status}" in reason
    assert advice in reason


@pytest.mark.parametrize(
    ("url", "start"),
    [
        (
            "https://www.harbour.example/local/ferry-all-night.html",
            "www.harbour.example-ferry-all-",
        ),
        ("https://harbour.example/2024/ferry-all-night/amp/", "harbour.example-ferry-all-night-"),
        ("https://harbour.example/news/", "harbour.example-news-"),
        ("https://harbour.example/", "harbour.example-"),
        ("https://harbour.example/../../etc/passwd", "harbour.example-passwd-"),
        ("https://harbour.example/..%2f..%2fetc%00%0apasswd", "harbour.example-"),
        ("https://müll.example/größe-ü", "xn--mll-hoa.example-"),
        ("https://harbour.example/CON", "harbour.example-con-"),
        ("http://[2606:2800:21f::1]/a", "2606-2800-21f-1-a-"),
    ],
)
def test_names_can_be_read_and_are_safe(url: str, start: str) -> None:
    name = file_name(web_address(url), "page")
    assert name.startswith(start)
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*-[0-9a-f]{12}\.html", name)
    assert ".." not in name


def test_names_are_short_and_unique() -> None:
    urls = [f"https://harbour.example/{'a-' * 500}{n}?{m}" for n in range(9) for m in range(9)]
    urls.append(f"https://{'.'.join(['a' * 60] * 4)}/")
    names = {file_name(httpx.URL(url), "feed") for url in urls}
    assert len(names) == len(urls)
    assert max(map(len, names)) < 150
