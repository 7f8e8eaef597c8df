"""Trees: the best one with a single root, as trying them all would find it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.nlp.trees import best_tree


def is_tree(heads: list[int]) -> bool:
    """Whether one token is its own head, and every other's way up ends there."""
    roots = [n for n, head in enumerate(heads) if head == n]
    if len(roots) != 1:
        return False
    for number in range(len(heads)):
        seen = set()
        while number not in seen and number != roots[0]:
            seen.add(number)
            number = heads[number]
        if number != roots[0]:
            return False
    return True


def total(scores: np.ndarray, heads: list[int]) -> float:
    return float(scores[np.arange(len(heads)), heads].sum())


def best_under(scores: np.ndarray, root: int) -> float:
    """The score of the best of all trees with this root."""
    size = len(scores)
    every = (list(heads) for heads in product(range(size), repeat=size))
    return max(total(scores, heads) for heads in every if heads[root] == root and is_tree(heads))


@settings(max_examples=200)
@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_no_tree_with_the_same_root_scores_more(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size))
    heads = best_tree(scores).tolist()
    assert is_tree(heads)
    root = next(n for n, head in enumerate(heads) if head == n)
    assert total(scores, heads) == pytest.approx(best_under(scores, root))


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    # 0 is the root; 1 and 2 would rather hang on each other; 2 minds less to hang on 0.
    scores = np.array([[0.0, -9, -9], [-8, -9, 0], [-3, 0, -9]])
    assert best_tree(scores).tolist() == [0, 2, 0]


def test_cycles_within_cycles_are_broken_too() -> None:
    size = 40
    scores = np.full((size, size), -9.0)
    for number in range(1, size):
        scores[number, number - 1 if number % 2 == 0 else (number + 1) % size] = 0
    scores[0, 0] = 0
    assert is_tree(best_tree(scores).tolist())


@pytest.mark.parametrize("size", [1, 2, 400])
def test_equal_scores_give_some_tree(size: int) -> None:
    assert is_tree(best_tree(np.zeros((size, size), np.float32)).tolist())
