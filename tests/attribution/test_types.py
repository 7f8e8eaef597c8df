import pytest

from presslens.attribution.types import load_types, speaker_type
from presslens.attribution.voices import SPEAKER_TYPES
from presslens.codebooks import CodebookError

MINIMAL = """
version: "1"
types:
  government: {bodies: [ministry], roles: [minister], crowds: [officials]}
  expert: {bodies: [university], roles: [economist], crowds: []}
parts: {}
generic:
  unknown: [spokesman]
former: [former, ex]
staff: [aide]
collective: [people]
anonymous: [a source]
"""


@pytest.fixture
def book(edited_codebook):
    return edited_codebook("speaker_types", load_types)


@pytest.mark.parametrize(
    ("description", "kind"),
    [
        ("the Foreign Ministry", "government"),
        ("a spokesman for the ministry", "government"),
        ("Palestinian health officials", "government"),
        ("the Israeli military", "security"),
        ("FBI director", "security"),
        ("Nigerian police", "security"),
        ("Sen. Brandt", "legislature"),
        ("the Supreme Court", "judiciary"),
        ("the UN", "intergovernmental"),
        ("opposition leader", "party"),
        ("the rebels", "armed_group"),
        ("a human rights group", "ngo"),
        ("a bishop", "ngo"),
        ("the airline", "business"),
        ("chief executive", "business"),
        ("a political scientist", "expert"),
        ("state television", "media"),
        ("a resident", "citizen"),
        ("a new poll", "document"),
        ("the F.B.I. director", "security"),
        ("social media users", "citizen"),
        ("a Republican attorney general", "government"),
        ("a former Democratic tax aide", "expert"),
        ("Mira Quennell, who served as ambassador", "expert"),
        ("the chief executive of the Larn League", "ngo"),
        ("the chief executive", "business"),
        ("a prominent Democrat", "party"),
        ("House Republicans", "legislature"),
        ("head of the projects department at a charity", "ngo"),
        ("Gov. Oda Brandt (D)", "government"),
        ("Oda Brandt (R-Larn)", "legislature"),
        ("immigrant rights advocates", "ngo"),
        ("a survey of voters", "document"),
        ("data released by state regulators", "government"),
        ("a poll by Gallup", "expert"),
        ("Oversight Committee Republicans", "legislature"),
        ("36 percent of Democrats", "citizen"),
        ("a lawyer for the news outlets", "media"),
        ("the leader of an organisation", "ngo"),
        ("Dr. Brandt, the minister of education", "government"),
    ],
)
def test_the_words_of_a_description_tell_its_type(description, kind):
    assert speaker_type(description) == kind


def test_a_description_that_tells_nothing_has_no_type():
    assert speaker_type("Oda Brandt of Kasp") is None


def test_former_office_holders_are_experts_and_other_former_people_are_not():
    assert speaker_type("a former minister") == "expert"
    assert speaker_type("a former teacher") != "expert"


def test_a_role_settles_the_type_over_the_body_it_belongs_to():
    assert speaker_type("an economist at the ministry") == "expert"


def test_who_only_owns_the_speaker_doesnt_settle_the_type():
    assert speaker_type("the mayor's wife") == "citizen"
    assert speaker_type("the opposition Farmers' Party") == "party"
    assert speaker_type("the minister’s spokesman") == "government"


def test_capitals_count_only_where_the_codebook_has_them():
    assert speaker_type("the WHO") == "intergovernmental"
    assert speaker_type("those who left") is None


def test_words_match_whole_and_in_the_plural(book):
    found = book(MINIMAL)
    assert [sign.speaker_type for sign in found.signs("two Ministers")] == ["government"]
    assert found.signs("an administer of things") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (MINIMAL.replace("  expert:", "  pundit:"), "'pundit' is no speaker type"),
        (MINIMAL.replace("[minister]", "minister"), "government: roles: expected a list of words"),
        (MINIMAL.replace("former: [former, ex]", "former: 1"), "'former' must be there"),
        (MINIMAL.replace("types:", "kinds:"), "'types' must be there"),
    ],
)
def test_a_malformed_codebook_is_refused_with_its_path_and_what_was_expected(book, text, told):
    with pytest.raises(CodebookError, match=told) as error:
        book(text)
    assert "speaker_types.yaml" in str(error.value)


def test_the_shipped_codebook_knows_every_type_that_words_can_tell():
    untold = {"author", "unknown"}
    known = {
        "government": "minister", "security": "police", "legislature": "senator",
        "judiciary": "judge", "intergovernmental": "special rapporteur", "party": "nominee",
        "armed_group": "rebels", "business": "chief executive", "ngo": "charity",
        "expert": "professor", "media": "newspaper", "citizen": "residents", "document": "study",
    }  # fmt: skip
    assert set(known) == set(SPEAKER_TYPES) - untold
    assert {kind: speaker_type(word) for kind, word in known.items()} == {
        kind: kind for kind in known
    }
