"""Page size: what is far larger than an article's page is refused soon, with a way out."""

from __future__ import annotations

import time

import pytest
from made_pages import PARAGRAPHS, body, page, parse

from presslens.problems import Problem
from presslens.reading.html import article_from_page
from presslens.reading.page import parse_page
from presslens.reading.page_size import (
    MANY_ELEMENTS,
    MAX_ELEMENTS,
    MAX_INLINE,
    MAX_LETTERS,
    too_large,
)

LINK = '<a href="/a">Another story</a> and '


@pytest.mark.parametrize(
    ("extra", "what"),
    [
        ("<p>The ferry ran aground.</p>" * 200_000, "200,0"),
        ("<p>" + LINK * 40_000 + "</p>", "40,0"),
        ("<p>" + f"<i>{LINK * 1000}</i>" * 8 + "</p>", "8,008 links and the like"),
        ("<div>" + "<span>word</span> " * 5000 + "</div>", "5,000 links and the like"),
        ("<p>" + "&lt;" * 5_000_000 + "</p>", "5,000,"),
    ],
    ids=["paragraphs", "links", "nested", "spans", "letters"],
)
def test_a_page_with_far_too_much_is_refused_in_time(extra: str, what: str) -> None:
    start = time.process_time()
    found = article_from_page(page(extra=extra), origin="a.html")
    assert time.process_time() - start < 5
    assert isinstance(found, Problem)
    assert what in found.reason
    assert "save the article's own page" in found.reason


@pytest.mark.parametrize(
    "extra",
    [
        "<ul>" + f"<li>{LINK}</li>" * 3000 + "</ul>",
        f"<p>{LINK * 2500}</p>" * 2,
        "<br>" * 20_000,
    ],
    ids=["items", "two paragraphs", "breaks"],
)
def test_lists_and_many_paragraphs_are_no_one_paragraph(extra: str) -> None:
    tree = parse_page(page(extra=extra))
    assert MAX_INLINE < sum(1 for _ in tree.iter()) < MAX_ELEMENTS
    assert too_large(tree) is None


def test_large_scripts_are_no_text() -> None:
    extra = f"<script>{'x' * (MAX_LETTERS + 1)}</script>"
    assert body(parse(page(extra=extra))) == PARAGRAPHS


def test_a_large_page_within_bounds_keeps_its_article() -> None:
    html = page().replace("<footer>", "<footer>" + "<div>Old news</div>" * MANY_ELEMENTS)
    assert body(parse(html)) == PARAGRAPHS
