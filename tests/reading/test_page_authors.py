"""Page authors: people are authors, agencies and the paper are not."""

from __future__ import annotations

import pytest
from made_pages import NEWS, ld, page, parse


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ("By Mira Holt and Jo Roe", ("Mira Holt", "Jo Roe")),
        ("Mira Holt, Jo Roe and Ana Lima", ("Mira Holt", "Jo Roe", "Ana Lima")),
        ("Mira Holt, Transport Correspondent", ("Mira Holt",)),
        ("Mira Holt mira.holt@harbourpost.example", ("Mira Holt",)),
        ("Mira Holt | Harbour Post", ("Mira Holt",)),
        ("Holt, Mira", ("Mira Holt",)),
        ("https://harbourpost.example/mira", ()),
        ("mira-holt", ()),
        ("Harbour Post Staff", ()),
        ("Mira Holt for The Harbour Post", ("Mira Holt",)),
        ("Mira Holt (Harbour Post)", ("Mira Holt",)),
        ("Mira Holt Senior Reporter", ("Mira Holt",)),
        ("Mira Holt • Halden", ("Mira Holt",)),
        ("Harbour Post Sport", ()),
        ("Editorial Board", ()),
        ("Special to the Post", ()),
    ],
)
def test_author_tags_are_taken_apart(author: str, authors: tuple[str, ...]) -> None:
    html = page(f'<meta name="author" content="{author}">').replace("<p>By Mira Holt</p>", "")
    assert parse(html).authors == authors


def test_bylines_in_other_languages_are_read() -> None:
    html = page('<meta name="author" content="Von Mira Holt und Jo Roe">').replace(
        'lang="en"', 'lang="de-DE"'
    )
    assert parse(html).authors == ("Mira Holt", "Jo Roe")
    assert parse(page('<meta name="author" content="Von Miller">')).authors == ("Von Miller",)


def test_agencies_and_organisations_are_credits() -> None:
    authors = [
        {"@type": "Person", "name": "AFP"},
        {"@type": "Organization", "name": "Coast Desk Collective"},
        {"@type": ["Person", "Organization"], "name": "Jo Roe"},
    ]
    article = parse(page(ld({**NEWS, "author": authors})))
    assert article.authors == ("Jo Roe",)
    assert article.credits[:2] == ("AFP", "Coast Desk Collective")


@pytest.mark.parametrize(
    "byline",
    [
        '<a rel="author" href="/jo">Jo Roe</a>',
        '<span itemprop="author" itemscope><span itemprop="name">Jo Roe</span></span>',
        '<div class="article-byline">By Jo Roe</div>',
    ],
)
def test_the_page_shows_who_wrote_it(byline: str) -> None:
    html = page("").replace("<p>By Mira Holt</p>", "").replace("</h1>", f"</h1>{byline}")
    assert parse(html).authors == ("Jo Roe",)


def test_a_pictures_author_and_other_stories_authors_wrote_nothing() -> None:
    picture = (
        '<div itemscope itemtype="https://schema.org/ImageObject">'
        '<meta itemprop="author" content="Pia Foto"></div>'
    )
    other = '<section><div><div><a rel="author">Ana Lima</a></div></div></section>'
    html = page("").replace("<p>By Mira Holt</p>", '<p><a rel="author">Jo Roe</a></p>')
    assert parse(
        html.replace("<figure>", f"{picture}<figure>").replace("<footer>", f"{other}<footer>")
    ).authors == ("Jo Roe",)
