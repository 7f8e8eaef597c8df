"""Outlet of a dump: the paper by the names in a text."""

from __future__ import annotations

from presslens.reading.dump_outlet import outlet_in


def outlet(
    *papers: str, url: str | None = None, text: str = "", captions: tuple[str, ...] = ()
) -> str | None:
    return outlet_in(papers, url=url, text=text, captions=captions)


def test_a_masthead_is_the_outlet_and_another_line_is_none() -> None:
    assert outlet("The Velm Courier") == "The Velm Courier"
    assert outlet("A long wait") is None


def test_a_name_that_the_address_spells_comes_first() -> None:
    url = "https://kanoledger.example/1-a-b"
    assert outlet("Daily Skerry", "THE KANO LEDGER", url=url) == "The Kano Ledger"


def test_the_outlet_of_a_known_address_needs_no_name() -> None:
    assert outlet("Daily Skerry", url="https://www.straitstimes.com/a/b-c-d") is None


def test_credits_of_captions_and_people_name_the_paper() -> None:
    assert outlet(captions=("A well. [Ana Lima/The Sahel Dispatch]",)) == "The Sahel Dispatch"
    assert outlet(text="She told the Meridian Review so.") == "Meridian Review"
