import pandas as pd
import pytest

from presslens.attribution.groups import NO_GROUP, groups_of, load_groups
from presslens.codebooks import CodebookError
from presslens.paths import CODEBOOKS

MINE = """
version: "1"
groups:
  Velm officials: {countries: [Moldova], types: [government, security], all: true}
  Harbour camp:
    names: [Ann Oda, Port Authority]
  Fighters: {types: [armed_group]}
"""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "mine.yaml"

    def load(text=MINE):
        path.write_text(text, "utf-8")
        return load_groups(path)

    return load


def statements(*rows):
    columns = ("speaker", "described", "country", "speaker_type")
    frame = pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows])
    return frame.assign(naming="named", article_id=[f"a{n}" for n in range(len(rows))])


def test_speakers_fall_into_groups_by_name_country_and_type(book):
    said = statements(
        ("Maro Quist", ["the Vardanian minister"], "Moldova", "government"),
        ("Maro Quist Bakery", [], "Moldova", "business"),
        ("Velm Port Authority", [], None, "government"),
        ("a ranger", ["fighters"], None, "armed_group"),
        ("Per Roe", [], None, "citizen"),
    )
    assert groups_of(said, book()).tolist() == [
        "Velm officials",
        NO_GROUP,
        "Harbour camp",
        "Fighters",
        NO_GROUP,
    ]


def test_a_name_of_a_group_stands_for_all_names_of_the_same_speaker(book):
    said = statements(("Ann Oda", [], None, "citizen"), ("Oda", [], None, "citizen"))
    assert groups_of(said, book()).tolist() == ["Harbour camp"] * 2


def test_a_name_fits_whole_words_only(book):
    said = statements(("Ann Odabashian", [], None, "citizen"), ("Joann Oda", [], None, "citizen"))
    assert groups_of(said, book()).tolist() == [NO_GROUP] * 2


def test_who_is_only_described_by_a_name_is_not_in_its_group(book):
    said = statements(("Per Roe", ["rival of Ann Oda"], None, "party"))
    assert groups_of(said, book()).tolist() == [NO_GROUP]


def test_aliases_of_countries_and_names_are_known(book):
    text = 'version: "1"\ngroups: {US: {countries: [USA]}, HRW: {names: [HRW]}}\n'
    said = statements(
        ("Jo Roe", [], "United States", "government"), ("Human Rights Watch", [], None, "ngo")
    )
    assert groups_of(said, book(text)).tolist() == ["US", "HRW"]


def test_the_first_group_of_the_file_counts_and_all_names_come_in_its_order(book):
    found = book()
    assert found.group_of(["Ann Oda"], "Moldova", "security") == "Velm officials"
    assert found.names == ["Velm officials", "Harbour camp", "Fighters", NO_GROUP]
    assert found.label.startswith("mine@1+")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("version: '1'\ngroups: {}\n", "expected at least one group"),
        ("version: '1'\n", "'groups' must be there"),
        ("version: '1'\ngroups: {A: [Oda]}\n", "'A': expected one or more of names"),
        ("version: '1'\ngroups: {A: {all: true}}\n", "'A': expected one or more of names"),
        ("version: '1'\ngroups: {A: {names: Oda}}\n", "names: expected a list"),
        ("version: '1'\ngroups: {A: {names: [Oda], sex: [f]}}\n", "'sex' is not one of"),
        ("version: '1'\ngroups: {A: {types: [goverment]}}\n", "'goverment' is no speaker type"),
        ("version: '1'\ngroups: {A: {countries: [Vardania]}}\n", "'Vardania' is in neither"),
        ("version: '1'\ngroups: {A: {names: ['-']}}\n", "'-' has neither letter nor digit"),
        ("version: '1'\ngroups: {A: {types: [ngo], all: 'no'}}\n", "all: expected true or false"),
    ],
)
def test_a_malformed_file_is_refused_with_what_was_expected(book, text, told):
    with pytest.raises(CodebookError, match=told):
        book(text)


def test_the_groups_of_the_sample_are_well_formed():
    assert len(load_groups(CODEBOOKS / "groups_sample.yaml").groups) == 5
