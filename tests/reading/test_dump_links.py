"""Links to other stories between paragraphs."""

from __future__ import annotations

from presslens.reading.dump_links import is_label, link_of, links_under, lists_popular
from presslens.reading.parts import Part, part_of
from presslens.reading.wrapping import Block


def parts(*texts: str) -> list[Part]:
    return [part_of(Block(text), None) for text in texts]


TEXT = "The council of Velm met on Monday to talk about the harbour wall."


def test_labels() -> None:
    assert all(map(is_label, parts("Related stories", "Most read", "Trending")))
    assert not any(map(is_label, parts("A long wait", TEXT)))


def test_titles_right_under_a_label() -> None:
    found = [
        *parts(TEXT, "Viral"),
        part_of(Block("Family opens its kitchen to all", gap=False), None),
    ]
    assert links_under([*found, *parts(TEXT)], 1) == ["Family opens its kitchen to all"]
    assert lists_popular("Most read", ["A title of a story"])
    assert not lists_popular("Read also", ["A title of a story"])


def test_a_headline_that_shares_no_words_with_the_text_is_a_link() -> None:
    found = parts(TEXT, "Bakers sell bread by weight again today", TEXT)
    assert link_of(found[1], found, 1, {"harbo", "counc"}) is not None
    assert link_of(found[1], found, 1, {"baker", "bread", "weigh", "again", "today"}) is None
