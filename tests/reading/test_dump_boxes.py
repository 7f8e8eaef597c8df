"""Boxes of links between paragraphs."""

from __future__ import annotations

from presslens.reading.dump_boxes import Boxes, links_in
from presslens.reading.parts import Part, part_of
from presslens.reading.wrapping import blocks_of

PROSE = "The harbour board of Tellin Bay agreed on Monday to close the fish market on the old quay."


def parts(text: str) -> list[Part]:
    return [part_of(block, None) for block in blocks_of(text)]


def test_a_label_and_titles_under_it_are_a_box() -> None:
    found = parts(f"{PROSE}\n\nIN THIS PART\nFerry fares go up in April\nWolf seen near school")
    assert Boxes(found).length(1) == 3
    assert links_in(found[1:]) == ["Ferry fares go up in April", "Wolf seen near school"]


def test_the_pages_most_read_stories_are_no_related_ones() -> None:
    found = parts(f"{PROSE}\n\nMost read\nFerry fares go up in April\nWolf seen near school")
    assert Boxes(found).length(1) == 3
    assert links_in(found[1:]) == []


def test_a_subhead_over_a_paragraph_is_no_box() -> None:
    assert Boxes(parts(f"{PROSE}\n\nWhat comes next\n{PROSE}\n\n{PROSE}")).length(1) == 0


def test_a_list_of_pairs_is_no_box() -> None:
    text = f"{PROSE}\n\nThe market\nOpened: in the spring of 1911\nStalls: forty, of which two sell"
    assert Boxes(parts(text)).length(1) == 0


def test_lines_are_no_boxes_where_paragraphs_have_no_blank_lines() -> None:
    text = f"{PROSE}\nIN THIS PART\nFerry fares go up in April\n{PROSE}\n{PROSE}"
    assert Boxes(parts(text)).length(1) == 0


def test_a_button_that_is_said_again_repeats() -> None:
    found = parts(f"{PROSE}\n\nShare this update\n\n{PROSE}\n\nShare this update\n\nThe vote")
    boxes = Boxes(found)
    assert boxes.repeats(1)
    assert not boxes.repeats(4)
