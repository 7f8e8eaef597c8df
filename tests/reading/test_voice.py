"""Voice: whether an article speaks to its readers."""

from __future__ import annotations

from presslens.reading.parts import Part, part_of
from presslens.reading.voice import Voice
from presslens.reading.wrapping import Block


def parts(*texts: str) -> list[Part]:
    return [part_of(Block(text), None) for text in texts]


NEWS = ["The council of Velm met on Monday to talk about the harbour wall."] * 5
CALL = "Tell your friends about us."


def test_a_paragraph_to_readers_stands_out_where_no_other_speaks_to_them() -> None:
    assert Voice(parts(*NEWS, CALL)).addresses_readers(parts(CALL)[0], last=True)


def test_columns_and_quotations_speak_to_readers() -> None:
    column = ["You know how it is when your boat leaks, and we all have one."] * 5
    assert not Voice(parts(*column, CALL)).addresses_readers(parts(CALL)[0], last=True)
    quotation = parts("“It is your wall,” she said.")[0]
    assert not Voice(parts(*NEWS)).addresses_readers(quotation, last=True)
