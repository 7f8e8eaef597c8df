import pytest

from presslens.article import Article
from presslens.attribution.pronouns import is_human, last_subject, may_be
from presslens.mentions import find_mentions
from presslens.names.lists import name_lists
from presslens.spans import Span
from presslens.tokens import tokenize


@pytest.mark.parametrize(
    ("pronoun", "descriptions", "fits"),
    [
        ("she", ["Mrs", "mayor"], True),
        ("he", ["Mrs", "mayor"], False),
        ("she", ["spokesman"], False),
        ("his", ["chairwoman"], False),
        ("he", ["mayor"], True),
        ("she", [], True),
        ("she", ["the mother of the policeman"], True),
        ("he", ["human rights lawyer"], True),
    ],
)
def test_titles_and_roles_speak_against_a_pronoun(pronoun, descriptions, fits):
    assert may_be(pronoun, "", descriptions) is fits


@pytest.mark.parametrize(
    ("pronoun", "name", "descriptions", "fits"),
    [
        ("he", "Rebecca Quennell", [], False),
        ("she", "Rebecca Quennell", [], True),
        ("she", "George Quennell", ["mayor"], False),
        ("he", "Chris Quennell", [], True),
        ("she", "Chris Quennell", [], True),
        ("she", "George Quennell", ["chairwoman"], True),
    ],
)
def test_given_names_speak_against_a_pronoun_where_titles_tell_nothing(
    pronoun, name, descriptions, fits
):
    assert may_be(pronoun, name, descriptions) is fits


def test_no_given_name_is_a_womans_and_a_mans():
    lists = name_lists()
    assert not lists.women & lists.men
    assert {"Ashley", "Kim"}.isdisjoint(lists.women | lists.men)


@pytest.mark.parametrize(
    ("description", "human"),
    [
        ("a minister", True),
        ("two residents", True),
        ("the ministry", False),
        ("the farmers' union", False),
        ("a report", False),
    ],
)
def test_descriptions_tell_people_from_bodies(description, human):
    assert is_human(description) is human


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Oda Brandt left. He waved.", "Oda Brandt"),
        ("Bishop Oda Brandt left. He waved.", "Oda Brandt"),
        ("It rained on Oda Brandt. He waved.", None),
        ("Oda Brandt’s dog left. He waved.", None),
        ("Oda Brandt left. It rained. It poured. He waved.", None),
        ("Oda Brandt Leaves\n\nHe waved.", None),
    ],
)
def test_a_pronoun_may_stand_for_the_subject_of_a_sentence_just_before(text, subject):
    body = text.index("\n\n") + 2 if "\n\n" in text else 0
    title = text[: body - 2] if body else None
    doc = tokenize(Article(id="a", text=text, title=title, body_start=body))
    start = text.index("He waved")
    mention = last_subject(doc, find_mentions([doc])[0], Span(start, start + 2))
    assert (mention and mention.text) == subject
