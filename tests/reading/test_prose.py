"""Prose: sentences against headlines, labels and lists."""

from __future__ import annotations

import pytest

from presslens.reading.prose import is_prose, shared, stems


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("The council of Velm met on Monday to talk about the wall.", True),
        ("THE COUNCIL OF VELM MET ON MONDAY TO TALK ABOUT THE WALL.", True),
        ("Council of Velm meets to talk about the harbour wall", False),
        ("Nobody came.", False),
        ("Ana Lima, Jo Roe, Piet Grol, Ilse Kant, Rolf Anders", False),
    ],
)
def test_what_is_prose(text: str, prose: bool) -> None:
    assert is_prose(text) is prose


def test_a_line_shares_words_with_a_text_in_whatever_form() -> None:
    known = stems(["The harbours were closed by ministers."])
    assert shared("Minister closes harbour", known) > 0.6
    assert shared("Bakers sell bread", known) == 0
    assert shared("", known) == 0
