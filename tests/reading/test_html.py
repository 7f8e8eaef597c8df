"""HTML: a page becomes an article with its fields, or a problem, whatever is sent."""

from __future__ import annotations

import gzip
import json
import time
from datetime import UTC, date, datetime

import pytest
from made_pages import PARAGRAPHS, body, page, parse

from presslens.article import Article
from presslens.paths import ROOT
from presslens.problems import Problem
from presslens.reading.html import article_from_page

PAGES = ROOT.parent / "shared" / "data" / "formats" / "html"


def test_fields_come_from_json_ld() -> None:
    article = parse(page())
    assert article.title == "Ferry & bakers: boats will run all night"
    assert article.published == date(2024, 6, 2)
    assert article.published_time == datetime(2024, 6, 3, 1, 10, tzinfo=UTC)
    assert article.authors == ("Mira Holt", "Jo Roe")
    assert (article.section, article.outlet) == ("Local", "Harbour Post")
    assert article.url == "https://www.harbourpost.example/local/ferry-all-night"
    assert article.reader == "html"


def test_without_json_ld_the_page_tells_title_and_outlet() -> None:
    article = parse(page(head=""))
    assert article.title == "Ferry will run all night"
    assert article.outlet == "Harbour Post"
    assert article.published is None


def test_the_text_is_the_title_and_the_paragraphs() -> None:
    article = parse(page())
    assert article.text[article.body_start :].split("\n\n") == PARAGRAPHS


def test_captions_and_links_leave_the_text() -> None:
    article = parse(page(extra="<p>Sign up for our newsletter</p>"))
    assert article.captions == ("The quay at Sundby. Photo: Jo Roe",)
    assert article.related == ("Bakers of the night",)
    assert "newsletter" not in article.text


def test_the_id_is_that_of_the_canonical_address() -> None:
    assert parse(page()).id == parse(page(head="")).id


@pytest.mark.parametrize(
    "html",
    ["<html></html>", "<html><body><p></p></body></html>", "<html><p>Share</p></html>", "<", ""],
)
def test_a_page_without_an_article_is_a_problem(html: str) -> None:
    found = article_from_page(html, origin="a.html")
    assert isinstance(found, Problem)
    assert "article" in found.reason


def test_an_amp_page_is_read_like_any_other() -> None:
    html = page().replace("<html", "<html amp").replace("<img ", "<amp-img ")
    assert body(parse(html)) == PARAGRAPHS
    assert parse(html).id == parse(page()).id


@pytest.mark.parametrize(
    "html",
    [
        page()[:900],
        page().replace(">", "\0>"),
        "<html><body>" + '<div class="caption related">' * 3000,
        '<script type="application/ld+json">' * 3000 + page(),
        page('<script type="application/ld+json">' + "[" * 50_000 + "</script>"),
        page(
            '<script type="application/ld+json">{"@type": "NewsArticle" '
            + '"a ' * 50_000
            + "</script>"
        ),
        page(f'<meta name="author" content="{"a" * 200_000}">'),
    ],
    ids=["cut", "nul", "deep", "unclosed", "brackets", "quotes", "author"],
)
def test_hostile_pages_are_survived_in_time(html: str) -> None:
    start = time.perf_counter()
    assert isinstance(article_from_page(html, origin="a.html"), Article | Problem)
    assert time.perf_counter() - start < 5


@pytest.mark.skipif(not PAGES.is_dir(), reason="needs the publishers' pages in ../shared")
def test_publishers_pages_keep_their_dates_titles_and_authors() -> None:
    gold = [json.loads(line) for line in (PAGES / "gold.jsonl").read_text("utf-8").splitlines()]
    found = [
        parse(gzip.decompress((PAGES / one["file"]).read_bytes()).decode("utf-8")) for one in gold
    ]
    assert all(article.title and article.outlet for article in found)
    days = [
        str(article.published) == one["published"][:10]
        for article, one in zip(found, gold, strict=True)
    ]
    assert sum(days) >= 0.97 * len(gold)
    authors = [
        set(article.authors) == set(one["authors"] or ())
        for article, one in zip(found, gold, strict=True)
    ]
    assert sum(authors) >= 0.85 * len(gold)
