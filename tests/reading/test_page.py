"""Page: the address that a page is from."""

from __future__ import annotations

import re

import pytest
from made_pages import page, parse

from presslens.article import Article
from presslens.reading.html import article_from_page


@pytest.mark.parametrize(
    "note",
    [
        "<!-- saved from url=(0045)https://www.harbourpost.example/local/night -->",
        "<!--\n Page saved with SingleFile\n url: https://www.harbourpost.example/local/night\n-->",
        "<!-- Mirrored from www.harbourpost.example/local/night by HTTrack -->",
    ],
)
def test_a_saved_page_tells_where_it_is_from(note: str) -> None:
    html = re.sub("<link[^>]+>", "", page("")).replace("<html", f"{note}\n<html")
    assert parse(html).url == "https://www.harbourpost.example/local/night"
    assert parse(page("").replace("<html", f"{note}<html")).url == parse(page("")).url


def test_the_front_page_is_no_articles_address() -> None:
    html = page("").replace("/local/ferry-all-night", "/")
    found = article_from_page(html, origin="a.html", url="https://www.harbourpost.example/x")
    assert isinstance(found, Article)
    assert found.url == "https://www.harbourpost.example/x"
