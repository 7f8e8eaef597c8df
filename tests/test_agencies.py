import pandas as pd
import pytest

from presslens.agencies import agencies_of, agency_of, is_agency


@pytest.mark.parametrize(
    ("outlet", "agency"),
    [
        ("The Associated Press", "Associated Press"),
        ("afp", "Agence France-Presse"),
        ("Harbour Post", None),
        (None, None),
    ],
)
def test_what_stands_in_an_agency_is_its_own_whoever_wrote_it(outlet, agency):
    assert agency_of(outlet, ["Ann Oda"]) == agency
    assert is_agency(outlet) is (agency is not None)


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("AP", "Associated Press"),
        ("Agence France Presse", "Agence France-Presse"),
        ("AFP/Reuters", "Agence France-Presse"),
        ("VPA", "VPA"),
        ("Vardanian News Agency", "Vardanian News Agency"),
        ("wire services", "wire services"),
        ("VPA contributed reporting.", None),
        ("with AFP", None),
        ("Harbour Post staff", None),
    ],
)
def test_a_credit_tells_the_agency_unless_it_only_helped(credit, agency):
    assert agency_of("Harbour Post", [], [credit]) == agency


def test_with_an_author_a_credit_makes_no_agencys_article():
    assert agency_of("Harbour Post", ["Ann Oda"], ["AP"]) is None


def test_agencies_of_a_table_that_lacks_columns_are_not_told():
    assert agencies_of(pd.DataFrame({"outlet": ["Reuters", None]})) == ["Reuters", None]
    assert agencies_of(pd.DataFrame({"credits": [["AP"], None]})) == ["Associated Press", None]
    assert agencies_of(pd.DataFrame({"text": ["a"]})) == [None]
