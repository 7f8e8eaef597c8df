"""Viterbi: the best valid tags and their probabilities, as trying all sequences would find them."""

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

from presslens.nlp.tagging import ATTRIBUTION, NAMES, Scheme
from presslens.nlp.viterbi import TOGETHER, best_tags

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
    """Every valid sequence with its score."""
    return {
        tags: float(
            sum(scores[n, tag] for n, tag in enumerate(tags))
            + sum(transitions[a, b] for a, b in pairwise(tags))
        )
        for tags in product(range(len(scheme.tags)), repeat=len(scores))
        if is_valid(tags, scheme)
    }


@pytest.mark.parametrize(
    ("scheme", "length"), [(ONE, 1), (ONE, 2), (ONE, 3), (ONE, 5), (TWO, 1), (TWO, 2), (TWO, 3)]
)
@pytest.mark.parametrize("seed", range(8))
def test_tags_and_probabilities_are_those_of_trying_all_sequences(
    scheme: Scheme, length: int, seed: int
) -> None:
    (scores,), transitions = random_scores(seed, [length], scheme)
    tried = all_sequences(scores, transitions, scheme)
    ((tags, shares),) = best_tags([scores], transitions, scheme)
    assert tuple(tags.tolist()) == max(tried, key=lambda sequence: tried[sequence])
    weights = {sequence: np.exp(score) for sequence, score in tried.items()}
    for place, (tag, share) in enumerate(zip(tags.tolist(), shares.tolist(), strict=True)):
        with_it = sum(weight for sequence, weight in weights.items() if sequence[place] == tag)
        assert share == pytest.approx(with_it / sum(weights.values()), abs=1e-5)


@given(
    seed=st.integers(0, 2**32 - 1),
    lengths=st.lists(st.integers(0, 12), min_size=1, max_size=8),
    spread=st.sampled_from([0.0, 1.0, 30.0, 1e4, 1e8]),
)
def test_whatever_the_scores_the_tags_are_valid_and_the_probabilities_are_some(
    seed: int, lengths: list[int], spread: float
) -> None:
    scores, transitions = random_scores(seed, lengths, ATTRIBUTION, spread)
    for (tags, shares), length in zip(
        best_tags(scores, transitions, ATTRIBUTION), lengths, strict=True
    ):
        assert len(tags) == len(shares) == length
        assert not length or is_valid(tags.tolist(), ATTRIBUTION)
        assert np.isfinite(shares).all()
        assert ((shares >= 0) & (shares <= 1)).all()


@given(
    seed=st.integers(0, 2**32 - 1),
    lengths=st.lists(st.integers(0, 40), min_size=1, max_size=10),
)
def test_an_article_alone_has_to_the_last_bit_what_it_has_among_others(
    seed: int, lengths: list[int]
) -> None:
    scores, transitions = random_scores(seed, lengths, NAMES)
    together = best_tags(scores, transitions, NAMES)
    for one, (tags, shares) in zip(scores, together, strict=True):
        ((alone, alone_shares),) = best_tags([one], transitions, NAMES)
        np.testing.assert_array_equal(tags, alone)
        np.testing.assert_array_equal(shares, alone_shares)


def test_more_articles_than_walk_together_come_back_in_their_order() -> None:
    lengths = [1 + n % 7 for n in range(2 * TOGETHER + 3)]
    scores, transitions = random_scores(1, lengths, ONE)
    found = best_tags(scores, transitions, ONE)
    assert [len(tags) for tags, _ in found] == lengths
    last = best_tags(scores[-1:], transitions, ONE)[0]
    np.testing.assert_array_equal(found[-1][0], last[0])


def test_how_a_tag_goes_on_to_outside_says_nothing_of_an_articles_last_token() -> None:
    scores = np.zeros((1, 5), np.float32)
    scores[0, 4] = 1
    transitions = np.zeros((5, 5), np.float32)
    transitions[4, 0] = -5
    ((tags, _),) = best_tags([scores], transitions, ONE)
    assert tags.tolist() == [4]


def test_the_last_words_of_a_long_article_are_told_apart_as_finely_as_the_first() -> None:
    # Outside is always a hair better than a cue; sums of thousands of scores must not blur it.
    scores = np.full((20_000, 5), -30, np.float32)
    scores[:, 0] = 20.003
    scores[:, 4] = 20.0
    scores[::2, 4] = 20.006
    ((tags, _),) = best_tags([scores], np.zeros((5, 5), np.float32), ONE)
    np.testing.assert_array_equal(tags, np.tile([4, 0], 10_000))


def test_a_very_long_article_keeps_its_probabilities() -> None:
    (scores,), transitions = random_scores(3, [20_000], ATTRIBUTION, 8.0)
    ((tags, shares),) = best_tags([scores], transitions, ATTRIBUTION)
    assert is_valid(tags.tolist(), ATTRIBUTION)
    assert np.isfinite(shares).all()
    assert 0.5 < shares.mean() < 1
    ((_, first),) = best_tags([scores[:400]], transitions, ATTRIBUTION)
    np.testing.assert_allclose(shares[:300], first[:300], atol=1e-4)
    ((_, last),) = best_tags([scores[-400:]], transitions, ATTRIBUTION)
    np.testing.assert_allclose(shares[-300:], last[-300:], atol=1e-4)


def calls(length: int) -> int:
    """How many functions are called for an article of so many tokens."""
    scores, transitions = random_scores(0, [length], ONE)
    count = 0

    def note(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        best_tags(scores, transitions, ONE)
    finally:
        sys.setprofile(None)
    return count


def test_work_grows_with_the_length_and_no_faster() -> None:
    few, more, most = calls(200), calls(400), calls(800)
    assert most - more == 2 * (more - few)


def peak(scores: Sequence[FloatArray], transitions: FloatArray) -> int:
    tracemalloc.start()
    try:
        best_tags(scores, transitions, ATTRIBUTION)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_short_articles_beside_a_very_long_one_cost_no_memory_of_its_length() -> None:
    lengths = [12_000, *[20] * 40]
    scores, transitions = random_scores(0, lengths, ATTRIBUTION)
    assert peak(scores, transitions) < 8 * peak(scores[:1], transitions)


def test_nothing_has_no_tags() -> None:
    _, transitions = random_scores(0, [], ONE)
    assert best_tags([], transitions, ONE) == []
    ((tags, shares),) = best_tags([np.zeros((0, 5), np.float32)], transitions, ONE)
    assert (len(tags), len(shares)) == (0, 0)
