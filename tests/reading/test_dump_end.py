"""End of a dump's text."""

from __future__ import annotations

from presslens.reading.dump_end import body_end
from presslens.reading.parts import Part, part_of
from presslens.reading.wrapping import Block


def parts(*texts: str) -> list[Part]:
    return [part_of(Block(text), None) for text in texts]


TEXT = [
    "The council of Velm met on Monday to talk about the harbour wall.",
    "Nobody came from the ministry, the mayor said on Tuesday.",
] * 4


def end(*below: str) -> int:
    return body_end(parts(*TEXT, *below), ["Ana Lima"], ["The Velm Courier"]) - len(TEXT)


def test_calls_legal_lines_and_bios_are_below_the_text() -> None:
    assert end("Sign up for our newsletter.", "© 2024 The Velm Courier") == 0
    assert end("Ana Lima is a lecturer at the University of Velm.") == 0
    assert end("The Velm Courier is printed on recycled paper.") == 0


def test_short_sentences_lists_and_cut_off_paragraphs_are_text() -> None:
    assert end("The trial continues.") == 1
    assert end("- blankets", "- batteries") == 2
    assert (
        end("The minister, who had come by boat and without his papers, went on to say that") == 1
    )


def test_links_under_a_label_are_below_the_text() -> None:
    assert (
        end("Most read", "1. Swan blocks motorway again", "2. Bakery closes after a century") == 0
    )


def test_readers_comments_are_below_the_text() -> None:
    comment = "God bless them all, where can we send our books and our pencils?"
    assert end("2 Comments", "Selam says:", comment, "Reply") == 0
