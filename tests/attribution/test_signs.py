"""What speaks for and against candidates; every sign is a number, and there are always as many."""

import numpy as np
import pytest

from presslens.article import Article
from presslens.attribution.antecedents import Antecedents, source_of
from presslens.attribution.cast import Cast
from presslens.attribution.signs import CANDIDATE_SIGNS, SOURCE_SIGNS, Signs, words_of
from presslens.attribution.speaker import Speaker
from presslens.attribution.statement import Attribution
from presslens.mentions import Mention
from presslens.spans import Span
from presslens.tokens import tokenize

# Signs end with five of sex and number, eight of words, seven of types, four of the last statement.
MAY_BE = CANDIDATE_SIGNS - 4 - 7 - 8 - 5
HEAD_DESCRIBED = CANDIDATE_SIGNS - 4 - 7 - 4

TEXT = "Ann Brandt met Colm Estrade. The bishop said that she, too, had said so."


@pytest.fixture
def signs_of():
    """The signs of a source, and those of its candidates by name."""

    def look(words, text=TEXT):
        doc = tokenize(Article(id="a", text=text))
        mentions = [
            Mention(Span(0, 10), "Ann Brandt", "Ann Brandt", "person", ("Mayor",)),
            Mention(Span(15, 27), "Colm Estrade", "Colm Estrade", "person", ("Mr", "Bishop")),
        ]
        antecedents = Antecedents(doc, cast := Cast(doc, mentions))
        antecedents.note(
            Attribution((Span(29, 39),), (Span(40, 44),), (), 1.0),
            Speaker("Colm Estrade", person=True, named=True, plural=False),
        )
        start = text.index(words)
        attribution = Attribution((Span(start, start + len(words)),), (), (Span(60, 64),), 1.0)
        signs = Signs(doc, cast, antecedents)
        source = source_of(doc, attribution)
        candidates = antecedents.of(source, None)
        rows = signs.of_candidates(source, attribution, candidates)
        return signs.of_source(source, attribution), dict(
            zip([one.name for one in candidates], rows, strict=True)
        )

    return look


def test_there_are_as_many_signs_whatever_a_candidate_is(signs_of):
    source, candidates = signs_of("she")
    assert source.shape == (SOURCE_SIGNS,)
    assert {row.shape for row in candidates.values()} == {(CANDIDATE_SIGNS,)}
    assert len(candidates) == 4
    assert all(np.isfinite(row).all() for row in candidates.values())


def test_a_pronoun_goes_with_one_sex(signs_of):
    _, she = signs_of("she")
    _, the = signs_of("The bishop")
    assert (she["Ann Brandt"][MAY_BE], she["Colm Estrade"][MAY_BE]) == (1, 0)
    assert (the["Ann Brandt"][MAY_BE], the["Colm Estrade"][MAY_BE]) == (0, 0)


def test_a_description_goes_with_who_is_called_so(signs_of):
    _, the = signs_of("The bishop")
    assert (the["Ann Brandt"][HEAD_DESCRIBED], the["Colm Estrade"][HEAD_DESCRIBED]) == (0, 1)


def test_words_that_tell_nothing_are_passed_over():
    assert words_of("The Ministry of the Interior") == {"ministry", "interior"}
    assert words_of("") == frozenset()
