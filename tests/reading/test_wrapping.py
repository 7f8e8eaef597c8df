"""Wrapping: lines joined to paragraphs."""

from __future__ import annotations

from presslens.reading.wrapping import blocks_of, paragraphs

WRAPPED = """The council of Velm met on Monday to talk about the har-
bour wall, in which builders had found cracks. It will
meet again.
The mayor, who had come by boat, said that the wall would
stand for another year.
"""


def test_wrapped_lines_are_joined_and_broken_words_healed() -> None:
    first, second = paragraphs(WRAPPED)
    assert "the harbour wall, in which" in first
    assert first.endswith("It will meet again.")
    assert second.endswith("that the wall would stand for another year.")


def test_gaps_are_told() -> None:
    assert [(block.text, block.gap) for block in blocks_of("a\nb\n\nc")] == [
        ("a", True),
        ("b", False),
        ("c", True),
    ]


def test_a_headline_in_the_middle_of_the_page_is_one_block() -> None:
    text = "          Bridge toll to rise for first\n              time since 1988\n\nText."
    assert paragraphs(text)[0] == "Bridge toll to rise for first time since 1988"


def test_wide_gaps_in_a_running_head_become_bars() -> None:
    assert paragraphs("THE VELM COURIER      Friday, March 8, 2019      Page 3")[0] == (
        "THE VELM COURIER | Friday, March 8, 2019 | Page 3"
    )
