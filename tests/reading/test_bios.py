"""Bios: who wrote a text, at its end."""

from __future__ import annotations

from presslens.reading.bios import is_bio
from presslens.reading.parts import Part, part_of
from presslens.reading.wrapping import Block


def parts(*texts: str) -> list[Part]:
    return [part_of(Block(text), None) for text in texts]


def test_a_paragraph_about_the_author_is_a_bio() -> None:
    (bio,) = parts("Ana Lima is a sociologist at the University of Velm.")
    assert is_bio(bio, ["Ana Lima"], ())
    assert is_bio(bio, [], ())


def test_a_paragraph_about_others_is_none() -> None:
    (bio,) = parts("Jo Roe is a sociologist at the University of Velm.")
    assert not is_bio(bio, ["Ana Lima"], ())
    assert not is_bio(bio, [], parts("“It was late,” said Jo Roe, who studies the town."))
