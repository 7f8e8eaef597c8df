"""Foot of a dump: metadata below the text."""

from __future__ import annotations

from datetime import date

from presslens.reading.draft import Draft
from presslens.reading.dump_foot import take_foot
from presslens.reading.parts import Part, part_of
from presslens.reading.wrapping import Block


def parts(*texts: str) -> list[Part]:
    return [part_of(Block(text), None) for text in texts]


def test_date_address_and_owner_below_the_text() -> None:
    draft = Draft()
    kept, papers = take_foot(
        parts("Posted 19 May 2023", "https://a.example/news/1", "© 2023 The Velm Courier"), draft
    )
    assert draft.published == date(2023, 5, 19)
    assert draft.url == "https://a.example/news/1"
    assert papers == ["The Velm Courier"]
    assert kept == []


def test_a_front_page_is_no_address_of_an_article() -> None:
    draft = Draft()
    take_foot(parts("https://a.example/"), draft)
    assert draft.url is None


def test_links_end_at_the_next_blank_line() -> None:
    label, link = parts("You may also like", "Bakers sell bread again")
    below = [label, link._replace(gap=False), *parts("Funeral notices: Page 34")]
    draft = Draft()
    assert take_foot(below, draft) == ([], [])
    assert draft.related == [link.text]
