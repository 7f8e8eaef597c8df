"""Whom a source may stand for, before anybody is preferred."""

import pytest

from presslens.article import Article
from presslens.attribution.antecedents import Antecedents, Way, source_of
from presslens.attribution.cast import Cast
from presslens.attribution.speaker import AUTHOR, Speaker
from presslens.attribution.statement import Attribution
from presslens.mentions import Mention
from presslens.spans import Span
from presslens.tokens import tokenize


def span_of(text, words):
    start = text.rindex(words)
    return Span(start, start + len(words))


def made(text, *persons):
    """Antecedents in a text in which these are named."""
    doc = tokenize(Article(id="a", text=text))
    mentions = [Mention(span_of(text, name), name, name, "person") for name in persons]
    mentions.sort(key=lambda mention: mention.span)
    return doc, Antecedents(doc, Cast(doc, mentions))


def statement(text, source, cue="said"):
    return Attribution((span_of(text, source),), (span_of(text, cue),), (), 1.0)


def named(candidates):
    return [one.name for one in candidates]


def person(name):
    return Speaker(name, person=True, named=True, plural=False)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("He", "he"), ("her", "she"), ("They", "they"), ("it", "it"), ("who", "who"),
        ("the mayor", "the"), ("A neighbour", "a"), ("his wife", "his"), ("their lawyers", "their"),
        ("Some", "other"), ("neighbours", "word"), ("nervous neighbours", "words"),
        ("Oda Brandt", "name"), ("I", "name"), ("Q", "name"),
    ],
)  # fmt: skip
def test_how_a_source_is_put(source, kind):
    doc, _ = made(f"So {source} said.")
    found = source_of(doc, statement(doc.text, source))
    assert found.kind == kind
    assert found.text == source


def test_a_statement_without_a_source_is_looked_at_from_its_cue():
    doc, _ = made("It rained, it is said.")
    found = source_of(doc, Attribution((), (Span(17, 21),), (Span(0, 9),), 1.0))
    assert found == (Span(17, 21), "", "nothing")


def test_candidates_are_the_rules_choice_nobody_the_writer_and_all_who_are_named_near():
    doc, antecedents = made("Oda Brandt met Pell Kesh. She said. Ivo Lamm slept.", "Oda Brandt",
                            "Pell Kesh", "Ivo Lamm")  # fmt: skip
    source = source_of(doc, statement(doc.text, "She"))
    found = antecedents.of(source, person("Oda Brandt"))
    assert named(found) == ["Oda Brandt", None, "", "Pell Kesh", "Ivo Lamm"]
    assert found[0].ways == {Way.RULES, Way.BEFORE}
    assert found[4].ways == {Way.AFTER}


def test_who_spoke_last_comes_first_among_those_who_spoke():
    text = "Oda Brandt said. Pell Kesh said. Oda Brandt said. She said."
    doc, antecedents = made(text)
    for name in ("Oda Brandt", "Pell Kesh", "Oda Brandt"):
        antecedents.note(statement(text, name), person(name))
    antecedents.note(statement(text, "She"), AUTHOR)
    found = antecedents.of(source_of(doc, statement(text, "She")), None)
    said = {one.name: one.rank for one in found if Way.SAID in one.ways}
    assert said == {"Oda Brandt": 0, "Pell Kesh": 1}


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("They met the old miller who", "old miller"),
        ("Mutual fund managers who", "Mutual fund managers"),
        ("It alarms economists -- who", "It alarms economists"),
        ("Who", None),
    ],
)
def test_who_goes_on_from_the_words_before_it(before, words):
    who = before.split()[-1]
    doc, antecedents = made(f"{before} said.")
    found = antecedents.of(source_of(doc, statement(doc.text, who)), None)
    assert [one.name for one in found if Way.WORDS in one.ways] == ([words] if words else [])


def test_somebody_whose_name_is_within_a_description_is_not_who_it_describes():
    doc, antecedents = made("Oda Brandt slept. The aide to Oda Brandt said.", "Oda Brandt")
    source = source_of(doc, statement(doc.text, "The aide to Oda Brandt"))
    found = antecedents.of(source, Speaker("aide to Oda Brandt", False, False, False))
    assert "Oda Brandt" not in named(found)


def test_one_person_is_not_several():
    doc, antecedents = made("Oda Brandt slept. The ministers said.", "Oda Brandt")
    plural = source_of(doc, statement(doc.text, "The ministers"))
    assert "Oda Brandt" not in named(antecedents.of(plural, None))
    doc, antecedents = made("Oda Brandt slept. The minister said.", "Oda Brandt")
    singular = source_of(doc, statement(doc.text, "The minister"))
    assert "Oda Brandt" in named(antecedents.of(singular, None))


@pytest.mark.parametrize(
    ("source", "proposed", "is_open"),
    [
        ("She", None, True),
        ("The mayor", person("Oda Brandt"), True),
        ("The mayor", None, False),
        ("The mayor, Pell Kesh", person("Pell Kesh"), False),
        ("A letter from the port", person("Oda Brandt"), False),
        ("her mother", person("Oda Brandt"), False),
        ("Brandt", person("Oda Brandt"), False),
    ],
)
def test_rules_know_best_of_names_and_papers(source, proposed, is_open):
    doc, antecedents = made(f"{source} said.", *(["Pell Kesh"] if "Pell Kesh" in source else []))
    assert antecedents.is_open(source_of(doc, statement(doc.text, source)), proposed) is is_open


def test_a_candidate_stands_where_they_spoke_or_were_named_last():
    text = "Oda Brandt slept. The mayor said. She said. Oda Brandt woke."
    doc = tokenize(Article(id="a", text=text))
    mentions = [Mention(Span(0, 10), "Oda Brandt", "Oda Brandt", "person")]
    antecedents = Antecedents(doc, Cast(doc, mentions))
    antecedents.note(statement(text, "The mayor"), person("Oda Brandt"))
    source = source_of(doc, statement(text, "She"))
    candidate = next(one for one in antecedents.of(source, None) if one.name == "Oda Brandt")
    assert antecedents.places(source, candidate) == (Span(18, 27), Span(0, 10))
    nobody = next(one for one in antecedents.of(source, None) if one.name is None)
    assert antecedents.places(source, nobody) == (None, None)
