from __future__ import annotations

import pytest

from presslens.article import Article, article_id, compose


def test_an_id_is_sixteen_hex_digits_of_sha_256() -> None:
    assert article_id("abc") == "ba7816bf8f01cfea"
    assert article_id("\ud800") != article_id("\ud801")


def test_a_text_is_title_blank_line_and_paragraphs() -> None:
    assert compose("Storm", ["It rained.", "It stopped."]) == (
        "Storm\n\nIt rained.\n\nIt stopped.",
        7,
    )
    assert compose(None, ["It rained."]) == ("It rained.", 0)


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_article_has_a_text(text: str) -> None:
    with pytest.raises(ValueError, match="article a has no text"):
        Article(id="a", text=text)


@pytest.mark.parametrize("start", [-1, 4])
def test_a_body_starts_inside_the_text(start: int) -> None:
    with pytest.raises(ValueError, match="outside its text"):
        Article(id="a", text="abc", body_start=start)


def test_what_is_not_known_is_none_or_empty() -> None:
    article = Article(id="a", text="abc")
    assert article.title is None and article.published is None and article.authors == ()
