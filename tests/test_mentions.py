import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from presslens.article import Article
from presslens.mentions import find_mentions
from presslens.tokens import tokenize


def mentions(text):
    return find_mentions([tokenize(Article(id="a", text=text))])[0]


def labelled(text):
    return [(mention.text, mention.label) for mention in mentions(text)]


def entities(text):
    return {mention.text: mention.entity for mention in mentions(text)}


def test_titles_tell_persons_and_stay_outside_the_name():
    assert labelled("The deal pleased Foreign Minister Oda Brandt and Mr. Kesh.") == [
        ("Oda Brandt", "person"),
        ("Kesh", "person"),
    ]


def test_cue_words_tell_organisations():
    text = (
        "He left the Larn Water Authority for the University of Tessal and the Ministry of Health."
    )
    assert labelled(text) == [
        ("Larn Water Authority", "organisation"),
        ("University of Tessal", "organisation"),
        ("Ministry of Health", "organisation"),
    ]


def test_an_office_before_a_name_is_cut_off_with_its_country():
    text = "It was said by US President Joe Fenwick and Uganda Health Ministry experts."
    assert ("US", "place") in labelled(text)
    assert ("Joe Fenwick", "person") in labelled(text)


def test_places_are_known_or_told_by_their_neighbours():
    text = "Rain fell in Dorvik, in the village of Kasp and across northern Tessal, not in Kenya."
    assert labelled(text) == [
        ("Dorvik", "place"),
        ("Kasp", "place"),
        ("Tessal", "place"),
        ("Kenya", "place"),
    ]


def test_peoples_are_groups_and_adjectives_are_nobody():
    assert labelled("Most Kenyans trust Kenyan farmers.") == [("Kenyans", "group")]


def test_words_that_only_open_a_sentence_are_no_names():
    assert (
        labelled("Yesterday it rained. Farmers were glad. Divers swam. When it ended, I left.")
        == []
    )


def test_days_and_months_are_no_names():
    assert labelled("It was on Monday, the 3rd of March, at Christmas.") == []


def test_a_headline_in_capitals_gives_only_what_is_known():
    text = "Farmers Angry As Water Prices Rise In Kenya Again\n\nThe farmers are angry."
    assert labelled(text) == [("Kenya", "place")]


def test_possessives_are_trimmed():
    assert [m.text for m in mentions("It was Ann Brandt's and Mali’s plan.")] == [
        "Ann Brandt",
        "Mali",
    ]


def test_a_surname_is_linked_to_the_full_name():
    text = "Maria Brandt, 34, won. On Friday Brandt thanked voters in Dorvik."
    assert entities(text) == {
        "Maria Brandt": "Maria Brandt",
        "Brandt": "Maria Brandt",
        "Dorvik": "Dorvik",
    }


def test_two_people_of_one_surname_stay_apart():
    text = "George Kesh met Laura Kesh in Paris. Later Kesh left, she said."
    found = entities(text)
    assert found["George Kesh"] == "George Kesh"
    assert found["Laura Kesh"] == "Laura Kesh"
    assert found["Kesh"] == "Laura Kesh"


def test_an_acronym_stands_for_its_name():
    text = "The Larn Water Authority (LWA) raised prices. The LWA gave no reason."
    assert entities(text)["LWA"] == "Larn Water Authority"


def test_other_names_of_a_thing_are_one_entity():
    assert set(entities("The US and the United States of America").values()) == {"United States"}


def test_a_bracketed_given_name_belongs_to_the_name():
    (mention,) = mentions("“We want [Maxim] Teller back,” it read.")
    assert (mention.text, mention.entity) == ("[Maxim] Teller", "Maxim Teller")


@pytest.mark.parametrize(
    ("text", "name", "labels"),
    [
        ("In it, the bearded Brandt spoke.", "Brandt", ("bearded",)),
        ("It hit former President Oda Kesh hard.", "Oda Kesh", ("former President",)),
        ("Red Dawn, a Kenyan militant group allied with nobody, left.", "Red Dawn",
         ("Kenyan militant group",)),
        ("They met the militant group Hamas there.", "Hamas", ("militant group",)),
        ("They met Hamas, which denied it.", "Hamas", ()),
    ],
)  # fmt: skip
def test_what_a_name_is_called_is_kept(text, name, labels):
    found = {mention.text: mention.labels for mention in mentions(text)}
    assert found[name] == labels


@given(st.text(alphabet="ABab .,'’-[]()“”\n&ofthe", max_size=120))
@example("h[B]B,")
def test_mentions_are_ordered_spans_of_the_text(text):
    if not text.strip():
        return
    found = mentions(text)
    for mention in found:
        assert mention.span.of(text) == mention.text
        assert mention.text.strip()
    assert [m.span for m in found] == sorted(m.span for m in found)
