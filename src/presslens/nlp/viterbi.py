"""Viterbi: the best valid sequences of tags for many articles at once, and each tag's probability.

Both walk through the articles one token a step, all articles side by side, the long ones together.
No step mixes two articles, so an article's tags and probabilities don't depend on the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from presslens.nlp.tagging import Scheme

FloatArray = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

# Articles that walk side by side, and tokens that they have then, padded to the longest: more cost
# memory (up to 500 bytes a token), fewer time.
TOGETHER = 64
TOKENS_TOGETHER = 1 << 16
# Less than any probability that a double holds: keeps a sum of none from dividing by zero.
_TINY = 1e-300


def best_tags(
    scores: Sequence[FloatArray], transitions: FloatArray, scheme: Scheme
) -> list[tuple[Ints, FloatArray]]:
    """Per article its best valid sequence of tags, and the probability of each tag in it.

    The sequence is Viterbi's; the probabilities are the marginals of the conditional random field
    that scores and transitions make (Lafferty et al. 2001), by the forward-backward algorithm.

    Args:
        scores: per article [tokens, tags], finite.
        transitions: [tags, tags], what a tag after another adds, if the scheme allows it.
        scheme: which tags may follow each other, begin and end an article.
    """
    found: list[tuple[Ints, FloatArray]] = [(np.zeros(0, np.int64), np.zeros(0, np.float32))]
    found *= len(scores)
    steps = np.where(scheme.allowed, transitions, -np.inf).astype(np.float32)
    for group in _groups([len(one) for one in scores]):
        padded, alive = _pad([scores[n] for n in group], scheme)
        tags = _walk(padded, steps, alive)
        shares = _marginals(padded, steps, alive, tags)
        for row, number in enumerate(group):
            length = len(scores[number])
            found[number] = (tags[row, :length], shares[row, :length])
    return found


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of the articles that walk together, the longest first."""
    order = sorted((n for n, length in enumerate(lengths) if length), key=lambda n: -lengths[n])
    while order:
        size = max(1, min(TOGETHER, TOKENS_TOGETHER // lengths[order[0]]))
        yield order[:size]
        order = order[size:]


def _pad(scores: Sequence[FloatArray], scheme: Scheme) -> tuple[FloatArray, list[int]]:
    """[articles, tokens, tags], where only what may begin and end does; and the articles that
    have a token at each place: as the longest come first, the first so many of them."""
    lengths = np.array([len(one) for one in scores])
    padded = np.zeros((len(scores), lengths[0], len(scheme.tags)), np.float32)
    for row, one in enumerate(scores):
        padded[row, : len(one)] = one
        padded[row, 0, ~scheme.starts] = -np.inf
        padded[row, len(one) - 1, ~scheme.ends] = -np.inf
    return padded, (lengths > np.arange(lengths[0])[:, None]).sum(axis=1).tolist()


def _walk(scores: FloatArray, steps: FloatArray, alive: Sequence[int]) -> Ints:
    articles, tokens, _ = scores.shape
    best = scores[:, 0].copy()
    back = np.empty(scores.shape, dtype=np.int8)
    for place in range(1, tokens):
        here = alive[place]
        grown = best[:here, :, None] + steps
        back[:here, place] = grown.argmax(axis=1)
        sums = grown.max(axis=1) + scores[:here, place]
        # Kept near zero: the digits of a long article's sum would hide its last tokens' scores.
        best[:here] = sums - sums.max(axis=1, keepdims=True)
    tags = np.zeros((articles, tokens), dtype=np.int64)
    now = best.argmax(axis=1)
    for place in range(tokens - 1, -1, -1):
        here = alive[place]
        tags[:here, place] = now[:here]
        if place:
            now[:here] = back[np.arange(here), place, now[:here]]
    return tags


def _marginals(
    scores: FloatArray, steps: FloatArray, alive: Sequence[int], tags: Ints
) -> FloatArray:
    """Probability of each given tag; sums are kept scaled, so that long articles don't overflow."""
    articles, tokens, kinds = scores.shape
    local = np.exp((scores - scores.max(axis=2, keepdims=True)).astype(np.float64))
    moves = np.exp(steps.astype(np.float64))
    forward = np.empty((tokens, articles, kinds))
    forward[0] = _scaled(local[:, 0])
    for place in range(1, tokens):
        here = alive[place]
        reached = _each(forward[place - 1, :here], moves)
        forward[place, :here] = _scaled(reached * local[:here, place])
    shares = np.zeros((articles, tokens), dtype=np.float32)
    behind = np.ones((articles, kinds))
    for place in range(tokens - 1, -1, -1):
        here = alive[place]
        both = _scaled(forward[place, :here] * behind[:here])
        shares[:here, place] = both[np.arange(here), tags[:here, place]]
        behind[:here] = _scaled(_each(behind[:here] * local[:here, place], moves.T))
    return shares


def _scaled(weights: Doubles) -> Doubles:
    found: Doubles = weights / np.maximum(weights.sum(axis=1, keepdims=True), _TINY)
    return found


def _each(rows: Doubles, moves: Doubles) -> Doubles:
    """Each row times `moves`, by itself: the digits of one product would depend on all rows."""
    found: Doubles = (rows[:, None] @ moves)[:, 0]
    return found
