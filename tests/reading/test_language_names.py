"""Language names: codes of languages as interfaces call them, and words that are no language."""

from __future__ import annotations

import pytest

from presslens.reading.language_names import language_named, shortest_code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("English", "en"),
        ("ENGLISH", "en"),
        ("Français", "fr"),
        ("Chinese - Simplified", "zh"),
        ("Portuguese-Brazil", "pt"),
        ("Bahasa Indonesia", "id"),
        ("polski", "pl"),
        ("日本語", "ja"),
        ("English edition", None),
        ("A4", None),
        ("", None),
        (None, None),
    ],
)
def test_languages_are_known_by_their_names_in_many_languages(
    name: str | None, code: str | None
) -> None:
    assert language_named(name) == code


@pytest.mark.parametrize(
    ("code", "short"), [("eng", "en"), ("ger", "de"), ("deu", "de"), ("en", "en"), ("gsw", "gsw")]
)
def test_a_code_of_three_letters_becomes_that_of_two_where_there_is_one(
    code: str, short: str
) -> None:
    assert shortest_code(code) == short
