"""Feeds: items that hold their article become one, summaries a problem; the papers are invented."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path

import pytest

from presslens.article import Article
from presslens.problems import PresslensError, Problem
from presslens.reading import feeds
from presslens.reading.feeds import READER
from presslens.reading.files import source_of
from presslens.reading.registry import Found

BODY = [
    "The ferry between Halden and Sundby will run around the clock from July, its R&D chief said.",
    (
        "“We heard them,” said Kim Solberg, who took a night boat herself. “The quay is full of"
        " people in white coats and white aprons at four in the morning.”"
    ),
    (
        "The extra boats will cost the two towns about nine million crowns a year, according to a"
        " study by the port authority, which had advised against them."
    ),
]
HTML = "".join(f"<p>{escape(line, quote=False)}</p>" for line in BODY) + (
    "<table><tr><td>12</td></tr></table><figure><img src='x'><figcaption>The quay.</figcaption>"
    "</figure>"
)
SUMMARY = "The ferry will run all night from July, its operator said."
LINK = "https://harbourpost.example/ferry"
NAMES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
)


def item(content: str | None = HTML, summary: str = SUMMARY, link: str = LINK) -> str:
    encoded = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return f"""<item><title>Ferry &amp;amp; bakers</title><link>{link}</link>
<description>{escape(summary)}</description>{encoded}<dc:creator>Mira Holt</dc:creator>
<category>Transport</category><category>Night</category><guid>17</guid>
<pubDate>Sun, 02 Jun 2024 23:10:00 -0200</pubDate><media:content url="x.jpg">
<media:title>Not the title</media:title><media:description>A night boat.</media:description>
</media:content></item>"""


def rss(*items: str, title: str = "Harbour Post") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {NAMES}><channel>
<title>{title}</title><link>https://harbourpost.example/</link><language>en-gb</language>
<description>News</description>{"".join(items)}</channel></rss>"""


def atom(content: str) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"
 xml:lang="en"><title>Harbour Post</title><id>urn:f</id><updated>2024-06-05T10:00:00Z</updated>
<entry><title type="html">Ferry &amp;amp; bakers</title><link rel="alternate" href="{LINK}"/>
<id>urn:e</id><published>2024-06-02T23:10:00-02:00</published>
<updated>2024-06-05T10:00:00Z</updated><author><name>Mira Holt</name></author>
<category term="transport" label="Transport"/>
<summary>{SUMMARY}</summary>{content}</entry></feed>"""


def rss_1(content: str) -> str:
    return f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" {NAMES}
 xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>Harbour Post</title>
<link>https://harbourpost.example/</link><items><rdf:Seq><rdf:li resource="{LINK}"/></rdf:Seq>
</items></channel><item rdf:about="{LINK}"><title>Ferry &amp; bakers</title><link>{LINK}</link>
<dc:date>2024-06-02T23:10:00-02:00</dc:date><dc:creator>Mira Holt</dc:creator>
<dc:subject>Transport</dc:subject>
<content:encoded><![CDATA[{content}]]></content:encoded></item></rdf:RDF>"""


def read(text: str | bytes, folder: Path) -> list[Found]:
    path = folder / "feed.xml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(READER.read(source_of(path), False))


def body_of(found: Found) -> list[str]:
    assert isinstance(found, Article), found
    return found.text[found.body_start :].split("\n\n")


FEEDS = {
    "rss 2": rss(item()),
    "rss 2, full description": rss(item(None, HTML)),
    "rss 0.91": rss(item(None, HTML)).replace(
        "<rss",
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.example/rss.dtd">\n<rss',
    ),
    "rss 1": rss_1(HTML),
    "atom, html": atom(f'<content type="html">{escape(HTML)}</content>'),
    "atom, xhtml": atom(
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        + HTML.replace("<img src='x'>", "<img src='x'/>")
        + "</div></content>"
    ),
}


@pytest.mark.parametrize("kind", FEEDS)
def test_every_kind_of_feed_gives_text_and_fields(kind: str, tmp_path: Path) -> None:
    assert READER.recognises(FEEDS[kind].encode(), "page.html")
    (found,) = read(FEEDS[kind], tmp_path)
    assert body_of(found) == BODY
    assert isinstance(found, Article)
    assert found.title == "Ferry & bakers"
    assert found.published == date(2024, 6, 2)
    assert found.published_time == datetime(2024, 6, 3, 1, 10, tzinfo=UTC)
    assert (found.url, found.outlet, found.section) == (LINK, "Harbour Post", "Transport")
    assert (found.authors, found.reader) == (("Mira Holt",), "feeds")
    assert "The quay." in found.captions


def test_captions_of_media_are_kept_apart_from_title_and_text(tmp_path: Path) -> None:
    (found,) = read(rss(item()), tmp_path)
    assert isinstance(found, Article)
    assert found.captions == ("A night boat.", "The quay.")
    assert found.language == "en"


@pytest.mark.parametrize(
    "feed",
    [
        rss(item(None)),
        rss(item(SUMMARY, SUMMARY)),
        rss(item(None, " ".join(BODY[:2]) + " The council will vote on its share […]")),
        rss(item(" ".join(BODY) + "<p>The council will […]</p>")),
        rss(item(f"<p>{SUMMARY}</p><p>Continue reading Ferry</p>")),
        atom('<content type="text/html" src="https://harbourpost.example/ferry"/>'),
    ],
    ids=["short", "twice", "long but cut", "content cut", "goes on", "elsewhere"],
)
def test_a_summary_is_a_problem_that_names_the_page(feed: str, tmp_path: Path) -> None:
    (found,) = read(feed, tmp_path)
    assert isinstance(found, Problem)
    assert found.reason == f"the feed holds only a summary; save the article's page: {LINK}"
    assert found.origin.endswith("feed.xml:1")


def test_a_brief_in_full_is_an_article(tmp_path: Path) -> None:
    brief = f"<p>{BODY[0]}</p><p>The council of Halden will vote on its share of costs in June.</p>"
    (found,) = read(rss(item(None, brief)), tmp_path)
    assert len(body_of(found)) == 2


def test_the_footer_of_a_feed_is_no_text(tmp_path: Path) -> None:
    footer = "<p>The post <a href='x'>Ferry</a> appeared first on <a href='y'>Post</a>.</p>"
    (found,) = read(rss(item(HTML + footer)), tmp_path)
    assert body_of(found) == BODY


def test_an_item_without_a_text_is_a_problem(tmp_path: Path) -> None:
    (found,) = read(rss(item(None, "")), tmp_path)
    assert isinstance(found, Problem)
    assert "holds no text" in found.reason


def test_a_title_of_several_parts_is_no_outlet(tmp_path: Path) -> None:
    (found,) = read(rss(item(), title="World - Harbour Post"), tmp_path)
    assert isinstance(found, Article)
    assert found.outlet == "harbourpost.example"


def test_one_item_costs_no_other(tmp_path: Path) -> None:
    broken = item().replace("</title>", "</titel>")
    found = read(rss(item(), item(None), broken, item(link=f"{LINK}/4")), tmp_path)
    by_number = {str(one.origin).rpartition(":")[2]: type(one) for one in found}
    assert by_number == {"1": Article, "2": Problem, "3": Problem, "4": Article}


def test_cut_off_it_gives_the_whole_items_and_a_problem(tmp_path: Path) -> None:
    raw = rss(item(), item(link=f"{LINK}/2"))
    found = read(raw[: raw.rindex("The extra boats")], tmp_path)
    assert sorted(type(one).__name__ for one in found) == ["Article", "Problem"]


def test_flipped_bytes_break_nothing(tmp_path: Path) -> None:
    raw = rss(item(), item()).encode()
    for position in range(0, len(raw), 41):
        flipped = raw[:position] + bytes([raw[position] ^ 0x55]) + raw[position + 1 :]
        try:
            assert read(flipped, tmp_path)
        except PresslensError as error:
            assert str(error)


@pytest.mark.parametrize("text", [rss(), "<rss/>", "<rss", "no feed"])
def test_a_feed_without_items_is_refused_with_a_reason(text: str, tmp_path: Path) -> None:
    with pytest.raises(PresslensError):
        read(text, tmp_path)


def test_an_entity_that_names_a_file_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    bad = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]><rss'
    with pytest.raises(PresslensError, match="entities"):
        read(rss(item("&x;")).replace("<rss", bad), tmp_path)


@pytest.mark.parametrize(
    ("head", "own"),
    [
        ("<feed xmlns='urn:other'>", False),
        ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>", False),
        ("<html><rss/></html>", False),
        ("<nitf/>", False),
        ("rss", False),
        ("", False),
        ("<rss version='0.92'>", True),
    ],
)
def test_it_is_recognised_by_its_root(head: str, own: bool) -> None:
    assert READER.recognises(head.encode(), "news.rss") is own
    assert READER.recognises(head.encode("utf-16"), "news.rss") is own


def test_items_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_ITEMS", 2)
    found = read(rss(*(item(link=f"{LINK}/{number}") for number in range(5))), tmp_path)
    assert [type(one) for one in found] == [Problem, Article, Article]
    assert isinstance(found[0], Problem)
    assert "5 items, of which 3 were not read" in found[0].reason


def test_many_items_take_little_time(tmp_path: Path) -> None:
    raw = rss(*(item(link=f"{LINK}/{number}") for number in range(500)))
    started = time.monotonic()
    assert len(read(raw, tmp_path)) == 500
    assert time.monotonic() - started < 8
