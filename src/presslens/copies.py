"""Copies: passages that articles share, and which articles repeat most of an earlier one.

A passage is a run of words, cut into overlapping shingles of eight (Broder 1997); what share of an
article's shingles stands in an earlier one tells how much of it that one, an agency or another
outlet contains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]

# Words of a shingle: eight in the same order are hardly ever there by chance.
SHINGLE = 8
# An article is a copy of an earlier one if this share of its shingles stands there; an agency's
# story that a paper cut or headed anew has more, two papers' reports on one event .1 and less.
COPIED = 0.5
# It is one, too, if it holds nearly all of an earlier one, and that is a good part of it: a later
# edition of an article that has grown.
HOLDS, GROWN = 0.8, 0.3
# Of the articles that hold a shingle, so many of the first are compared with a later one. So a
# form of words in thousands of articles costs no more than one in twenty.
MOST_HOLDERS = 20

_WORD = re.compile(r"[^\W\d_][\w’'-]+")
# An odd number, by whose powers the words of a shingle are told apart by their place.
_BASE = np.uint64(0x9E3779B97F4A7C15)


class Shared(NamedTuple):
    """A passage [start, end) of an article that an earlier one holds, and its words."""

    article_id: str
    start: int
    end: int
    words: int
    source: str


def copies(articles: pd.DataFrame) -> pd.Series[str]:
    """The article that each one copies, by article_id, None where it is the first of its kind.

    Args:
        articles: columns `article_id`, `text`, `published` and maybe `published_time`; the earlier
            counts as the original.
    """
    import pandas as pd

    found = _Overlaps(articles)
    originals: list[str | None] = []
    for best, share, held in found.best():
        copied = share >= COPIED or (held >= HOLDS and share >= GROWN)
        originals.append((originals[best] or found.names[best]) if copied else None)
    series = pd.Series(originals, index=pd.Index(found.names, name="article_id"), dtype=object)
    return series.reindex(articles["article_id"])


def shared_passages(articles: pd.DataFrame) -> Iterator[Shared]:
    """The passages that each article shares with the earlier one that holds most of it.

    Args:
        articles: as for `copies`.
    """
    found = _Overlaps(articles)
    for number, (best, share, _) in enumerate(found.best()):
        if share > 0:
            yield from found.passages(number, best)


class _Overlaps:
    """The shingles of all articles, these in the order in which they appeared."""

    def __init__(self, articles: pd.DataFrame) -> None:
        known = [name for name in ("published", "published_time") if name in articles]
        by = [*known, "article_id"]
        ordered = articles.sort_values(by, kind="stable", na_position="last")
        self.names = [str(name) for name in ordered["article_id"]]
        self._texts: Sequence[str] = list(ordered["text"])
        self._shingles = [_shingles(text) for text in self._texts]

    def best(self) -> Iterator[tuple[int, float, float]]:
        """For each article the earlier one with most of its shingles, the share of its own that
        stand there, and of the earlier one's that it holds.
        """
        count = len(self.names)
        sizes = np.array([max(1, len(np.unique(one))) for one in self._shingles], np.float64)
        later, earlier, shared = self._pairs()
        order = np.lexsort((earlier, -shared, later))
        first = np.unique(later[order], return_index=True)[1]
        best, most = np.zeros(count, np.int64), np.zeros(count)
        best[later[order][first]] = earlier[order][first]
        most[later[order][first]] = shared[order][first]
        yield from zip(
            best.tolist(), (most / sizes).tolist(), (most / sizes[best]).tolist(), strict=True
        )

    def _pairs(self) -> tuple[Numbers, Numbers, Numbers]:
        """Pairs of articles, the later and the earlier one, and how many shingles they share."""
        distinct = [np.unique(one) for one in self._shingles]
        hashes = np.concatenate([*distinct, np.zeros(0, np.uint64)])
        holders = np.repeat(np.arange(len(distinct)), [len(one) for one in distinct])
        order = np.argsort(hashes, kind="stable")
        hashes, holders = hashes[order], holders[order]
        fresh = np.append(True, hashes[1:] != hashes[:-1])[: len(hashes)]
        begins = np.maximum.accumulate(np.where(fresh, np.arange(len(hashes)), 0))
        places = np.arange(len(hashes)) - begins
        codes = [np.zeros(0, np.int64)]
        for step in range(MOST_HOLDERS):
            behind = np.flatnonzero(places > step)
            codes.append(holders[behind] * len(distinct) + holders[begins[behind] + step])
        code, shared = np.unique(np.concatenate(codes), return_counts=True)
        return code // max(1, len(distinct)), code % max(1, len(distinct)), shared

    def passages(self, number: int, source: int) -> Iterator[Shared]:
        """The longest stretches of an article that another one holds, in order."""
        spans = [match.span() for match in _WORD.finditer(self._texts[number])]
        held = np.isin(self._shingles[number], self._shingles[source])
        covered = np.zeros(len(spans) + 1, bool)
        for place in np.flatnonzero(held):
            covered[place : place + SHINGLE] = True
        edges = np.flatnonzero(np.diff(np.concatenate(([False], covered)).astype(np.int8)))
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            yield Shared(
                self.names[number],
                spans[first][0],
                spans[last - 1][1],
                int(last - first),
                self.names[source],
            )


def _shingles(text: str) -> Hashes:
    """A number for every run of SHINGLE words, in order; none for shorter texts."""
    words = np.array([_number(word.casefold()) for word in _WORD.findall(text)], np.uint64)
    size = len(words) - SHINGLE + 1
    if size <= 0:
        return np.zeros(0, np.uint64)
    total = np.zeros(size, np.uint64)
    for place in range(SHINGLE):
        # Unsigned numbers run over without harm: all is modulo 2**64.
        total = total * _BASE + words[place : place + size]
    return total


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
