"""Ranking: which candidate a source stands for, by a small network over signs and vectors.

The network scores each candidate by its signs and by the encoder's vectors of the source, of the
place where the candidate stood last, and of their first name. It was fitted on coded statements by
training/speakers/fit_antecedents.py and runs in numpy, on vectors that are there already.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from presslens.attribution.antecedents import Antecedents, Candidate, Source
from presslens.attribution.layers import Floats, dense, gelu, load_weights, normed, softmax
from presslens.attribution.signs import Signs
from presslens.attribution.statement import Attribution
from presslens.doc import Doc
from presslens.nlp.encoder import WIDTH, vectors_of
from presslens.paths import MODELS
from presslens.spans import Span

WEIGHTS = MODELS / "antecedents.npz"

# So many times as likely as what rules propose somebody must be to take its place. By
# cross-validation up to 1.5 costs nothing, and a report follows the rules where it is a draw.
BAR = 1.5

# Tokens of a place that are looked at, at most.
LONGEST = 20


class Compared(NamedTuple):
    """A source and its candidates, as the network compares them.

    Attributes:
        source: [SOURCE_SIGNS], what tells of the source alone.
        candidates: [candidates, CANDIDATE_SIGNS].
        source_vector: [384], the encoder's, the mean over the source.
        vectors: [candidates, 2, 384], of the place where each stood last, and of their first
            name; zero where there is none.
    """

    source: Floats
    candidates: Floats
    source_vector: Floats
    vectors: Floats


class Ranker:
    """Ranks the candidates of one article's sources."""

    def __init__(self, doc: Doc, signs: Signs, antecedents: Antecedents) -> None:
        self._signs, self._antecedents = signs, antecedents
        self._vectors = vectors_of(doc).tokens
        self._starts = [token.start for token in doc.tokens]
        self._means: dict[Span | None, Floats] = {None: np.zeros(WIDTH, np.float32)}

    def best(
        self, source: Source, attribution: Attribution, candidates: Sequence[Candidate]
    ) -> Candidate:
        """The candidate whom the source stands for, as far as the network can tell.

        Args:
            candidates: the first one is what rules propose.
        """
        return candidates[choose(likelihoods(self.compared(source, attribution, candidates)))]

    def compared(
        self, source: Source, attribution: Attribution, candidates: Sequence[Candidate]
    ) -> Compared:
        """What the network sees of a source and its candidates."""
        places = [
            place
            for candidate in candidates
            for place in self._antecedents.places(source, candidate)
        ]
        means = np.stack([self._mean(place) for place in (source.span, *places)])
        return Compared(
            source=self._signs.of_source(source, attribution),
            candidates=self._signs.of_candidates(source, attribution, candidates),
            source_vector=means[0],
            vectors=means[1:].reshape(len(candidates), 2, -1),
        )

    def _mean(self, place: Span | None) -> Floats:
        """The mean vector over the tokens of a place, zero where there is none."""
        if place is not None and place not in self._means:
            first = min(bisect_left(self._starts, place.start), len(self._starts) - 1)
            end = max(first + 1, bisect_left(self._starts, place.end))
            tokens = self._vectors[first : min(end, first + LONGEST)]
            self._means[place] = np.add.reduce(tokens) / np.float32(len(tokens))
        return self._means[place]


def choose(likely: Floats) -> int:
    """The number of the likeliest candidate; the first one's, whom rules propose, unless clear."""
    best = int(likely.argmax())
    return best if likely[best] > BAR * likely[0] else 0


def likelihoods(compared: Compared) -> Floats:
    """How likely each candidate is, [candidates]; the network of antecedent_network.py."""
    weights = load_weights(WEIGHTS)
    source = dense(weights, "source_vector", compared.source_vector)
    last = dense(weights, "last_vector", compared.vectors[:, 0])
    first = dense(weights, "first_vector", compared.vectors[:, 1])
    alike = np.tile(np.concatenate([compared.source, source]), (len(compared.candidates), 1))
    seen = np.concatenate(
        [alike, compared.candidates, last, first, source * last, source * first], axis=1
    )
    hidden = gelu(normed(weights, "norm", dense(weights, "outer", seen)))
    hidden = hidden + gelu(dense(weights, "inner", hidden))
    return softmax(dense(weights, "score", hidden)[:, 0])
