"""Parts: what a block is by its form."""

from __future__ import annotations

import pytest

from presslens.reading.parts import crumbs_of, part_of
from presslens.reading.wrapping import Block


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The council of Velm met on Monday to talk about the harbour wall.", "prose"),
        ("https://a.example/news/1", "url"),
        ("By Ana Lima", "facts"),
        ("Read more: Bakers sell bread", "aside"),
        ("Politics", "section"),
        ("Home > News > Courts", "crumbs"),
        ("Show key events only", "menu"),
        ("Have a photo of the flood? Email us", "call"),
        ("The Velm Courier", "paper"),
        ("A long wait", "line"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert part_of(Block(text), None).kind == kind


def test_a_breadcrumb_has_sections_in_it() -> None:
    assert crumbs_of("Velm Courier — Culture") == ["Velm Courier", "Culture"]
    assert crumbs_of("Rain > sun") == []
