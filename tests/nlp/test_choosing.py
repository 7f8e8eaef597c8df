"""Choosing: disjoint spans, and none others from which more is to be expected."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.nlp.choosing import Chosen, Stake, choose_spans
from presslens.nlp.marginals import Marginals

PLAIN = (Stake(0.4), Stake(0.4))


def marginals(length: int, *spans: tuple[int, int, int, float]) -> Marginals:
    """With these spans; a token is in a kind as probably as the spans of it around the token."""
    inside = np.zeros((length, 2), np.float32)
    for start, end, kind, share in spans:
        inside[start:end, kind] += share
    ordered = sorted(spans, key=lambda span: span[1])
    return Marginals(
        np.array([span[:3] for span in ordered], np.int64).reshape(-1, 3),
        np.array([span[3] for span in ordered], np.float32),
        inside,
    )


def test_a_span_that_is_probable_enough_is_chosen() -> None:
    found = choose_spans(marginals(9, (0, 2, 1, 0.75), (3, 5, 0, 0.5), (6, 7, 0, 0.25)), PLAIN)
    assert found == [Chosen(0, 2, 1, 0.75), Chosen(3, 5, 0, 0.5)]


def test_of_spans_that_overlap_the_most_probable_is_chosen() -> None:
    found = choose_spans(marginals(9, (0, 4, 0, 0.5), (2, 6, 1, 0.625), (5, 8, 0, 0.5)), PLAIN)
    assert found == [Chosen(2, 6, 1, 0.625)]


def test_two_spans_may_be_worth_more_than_the_one_between_them() -> None:
    spans = (0, 4, 0, 0.75), (2, 6, 1, 0.875), (5, 8, 0, 0.75)
    assert [span[:3] for span in choose_spans(marginals(9, *spans), PLAIN)] == [
        (0, 4, 0),
        (5, 8, 0),
    ]


def test_spans_may_touch() -> None:
    found = choose_spans(marginals(4, (0, 2, 0, 0.75), (2, 4, 0, 0.75)), PLAIN)
    assert [span[:2] for span in found] == [(0, 2), (2, 4)]


def test_what_is_sure_to_stand_there_is_chosen_though_its_borders_are_not() -> None:
    unsure = marginals(9, (1, 5, 0, 0.25), (1, 6, 0, 0.25), (2, 5, 0, 0.25), (2, 6, 0, 0.25))
    assert choose_spans(unsure, PLAIN) == []
    (found,) = choose_spans(unsure, (Stake(0.4, 0.2), Stake(0.4, 0.2)))
    assert found[:3] == (1, 6, 0)  # Each token in it is more probable than not to be in one.


@given(st.data())
def test_no_other_choice_gains_more(data: st.DataObject) -> None:
    length = data.draw(st.integers(1, 8))
    places = st.tuples(st.integers(0, length), st.integers(0, length), st.integers(0, 1))
    spans = data.draw(st.lists(places.filter(lambda x: x[0] < x[1]), max_size=7, unique=True))
    shares = data.draw(st.lists(st.integers(1, 64), min_size=len(spans), max_size=len(spans)))
    given = [(*span, share / 64) for span, share in zip(spans, shares, strict=True)]
    stakes = (Stake(0.5, 0.25, 0.5), Stake(0.25, 0.5, 0.25))
    one = marginals(length, *given)

    def gain(span: tuple[int, int, int, float]) -> float:
        start, end, kind, share = span
        price, word, word_price = stakes[kind]
        return share - price + word * float((one.inside[start:end, kind] - word_price).sum())

    def disjoint(chosen: tuple[tuple[int, int, int, float], ...]) -> bool:
        return all(a[1] <= b[0] or b[1] <= a[0] for a, b in combinations(chosen, 2))

    best = max(
        sum(map(gain, chosen))
        for size in range(len(given) + 1)
        for chosen in combinations(given, size)
        if disjoint(chosen)
    )
    found = choose_spans(one, stakes)
    assert disjoint(tuple(tuple(span) for span in found))
    assert sum(map(gain, found)) == pytest.approx(best)
    assert [span.start for span in found] == sorted(span.start for span in found)


def test_nothing_probable_is_nothing_chosen() -> None:
    assert choose_spans(marginals(3), PLAIN) == []
    assert choose_spans(marginals(0), PLAIN) == []
