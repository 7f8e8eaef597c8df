"""Links: how two spans stand to each other, counted in tokens, spans and sentences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.nlp.links import RELATIONS, as_array, nearest, relations

Range = tuple[int, int]

DISTANCES = (0, 1, 2, 3, 4, 6, 9, 13, 20, 30, 50, 80, 150, 300)
BETWEEN = SENTENCES = 4


@st.composite
def ranges(draw: st.DrawFn, least: int = 0) -> list[Range]:
    starts = draw(st.lists(st.integers(0, 700), min_size=least, max_size=12, unique=True))
    return [(start, start + draw(st.integers(1, 60))) for start in sorted(starts)]


def borders() -> st.SearchStrategy[list[int]]:
    return st.sets(st.integers(1, 760), max_size=25).map(lambda some: sorted({0, *some}))


def sentence_of(token: int, starts: list[int]) -> int:
    return sum(start <= token for start in starts)


def slow_relation(child: Range, parent: int, parents: list[Range], starts: list[int]) -> list[int]:
    first, last = parents[parent]
    after = first >= child[0]
    if after:
        gap = first - child[1]
        between = sum(p[0] >= child[0] for p in parents[:parent])
        apart = sentence_of(first, starts) - sentence_of(child[1] - 1, starts)
    else:
        gap = child[0] - last
        between = sum(p[0] < child[0] for p in parents[parent + 1 :])
        apart = sentence_of(child[0], starts) - sentence_of(first, starts)
    distance = max(n for n, bound in enumerate(DISTANCES) if bound <= max(gap, 0))
    kinds = (
        distance,
        len(DISTANCES) + min(between, BETWEEN - 1),
        len(DISTANCES) + BETWEEN + min(max(apart, 0), SENTENCES - 1),
    )
    return [2 * kind + after for kind in kinds]


@given(ranges(1), ranges(1), borders())
def test_relations_are_those_that_counting_finds(
    children: list[Range], parents: list[Range], starts: list[int]
) -> None:
    everyone = np.tile(np.arange(len(parents)), (len(children), 1))
    found = relations(as_array(children), as_array(parents), everyone, np.array(starts))
    assert found.tolist() == [
        [slow_relation(child, n, parents, starts) for n in range(len(parents))]
        for child in children
    ]
    assert found.min() >= 0
    assert found.max() < RELATIONS


def test_a_pairs_relation_does_not_depend_on_the_other_candidates() -> None:
    children, parents = as_array([(10, 20)]), as_array([(0, 2), (22, 23), (40, 42)])
    starts = np.array([0, 21, 39])
    everyone = relations(children, parents, np.array([[0, 1, 2]]), starts)
    some = relations(children, parents, np.array([[2, 0]]), starts)
    assert some[0].tolist() == [everyone[0, 2].tolist(), everyone[0, 0].tolist()]


@pytest.mark.parametrize(
    ("child", "parent", "relation"),
    [
        ((0, 5), (5, 6), (0, 0, 0, True)),  # right behind it, in one sentence
        ((0, 5), (7, 8), (2, 0, 0, True)),
        ((5, 9), (3, 5), (0, 0, 0, False)),  # right before it
        ((5, 9), (6, 7), (0, 0, 0, True)),  # within it
        ((0, 5), (12, 13), (5, 0, 1, True)),  # in the next sentence
        ((12, 15), (2, 3), (6, 0, 1, False)),
        ((0, 1), (699, 700), (13, 0, 1, True)),
    ],
)
def test_relations_are_named_by_distance_order_and_sentences(
    child: Range, parent: Range, relation: tuple[int, int, int, bool]
) -> None:
    distance, between, apart, after = relation
    found = relations(
        as_array([child]), as_array([parent]), np.array([[0]]), np.array([0, 10, 900])
    )
    kinds = (distance, len(DISTANCES) + between, len(DISTANCES) + BETWEEN + apart)
    assert found.tolist() == [[[2 * kind + after for kind in kinds]]]


@given(ranges(), ranges(), st.integers(1, 4))
def test_the_nearest_are_the_last_before_and_the_first_from_there_on(
    children: list[Range], parents: list[Range], each_side: int
) -> None:
    numbers, there = nearest(as_array(children), as_array(parents), each_side=each_side)
    assert numbers.shape == there.shape == (len(children), 2 * each_side)
    for row, exists, child in zip(numbers, there, children, strict=True):
        before = [n for n, parent in enumerate(parents) if parent[0] < child[0]]
        behind = [n for n, parent in enumerate(parents) if parent[0] >= child[0]]
        assert row[exists].tolist() == before[-each_side:] + behind[:each_side]
    assert not len(parents) or (numbers[~there] < len(parents)).all()


def test_no_spans_are_an_array_of_none() -> None:
    assert as_array([]).shape == (0, 2)
    assert as_array([(1, 2), (3, 4)]).tolist() == [[1, 2], [3, 4]]
