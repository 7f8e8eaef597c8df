"""Metadata lines: what stands beside a title, alone or together."""

from __future__ import annotations

from datetime import date

import pytest

from presslens.reading.metadata_lines import facts_of, is_count, is_section


def test_byline_date_and_section_on_one_line() -> None:
    facts = facts_of("By Ana Lima | 3 May 2024 | Politics")
    assert facts is not None and facts.when is not None
    assert facts.authors == ["Ana Lima"]
    assert facts.when.day == date(2024, 5, 3)
    assert facts.section == "Politics"


def test_a_running_head_names_paper_date_and_page() -> None:
    facts = facts_of("The Velm Courier | 21 August 2023 | Economy | 7")
    assert facts is not None
    assert facts.papers == ["The Velm Courier"]


def test_an_address_of_mail_beside_a_byline_is_left_out() -> None:
    facts = facts_of("By Ana Lima alima@velmcourier.example Jul 19, 2024")
    assert facts is not None
    assert facts.authors == ["Ana Lima"]


@pytest.mark.parametrize("line", ["Ana Lima", "Ana Lima, Port Alma", "Ana Lima, Staff Writer"])
def test_a_name_alone_with_place_or_role(line: str) -> None:
    facts = facts_of(line)
    assert facts is not None
    assert facts.names == ["Ana Lima"]


def test_the_first_date_of_publication_is_marked() -> None:
    facts = facts_of("First published on 2 February 2024")
    assert facts is not None
    assert facts.first


@pytest.mark.parametrize(
    "line",
    [
        "Energy Crisis - South African President Announces Plan",
        "The bridge was opened on 3 May 2024, and Ana Lima cut the ribbon.",
        "Facebook Twitter WhatsApp",
        "Getty Images",
    ],
)
def test_other_lines_are_no_metadata(line: str) -> None:
    facts = facts_of(line)
    assert facts is None or not facts.names


def test_sections_and_counts() -> None:
    assert is_section("POLITICS") and is_section("Q&A")
    assert not is_section("The politics of grain")
    assert is_count("4 min read") and is_count("27 comments") and is_count("3 hours ago")
    assert not is_count("27 people")
