"""JSON-LD: read however it is made, and put together where it is in pieces."""

from __future__ import annotations

from datetime import date

import pytest
from made_pages import NEWS, ld, page, parse

from presslens.reading.jsonld import article_fields, names, text_of


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


@pytest.mark.parametrize(
    "block",
    [
        '<!-- {"@type": "Article", "name": "Boats", "datePublished": "2024-06-02"} -->',
        '//<![CDATA[\n{"@type": "Article", "name": "Boats", "datePublished": "2024-06-02"}//]]>',
        '{"@type": "Article", "name": "Boats", "datePublished": "2024-06-02",}',
        '{"@id": 1} {"@type": "Article", "name": "Boats", "datePublished": "2024-06-02"};',
        '{"@type": "Article", "name": "Boats", "datePublished": "2024-06-02"}'.replace(
            '"', "&quot;"
        ),
        '{"@type": "Article",\n"x": "The "B"",\n"name": "Boats",\n"datePublished": "2024-06-02"}',
        '{"@type": "Article", "about": "It\\\'s", "name": "Boats", "datePublished": "2024-06-02"}',
        '{"@type": "Article", "headline": "Boats", "datePublished": "2024-06-02", "image": {"u',
        """[[{"item": {"@type": ["Thing", "http://schema.org/NewsArticle"], "name": ["Boats"],
        "datePublished": {"@value": "2024-06-02"}}}]]""",
    ],
    ids="comment cdata comma several entities quotes escape truncated nested".split(),
)
def test_json_ld_of_every_make_is_read(block: str) -> None:
    fields = article_fields(f"<script type='application/ld+json'>{block}</script>")
    assert text_of(fields.get("name") or fields["headline"]) == "Boats"
    assert text_of(fields["datePublished"]) == "2024-06-02"


def test_a_block_cut_off_still_names_its_author() -> None:
    block = (
        '{"@type": "NewsArticle", "author": [{"@type": "Person", "name": "Jo Roe"}], "headline": "A'
    )
    fields = article_fields(f'<script type="application/ld+json">{block}</script>')
    assert fields == {} or names(fields["author"]) == ["Jo Roe"]
    whole = block.replace('"A', '"Boats", "image": {')
    fields = article_fields(f'<script type="application/ld+json">{whole}</script>')
    assert names(fields["author"]) == ["Jo Roe"]


def test_an_author_that_is_only_referred_to_is_looked_up() -> None:
    graph = {
        "@graph": [
            {**NEWS, "author": {"@id": "#jo"}},
            {"@type": "Person", "@id": "#jo", "name": "Jo Roe"},
        ]
    }
    assert parse(page(ld(graph))).authors == ("Jo Roe",)


def test_of_several_articles_the_one_at_the_address_counts() -> None:
    other = {
        "@type": "NewsArticle",
        "headline": "Bakers strike",
        "author": "Ana Lima",
        "url": "https://x.example/a",
    }
    own = {**NEWS, "author": "Jo Roe", "url": "https://harbourpost.example/local/ferry-all-night/"}
    assert parse(page(ld(other, own))).authors == ("Jo Roe",)


def test_what_one_block_leaves_out_another_adds() -> None:
    webpage = {
        "@type": "WebPage",
        "name": "Ferry will run all night",
        "datePublished": "2024-06-02",
    }
    assert parse(page(ld({**NEWS, "author": "Jo Roe"}, webpage))).published == date(2024, 6, 2)
