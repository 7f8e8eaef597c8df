"""Spans: half-open ranges of Unicode code points into an article's text."""

from __future__ import annotations

import re
from collections.abc import Iterable
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


def merge(spans: Iterable[Span]) -> Spans:
    """The same characters as non-overlapping spans in order of their start."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def subtract(span: Span, holes: Iterable[Span]) -> Spans:
    """What is left of `span` when the characters of `holes` are taken out of it."""
    pieces: list[Span] = []
    start = span.start
    for hole in merge(holes):
        if hole.end <= start or hole.start >= span.end:
            continue
        if hole.start > start:
            pieces.append(Span(start, hole.start))
        start = max(start, hole.end)
    if start < span.end:
        pieces.append(Span(start, span.end))
    return tuple(pieces)


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
