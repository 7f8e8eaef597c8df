"""Target sentiment: whether a text is negative, neutral or positive about a mention in it.

First version: cues of `presslens.sentiment.cues` weighed by a logistic regression with the few
coefficients below. A model replaces this module behind `target_sentiment`.
"""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from presslens.sentiment.cues import target_features
from presslens.spans import Span

Label = Literal["negative", "neutral", "positive"]
LABELS: tuple[Label, ...] = ("negative", "neutral", "positive")

# Fitted on NewsMTSC's 7,758 training sentences by training/target_calibration.py (negative,
# neutral, positive); classes weighted alike, so probabilities are of a balanced world.
COEFFICIENTS: dict[str, tuple[float, float, float]] = {
    "one": (-0.21, 0.66, -0.45),
    "sentence": (-0.70, -0.07, 0.78),
    "before": (-0.27, -0.08, 0.35),
    "after": (-0.92, 0.09, 0.83),
    "positive_words": (0.51, -0.98, 0.47),
    "negative_words": (0.57, -0.55, -0.02),
    "against_it": (1.23, -0.66, -0.57),
    "for_it": (-0.13, -0.56, 0.68),
    "its_misdeed": (0.86, -0.34, -0.53),
    "its_merit": (-0.28, -0.43, 0.71),
    "harm_to_it": (0.16, 0.12, -0.28),
    "harm": (-0.11, 0.25, -0.13),
    "quoted": (0.10, -0.44, 0.34),
    "length": (0.17, -0.22, 0.05),
    "early": (-0.21, -0.11, 0.32),
}

# A sentence ends at a mark before white space and a capital, at a line break, and in any case
# after so many characters: tone does not reach further, and no sentence may take all the time.
_BORDER = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\s*\n\s*")
_REACH = 600


@dataclass(frozen=True, slots=True)
class TargetSentiment:
    """The tone towards one target; the three probabilities add up to 1."""

    label: Label
    p_negative: float
    p_neutral: float
    p_positive: float


def target_sentiment(
    text: str, spans: Iterable[tuple[int, int]], *, sentences: Iterable[Span] | None = None
) -> list[TargetSentiment]:
    """Tone of a text towards the targets that stand at `spans`, one result per span, in order.

    Only the words of the target's own sentence count. `sentences` are the text's sentences where
    they are known (`Doc.sentences`); without them a plain rule finds them.

    >>> text = "Critics slammed Mayor Ann Ode, whose deputy was praised."
    >>> [result.label for result in target_sentiment(text, [(22, 29)])]
    ['negative']

    Raises:
        ValueError: if a span is empty or lies outside the text.
    """
    targets = [_checked(text, Span(*span)) for span in spans]
    borders = _borders(text) if sentences is None else [span.start for span in sentences]
    return [_weigh(text, _around(text, target, borders), target) for target in targets]


def _checked(text: str, span: Span) -> Span:
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(
            f"target {span.start}-{span.end} is empty or outside a text of {len(text)} characters"
        )
    return span


def _borders(text: str) -> list[int]:
    return [0, *(match.end() for match in _BORDER.finditer(text))]


def _around(text: str, target: Span, borders: list[int]) -> Span:
    index = bisect.bisect_right(borders, target.start)
    start = borders[index - 1] if index else 0
    end = borders[index] if index < len(borders) else len(text)
    return Span(max(start, target.start - _REACH), max(target.end, min(end, target.end + _REACH)))


def _weigh(text: str, sentence: Span, target: Span) -> TargetSentiment:
    inside = Span(target.start - sentence.start, target.end - sentence.start)
    values = target_features(sentence.of(text), inside)
    logits = [
        sum(value * row[label] for value, row in zip(values, COEFFICIENTS.values(), strict=True))
        for label in range(len(LABELS))
    ]
    top = max(logits)
    weights = [math.exp(logit - top) for logit in logits]
    shares = [weight / sum(weights) for weight in weights]
    return TargetSentiment(LABELS[shares.index(max(shares))], *shares)
