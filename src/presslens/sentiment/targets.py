"""Target sentiment: whether a text is negative, neutral or positive about a mention in it.

The encoder's vectors of the target and of its sentence, pooled, go through one small layer that was
trained on NewsMTSC (Hamborg and Donnay 2021); see training/encoder/MODEL_CARD.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from presslens.article import Article
from presslens.doc import Doc
from presslens.nlp.encoder import vectors_of
from presslens.nlp.heads import target_probabilities
from presslens.spans import Span
from presslens.tokens import tokenize

if TYPE_CHECKING:
    from numpy.typing import NDArray

Label = Literal["negative", "neutral", "positive"]
LABELS: tuple[Label, ...] = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class TargetSentiment:
    """The tone towards one target; the three probabilities add up to 1."""

    label: Label
    p_negative: float
    p_neutral: float
    p_positive: float


# Of what stands where there is no word.
NOTHING_SAID = TargetSentiment("neutral", 0.0, 1.0, 0.0)


def target_sentiment(text: str, spans: Iterable[tuple[int, int]]) -> list[TargetSentiment]:
    """Tone of a text towards the targets that stand at `spans`, one result per span, in order.

    >>> text = "Critics slammed Mayor Ann Ode, whose deputy was praised."
    >>> [result.label for result in target_sentiment(text, [(22, 29)])]
    ['negative']

    Raises:
        ValueError: if a span is empty or lies outside the text.
    """
    targets = [_checked(text, Span(*span)) for span in spans]
    if not targets or not text.strip():
        return [NOTHING_SAID] * len(targets)
    return tones_towards(tokenize(Article(id="", text=text)), targets)


def tones_towards(doc: Doc, targets: Sequence[Span]) -> list[TargetSentiment]:
    """Tone of an article towards targets in it, each in its place, one result per target."""
    vectors = vectors_of(doc).tokens
    if not targets or not len(vectors):
        return [NOTHING_SAID] * len(targets)
    starts = [token.start for token in doc.tokens]
    ends = [token.end for token in doc.tokens]
    sizes = [len(sentence.tokens) for sentence in doc.sentences]
    borders = [0, *np.cumsum(sizes).tolist()]
    means: dict[int, NDArray[np.float32]] = {}
    spans, sentences = [], []
    for target in targets:
        first = min(bisect_right(ends, target.start), len(starts) - 1)
        last = max(bisect_left(starts, target.end), first + 1)
        home = bisect_right(borders, first)
        spans.append(vectors[first:last].mean(axis=0))
        if home not in means:
            means[home] = vectors[borders[home - 1] : borders[home]].mean(axis=0)
        sentences.append(means[home])
    shares = target_probabilities(np.stack(spans), np.stack(sentences))
    return [_result(row) for row in shares.astype(float).tolist()]


def _result(shares: list[float]) -> TargetSentiment:
    total = sum(shares)
    negative, neutral, positive = (share / total for share in shares)
    return TargetSentiment(LABELS[shares.index(max(shares))], negative, neutral, positive)


def _checked(text: str, span: Span) -> Span:
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(
            f"target {span.start}-{span.end} is empty or outside a text of {len(text)} characters"
        )
    return span
