"""Who speaks: (speaker, type, naming) of each attribution that is marked in a text.

The marks are told of where they are read, in conftest.py.
"""

import pytest

from presslens.attribution import statements
from presslens.attribution.ranking import Ranker
from presslens.attribution.weighing import listed
from presslens.mentions import Mention
from presslens.spans import Span


@pytest.fixture
def speakers(statements_of):
    return lambda marked: [one.speaker for one in statements_of(marked)[0]]


@pytest.fixture
def coded(statements_of):
    return lambda marked: [
        (one.speaker, one.speaker_type, one.naming) for one in statements_of(marked)[0]
    ]


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch):
    """Whom the ranking prefers is tested in test_ranking.py."""
    monkeypatch.setattr(Ranker, "best", lambda *given: given[-1][0])


@pytest.fixture(autouse=True)
def lists_alone(monkeypatch):
    """What the words around a name tell is tested in test_weighing.py."""
    monkeypatch.setattr(
        statements, "weigh", lambda *given: [listed(speaker) for speaker in given[-1]]
    )


def test_a_surname_stands_for_the_full_name_given_anywhere(coded):
    text = "{Foreign Minister Oda Brandt} [said] <it rained>. |{Brandt} [added] <that it poured>."
    assert coded(text) == [("Oda Brandt", "government", "named")] * 2


def test_a_pronoun_stands_for_the_person_who_spoke_last(speakers):
    text = "{Mayor Oda Brandt} [said] <it rained>. |{She} [said] <that it poured>."
    assert speakers(text) == ["Oda Brandt", "Oda Brandt"]


def test_a_pronoun_stands_for_the_subject_of_the_sentence_before_rather_than_an_earlier_speaker(
    speakers,
):
    text = (
        "{Oda Brandt} [said] <it rained>. Bishop Colm Estrade was not amused. "
        "|<“It pours,”> {he} [said]."
    )
    assert speakers(text) == ["Oda Brandt", "Colm Estrade"]


def test_she_passes_over_men(speakers):
    text = (
        "{Mrs Oda Brandt} [said] <it rained>. |{Mr Pell Kesh} [said] <it poured>. "
        "|{She} [said] <it was a flood>."
    )
    assert speakers(text) == ["Oda Brandt", "Pell Kesh", "Oda Brandt"]


def test_she_may_be_somebody_without_a_name(speakers):
    text = (
        "{Mr Pell Kesh} [said] <it rained>. |{An official of the ministry} [denied] <it>. "
        "|{She} [said] <it was dry>."
    )
    assert speakers(text)[2] == "An official of the ministry"


def test_it_stands_for_a_body_and_not_for_a_person(speakers):
    text = (
        "{The Health Ministry} [said] <it rained>. |{A neighbour} [said] <it poured>. "
        "|{It} [claimed] <it was a flood>."
    )
    assert speakers(text)[2] == "Health Ministry"


def test_they_may_be_people(speakers):
    text = "{Residents} [said] <it rained>. |{They} [said] <it poured>."
    assert speakers(text) == ["Residents", "Residents"]


def test_who_stands_for_the_name_before_it(speakers):
    text = "The talks failed for Oda Brandt, {who} [said] <that it rained>."
    assert speakers(text) == ["Oda Brandt"]


def test_who_stands_for_the_words_before_it_where_no_name_is(speakers):
    text = "They met Oda Brandt and 29 others {who} [said] <it rained>."
    assert speakers(text) == ["29 others"]
    assert speakers("They met the old miller, {who} [said] <it rained>.") == ["old miller"]


@pytest.mark.parametrize(
    ("source", "naming"),
    [
        ("A spokesman", "affiliated"),
        ("A Larnworth source", "affiliated"),
        ("A source", "anonymous"),
        ("Critics", "anonymous"),
    ],
)
def test_a_role_or_a_body_that_is_told_affiliates_a_speaker(coded, source, naming):
    text = f"They met in Larnworth, a town. {{{source}}} [said] <it rained>."
    assert coded(text)[0][1:] == ("unknown", naming)


@pytest.mark.parametrize("source", ["His aides", "A lawyer for Brandt", "Brandt staff"])
def test_staff_have_the_type_of_whom_they_speak_for(coded, source):
    text = f"{{Senator Colm Brandt}} [said] <it rained>. |{{{source}}} [said] <it poured>."
    assert coded(text)[1][1:] == ("legislature", "affiliated")


def test_staff_of_staff_of_nobody_serve_nobody(coded):
    text = (
        "{His aides} [said] <it rained>. |{Their lawyer} [said] <it poured>. "
        "|{His aides} [denied] <it>."
    )
    assert [kind for _, kind, _ in coded(text)] == ["party"] * 3


def test_the_first_description_that_tells_a_type_counts(statements_of):
    text = "{Oda Brandt} [said] <it rained>."
    given = Mention(Span(0, 10), "Oda Brandt", "Oda Brandt", "person", ("chairman", "economist"))
    (found,) = statements_of(text, mentions=[[given]])[0]
    assert found.speaker_type == "expert"


def test_the_minister_stands_for_who_was_called_so(speakers):
    text = (
        "{Transport Minister Oda Brandt} [said] <it rained>. "
        "|{The minister} [added] <that it poured>."
    )
    assert speakers(text) == ["Oda Brandt", "Oda Brandt"]


def test_the_minister_may_be_somebody_who_was_only_named(speakers):
    text = "It was Justice Minister Oda Brandt’s bill. {The minister} [said] <it rained>."
    assert speakers(text) == ["Oda Brandt"]
    assert speakers(text.replace("The minister", "The ministers")) == ["ministers"]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("The agency", "Larn Water Agency"),
        ("The organisation", "Larn Water Agency"),
        ("The airline", "airline"),
        ("The Energy Agency", "Energy Agency"),
        ("The agency’s director", "agency’s director"),
        ("The agencies", "agencies"),
    ],
)
def test_the_agency_is_the_body_of_that_kind_that_was_named_last(speakers, source, speaker):
    text = f"They sued the Larn Water Agency. {{{source}}} [said] <it rained>."
    assert speakers(text) == [speaker]


def test_somebodys_spokesman_is_not_the_spokesman_of_another(speakers):
    text = (
        "{A spokesman for the union} [said] <it rained>. |{Oda Brandt} [said] <it poured>, and "
        "|{his spokesman} [said] <it was a flood>."
    )
    assert speakers(text)[2] == "his spokesman"


def test_a_statement_without_an_author_is_by_who_spoke_last(speakers):
    text = "{The Health Ministry} [said] <it rained>. |{The statement} [said] <that it poured>."
    assert speakers(text) == ["Health Ministry", "Health Ministry"]


def test_a_statement_by_somebody_is_that_bodys(coded):
    assert coded("{A statement by the Health Ministry} [said] <that it rained>.") == [
        ("Health Ministry", "government", "named")
    ]


def test_a_person_of_a_place_is_the_person(speakers):
    text = "{Prime Minister Ilmar Vosk of Norway} [said] <it rained>."
    assert speakers(text) == ["Ilmar Vosk"]


def test_the_owner_of_a_name_is_not_the_speaker(coded):
    assert coded("{Trufan's mother} [said] <it rained>.") == [
        ("Trufan's mother", "citizen", "affiliated")
    ]


def test_a_country_that_speaks_is_its_government(coded):
    assert coded("{Norway} [says] <that it rains>.") == [("Norway", "government", "named")]


def test_a_person_of_whom_nothing_is_told_is_a_citizen(coded):
    assert coded("{Oda Brandt} [said] <it rained>.") == [("Oda Brandt", "citizen", "named")]


@pytest.mark.parametrize(
    ("source", "kind", "naming", "collective"),
    [
        ("Critics", "unknown", "anonymous", True),
        ("A source", "unknown", "anonymous", False),
        ("A senior military officer", "security", "affiliated", False),
        ("Health officials", "government", "affiliated", True),
        ("Voters", "citizen", "affiliated", True),
        ("The police", "security", "affiliated", True),
    ],
)
def test_sources_without_a_name_are_coded_by_what_is_told(
    statements_of, source, kind, naming, collective
):
    ((one,),) = statements_of(f"{{{source}}} [said] <that it rained>.")
    assert (one.speaker_type, one.naming, one.collective) == (kind, naming, collective)


def test_the_writer_is_the_author_and_has_no_name(coded):
    assert coded("{I} [think] <that it rains>.") == [(None, "author", "affiliated")]


def test_without_a_source_nobody_speaks(coded):
    assert coded("<The dam> is [expected] <to open in May>.") == [(None, "unknown", "anonymous")]


def test_a_quotation_without_a_source_goes_on_with_who_spoke_last(speakers):
    before = "{Oda Brandt} [said] <it rained>. |"
    assert speakers(before + "“It” was [expected]: <“It will pour.”>") == ["Oda Brandt"] * 2
    assert speakers(before + "<The dam> is [expected] <to open>.") == ["Oda Brandt", None]


def test_a_pronoun_with_nobody_before_it_is_unknown(coded):
    assert coded("{They} [said] <that it rained>.") == [(None, "unknown", "anonymous")]


def test_a_name_first_met_as_a_description_is_still_a_name(coded):
    text = (
        "{President Brandt} [said] <it rained>. |{He} [added] <that it poured>. "
        "|{Oda Brandt} [said] <it was over>."
    )
    assert [naming for _, _, naming in coded(text)] == ["named"] * 3


def person(name, start):
    return Mention(Span(start, start + len(name)), name, name, "person")


def test_a_name_that_was_missed_once_is_still_a_name(statements_of):
    text = "{Brandt} [said] <it rained>. |{Mr. Brandt} [said] <it poured>."
    second = len("Brandt said it rained. Mr. ")
    (found,) = statements_of(text, mentions=[[person("Brandt", second)]])
    assert found[1].naming == "named"


def test_a_name_after_a_preposition_is_not_the_speaker_whatever_its_label(statements_of):
    text = "{Ilmar Vosk of Vardania} [said] <it rained>."
    names = [person("Ilmar Vosk", 0), person("Vardania", len("Ilmar Vosk of "))]
    ((one,),) = statements_of(text, mentions=[names])
    assert one.speaker == "Ilmar Vosk"


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("The Oda Brandt campaign", "Oda Brandt campaign"),
        ("Advisers to Oda Brandt", "Advisers to Oda Brandt"),
        ("Critics like Oda Brandt", "Critics like Oda Brandt"),
        ("Oda Brandt (left)", "Oda Brandt"),
        ("The head of the port, Captain Oda Brandt", "Oda Brandt"),
        ("The minister of fisheries Oda Brandt", "Oda Brandt"),
    ],
)
def test_a_name_inside_a_description_is_the_speaker_only_if_it_is_who_is_described(
    speakers, source, speaker
):
    person = "{Oda Brandt} [said] <it rained>. |"
    assert speakers(person + f"{{{source}}} [said] <it poured>.")[1] == speaker


def test_a_surname_in_capitals_is_the_person_of_that_name(speakers):
    text = "{Oda Brandt} [said] <it rained>. \n\n|{BRANDT}[:] <It poured.>"
    assert speakers(text)[1] == "Oda Brandt"


def test_a_body_that_is_called_by_a_name_is_named(coded):
    assert coded("{The Brandt campaign} [said] <it rained>.") == [
        ("Brandt campaign", "party", "named")
    ]
    assert coded("{The campaign} [said] <it rained>.")[0][2] == "affiliated"


def test_people_of_a_place_are_citizens(coded):
    assert coded("{Many Mexicans} [said] <it rained>.")[0][1] == "citizen"


def test_a_person_is_no_document_whatever_stands_beside_the_name(statements_of):
    text = "{Oda Brandt} [said] <her tax returns were fine>."
    given = Mention(Span(0, 10), "Oda Brandt", "Oda Brandt", "person", ("tax returns",))
    (found,) = statements_of(text, mentions=[[given]])[0]
    assert found.speaker_type == "citizen"


@pytest.mark.parametrize(
    "source",
    [
        "Critics of President Oda Brandt",
        "An aide to Senator Oda Brandt",
        "A memo to Mayor Oda Brandt",
    ],
)
def test_who_is_about_somebody_with_a_title_is_not_that_person(coded, source):
    ((speaker, _, naming),) = coded(f"{{{source}}} [said] <it rained>.")
    assert speaker == source
    assert naming == "affiliated"


@pytest.mark.parametrize("title", ["President", "President of the Republic", "Former Chancellor"])
def test_who_has_a_title_before_the_name_is_that_person(speakers, title):
    assert speakers(f"{{{title} Oda Brandt}} [said] <it rained>.") == ["Oda Brandt"]


def test_the_president_is_no_treasury_secretary(speakers):
    arrives = "Treasury Secretary Oda Brandt arrived at noon. "
    assert speakers(arrives + "{The president} [said] <it rained>.") == ["president"]
    assert speakers(arrives + "{The secretary} [said] <it rained>.") == ["Oda Brandt"]


def test_the_president_is_no_deputy_president(speakers):
    deputy = "{Deputy President Oda Brandt} [said] <it rained>. |"
    assert speakers(deputy + "{The president} [said] <it poured>.")[1] == "president"


def test_the_ministry_is_not_its_spokesman(speakers):
    spokesman = "{Interior Ministry spokesman Pell Kesh} [said] <it rained>. |"
    assert speakers(spokesman + "{The ministry} [said] <it poured>.")[1] == "Interior Ministry"
    assert speakers(spokesman + "{The spokesman} [said] <it poured>.")[1] == "Pell Kesh"


def test_she_is_not_her_own_lawyer(speakers):
    text = (
        "{The nurse, Mrs Oda Brandt,} [said] <it rained>. |{Her lawyer} [said] <it poured>. "
        "|<It was a flood,> {she} [said]."
    )
    assert speakers(text)[2] == "Oda Brandt"


def test_the_letter_of_a_body_is_by_that_body_again(speakers):
    text = (
        "{A letter from Greenpeace} [said] <it rained>. |{Oda Brandt} [said] <it poured>. "
        "|{The letter} [said] <it was a flood>."
    )
    first, _, again = speakers(text)
    assert first == again == "Greenpeace"


def test_what_an_agency_publishes_is_no_rebels_statement(coded):
    text = (
        "{The rebels} [said] <it rained>. "
        "|{A statement carried by the state news agency} [said] <it poured>."
    )
    assert coded(text)[1] == (None, "unknown", "anonymous")


def test_a_study_is_by_the_person_who_made_it(coded):
    text = "{A study by the economist Oda Brandt} [said] <it rained>."
    assert coded(text) == [("Oda Brandt", "expert", "named")]


@pytest.mark.parametrize(
    "source",
    [
        "Mayor Oda Brandt and Bishop Pell Kesh",
        "Oda Brandt and Pell Kesh of the port authority",
        "Two neighbours, Oda Brandt and Pell Kesh",
    ],
)
def test_two_who_speak_together_are_one_source(coded, source):
    ((speaker, _, naming),) = coded(f"{{{source}}} [said] <it rained>.")
    assert (speaker, naming) == (source, "named")


def test_a_surname_of_two_is_the_one_named_last(speakers):
    text = (
        "{Oda Brandt} [said] <it rained>. |{Brandt} [said] <it poured>. "
        "|{His son, Pell Brandt,} [said] <it was a flood>. |{Brandt} [said] <it was not>."
    )
    assert speakers(text) == ["Oda Brandt", "Oda Brandt", "Pell Brandt", "Pell Brandt"]


def test_a_namesake_of_somebody_known_is_what_the_article_says(statements_of):
    known = "{Mike Johnson} [said] <it rained>."
    stranger = "{Mike Johnson, a plumber from Toledo,} [said] <it rained>. |{Johnson} [said] <no>."
    assert [one.speaker_type for one in statements_of(stranger)[0]] == ["citizen"] * 2
    assert [one.speaker_type for one in statements_of(known)[0]] == ["legislature"]
