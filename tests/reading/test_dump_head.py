"""Head of a dump: what stands above the text."""

from __future__ import annotations

from datetime import date

from presslens.reading.draft import Draft
from presslens.reading.dump_head import body_start, take_head
from presslens.reading.parts import Part, part_of
from presslens.reading.wrapping import Block


def parts(*texts: str) -> list[Part]:
    return [part_of(Block(text), None) for text in texts]


FIRST = "The council of Velm met on Monday to talk about the harbour wall."
SECOND = "Builders had found cracks in the harbour wall, the council said."


def read_head(*texts: str) -> tuple[Draft, list[str]]:
    found, draft = parts(*texts), Draft()
    start = body_start(found)
    head = take_head(found[:start], found[start:], draft)
    return draft, [part.text for part in [*head.kept, *found[start:]]]


def test_title_byline_date_and_section_go_to_the_draft() -> None:
    draft, text = read_head(
        "The Velm Courier", "Local", "Cracks found in harbour wall", "Ana Lima", "3 May 2024",
        FIRST, SECOND,
    )  # fmt: skip
    assert (draft.title, draft.section) == ("Cracks found in harbour wall", "Local")
    assert (draft.authors, draft.published) == (["Ana Lima"], date(2024, 5, 3))
    assert text == [FIRST, SECOND]


def test_a_standfirst_above_the_byline_stays_in_the_text() -> None:
    draft, text = read_head("Cracks found in harbour wall", FIRST, "By Ana Lima", SECOND)
    assert draft.authors == ["Ana Lima"]
    assert text == [FIRST, SECOND]


def test_a_section_in_a_menu_that_runs_down_the_page_is_none() -> None:
    found = [
        part_of(Block(text, text in {"Home", "Velm wall has cracks", FIRST}), None)
        for text in ("Home", "Sport", "Business", "Velm wall has cracks", FIRST)
    ]
    draft = Draft()
    take_head(found[:4], found[4:], draft)
    assert draft.section is None


def test_a_date_below_a_dated_head_belongs_to_the_text() -> None:
    found = parts("Cracks found", "By Ana Lima", "3 May 2024", FIRST, "4 May 2024", SECOND)
    assert body_start(found) == 3
