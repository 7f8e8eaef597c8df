import pytest

from presslens.article import Article
from presslens.attribution.cues import load_cues
from presslens.attribution.quotes import find_quotations
from presslens.attribution.rules.line import Line
from presslens.attribution.rules.phrases import (
    is_main_verb,
    is_verb,
    phrase_after,
    subject_before,
    verb_group,
)
from presslens.tokens import tokenize


def line_of(text):
    doc = tokenize(Article(id="a", text=text))
    return Line(doc, doc.sentences[0], find_quotations(doc))


def cue_in(line, word):
    position = line.words.index(word)
    form = load_cues().verb_at(line.words, position)
    assert form is not None
    return form, position


@pytest.mark.parametrize(
    ("text", "word", "verb"),
    [
        ("He said that it rained.", "said", True),
        ("The plans failed.", "plans", False),
        ("She plans to leave.", "plans", True),
        ("Brandt hopes to win.", "hopes", True),
        ("Delta claims of fraud grew.", "claims", False),
        ("Officials report that it rains.", "report", True),
        ("It fell in report after report.", "report", False),
        ("The known facts are few.", "known", False),
        ("It was known for years.", "known", True),
        ("He left, adding that it rained.", "adding", True),
        ("The adding took hours.", "adding", False),
    ],
)
def test_neighbours_tell_a_verb_from_a_noun(text, word, verb):
    line = line_of(text)
    assert is_verb(line, *cue_in(line, word)) is verb


@pytest.mark.parametrize(
    ("text", "word", "group"),
    [
        ("He has repeatedly said that.", "said", "has repeatedly said"),
        ("He would not say that.", "say", "would not say"),
        ("He said in a statement that it rains.", "said", "said in a statement"),
        ("She did n't say.", "say", "did n't say"),
        ("Then he called on us to go.", "called", "called on"),
        ("In the end he said: it rains.", "said", "said:"),
    ],
)
def test_a_verb_group_takes_in_auxiliaries_negation_and_adverbs(text, word, group):
    line = line_of(text)
    assert line.span(verb_group(line, *cue_in(line, word))).of(text) == group


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The mayor said so.", "The mayor"),
        ("Oda Brandt, the mayor of Kasp, said so.", "Oda Brandt, the mayor of Kasp,"),
        ("Oda Brandt, who runs Kasp, said so.", "Oda Brandt"),
        ("On Monday the mayor said so.", "the mayor"),
        ("The mayor on Monday said so.", "The mayor"),
        ("It rained and the mayor said so.", "the mayor"),
        ("Brandt and Kesh said so.", "Brandt and Kesh"),
        ("An official of that ministry said so.", "An official of that ministry"),
        ("The union (ZFB) said so.", "The union (ZFB)"),
        ("Beneath it somebody said so.", "somebody"),
        ("While it rained, he said so.", "he"),
    ],
)
def test_the_subject_is_the_noun_phrase_right_before_the_verb(text, subject):
    line = line_of(text)
    tokens = subject_before(line, line.words.index("said"))
    assert tokens is not None
    assert line.span(tokens).of(text) == subject


@pytest.mark.parametrize("text", ["That it rained and said", "“It rains,” said Roe."])
def test_without_a_noun_phrase_there_is_no_subject(text):
    line = line_of(text)
    assert subject_before(line, line.words.index("said")) is None


@pytest.mark.parametrize(
    ("after", "source"),
    [
        ("Oda Brandt.", "Oda Brandt"),
        ("Oda Brandt, the mayor of Kasp.", "Oda Brandt, the mayor of Kasp"),
        ("Oda Brandt, adding that it pours.", "Oda Brandt"),
        ("Oda Brandt on Tuesday.", "Oda Brandt"),
        ("Oda Brandt in an interview.", "Oda Brandt"),
        ("Oda Brandt — and left.", "Oda Brandt"),
        ("a spokeswoman for the ministry while it rained.", "a spokeswoman for the ministry"),
    ],
)
def test_the_phrase_after_a_verb_ends_with_its_clause(after, source):
    text = f"“It rains,” said {after}"
    line = line_of(text)
    tokens = phrase_after(line, line.words.index("said") + 1)
    assert tokens is not None
    assert line.span(tokens).of(text) == source


def test_an_apposition_can_be_left_out():
    text = "According to Brandt, the river is low."
    line = line_of(text)
    tokens = phrase_after(line, 2, apposition=False)
    assert tokens is not None
    assert line.span(tokens).of(text) == "Brandt"


@pytest.mark.parametrize("text", ["He said that.", "He said, no.", "He said “no”.", "He said"])
def test_what_is_no_noun_phrase_is_none(text):
    line = line_of(text)
    assert phrase_after(line, 2) is None


def test_main_verbs_are_auxiliaries_and_past_forms():
    line = line_of("The mayor, who has paid, rescued the wounded men.")
    verbs = {line.words[i] for i in range(1, len(line)) if is_main_verb(line, i)}
    assert verbs == {"has", "rescued"}
