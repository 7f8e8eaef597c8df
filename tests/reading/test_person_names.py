from __future__ import annotations

import pytest

from presslens.reading.person_names import given_name_first, has_name_form, plain_name


@pytest.mark.parametrize(
    "name",
    [
        "Mira Holt", "Ahmed Al-Jarra", "Khaled Al Jarra", "Omar el-Jarra", "Mohammed bin Jarra",
        "J. D. Roe", "S.M.A. Roe", "Md. Rafiq Jarra", "Łucja Nowak", "Đỗ Minh Roe", "Seán Ó Roe",
        "Cheung Ka-wai", "Kim Min-jun", "Nana Akua Mensah-Addo", "Kwame Asare Obeng",
        "Jan van der Roe", "Maria de la Cruz", "Ana d'Arlo", "Siti binti Kartina", "Jo Roe III",
        "Ekow “Blackie” Addo", "A. M. Roe", "Noura ould Jarra",
    ],
)  # fmt: skip
def test_names_of_the_world_have_the_form_of_names(name: str) -> None:
    assert has_name_form(name)


@pytest.mark.parametrize(
    "text",
    ["Ferry", "The Ferry", "About Sundby", "ferry at night", "Room 12", "de la", "A B C D E F", ""],
)
def test_other_words_have_not(text: str) -> None:
    assert not has_name_form(text)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("JANE O'ROE-MCDONALD", "Jane O'Roe-McDonald"),
        ("MARIA DE LA CRUZ", "Maria de la Cruz"),
        ("JAN VAN DER ROE", "Jan van der Roe"),
        ("AHMED AL-JARRA", "Ahmed Al-Jarra"),
        ("J.D. ROE", "J.D. Roe"),
        ("DJ ROE", "DJ Roe"),
        ("NG KA LING", "Ng Ka Ling"),
        ("JO LI", "Jo Li"),
        ("KIM McBRIDE", "Kim McBride"),
        ("Jean DUPONT", "Jean Dupont"),
        ("JANE ROE III", "Jane Roe III"),
        ("Dr Jane Roe", "Jane Roe"),
        ("Prof. Dr. Jane Roe, PhD", "Jane Roe"),
        ("Jane Roe", "Jane Roe"),
        ("Jane de Roe", "Jane de Roe"),
        ("Roe", "Roe"),
    ],
)
def test_names_are_written_without_capitals_throughout_and_titles(written: str, name: str) -> None:
    assert plain_name(written) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Roe, Jane", "Jane Roe"),
        ("Roe, Jane A", "Jane A. Roe"),
        ("Roe, J M", "J. M. Roe"),
        ("von der Roe, Jane", "Jane von der Roe"),
        ("Roe, Jane Jr", "Jane Roe Jr"),
        ("Jane Roe", "Jane Roe"),
        ("Roe", "Roe"),
        ("Ferries, and the harbour", "Ferries, and the harbour"),
        ("Roe, Jane, reporter", "Roe, Jane, reporter"),
    ],
)
def test_a_surname_before_the_given_name_goes_behind_it(written: str, name: str) -> None:
    assert given_name_first(written) == name
