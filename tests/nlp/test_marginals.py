"""Marginals: the probabilities of spans and tokens, as adding up all sequences would find them."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from presslens.nlp.marginals import LEAST, TOGETHER, Marginals, span_marginals
from presslens.nlp.tagging import ATTRIBUTION, NAMES, Scheme

FloatArray = NDArray[np.float32]

ONE, TWO = Scheme(("cue",)), Scheme(("source", "cue"))


def random_scores(
    seed: int, lengths: Sequence[int], scheme: Scheme, spread: float = 2.0
) -> tuple[list[FloatArray], FloatArray]:
    chance = np.random.default_rng(seed)
    kinds = len(scheme.tags)
    scores = [(spread * chance.normal(size=(n, kinds))).astype(np.float32) for n in lengths]
    return scores, chance.normal(size=(kinds, kinds)).astype(np.float32)


def is_valid(tags: Sequence[int], scheme: Scheme) -> bool:
    return bool(
        scheme.starts[tags[0]]
        and scheme.ends[tags[-1]]
        and all(scheme.allowed[a, b] for a, b in pairwise(tags))
    )


def all_sequences(
    scores: FloatArray, transitions: FloatArray, scheme: Scheme
) -> dict[tuple[int, ...], float]:
    """Every valid sequence with its probability."""
    weights = {
        tags: float(
            np.exp(
                sum(scores[n, tag] for n, tag in enumerate(tags))
                + sum(transitions[a, b] for a, b in pairwise(tags))
            )
        )
        for tags in product(range(len(scheme.tags)), repeat=len(scores))
        if is_valid(tags, scheme)
    }
    whole = sum(weights.values())
    return {tags: weight / whole for tags, weight in weights.items()}


def assert_same(one: Marginals, other: Marginals) -> None:
    np.testing.assert_array_equal(one.spans, other.spans)
    np.testing.assert_array_equal(one.shares, other.shares)
    np.testing.assert_array_equal(one.inside, other.inside)


@pytest.mark.parametrize(
    ("scheme", "length"), [(ONE, 1), (ONE, 2), (ONE, 3), (ONE, 5), (TWO, 1), (TWO, 2), (TWO, 3)]
)
@pytest.mark.parametrize("seed", range(8))
def test_probabilities_are_those_of_adding_up_all_sequences(
    scheme: Scheme, length: int, seed: int
) -> None:
    (scores,), transitions = random_scores(seed, [length], scheme)
    spans: dict[tuple[int, int, int], float] = {}
    inside = np.zeros((length, len(scheme.kinds)))
    for tags, share in all_sequences(scores, transitions, scheme).items():
        for start, end, kind in scheme.decode(tags):
            span = (start, end, scheme.kinds.index(kind))
            spans[span] = spans.get(span, 0) + share
            inside[start:end, span[2]] += share
    (found,) = span_marginals([scores], transitions, scheme)
    np.testing.assert_allclose(found.inside, inside, atol=1e-5)
    told = dict(zip(map(tuple, found.spans.tolist()), found.shares.tolist(), strict=True))
    assert {span: share for span, share in told.items() if share > LEAST + 1e-4} == pytest.approx(
        {span: share for span, share in spans.items() if share > LEAST + 1e-4}, abs=1e-5
    )
    assert [end for _, end, _ in told] == sorted(end for _, end, _ in told)


@given(
    seed=st.integers(0, 2**32 - 1),
    lengths=st.lists(st.integers(0, 12), min_size=1, max_size=8),
    spread=st.sampled_from([0.0, 1.0, 30.0, 1e4, 1e8]),
)
def test_whatever_the_scores_the_spans_are_within_the_text_and_the_probabilities_are_some(
    seed: int, lengths: list[int], spread: float
) -> None:
    scores, transitions = random_scores(seed, lengths, ATTRIBUTION, spread)
    for found, length in zip(
        span_marginals(scores, transitions, ATTRIBUTION), lengths, strict=True
    ):
        starts, ends, kinds = found.spans.T
        assert ((starts >= 0) & (starts < ends) & (ends <= length)).all()
        assert ((kinds >= 0) & (kinds < 3)).all()
        assert found.inside.shape == (length, 3)
        for shares in (found.shares, found.inside):
            assert ((shares >= 0) & (shares <= 1)).all()


@given(
    seed=st.integers(0, 2**32 - 1),
    lengths=st.lists(st.integers(0, 40), min_size=1, max_size=10),
)
def test_an_article_alone_has_to_the_last_bit_what_it_has_among_others(
    seed: int, lengths: list[int]
) -> None:
    scores, transitions = random_scores(seed, lengths, NAMES)
    together = span_marginals(scores, transitions, NAMES)
    for one, found in zip(scores, together, strict=True):
        assert_same(found, span_marginals([one], transitions, NAMES)[0])


def test_more_articles_than_walk_together_come_back_in_their_order() -> None:
    lengths = [1 + n % 7 for n in range(2 * TOGETHER + 3)]
    scores, transitions = random_scores(1, lengths, ONE)
    found = span_marginals(scores, transitions, ONE)
    assert [len(one.inside) for one in found] == lengths
    assert_same(found[-1], span_marginals(scores[-1:], transitions, ONE)[0])


def test_how_a_tag_goes_on_to_outside_says_nothing_of_an_articles_last_token() -> None:
    scores = np.zeros((1, 5), np.float32)
    transitions = np.zeros((5, 5), np.float32)
    transitions[4, 0] = -5
    (found,) = span_marginals([scores], transitions, ONE)
    assert found.spans.tolist() == [[0, 1, 0]]
    assert found.shares[0] == pytest.approx(0.5)


def test_the_last_words_of_a_long_article_are_told_apart_as_finely_as_the_first() -> None:
    # A cue is a hair better than outside; sums of thousands of scores must not blur it.
    scores = np.full((20_000, 5), -30, np.float32)
    scores[:, 0] = 20.0
    scores[:, 4] = 20.0
    scores[::2, 4] = 20.5
    (found,) = span_marginals([scores], np.zeros((5, 5), np.float32), ONE)
    np.testing.assert_allclose(found.shares[1::2], 0.5, atol=1e-5)
    np.testing.assert_allclose(found.shares[::2], 1 / (1 + np.exp(-0.5)), atol=1e-5)


def test_a_very_long_span_is_as_probable_as_its_borders() -> None:
    scores = np.zeros((6_000, 5), np.float32)
    scores[:, 2] = 9
    scores[0, 1] = scores[-1, 3] = 20
    (found,) = span_marginals([scores], np.zeros((5, 5), np.float32), ONE)
    assert [0, 6_000, 0] in found.spans.tolist()
    assert found.shares.max() > 0.5


def test_a_very_long_article_keeps_its_probabilities() -> None:
    (scores,), transitions = random_scores(3, [20_000], ATTRIBUTION, 8.0)
    (found,) = span_marginals([scores], transitions, ATTRIBUTION)
    assert np.isfinite(found.inside).all()
    assert 0.5 < found.inside.max(axis=1).mean() < 1
    (first,) = span_marginals([scores[:400]], transitions, ATTRIBUTION)
    np.testing.assert_allclose(found.inside[:300], first.inside[:300], atol=1e-4)
    (last,) = span_marginals([scores[-400:]], transitions, ATTRIBUTION)
    np.testing.assert_allclose(found.inside[-300:], last.inside[-300:], atol=1e-4)


def calls(length: int) -> int:
    """How many functions are called for an article of so many tokens, all of them outside."""
    scores = np.zeros((length, 5), np.float32)
    scores[:, 0] = 20
    count = 0

    def note(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        span_marginals([scores], np.zeros((5, 5), np.float32), ONE)
    finally:
        sys.setprofile(None)
    return count


def test_work_grows_with_the_length_and_no_faster() -> None:
    few, more, most = calls(200), calls(400), calls(800)
    assert most - more == 2 * (more - few)


def peak(scores: Sequence[FloatArray], transitions: FloatArray) -> int:
    tracemalloc.start()
    try:
        span_marginals(scores, transitions, ATTRIBUTION)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_short_articles_beside_a_very_long_one_cost_no_memory_of_its_length() -> None:
    lengths = [12_000, *[20] * 40]
    scores, transitions = random_scores(0, lengths, ATTRIBUTION)
    assert peak(scores, transitions) < 8 * peak(scores[:1], transitions)


def test_nothing_has_no_spans() -> None:
    _, transitions = random_scores(0, [], ONE)
    assert span_marginals([], transitions, ONE) == []
    (found,) = span_marginals([np.zeros((0, 5), np.float32)], transitions, ONE)
    assert (found.spans.shape, len(found.shares), found.inside.shape) == ((0, 3), 0, (0, 1))
