"""Captions: told by the credit behind or below them, or by a label."""

from __future__ import annotations

import pytest

from presslens.reading.captions import (
    depicts,
    is_captioned,
    is_picture_credit,
    with_captions,
)
from presslens.reading.parts import part_of
from presslens.reading.wrapping import blocks_of


def captions(text: str) -> list[str]:
    parts = with_captions(part_of(block, None) for block in blocks_of(text))
    return [part.text for part in parts if part.kind == "picture"]


@pytest.mark.parametrize(
    "line",
    [
        "A loom in the Museum of String. (NL/Ana Lima)",
        "The light at Paso Colihue. | CEDOC",
        "Ana Lima, left, and Jo Roe (right) on the quay",
    ],
)
def test_lines_with_a_credit_are_captions(line: str) -> None:
    assert is_captioned(line)


@pytest.mark.parametrize(
    "line",
    [
        "The ministry (MHA) and the council disagreed.",
        "“It’s fantastic,” says Deputy Maria Roe of the First Nation (C/TFN).",
        "The vote was 4-3 (see table).",
    ],
)
def test_sentences_with_brackets_are_none(line: str) -> None:
    assert not is_captioned(line)


def test_a_credit_under_a_line_makes_both_a_caption() -> None:
    assert is_picture_credit("Ana Lima/Stuff")
    assert captions("A barge in the inlet. It is empty.\nAna Lima/Stuff\n\nText.") == [
        "A barge in the inlet. It is empty. Ana Lima/Stuff"
    ]


def test_a_label_over_a_caption() -> None:
    text = "Image source, Getty Images\nImage caption,\nThe mine stood idle for years\n\nText."
    assert captions(text) == ["The mine stood idle for years"]


def test_a_line_says_what_a_picture_shows() -> None:
    assert depicts("Some of the pupils reading under the bonnet at school", sentence=False)
    assert depicts("The quay, seen from the ferry, on a winter day.", sentence=True)
    assert depicts("The fish market at Tellin Bay. — Bo Ferr", sentence=False)


def test_sentences_of_the_text_show_no_picture() -> None:
    assert not depicts("The party plans to hold a congress in May.", sentence=True)
    assert not depicts("They fear losing their houses in Velm", sentence=False)
    assert not depicts("Two men died in Tellin Bay on Monday.", sentence=True, first=True)


def test_a_line_over_the_first_paragraph_may_name_a_place_alone() -> None:
    line = "Women sort herring on the quay at Tellin Bay."
    assert depicts(line, sentence=True, first=True)
    assert not depicts(line, sentence=True)
