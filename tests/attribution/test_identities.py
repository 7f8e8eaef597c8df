import pandas as pd
import pytest

from presslens.attribution.identities import identities, key_of, load_aliases, speaker_keys
from presslens.codebooks import CodebookError


def same(*names, naming="named", types=None):
    """What the speakers of as many articles are called in reports."""
    frame = pd.DataFrame(
        {
            "article_id": [f"a{number}" for number in range(len(names))],
            "speaker": names,
            "naming": naming,
            "speaker_type": types or ["government"] * len(names),
        }
    )
    return identities(frame).tolist()


def test_a_surname_and_a_title_go_to_the_full_name():
    names = ("Putin", "Vladimir Putin", "Russian President Vladimir Putin", "President Putin")
    assert same(*names) == ["Vladimir Putin"] * 4


def test_namesakes_stay_apart_and_a_bare_surname_beside_them_too():
    names = ("George Bush", "Laura Bush", "Bush")
    assert same(*names) == list(names)


def test_initials_suffixes_accents_and_case_make_no_difference():
    assert same("John Q. Roe Jr.", "John Roe", "JOHN ROE") == ["John Roe"] * 3
    assert same("José Oda", "Jose Oda") == ["José Oda"] * 2


def test_second_given_names_tell_people_apart():
    assert same("Mary Ann Oda", "Mary Jane Oda") == ["Mary Ann Oda", "Mary Jane Oda"]


def test_an_institution_is_the_same_however_its_country_is_named():
    names = (
        "Russia’s Foreign Ministry",
        "the Russian Foreign Ministry",
        "Foreign Ministry of Russia",
    )
    assert len(set(same(*names))) == 1
    assert len(set(same("Foreign Ministry", "Russia’s Foreign Ministry"))) == 2
    assert len(set(same("Polish Foreign Ministry", "Russia’s Foreign Ministry"))) == 2


def test_institutions_of_different_states_and_cities_stay_apart():
    names = ("the British Embassy", "the U.S. Embassy", "the Emirati Embassy")
    assert same(*names) == list(names)
    assert len(set(same("U.S. Treasury", "American Treasury", "UK Treasury"))) == 2
    assert len(set(same("Seoul Police", "London police", "UK police"))) == 3


def test_a_company_is_no_person_of_its_name():
    names = ("Ford", "Christine Ford")
    assert same(*names, types=["business", "citizen"]) == list(names)


def test_a_name_without_letters_is_itself():
    assert same("—", "🙂") == ["—", "🙂"]


def test_who_has_no_name_is_one_speaker_within_an_article_alone():
    frame = pd.DataFrame(
        {
            "article_id": ["a", "a", "b", "b"],
            "speaker": ["officials", "officials", "officials", "Ann Oda"],
            "naming": ["affiliated"] * 3 + ["named"],
            "speaker_type": "government",
        }
    )
    keys = speaker_keys(frame, identities(frame)).tolist()
    assert keys == ["a/officials", "a/officials", "b/officials", "Ann Oda"]


def test_an_acronym_goes_to_the_only_name_that_it_can_stand_for():
    assert same("Vardanian Rights Watch", "VRW") == ["Vardanian Rights Watch"] * 2
    assert same("Vardanian Rights Watch", "Velm River Works", "VRW")[2] == "VRW"


def test_a_city_is_no_surname():
    assert same("Washington", "Denzel Washington") == ["Washington", "Denzel Washington"]


def test_listed_aliases_are_the_same():
    assert same("Joseph Biden", "Joe Biden", "Biden") == ["Joe Biden"] * 3
    assert same("HRW") == ["Human Rights Watch"]


def test_who_has_no_name_is_nobody_elsewhere_and_nobody_told_is_none():
    assert same("a senior officer", "senior officer", naming="affiliated") == [
        "a senior officer",
        "senior officer",
    ]
    assert same("", None) == [None, None]


def test_a_key_is_lower_case_without_articles_accents_and_possessives():
    assert key_of("The Élysée’s") == ("elysee",)
    assert key_of("O’Neil-Roe, Jr.") == ("o'neil-roe", "jr")


def test_an_alias_of_two_speakers_is_refused(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text('version: "1"\nsame:\n  Ann Oda: [Oda]\n  Per Oda: [Oda]\n', "utf-8")
    with pytest.raises(CodebookError, match="'Oda' is listed for Ann Oda and for Per Oda"):
        load_aliases(path)
    path = tmp_path / "other.yaml"
    path.write_text('version: "1"\nsame:\n  Ann Oda: Oda\n', "utf-8")
    with pytest.raises(CodebookError, match="expected a list of names"):
        load_aliases(path)
