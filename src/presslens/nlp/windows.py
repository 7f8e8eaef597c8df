"""Windows: how an article longer than the encoder's reach is cut, no word near an edge."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

# Pieces. BERT has 510 positions but for the markers at the ends; attention takes time by the
# square, and longer windows find no more statements (training/encoder/MODEL_CARD.md).
REACH = 382
# Pieces of context that every word sees on both sides, but at the article's own ends.
MARGIN = 40


class Window(NamedTuple):
    """Pieces [start, end) are read together; what was read of [first, last) is kept."""

    start: int
    end: int
    first: int
    last: int


def plan_windows(length: int, *, reach: int = REACH, margin: int = MARGIN) -> list[Window]:
    """As few windows of at most `reach` pieces as cover `length`, of about the same size.

    What they keep covers every piece once; each keeps only what stands `margin` pieces or more
    from an edge that is not the article's.
    """
    if length <= reach:
        return [Window(0, length, 0, length)] if length else []
    inner = reach - 2 * margin
    count = max(2, -(-(length - 2 * margin) // inner))
    # The outer windows have one margin only and keep that much more.
    bounds = [0, *(margin + (length - 2 * margin) * n // count for n in range(1, count)), length]
    return [
        Window(max(first - margin, 0), min(last + margin, length), first, last)
        for first, last in pairwise(bounds)
    ]
