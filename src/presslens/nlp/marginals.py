"""Marginals: how probable it is that each span of each article is marked.

Scores of tags and of tags after each other make a conditional random field (Lafferty et al. 2001)
over the sequences that the scheme allows. The forward-backward algorithm sums over all of them,
one token a step, all articles side by side, the long ones together. No step mixes two articles,
so what is probable in one doesn't depend on the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from presslens.nlp.tagging import Scheme

FloatArray = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

# Articles that walk side by side, and tokens that they have then, padded to the longest: more cost
# memory (up to 700 bytes a token), fewer time.
TOGETHER = 64
TOKENS_TOGETHER = 1 << 16
# Spans that are less probable than this are not told of: no decision would choose them.
LEAST = 0.02
# Less than any probability that a double holds: keeps a sum of none from dividing by zero.
_TINY = 1e-300


@dataclass(frozen=True)
class Marginals:
    """What is probable in one article.

    Attributes:
        spans: [spans, 3], first token, end and number of the kind, in the order of their ends.
        shares: [spans], the probability that exactly this span is marked.
        inside: [tokens, kinds], the probability that a token lies in a span of the kind.
    """

    spans: Ints
    shares: FloatArray
    inside: FloatArray


def span_marginals(
    scores: Sequence[FloatArray], transitions: FloatArray, scheme: Scheme
) -> list[Marginals]:
    """Per article the probabilities of its spans and tokens.

    Args:
        scores: per article [tokens, tags], finite.
        transitions: [tags, tags], what a tag after another adds, if the scheme allows it.
        scheme: which tags may follow each other, begin and end an article.
    """
    kinds = len(scheme.kinds)
    nothing = Marginals(
        np.zeros((0, 3), np.int64), np.zeros(0, np.float32), np.zeros((0, kinds), np.float32)
    )
    found = [nothing] * len(scores)
    moves = np.exp(np.where(scheme.allowed, transitions, -np.inf).astype(np.float64))
    for group in _groups([len(one) for one in scores]):
        field = _Field(*_pad([scores[n] for n in group], scheme), moves)
        for number, one in zip(group, field.marginals(), strict=True):
            found[number] = one
    return found


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of the articles that walk together, the longest first."""
    order = sorted((n for n, length in enumerate(lengths) if length), key=lambda n: -lengths[n])
    while order:
        size = max(1, min(TOGETHER, TOKENS_TOGETHER // lengths[order[0]]))
        yield order[:size]
        order = order[size:]


def _pad(scores: Sequence[FloatArray], scheme: Scheme) -> tuple[Doubles, list[int]]:
    """Weights [tokens, articles, tags] of the scores, zero for what may not begin or end there;
    and the lengths."""
    lengths = [len(one) for one in scores]
    weights = np.zeros((lengths[0], len(scores), len(scheme.tags)))
    for row, one in enumerate(scores):
        own = weights[: len(one), row]
        np.exp(one - one.max(axis=1, keepdims=True), out=own)
        own[0, ~scheme.starts] = 0
        own[-1, ~scheme.ends] = 0
    return weights, lengths


class _Field:
    """Articles side by side, the longest first: the weights of their tags, and what follows."""

    def __init__(self, weights: Doubles, lengths: Sequence[int], moves: Doubles) -> None:
        self._lengths, self._moves = lengths, moves
        # How many articles have a token at each place: as the longest come first, the first ones.
        alive = (np.array(lengths) > np.arange(lengths[0])[:, None]).sum(axis=1).tolist()
        self._weights = weights  # From _walk on a share of what reaches the token.
        self._before = self._walk(alive)
        self._behind = self._walk_back(alive)
        both = self._before * self._behind
        self._level = np.maximum(both.sum(axis=2, keepdims=True), _TINY)
        self._tags = both / self._level

    def _walk(self, alive: Sequence[int]) -> Doubles:
        """[tokens, articles, tags]: how probable each tag is by the tokens up to it."""
        before = np.zeros(self._weights.shape)
        reached: Doubles = np.ones(self._weights.shape[1:])
        for place, here in enumerate(alive):
            now = reached[:here] * self._weights[place, :here]
            total = np.maximum(now.sum(axis=1, keepdims=True), _TINY)
            before[place, :here] = now / total
            self._weights[place, :here] /= total
            reached = _each(before[place, :here], self._moves)
        return before

    def _walk_back(self, alive: Sequence[int]) -> Doubles:
        """[tokens, articles, tags]: how probable what comes behind makes each, against others."""
        behind = np.zeros(self._weights.shape)
        for place in range(len(alive) - 1, -1, -1):
            here, later = alive[place], alive[place + 1] if place + 1 < len(alive) else 0
            behind[place, later:here] = 1
            if later:
                ahead = self._weights[place + 1, :later] * behind[place + 1, :later]
                reached = _each(ahead, self._moves.T)
                behind[place, :later] = reached / np.maximum(reached.sum(1, keepdims=True), _TINY)
        return behind

    def marginals(self) -> Iterator[Marginals]:
        """One for each article."""
        tokens, articles, tags = self._tags.shape
        # Rounding may leave a hair more than one.
        inside = self._tags[:, :, 1:].reshape(tokens, articles, tags // 4, 4).sum(axis=3)
        inside = np.minimum(inside, 1).astype(np.float32)
        parts = [part for kind in range(tags // 4) for part in self._spans(kind)]
        owner, spans, shares = (np.concatenate(part) for part in zip(*parts, strict=True))
        order = np.lexsort((spans[:, 2], spans[:, 0], spans[:, 1], owner))
        owner, spans, shares = owner[order], spans[order], shares[order].astype(np.float32)
        borders = np.searchsorted(owner, np.arange(articles + 1))
        for row, length in enumerate(self._lengths):
            own = slice(borders[row], borders[row + 1])
            yield Marginals(spans[own], shares[own], inside[:length, row].copy())

    def _spans(self, kind: int) -> Iterator[tuple[Ints, Ints, Doubles]]:
        """The probable spans of a kind: their articles, places, and probabilities.

        From every token that may begin one all spans grow together, a token a step, as long as
        it is probable that they do; few tokens of an article are probable beginnings.
        """
        begin, inner, end, alone = (1 + 4 * kind + part for part in range(4))
        place, row = np.nonzero(self._tags[:, :, alone] > LEAST)
        yield row, _columns(place, place + 1, kind), self._tags[place, row, alone]
        place, row = np.nonzero(self._tags[:, :, begin] > LEAST)
        start, share, last = place, self._before[place, row, begin], begin
        while len(place):
            place = place + 1
            onward = share[:, None] * self._moves[last, [inner, end]]
            onward = onward * self._weights[place, row][:, [inner, end]]
            both = onward * self._behind[place, row][:, [inner, end]] / self._level[place, row]
            both = np.minimum(both, 1)
            stays, ends = (both > LEAST).T
            yield row[ends], _columns(start[ends], place[ends] + 1, kind), both[ends, 1]
            place, row, start, share = place[stays], row[stays], start[stays], onward[stays, 0]
            last = inner


def _columns(start: Ints, end: Ints, kind: int) -> Ints:
    return np.stack([start, end, np.full(len(start), kind)], axis=1)


def _each(rows: Doubles, moves: Doubles) -> Doubles:
    """Each row times `moves`, by itself: the digits of one product would depend on all rows."""
    found: Doubles = (rows[:, None] @ moves)[:, 0]
    return found
