"""Pages for tests: a publisher's page about a ferry, its paper and its people invented."""

from __future__ import annotations

import json

from presslens.article import Article
from presslens.reading.html import article_from_page

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
NEWS = {"@type": "NewsArticle", "headline": "Ferry will run all night"}


def page(head: str = JSON_LD, extra: str = "") -> str:
    """The page with further elements in its head and behind its text."""
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
    """The article of a page that has one."""
    found = article_from_page(html, origin="a.html")
    assert isinstance(found, Article)
    return found


def ld(*nodes: object) -> str:
    """Blocks of JSON-LD."""
    return "".join(
        f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes
    )


def meta(**values: str) -> str:
    """Meta tags; "__" in a name stands for a colon."""
    return "".join(
        f'<meta property="{key.replace("__", ":")}" content="{value}">'
        for key, value in values.items()
    )


def body(article: Article) -> list[str]:
    """The paragraphs of an article without its title."""
    return article.text[article.body_start :].split("\n\n")
