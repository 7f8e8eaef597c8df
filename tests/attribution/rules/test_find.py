import pytest

from presslens.article import Article
from presslens.attribution.rules.find import PRECISION, Find, pieces_of_content
from presslens.attribution.rules.line import Line
from presslens.spans import Span
from presslens.tokens import tokenize


def contents(text, *pieces):
    doc = tokenize(Article(id="a", text=text))
    line = Line(doc, doc.sentences[0], ())
    spans = [Span(text.index(piece), text.index(piece) + len(piece)) for piece in pieces]
    return [span.of(text) for span in pieces_of_content(line, spans)]


@pytest.mark.parametrize(
    ("piece", "kept"),
    [
        (" it rains, ", "it rains"),
        ("it rains.", "it rains"),
        ("it rains!", "it rains"),
        ("does it rain?", "does it rain?"),
        ("it rains in the U.S.", "it rains in the U.S."),
        ("it rains …", "it rains …"),
        ("it rains...", "it rains..."),
        ("“it rains.”", "“it rains.”"),
    ],
)
def test_content_ends_without_the_sentences_own_punctuation(piece, kept):
    assert contents(f"He said {piece} ", piece) == [kept]


def test_pieces_of_which_nothing_is_left_go():
    assert contents("He said , and it rains.", ", ", "it rains") == ["it rains"]


def test_a_find_becomes_an_attribution_with_its_rule_and_that_rules_precision():
    find = Find("quote", Span(10, 14), "say", None, (Span(0, 9), Span(20, 25)))
    attribution = find.attribution()
    assert (find.start, find.end) == (0, 25)
    assert attribution.source == ()
    assert attribution.cue == (Span(10, 14),)
    assert (attribution.rule, attribution.lemma) == ("quote", "say")
    assert attribution.confidence == PRECISION["quote"]
    assert all(0 < share < 1 for share in PRECISION.values())
