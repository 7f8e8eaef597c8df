"""Links: how two spans of an article stand to each other, as numbers that a head can weigh."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

# Tokens between two spans, each bound the first number of its class.
_DISTANCES = np.array([0, 1, 2, 3, 4, 6, 9, 13, 20, 30, 50, 80, 150, 300])
_BETWEEN = 4
_SENTENCES = 4
# A relation is named by three numbers: distance and order; spans of the parents' kind in between
# and order; sentences from one to the other and order.
RELATIONS = 2 * (len(_DISTANCES) + _BETWEEN + _SENTENCES)


def relations(children: Ints, parents: Ints, candidates: Ints, sentence_starts: Ints) -> Ints:
    """The relations' numbers of pairs of spans, [children, candidates, 3].

    Args:
        children: [children, 2], spans of tokens that belong to something.
        parents: [parents, 2], spans of tokens, ascending, that something may belong to.
        candidates: [children, candidates], numbers of the parents that each child may belong to.
        sentence_starts: first token of every sentence, ascending.
    """
    start, end = children[:, :1], children[:, 1:]
    first, last = parents[candidates, 0], parents[candidates, 1]
    place = np.searchsorted(parents[:, 0], start)
    after = first >= start
    gap = np.where(after, first - end, start - last)
    between = np.where(after, candidates - place, place - 1 - candidates)
    opening = np.searchsorted(sentence_starts, start, side="right")
    closing = np.searchsorted(sentence_starts, end - 1, side="right")
    home = np.searchsorted(sentence_starts, first, side="right")
    apart = np.where(after, home - closing, opening - home)
    distance = np.searchsorted(_DISTANCES, np.maximum(gap, 0), side="right") - 1
    kinds = (
        distance,
        len(_DISTANCES) + np.clip(between, 0, _BETWEEN - 1),
        len(_DISTANCES) + _BETWEEN + np.clip(apart, 0, _SENTENCES - 1),
    )
    return np.stack([2 * kind + after for kind in kinds], axis=-1)


def nearest(children: Ints, parents: Ints, *, each_side: int) -> tuple[Ints, NDArray[np.bool_]]:
    """Numbers of the parents nearest to each child, [children, 2 × each_side], and which exist."""
    place = np.searchsorted(parents[:, 0], children[:, :1])
    numbers = place + np.arange(-each_side, each_side)
    there = (numbers >= 0) & (numbers < len(parents))
    return np.where(there, numbers, 0), there


def as_array(spans: Sequence[tuple[int, int]]) -> Ints:
    """Spans of tokens as [spans, 2]."""
    return np.array(spans, dtype=np.int64).reshape(-1, 2)
