"""training/encoder/silver_statements.py: labels drawn as often as they are probable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from types import ModuleType

import numpy as np

from presslens.nlp.marginals import span_marginals
from presslens.nlp.tagging import ATTRIBUTION

DRAWN = 3000


def test_spans_are_drawn_as_often_as_they_are_probable(script: Callable[..., ModuleType]) -> None:
    silver = script("silver_statements", "torch", "safetensors")
    chance = np.random.default_rng(1)
    tags = len(ATTRIBUTION.tags)
    scores, transitions = chance.normal(size=(5, tags)), chance.normal(size=(tags, tags))
    (probable,) = span_marginals([scores.astype(np.float32)], transitions, ATTRIBUTION)
    steps = np.where(ATTRIBUTION.allowed, transitions, -np.inf)
    drawn = Counter(
        span
        for _ in range(DRAWN)
        for span in ATTRIBUTION.decode(silver.draw_tags(scores, steps, chance))
    )
    for (start, end, kind), share in zip(probable.spans.tolist(), probable.shares, strict=True):
        often = drawn[start, end, ATTRIBUTION.kinds[kind]] / DRAWN
        assert abs(often - share) < 5 * np.sqrt(share * (1 - share) / DRAWN)
