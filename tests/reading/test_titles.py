"""Titles: the best line above a text, not the first."""

from __future__ import annotations

from presslens.reading.parts import Part, part_of
from presslens.reading.prose import stems
from presslens.reading.titles import kicker_of, split_title, title_among
from presslens.reading.wrapping import Block


def parts(*texts: str) -> list[Part]:
    return [part_of(Block(text), None) for text in texts]


TEXT = (
    "The council of Velm met on Monday to talk about the harbour wall."
    " Builders had found cracks in it."
)


def title(*above: str, url: str | None = None) -> str | None:
    found = title_among(parts(*above), following=parts(TEXT)[0], url=url, body=stems([TEXT]))
    return found.text if found else None


def test_a_masthead_and_a_menu_above_the_title_are_none() -> None:
    assert title("The Velm Courier", "Home | News | Sport", "Cracks found in harbour wall") == (
        "Cracks found in harbour wall"
    )


def test_a_link_above_the_title_is_none() -> None:
    assert title("Latest: Bakers sell bread", "Cracks found in harbour wall", "By Ana Lima") == (
        "Cracks found in harbour wall"
    )


def test_a_standfirst_below_the_title_is_none() -> None:
    standfirst = "Council talks about its harbour wall"
    assert title("Velm finds cracks in wall", standfirst) == "Velm finds cracks in wall"


def test_the_address_tells_the_title() -> None:
    url = "https://a.example/news/bakers-sell-bread-again"
    assert title("Cracks found in harbour wall", "Bakers sell bread again", url=url) == (
        "Bakers sell bread again"
    )


def test_a_papers_name_behind_the_title_goes() -> None:
    assert split_title("Cracks found in harbour wall | The Velm Courier", None) == (
        "Cracks found in harbour wall",
        "The Velm Courier",
    )
    assert split_title("Velm – a town without a wall", None)[1] is None


def test_a_section_before_a_bar_is_no_part_of_the_title() -> None:
    assert kicker_of("OPINION | Who owns the reef?") == ("OPINION", "Who owns the reef?")
    assert kicker_of("Velm | Who owns the reef?") == (None, "Velm | Who owns the reef?")


def test_a_copyright_line_tells_the_paper_behind_a_title() -> None:
    title = "Cable ferry back in service — Harbor Line"
    assert split_title(title, None, {"harborline"}) == (
        "Cable ferry back in service",
        "Harbor Line",
    )
    assert split_title(title, None)[1] is None
