import pytest

from presslens.article import Article
from presslens.attribution.quotes import find_quotations
from presslens.attribution.rules.clauses import clause_ends, content_before, continuation
from presslens.attribution.rules.line import Line
from presslens.tokens import tokenize


def line_of(text):
    doc = tokenize(Article(id="a", text=text))
    return Line(doc, doc.sentences[0], find_quotations(doc))


def before(text, subject, **options):
    line = line_of(text)
    span = content_before(line, line.words.index(subject), **options)
    return None if span is None else span.of(text)


def test_what_was_said_stands_before_a_comma_a_dash_or_a_closing_mark():
    assert before("The river is low, she said.", "she") == "The river is low"
    assert before("The river is low — she said.", "she") == "The river is low"
    assert before("“The river is low?” she said.", "she") == "“The river is low?”"


def test_a_circumstance_is_nothing_said():
    assert before("In the video, she said it rained.", "she") is None
    assert before("Yesterday, she said it rained.", "she", short=True) is None
    assert before("However, she said it rained.", "she", short=True) is None


def test_one_word_may_be_all_that_was_said_where_nothing_else_follows():
    assert before("Monsters, she said.", "she", short=True) == "Monsters"
    assert before("Monsters, she said it was.", "she") is None


def test_a_conjunction_and_a_dateline_before_the_content_are_left_out():
    assert before("But the river is low, she said.", "she") == "the river is low"
    assert before("LORVANE — The river is low, she said.", "she") == "The river is low"
    assert before("LORVANE (VPA) - The river is low, she said.", "she") == "The river is low"
    assert before("UN staff met in the hall, she said.", "she") == "UN staff met in the hall"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It rains, she said.", True),
        ("It rains, she said on Monday.", True),
        ("It rains, she said in a letter to the board, which met.", True),
        ("It rains, she said it might pour.", False),
        ("It rains, she said “no”.", False),
    ],
)
def test_after_what_was_said_the_cue_clause_ends_soon(text, ends):
    line = line_of(text)
    assert clause_ends(line, line.words.index("said") + 1) is ends


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("“It rains,” she said, “and it pours.”", "“and it pours.”"),
        ("Some, she said, were wet.", "were wet."),
        ("Some were dry, she said, because of the roof.", "because of the roof."),
        ("There was no proof, she said, that it rained.", "that it rained."),
        ("Some were dry, she said, citing a report.", None),
        ("Some were dry, she said, and accused the union.", None),
        ("Some were dry, she said. Others were wet.", None),
    ],
)
def test_what_was_said_goes_on_after_the_cue_clause_unless_the_paper_speaks(text, rest):
    line = line_of(text)
    span = continuation(line, line.words.index("said") + 1)
    assert (None if span is None else span.of(text)) == rest
