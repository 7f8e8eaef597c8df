"""Choosing: the spans of an article from which most is to be expected.

The one best sequence of tags leaves out a span whose borders are unsure, though it is sure that
something stands there, and keeps what hangs together with a wrong one. Instead each span has an
expected gain, and the disjoint spans with the highest sum of gains are chosen (minimum Bayes risk).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from presslens.nlp.marginals import Doubles, Ints, Marginals


class Stake(NamedTuple):
    """What is to gain by marking a span of some kind.

    Attributes:
        price: what a span costs; one that is right to the token gains 1.
        word: what a token gains that lies in a span of the kind.
        word_price: what a token costs, as a share of that.
    """

    price: float
    word: float = 0.0
    word_price: float = 0.4


class Chosen(NamedTuple):
    """A span of tokens [start, end), the number of its kind, and how probable exactly it is."""

    start: int
    end: int
    kind: int
    share: float


def choose_spans(marginals: Marginals, stakes: Sequence[Stake]) -> list[Chosen]:
    """The disjoint spans with the highest sum of expected gains, in the order of the text.

    Args:
        marginals: of one article.
        stakes: what is to gain, for each kind.
    """
    starts, ends, kinds = marginals.spans.T
    price, word, word_price = np.array(stakes, dtype=float).T
    sums = np.cumsum(word * (marginals.inside - word_price), axis=0)
    sums = np.concatenate([np.zeros((1, len(stakes))), sums])
    gains = marginals.shares - price[kinds] + sums[ends, kinds] - sums[starts, kinds]
    worth = np.flatnonzero(gains > 0)
    chosen = worth[_best_disjoint(starts[worth], ends[worth], gains[worth])]
    return [
        Chosen(start, end, kind, share)
        for (start, end, kind), share in zip(
            marginals.spans[chosen].tolist(), marginals.shares[chosen].tolist(), strict=True
        )
    ]


def _best_disjoint(starts: Ints, ends: Ints, gains: Doubles) -> list[int]:
    """Numbers of the intervals, given in the order of their ends: weighted interval scheduling."""
    before = np.searchsorted(ends, starts, side="right").tolist()
    best = [0.0]
    for number, gain in enumerate(gains.tolist()):
        best.append(max(best[-1], best[before[number]] + gain))
    chosen, left = [], len(best) - 1
    while left:
        if best[left] > best[left - 1]:
            chosen.append(left - 1)
            left = before[left - 1]
        else:
            left -= 1
    return chosen[::-1]
