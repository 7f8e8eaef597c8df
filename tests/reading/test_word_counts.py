"""Word counts: the numbers that exports state, and texts that have more or fewer."""

from __future__ import annotations

import pytest

from presslens.article import Article
from presslens.reading.word_counts import count_problem, is_count, words_stated


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("1,248 words", 1248),
        ("295 mots", 295),
        ("1.024 Wörter", 1024),
        ("1 024 mots", 1024),
        ("1200字", 1200),
        ("LENGTH: 12 words", 12),
        ("words", None),
        ("in so many words", None),
        ("", None),
        (None, None),
    ],
)
def test_counts_are_read_in_the_languages_of_interfaces(
    line: str | None, count: int | None
) -> None:
    assert words_stated(line) == count


def test_a_line_with_more_than_the_count_is_none() -> None:
    assert is_count(" 512 words ")
    assert not is_count("Of 512 words he knew two")


@pytest.mark.parametrize(
    ("stated", "language", "differs"),
    [(100, "en", False), (120, "en", False), (84, "en", False), (126, "en", True),
     (83, "en", True), (10, "zh", False), (0, "en", False), (None, "en", False)],
)  # fmt: skip
def test_a_fifth_more_or_fewer_words_is_a_problem(
    stated: int | None, language: str, differs: bool
) -> None:
    article = Article(id="a", text=" ".join(["word"] * 100), origin="a:1", language=language)
    problem = count_problem(article, stated)
    assert (problem is not None) == differs
    if problem:
        assert problem.origin == "a:1"
        assert str(stated) in problem.reason
