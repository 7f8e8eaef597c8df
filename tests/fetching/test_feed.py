"""Feed: the links of RSS and Atom, however they are written, and nothing of what is hostile."""

from __future__ import annotations

import time

import pytest

from presslens.fetching.feed import MAX_ENTRIES, feed_links, is_feed, is_page

BASE = "https://harbour.example/feeds/all.xml"
RSS = b"""<?xml version="1.0"?><!-- made by hand --><rss version="2.0"
xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour Post</title>
<link>https://harbour.example/</link><atom:link rel="self" href="https://harbour.example/rss"/>
<item><title>Ferry</title><link> https://harbour.example/ferry?a=1&amp;b=2 </link></item>
<item><atom:link href="https://harbour.example/self" rel="self"/>
<link><![CDATA[/bakers]]></link></item>
<item><guid>https://harbour.example/guid</guid></item>
<item><guid isPermaLink="false">https://harbour.example/not</guid></item>
<item><link>https://harbour.example/ferry?a=1&amp;b=2</link></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/news/">
<link href="https://harbour.example/"/>
<entry><link rel="replies" href="replies"/><link rel="alternate" href="ferry"/></entry>
<entry xml:base="local/"><link href="bakers"/></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/"><channel><link>https://harbour.example/</link></channel>
<item><link>https://harbour.example/ferry</link></item></rdf:RDF>"""


def test_rss() -> None:
    assert feed_links(RSS, BASE) == [
        "https://harbour.example/ferry?a=1&b=2",
        "https://harbour.example/bakers",
        "https://harbour.example/guid",
    ]


def test_atom() -> None:
    assert feed_links(ATOM, BASE) == [
        "https://harbour.example/news/ferry",
        "https://harbour.example/news/local/bakers",
    ]


def test_rss_1() -> None:
    assert feed_links(RDF, BASE) == ["https://harbour.example/ferry"]


@pytest.mark.parametrize(
    "raw", [RSS, ATOM, RDF, b"\xef\xbb\xbf\n" + RSS, ATOM.decode().encode("utf-16")]
)
def test_feeds_are_known_by_their_root(raw: bytes) -> None:
    assert is_feed(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<!DOCTYPE html><p>about <rss>",
        b"<html><feed>",
        b"<!-- <rss> --><html>",
        b"<urlset><url/></urlset>",
        b"<rss-reader>",
        b"the <rss> of it",
        b"\x00\xff<rss",
    ],
)
def test_other_documents_are_no_feeds(raw: bytes) -> None:
    assert not is_feed(raw)


@pytest.mark.parametrize(
    ("raw", "page"),
    [
        (b"<!DOCTYPE html><p>about <rss>", True),
        (b"<!-- <rss> --><HTML>", True),
        ("<html>".encode("utf-16"), True),
        (RSS, False),
        (b"<urlset><url/></urlset>", False),
        (b"about <html>", False),
    ],
)
def test_pages_are_known_by_their_root_or_document_type(raw: bytes, page: bool) -> None:
    assert is_page(raw) is page


def test_a_feed_that_is_cut_off_or_broken_gives_what_is_there() -> None:
    assert feed_links(RSS[: RSS.index(b"<guid>")], BASE)[:2] == feed_links(RSS, BASE)[:2]
    assert len(feed_links(RSS.replace(b"<title>Ferry</title>", b"<title>Tea & cakes<br>"), BASE))
    assert feed_links(b"<rss><item><link>http://[::1</link></item></rss>", BASE) == ["http://[::1"]
    for raw in (b"", b"<", b"\x00\x01\x02", b"<rss/>"):
        assert feed_links(raw, BASE) == []


def test_neither_entities_nor_files_are_expanded(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://harbour.example/secret")
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 12))
    raw = f"""<!DOCTYPE rss [<!ENTITY a0 "ferry"><!ENTITY file SYSTEM "file://{secret}">{entities}]>
<rss><item><link>&a11;</link></item><item><link>&file;</link></item></rss>"""
    began = time.monotonic()
    assert "secret" not in "".join(feed_links(raw.encode(), BASE))
    assert time.monotonic() - began < 2


def test_a_feed_without_end_is_read_up_to_a_bound() -> None:
    items = "".join(f"<item><link>/{n}</link></item>" for n in range(MAX_ENTRIES + 500))
    assert len(feed_links(f"<rss>{items}</rss>".encode(), BASE)) == MAX_ENTRIES


def test_odd_heads_take_no_time() -> None:
    began = time.monotonic()
    for piece in (b" ", b"<!--", b"<?", b"<!doctype ", b"<" * 9, b"<!-- a -->"):
        is_feed(piece * 10_000)
    assert time.monotonic() - began < 1
