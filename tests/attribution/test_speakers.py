"""Who speaks: (speaker, type, naming) of each statement of a text, in its order."""

import pytest

from presslens.article import Article
from presslens.attribution.statements import find_statements
from presslens.mentions import Mention, find_mentions
from presslens.spans import Span
from presslens.tokens import tokenize


def statements(text):
    doc = tokenize(Article(id="a", text=text))
    return find_statements([doc], [find_mentions(doc)])[0]


def speakers(text):
    return [one.speaker for one in statements(text)]


def coded(text):
    return [(one.speaker, one.speaker_type, one.naming) for one in statements(text)]


def test_a_surname_stands_for_the_full_name_given_anywhere():
    text = "Foreign Minister Oda Brandt said it rained. Brandt added that it poured."
    assert coded(text) == [("Oda Brandt", "government", "named")] * 2


def test_a_pronoun_stands_for_the_person_who_spoke_last():
    text = "Mayor Oda Brandt said it rained. She said that it poured."
    assert speakers(text) == ["Oda Brandt", "Oda Brandt"]


def test_a_pronoun_stands_for_the_subject_of_the_sentence_before_rather_than_an_earlier_speaker():
    text = "Oda Brandt said it rained. Bishop Colm Estrade was not amused. “It pours,” he said."
    assert speakers(text) == ["Oda Brandt", "Colm Estrade"]


def test_she_passes_over_men():
    text = "Mrs Oda Brandt said it rained. Mr Pell Kesh said it poured. She said it was a flood."
    assert speakers(text) == ["Oda Brandt", "Pell Kesh", "Oda Brandt"]


def test_she_may_be_somebody_without_a_name():
    text = (
        "Mr Pell Kesh said it rained. An official of the ministry denied it. She said it was dry."
    )
    assert speakers(text)[2] == "An official of the ministry"


def test_it_stands_for_a_body_and_not_for_a_person():
    text = (
        "The Health Ministry said it rained. A neighbour said it poured. It claimed it was a flood."
    )
    assert speakers(text)[2] == "Health Ministry"


def test_they_may_be_people():
    text = "Residents said it rained. They said it poured."
    assert speakers(text) == ["Residents", "Residents"]


def test_who_stands_for_the_name_before_it():
    text = "The talks failed for Oda Brandt, who said that it rained."
    assert speakers(text) == ["Oda Brandt"]


def test_the_minister_stands_for_who_was_called_so():
    text = "Transport Minister Oda Brandt said it rained. The minister added that it poured."
    assert speakers(text) == ["Oda Brandt", "Oda Brandt"]


def test_somebodys_spokesman_is_not_the_spokesman_of_another():
    text = (
        "A spokesman for the union said it rained. Oda Brandt said it poured, and his spokesman "
        "said it was a flood."
    )
    assert speakers(text)[2] == "his spokesman"


def test_a_statement_without_an_author_is_by_who_spoke_last():
    text = "The Health Ministry said it rained. The statement said that it poured."
    assert speakers(text) == ["Health Ministry", "Health Ministry"]


def test_a_statement_by_somebody_is_that_bodys():
    assert coded("A statement by the Health Ministry said that it rained.") == [
        ("Health Ministry", "government", "named")
    ]


def test_a_person_of_a_place_is_the_person():
    assert speakers("Prime Minister Ilmar Vosk of Norway said it rained.") == ["Ilmar Vosk"]


def test_the_owner_of_a_name_is_not_the_speaker():
    ((speaker, kind, naming),) = coded("Trufan's mother said it rained.")
    assert (speaker, kind, naming) == ("Trufan's mother", "citizen", "affiliated")


def test_a_country_that_speaks_is_its_government():
    assert coded("Norway says that it rains.") == [("Norway", "government", "named")]


def test_a_person_of_whom_nothing_is_told_is_a_citizen():
    assert coded("Oda Brandt said it rained.") == [("Oda Brandt", "citizen", "named")]


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
def test_sources_without_a_name_are_coded_by_what_is_told(source, kind, naming, collective):
    (one,) = statements(f"{source} said that it rained.")
    assert (one.speaker_type, one.naming, one.collective) == (kind, naming, collective)


def test_the_writer_is_the_author_and_has_no_name():
    assert coded("I think that it rains.") == [(None, "author", "affiliated")]


def test_without_a_source_nobody_speaks():
    assert coded("The dam is expected to open in May.") == [(None, "unknown", "anonymous")]


def test_a_pronoun_with_nobody_before_it_is_unknown():
    assert coded("They said that it rained.") == [(None, "unknown", "anonymous")]


def test_a_name_first_met_as_a_description_is_still_a_name():
    text = "President Brandt said it rained. He added that it poured. Oda Brandt said it was over."
    assert {naming for _, _, naming in coded(text)} == {"named"}


def speakers_by(text, *mentions):
    """The speakers of a text with the mentions that some finder of names gave."""
    doc = tokenize(Article(id="a", text=text))
    found = [
        Mention(Span(start, start + len(name)), name, entity, label)
        for name, entity, label, start in mentions
    ]
    return find_statements([doc], [found])[0]


def test_a_name_that_was_missed_once_is_still_a_name():
    text = "Brandt said it rained. Mr. Brandt said it poured."
    start = text.rindex("Brandt")
    found = speakers_by(text, ("Brandt", "Brandt", "person", start))
    assert found[1].naming == "named"


def test_a_name_after_a_preposition_is_not_the_speaker_whatever_its_label():
    text = "Ilmar Vosk of Vardania said it rained."
    names = [("Ilmar Vosk", "Ilmar Vosk", "person", 0), ("Vardania", "Vardania", "person", 14)]
    assert [one.speaker for one in speakers_by(text, *names)] == ["Ilmar Vosk"]
