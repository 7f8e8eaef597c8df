from presslens.article import Article
from presslens.attribution.interviews import interview_turns, with_turns
from presslens.attribution.statement import Attribution
from presslens.spans import Span
from presslens.tokens import tokenize

INTRO = "Harbourmaster Mira Quennell took questions on Monday."
TALK = (
    f"{INTRO}\n\nQ: How long will it stay shut?\n\nA: Until the river falls.\n\n"
    "We cannot open it before.\n\nQ: Who decides?\n\nA: The board does.\n\nThe port has been shut."
)


def turns(text):
    doc = tokenize(Article(id="a", text=text))
    return [
        (one.source[0].of(text), [piece.of(text) for piece in one.content])
        for one in interview_turns(doc)
    ]


def test_questions_and_answers_are_statements_with_all_their_paragraphs():
    assert turns(TALK) == [
        ("Q", ["How long will it stay shut?"]),
        ("A", ["Until the river falls.", "We cannot open it before."]),
        ("Q", ["Who decides?"]),
        ("A", ["The board does."]),
    ]


def test_a_letter_or_two_make_no_interview():
    assert turns("Q: What?\n\nA: That.\n\nIt rained.") == []
    assert turns("A. Smith wrote it.\n\nA. Jones read it.\n\nQ fever spread.") == []


def test_what_was_found_inside_a_turn_gives_way_and_the_rest_stays():
    doc = tokenize(Article(id="a", text=TALK))

    def found(words):
        start = TALK.index(words)
        return Attribution((), (), (Span(start, start + len(words)),), 0.5)

    before, inside = found("took questions"), found("The board does.")
    kept = with_turns(doc, [before, inside])
    assert before in kept
    assert inside not in kept
    assert kept == sorted(kept, key=lambda one: one.start)
