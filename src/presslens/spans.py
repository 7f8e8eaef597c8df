"""Spans: half-open ranges of Unicode code points into an article's text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple


class Span(NamedTuple):
    """`text[start:end]`; `start` counts, `end` does not."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span stands for."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


Spans = tuple[Span, ...]

_SPAN = re.compile(r"(\d+)-(\d+)")


def trim(text: str, span: Span, drop: str = "") -> Span:
    """The span without white space, or any character of `drop`, at its ends."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in drop):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in drop):
        end -= 1
    return Span(start, end)


def excerpt(text: str, spans: Iterable[Span], gap: str = " … ") -> str | None:
    """The words of several spans in their order, or None where there are none."""
    pieces = [span.of(text) for span in spans]
    return gap.join(pieces) if pieces else None


class SpanIndex:
    """Many spans of one text, to find those near a stretch without looking at all of them."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._given = spans
        self._order = sorted(range(len(spans)), key=lambda number: spans[number])
        self._spans = [spans[number] for number in self._order]
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def numbers(self, stretch: Span) -> list[int]:
        """The numbers of the spans that share a character with the stretch, ascending."""
        place = bisect_left(self._starts, stretch.end) - 1
        found = []
        while place >= 0 and self._reach[place] > stretch.start:
            if self._spans[place].end > stretch.start:
                found.append(self._order[place])
            place -= 1
        return sorted(found)

    def overlapping(self, stretch: Span) -> list[Span]:
        """The spans that share a character with the stretch, in order."""
        return sorted(self._given[number] for number in self.numbers(stretch))


def format_spans(spans: Iterable[Span]) -> str:
    """Spans as they stand in a CSV cell: `12-40;52-60`."""
    return ";".join(f"{start}-{end}" for start, end in spans)


def parse_spans(cell: str) -> Spans:
    """The inverse of `format_spans`.

    Raises:
        ValueError: if a piece is not of the form `start-end` with start ≤ end.
    """
    spans = []
    for piece in filter(None, cell.split(";")):
        match = _SPAN.fullmatch(piece)
        if not match or int(match[1]) > int(match[2]):
            raise ValueError(f"{piece!r} is not a span; expected start-end, as in 12-40;52-60")
        spans.append(Span(int(match[1]), int(match[2])))
    return tuple(spans)
