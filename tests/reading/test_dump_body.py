"""Body of a dump: what is not the text between its paragraphs."""

from __future__ import annotations

from presslens.reading.dump_body import body_parts
from presslens.reading.parts import Part, part_of
from presslens.reading.wrapping import Block


def parts(*texts: str) -> list[Part]:
    return [part_of(Block(text), None) for text in texts]


ONE = "The council of Velm met on Monday to talk about the harbour wall."
TWO = "“The wall will stand for another year at least,” said Mayor Ilse Kant."


def kept(*texts: str) -> list[str]:
    return [part.text for part in body_parts(parts(*texts), ["Ana Lima"])[0]]


def test_subheads_and_short_answers_stay() -> None:
    assert kept(ONE, "A long wait", TWO, "No.", ONE) == [ONE, "A long wait", TWO, "No.", ONE]


def test_links_and_calls_go() -> None:
    found, related = body_parts(
        parts(
            ONE, "Editorial: The water under our feet", "Have a photo of the flood? Email us", TWO
        ),
        [],
    )
    assert [part.text for part in found] == [ONE, TWO]
    assert related == ["The water under our feet"]


def test_a_quotation_that_is_said_again_goes_with_its_speaker() -> None:
    speaker = part_of(Block("ILSE KANT, MAYOR", gap=False), None)
    quotation = parts("“The wall will stand for another year at least”")
    found = body_parts([*parts(ONE, TWO), *quotation, speaker, *parts(ONE)], [])[0]
    assert [part.text for part in found] == [ONE, TWO, ONE]


def test_the_authors_name_between_posts_goes() -> None:
    assert kept(ONE, "Ana Lima", TWO) == [ONE, TWO]


def test_a_teaser_of_another_story_goes_with_its_paragraph() -> None:
    ferry = "Ferry runs aground off Marn Point"
    below = "Twelve passengers reached the shore by lifeboat after the engine failed at night."
    found, related = body_parts(parts(ONE, ferry, below, TWO), [])
    assert [part.text for part in found] == [ONE, TWO]
    assert related == [ferry]


def test_a_button_that_is_said_again_and_again_goes() -> None:
    assert kept(ONE, "Share this update", TWO, "Share this update", ONE) == [ONE, TWO, ONE]
