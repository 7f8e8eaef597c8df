"""Trees: the best tree of a sentence, for scores of which word depends on which."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def best_tree(scores: NDArray[np.floating]) -> Ints:
    """Heads [tokens] of the best tree with one root, which is its own head.

    The root is the token that gains most by being it; the rest is the best arborescence under it
    (Chu and Liu 1965, Edmonds 1967). Mostly every token's best head makes a tree as it is.

    Args:
        scores: [tokens, heads], logarithms of probabilities, finite; the diagonal says how
            probable it is that a token is the root.
    """
    size = len(scores)
    if size == 1:
        return np.zeros(1, dtype=np.int64)
    edges = scores.astype(np.float64)
    alone = edges.diagonal().copy()
    np.fill_diagonal(edges, -np.inf)
    root = int((alone - edges.max(axis=1)).argmax())
    heads = _arborescence(edges, root)
    heads[root] = root
    return heads


def _arborescence(edges: NDArray[np.float64], root: int) -> Ints:
    """The best heads below a root, whose own head is -1; the diagonal of `edges` is -inf."""
    heads: Ints = edges.argmax(axis=1)
    heads[root] = -1
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.flatnonzero(cycle)
    outside = np.flatnonzero(~cycle)
    # One node, the last, stands for the cycle: what breaks it loses least.
    gains = edges[inside] - edges[inside, heads[inside]][:, None]
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = edges[np.ix_(outside, outside)]
    small[-1, :-1] = gains[:, outside].max(axis=0)
    small[:-1, -1] = edges[np.ix_(outside, inside)].max(axis=1)
    found = _arborescence(small, int(np.searchsorted(outside, root)))
    for number, head in zip(outside.tolist(), found[:-1].tolist(), strict=True):
        if head == len(outside):
            heads[number] = inside[edges[number, inside].argmax()]
        elif head >= 0:
            heads[number] = outside[head]
    above = outside[found[-1]]
    heads[inside[gains[:, above].argmax()]] = above
    return heads


def _cycle(heads: Ints) -> NDArray[np.bool_] | None:
    """The tokens of one cycle, if there is any."""
    seen = np.zeros(len(heads), dtype=np.int64)
    for start in range(len(heads)):
        node = start
        while node >= 0 and not seen[node]:
            seen[node] = start + 1
            node = int(heads[node])
        if node >= 0 and seen[node] == start + 1:
            cycle = np.zeros(len(heads), dtype=np.bool_)
            while not cycle[node]:
                cycle[node] = True
                node = int(heads[node])
            return cycle
    return None
