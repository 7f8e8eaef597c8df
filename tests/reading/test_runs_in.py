"""Run-in lines: the page and the text in one line."""

from __future__ import annotations

from presslens.reading.runs_in import taken_apart

PROSE = "The council of Velm met on Monday to talk about the wall. " * 8


def test_an_advertisement_in_a_long_line_is_parted_from_the_text() -> None:
    text = taken_apart(f"{PROSE}ADVERTISEMENT {PROSE}")
    assert text.split("\n\n") == [PROSE.strip(), "ADVERTISEMENT", PROSE]


def test_the_foot_is_parted_from_the_last_sentence() -> None:
    text = taken_apart(f"A title\n\n{PROSE}© 2024 The Velm Courier. All rights reserved.")
    assert text.endswith("wall.\n\n© 2024 The Velm Courier. All rights reserved.")


def test_texts_with_lines_of_their_own_stay() -> None:
    text = "A title\n\nIt was late.  He left. Share prices fell.\n\nNobody came."
    assert taken_apart(text) == text
