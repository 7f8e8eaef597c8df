"""Mastheads: names of papers that no list has."""

from __future__ import annotations

import pytest

from presslens.reading.mastheads import (
    cased,
    copyright_owner,
    has_masthead_form,
    matches_host,
    told_to,
    without_edition,
)


@pytest.mark.parametrize("line", ["The Velm Courier", "Daily Skerry", "Selm & District Advertiser"])
def test_names_of_papers_have_their_form(line: str) -> None:
    assert has_masthead_form(line)


@pytest.mark.parametrize(
    "line", ["Ana Lima", "Courier", "The courier was late.", "Mail must get through to the islands"]
)
def test_other_lines_have_not(line: str) -> None:
    assert not has_masthead_form(line)


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("© 2024 The Velm Courier. All rights reserved.", "The Velm Courier"),
        ("Copyright 2020-2024 Velm Courier Newspapers Ltd", "Velm Courier"),
        ("© Velm Courier", "Velm Courier"),
        ("The copyright is disputed.", None),
    ],
)
def test_the_owner_of_a_copyright(line: str, owner: str | None) -> None:
    assert copyright_owner(line) == owner


def test_an_address_spells_a_name() -> None:
    assert matches_host("The Kano Ledger", "https://kanoledger.example/1-a")
    assert not matches_host("The Velm Courier", "https://kanoledger.example/1-a")


def test_a_name_in_capitals_gets_small_letters_and_an_edition_goes() -> None:
    assert cased("THE KANO LEDGER") == "The Kano Ledger"
    assert without_edition("Velm Courier - Print this page") == "Velm Courier"


def test_papers_say_whom_people_told() -> None:
    assert told_to("She told the Meridian Review in May.") == ["Meridian Review"]
