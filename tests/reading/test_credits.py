from __future__ import annotations

import pytest

from presslens.reading.credits import (
    dateline_agencies,
    is_agency,
    is_name,
    lone_agencies,
    people,
    read_byline,
)


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
        ("By MIRA HOLT and JO ROE, Staff Writers", ["Mira Holt", "Jo Roe"], []),
        ("By Mira Holt in Port Alma and Jo Roe in Sundby", ["Mira Holt", "Jo Roe"], []),
        ("By Mira Holt, Special to the Post", ["Mira Holt"], []),
        ("By Mira Holt Special to The Post", ["Mira Holt"], []),
        ("By Mira Holt, Addis Ababa", ["Mira Holt"], []),
        ("By Mira Holt, New York", ["Mira Holt"], []),
        ("By Mira Holt Home Affairs Editor", ["Mira Holt"], []),
        ("By Mira Holt BBC News, Nairobi", ["Mira Holt"], []),
        ("By MIRA HOLT of The Associated Press", ["Mira Holt"], ["The Associated Press"]),
        ("By Mira Holt for Reuters", ["Mira Holt"], ["Reuters"]),
        ("By Mira Holt (Reuters)", ["Mira Holt"], ["Reuters"]),
        ("By Mira Holt (mira.holt@post.example)", ["Mira Holt"], []),
        ("By Mira Holt @miraholt", ["Mira Holt"], []),
        ("By Mira Holt • 4 min read", ["Mira Holt"], []),
        ("By Mira Holt and agencies", ["Mira Holt"], ["agencies"]),
        ("By Mira Holt with AFP", ["Mira Holt"], ["AFP"]),
        ("By AFP and Mira Holt", ["Mira Holt"], ["AFP"]),
        (
            "By Mira Holt; additional reporting by Jo Roe",
            ["Mira Holt"],
            ["additional reporting by Jo Roe"],
        ),
        ("By Xinhua writers Li Roe, Zhang Holt", ["Li Roe", "Zhang Holt"], ["Xinhua"]),
        ("By Dr Mira Holt", ["Mira Holt"], []),
        ("By: Mira Holt", ["Mira Holt"], []),
        ("Words: Mira Holt", ["Mira Holt"], []),
        ("Reported by Mira Holt", ["Mira Holt"], []),
        ("Author: Kartini", ["Kartini"], []),
        ("From Mira Holt, Abuja", ["Mira Holt"], []),
        ("From MIRA HOLT in Port Harcourt", ["Mira Holt"], []),
        ("By PTI", [], ["PTI"]),
        ("By News Agency of Nigeria", [], ["News Agency of Nigeria"]),
        ("By Our Correspondent", [], ["Our Correspondent"]),
        ("By Our Reporter", [], ["Our Reporter"]),
        ("By Staff Reporter", [], ["Staff Reporter"]),
        ("By HT Correspondent", [], ["HT Correspondent"]),
        ("By Herald Reporter", [], ["Herald Reporter"]),
        ("By Web Desk", [], ["Web Desk"]),
    ],
)
def test_bylines(line: str, authors: list[str], agencies: list[str]) -> None:
    assert read_byline(line) == (authors, agencies)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the water had gone.",
        "By the way",
        "By Design",
        "By Addis Ababa",
        "Mira Holt",
        "By 2030, all boats will go",
        "From the harbour, a boat",
        "From Port Alma to Sundby, by boat",
    ],
)
def test_other_lines_are_no_bylines(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize("name", ["Mira Holt", "Ahmed Al-Jarra", "J. D. Roe", "Łucja Nowak"])
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "text",
    ["Ferry", "The Ferry", "Addis Ababa", "Cape Times", "Setouchi Weekly", "Agence France-Presse"],
)
def test_no_names(text: str) -> None:
    assert not is_name(text)


def test_papers_beside_a_name_are_no_authors() -> None:
    assert people("Mira Holt | The Sundby Post") == (["Mira Holt"], [])
    assert people("Mira Holt | Daily Star") == (["Mira Holt"], [])
    assert people("MIRA HOLT Associated Press") == (["Mira Holt"], ["Associated Press"])


@pytest.mark.parametrize(
    "text", ["ANI", "the Associated Press", "Harbour News Agency", "Our Bureau", "Sports Desk"]
)
def test_agencies_and_desks_are_known(text: str) -> None:
    assert is_agency(text)


@pytest.mark.parametrize("text", ["Mira Holt", "Mira Holt, Staff Reporter", "The ferry", ""])
def test_people_and_other_words_are_no_agencies(text: str) -> None:
    assert not is_agency(text)


@pytest.mark.parametrize(
    ("paragraph", "agencies"),
    [
        ("PORT ALMA, Nov 3 (Reuters) - The ferry sank.", ["Reuters"]),
        ("SUNDBY (VPA) – The ferry sank.", ["VPA"]),
        ("TODAY SUNDBY (EFE) The ferry sank.", ["EFE"]),
        ("The court (CJEU) said that the ferry sank.", []),
        ("The ferry sank.", []),
    ],
)
def test_agencies_of_datelines(paragraph: str, agencies: list[str]) -> None:
    assert dateline_agencies(paragraph) == agencies


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("— AP", ["AP"]),
        ("(AFP)", ["AFP"]),
        ("Staff Correspondent", ["Staff Correspondent"]),
        ("Local Democracy Reporting Service", ["Local Democracy Reporting Service"]),
        # A masthead, a button for the size of letters, a section
        ("Setouchi Times", []),
        ("AA", []),
        ("Editorial", []),
        ("General News", []),
    ],
)
def test_lines_that_are_an_agency_alone(line: str, agencies: list[str]) -> None:
    assert lone_agencies(line) == agencies


def test_long_lines_take_no_long_time() -> None:
    for piece in ("a ", "A", "senior ", "Ab ", "@", "a.a@"):
        people(piece * 5_000)
        is_agency(piece * 5_000)
        read_byline("By " + piece * 5_000)
