from __future__ import annotations

import pytest

from presslens.reading.credits import is_name, read_byline


@pytest.mark.parametrize(
    ("line", "authors", "agencies"),
    [
        ("By Mira Holt", ["Mira Holt"], []),
        ("By MIRA HOLT and Jo Roe", ["Mira Holt", "Jo Roe"], []),
        (
            "By Mira Holt, Chief Economist and Director of Research at the Port Bank",
            ["Mira Holt"],
            [],
        ),
        ("By Mira Holt in Sundby", ["Mira Holt"], []),
        ("Words by Helm J van der Roe.", ["Helm J van der Roe"], []),
        ("COMMENT by Mira Holt", ["Mira Holt"], []),
        ("By AFP", [], ["AFP"]),
        ("By Mira Holt, Reuters", ["Mira Holt"], ["Reuters"]),
    ],
)
def test_bylines(line: str, authors: list[str], agencies: list[str]) -> None:
    assert read_byline(line) == (authors, agencies)


@pytest.mark.parametrize(
    "line",
    ["By Monday the water had gone.", "By the way", "Mira Holt", "By 2030, all boats will go"],
)
def test_other_lines_are_no_bylines(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize("name", ["Mira Holt", "Ahmed Al-Jarra", "J. D. Roe", "Łucja Nowak"])
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "text", ["Ferry", "The Ferry", "About Sundby", "ferry at night", "Room 12"]
)
def test_no_names(text: str) -> None:
    assert not is_name(text)
