import pytest

from presslens.actions import find_actions
from presslens.article import Article
from presslens.mentions import find_mentions
from presslens.tokens import tokenize


def actions(text):
    doc = tokenize(Article(id="a", text=text))
    return find_actions(doc, find_mentions([doc])[0])


def told(text):
    return [
        (
            action.lemma,
            action.form,
            " … ".join(span.of(text) for span in action.agent) or None,
            " … ".join(span.of(text) for span in action.patient) or None,
        )
        for action in actions(text)
    ]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Masked gunmen killed 12 people in Dorvik.",
         ("kill", "active", "Masked gunmen", "12 people")),
        ("Kesh’s devastating war against Tessal has killed more than 3,000 people, doctors said.",
         ("kill", "active", "Kesh’s devastating war", "more than 3,000 people")),
        ("Three villagers were wounded by a landmine.",
         ("wound", "passive", "a landmine", "Three villagers")),
        ("Brandt's father, Ivo, was killed during the raid.",
         ("kill", "agentless passive", None, "Brandt's father")),
        ("Two teachers killed in Dorvik blast",
         ("kill", "agentless passive", None, "Two teachers")),
        ("He saw the killing of a farmer by soldiers.",
         ("kill", "nominal", "soldiers", "a farmer")),
        ("Tessal's attack on the village went on.",
         ("attack", "nominal", "Tessal", "the village")),
        ("The court fined the company.",
         ("fine", "active", "The court", "the company")),
        ("At least 50 miners were detained in May.",
         ("detain", "agentless passive", None, "At least 50 miners")),
        ("Police have repeatedly arrested him.",
         ("arrest", "active", "Police", "him")),
        ("The rebels, who abducted the mayor, fled.",
         ("abduct", "active", "The rebels", "the mayor")),
        ("The army is shelling two towns.",
         ("shell", "active", "The army", "two towns")),
    ],
)  # fmt: skip
def test_who_does_what_to_whom(text, action):
    assert action in told(text)


def test_a_participle_clause_leaves_its_agent_open():
    assert told("They came at dawn, killing some 20 people and abducting another five.") == [
        ("kill", "active", None, "some 20 people"),
        ("abduct", "active", None, "another five"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The army did not kill anybody.",
        "Soldiers may arrest him.",
        "They want to release two hostages.",
        "The men were never arrested.",
        "The quake struck in the north.",
        "The attack on Oct. 7 was long.",
        "The storms passed and the funds ran out.",
        "She came without killing anyone.",
    ],
)
def test_what_did_not_happen_or_has_nobody_is_no_action(text):
    assert told(text) == []


def test_the_object_of_another_verb_is_no_subject():
    text = "The head of the firm that owns the plane was sacked."
    assert told(text) == []


def test_entities_are_the_names_that_the_phrases_end_with():
    (action,) = actions("Hamas militants abducted Oda Brandt in May.")
    assert (action.agent_entity, action.patient_entity) == ("Hamas", "Oda Brandt")


def test_a_relative_of_a_person_is_not_that_person():
    (action,) = actions("Oda Brandt's mother was arrested.")
    assert action.patient_entity is None


def test_harm_follows_the_codebook():
    harmful, harmless = actions("Police arrested Oda Brandt. The judge released her.")
    assert harmful.harm
    assert not harmless.harm
    assert (harmful.sentence, harmless.sentence) == (0, 1)
