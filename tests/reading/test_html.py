"""Pages: trafilatura finds the text, JSON-LD the fields; the page and its people are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading.html import article_from_page
from presslens.reading.jsonld import article_fields

PARAGRAPHS = [
    (
        "The ferry between Halden and Sundby will run around the clock from July, its operator said"
        " on Thursday, after nurses and bakers had asked for it for years."
    ),
    (
        "“We heard them,” said the director, Kim Solberg, who took a night boat herself last week. "
        "“At four in the morning the quay is full of people in white coats and white aprons.”"
    ),
    (
        "The extra boats will cost the two towns about 9 million crowns a year, according to a "
        "study by the port authority, which had advised against them."
    ),
    (
        "Sundby's mayor called the plan a gift to the working night. The council of Halden will "
        "vote on its share of the money in June."
    ),
]
JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebSite", "name": "Harbour Post"},
{"@type": "NewsArticle", "headline": "Ferry &amp; bakers: boats will run all night",
 "datePublished": "2024-06-02T23:10:00-02:00", "articleSection": ["Local", "Travel"],
 "author": [{"@type": "Person", "name": "Mira Holt"}, {"@type": "Person", "name": "By Jo Roe"},
            {"@type": "Organization", "name": "Harbour Post"}],
 "publisher": {"@type": "Organization", "name": "Harbour Post"}}]}</script>"""


def page(head: str = JSON_LD, extra: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Ferry will run all night | Harbour Post</title>
<link rel="canonical" href="https://www.harbourpost.example/local/ferry-all-night">
<meta property="og:site_name" content="Harbour Post">{head}</head><body>
<nav><a href="/">Home</a><a href="/news">News</a></nav>
<article><h1>Ferry will run all night</h1><p>By Mira Holt</p>
<figure><img src="x.jpg" alt=""><figcaption>The quay at Sundby. Photo: Jo Roe</figcaption></figure>
{text}<p>Read more: Bakers of the night</p>{extra}</article>
<footer>Copyright 2024 Harbour Post</footer></body></html>"""


def parse(html: str) -> Article:
    found = article_from_page(html, origin="a.html")
    assert isinstance(found, Article)
    return found


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


@pytest.mark.parametrize(
    "script",
    [
        "{broken",
        "[]",
        "null",
        "[[[[[[[[[[[[]]]]]]]]]]]]",
        '{"@type": 3}',
        '{"@graph": {"@graph": 1}}',
    ],
)
def test_broken_json_ld_is_passed_over(script: str) -> None:
    assert article_fields(f'<script type="application/ld+json">{script}</script>') == {}
    good = page().replace("<script", f'<script type="application/ld+json">{script}</script><script')
    assert parse(good).authors == ("Mira Holt", "Jo Roe")
