"""Tagging: spans as one tag a token, and back, under constraints.

Tags follow the BIOES scheme (Ratinov and Roth 2009): B begins a span, I goes on, E ends it, S is a
span of one token, O is outside. How probable each span is by a model's scores of the tags is found
in marginals.py, and which spans are best in choosing.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Scheme:
    """The kinds of spans that a sequence of tags can hold."""

    kinds: tuple[str, ...]

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """O, then B, I, E and S of each kind."""
        return ("O", *(f"{place}-{kind}" for kind in self.kinds for place in "BIES"))

    @cached_property
    def allowed(self) -> NDArray[np.bool_]:
        """[tags, tags]: whether the second may follow the first."""
        opened = [tag[0] in "BI" for tag in self.tags]
        goes_on = [tag[0] in "IE" for tag in self.tags]
        return np.array(
            [
                [
                    opened[a] == goes_on[b] and (not opened[a] or x[2:] == y[2:])
                    for b, y in enumerate(self.tags)
                ]
                for a, x in enumerate(self.tags)
            ]
        )

    @cached_property
    def starts(self) -> NDArray[np.bool_]:
        """[tags]: whether an article may begin with it."""
        return np.array([tag[0] in "OBS" for tag in self.tags])

    @cached_property
    def ends(self) -> NDArray[np.bool_]:
        """[tags]: whether an article may end with it."""
        return np.array([tag[0] in "OES" for tag in self.tags])

    def encode(self, spans: Sequence[tuple[int, int, str]], length: int) -> NDArray[np.int64]:
        """Tags of `length` tokens for spans of them [start, end); of overlapping ones the first."""
        tags = np.zeros(length, dtype=np.int64)
        for start, end, kind in spans:
            if tags[start:end].any():
                continue
            first = 1 + 4 * self.kinds.index(kind)
            tags[start:end] = first + 1
            tags[start], tags[end - 1] = first, first + 2
            if end - start == 1:
                tags[start] = first + 3
        return tags

    def decode(self, tags: Sequence[int] | NDArray[np.int64]) -> list[tuple[int, int, str]]:
        """Spans of tokens [start, end) of a valid sequence of tags."""
        spans, start = [], 0
        for place in np.flatnonzero(np.asarray(tags)).tolist():
            kind, part = divmod(int(tags[place]) - 1, 4)
            if part in (0, 3):
                start = place
            if part in (2, 3):
                spans.append((start, place + 1, self.kinds[kind]))
        return spans


ATTRIBUTION = Scheme(("source", "cue", "content"))
NAMES = Scheme(("person", "organisation", "place", "group", "other"))
