"""Sentences: an article's sentences as a parser reads them, and what it says of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from presslens.doc import Doc

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Tokens; a longer sentence is a table or a list without punctuation. It is parsed in parts.
LONGEST = 400

_CUT_AFTER = frozenset({";", ":", ",", "•", "|", "·", "—", "–", "-"})


class Part(NamedTuple):
    """A sentence to parse, or a part of one: tokens `start` to `end` of a document."""

    doc: int
    start: int
    end: int
    begins: bool


class Parsed(NamedTuple):
    """The tokens of one part: the number in the part of each one's head, the root's its own."""

    heads: NDArray[np.int64]
    deps: Sequence[str]
    pos: Sequence[str]
    tags: Sequence[str]
    lemmas: Sequence[str]


def split_parts(number: int, doc: Doc) -> Iterator[Part]:
    """The parts of an article, which is the `number`th of several."""
    first = 0
    for sentence in doc.sentences:
        after = first + len(sentence.tokens)
        words = [token.of(doc.text) for token in sentence.tokens]
        for start, end in pairwise([0, *cuts(words), len(words)]):
            if start < end:
                yield Part(number, first + start, first + end, start == 0)
        first = after


def cuts(words: Sequence[str]) -> list[int]:
    """Where a sentence longer than LONGEST is cut: after a mark in the last quarter, if any."""
    found, start = [], 0
    while len(words) - start > LONGEST:
        reach = range(start + LONGEST, start + LONGEST * 3 // 4, -1)
        start = next((n for n in reach if words[n - 1] in _CUT_AFTER), start + LONGEST)
        found.append(start)
    return found
