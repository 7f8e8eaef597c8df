"""Copies: passages that articles share, and which articles repeat most of an earlier one.

A passage is a run of words, cut into overlapping shingles of eight (Broder 1997); what share of an
article's shingles stands in an earlier one tells how much of it that one, an agency or another
outlet contains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from presslens.agencies import agencies_of

if TYPE_CHECKING:
    import pandas as pd

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.signedinteger[Any]]

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
# Shingles that are sorted at a time: some 200 MB. Besides, a word takes some 25 bytes.
_SORTED = 4_000_000

_WORD = re.compile(r"[^\W\d_][\w’'-]+")
# An odd number, by whose powers the words of a shingle are told apart by their place.
_BASE = np.uint64(0x9E3779B97F4A7C15)


class Shared(NamedTuple):
    """A passage [start, end) of an article that an earlier one holds, and its words.

    `source` is the earliest of the articles that the words can come from: where a paper took over
    an agency's text and another took it from the paper, the agency's.
    """

    article_id: str
    start: int
    end: int
    words: int
    source: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """What articles share with earlier ones.

    Attributes:
        originals: by article_id, the article that each one copies, None where it is the first of
            its kind.
        copied: by article_id, the share of its words that stand in passages of earlier articles.
        passages: these passages, by article in the order of time.
    """

    originals: pd.Series[str]
    copied: pd.Series[float]
    passages: Sequence[Shared]


def compare(articles: pd.DataFrame) -> Overlap:
    """What each article shares with those that appeared before it.

    Args:
        articles: columns `article_id` and `text` and, where known, `published`,
            `published_time`, `outlet`, `authors` and `credits`; see `by_time` for which of two
            articles counts as the earlier one.
    """
    import pandas as pd

    ordered = by_time(articles)
    found = _Comparison([str(name) for name in ordered["article_id"]], list(ordered["text"]))
    originals: list[str | None] = []
    copied: list[float] = []
    passages: list[Shared] = []
    for number in range(len(found.names)):
        original = found.original(number)
        originals.append(None if original is None else originals[original] or found.names[original])
        some = list(found.passages(number))
        copied.append(sum(one.words for one in some) / max(1, found.words[number]))
        passages += some
    index = pd.Index(found.names, name="article_id")
    return Overlap(
        pd.Series(originals, index=index, dtype=object).reindex(articles["article_id"]),
        pd.Series(copied, index=index, dtype=float).reindex(articles["article_id"]),
        passages,
    )


def copies(articles: pd.DataFrame) -> pd.Series[str]:
    """The article that each one copies, as in `Overlap.originals`."""
    return compare(articles).originals


def by_time(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles in the order in which they appeared, undated ones last.

    Within a day those with a time go by it, an agency's without one stands before them, others
    without one behind them; what is left goes by article_id.
    """
    import pandas as pd

    def column(name: str) -> pd.Series[Any]:
        return articles[name] if name in articles else pd.Series(None, articles.index, dtype=object)

    agency = [one is not None for one in agencies_of(articles)]
    time = pd.to_datetime(column("published_time"), utc=True)
    first = pd.Series(np.where(time.notna(), 1, np.where(agency, 0, 2)), index=articles.index)
    keys = pd.DataFrame(
        {
            "day": pd.to_datetime(column("published")),
            "first": first,
            "time": time,
            "name": articles["article_id"],
        }
    )
    return articles.loc[keys.sort_values([*keys], kind="stable", na_position="last").index]


def count_words(text: str) -> int:
    """How many words a text has as passages count them: of letters, two at least."""
    return sum(1 for _ in _WORD.finditer(text))


class _Comparison:
    """Which earlier articles hold the shingles of each article, these in the order of time.

    Attributes:
        names, words: of each article its id and the number of its words.
    """

    def __init__(self, names: Sequence[str], texts: Sequence[Any]) -> None:
        self.names = names
        self._texts = [text if isinstance(text, str) else "" for text in texts]
        shingles = [_shingles(text) for text in self._texts]
        self.words = [words for words, _ in shingles]
        hashes = [some for _, some in shingles]
        self._sizes = [max(1, len(np.unique(some))) for some in hashes]
        self._begins = np.cumsum([0, *(len(some) for some in hashes)])
        flat = np.concatenate([*hashes, np.zeros(0, np.uint64)])
        del shingles, hashes
        holders = np.repeat(np.arange(len(names), dtype=np.int32), np.diff(self._begins))
        self._group, self._first, self._holders = _shared(flat, holders)
        # Of each article those that its passages come from; what copies it may have them, too.
        self._sources: list[tuple[int, ...]] = []

    def original(self, number: int) -> int | None:
        """The article that this one copies, by number; None if there is none."""
        _, _, holders = self._held(number)
        best, most = _commonest(holders)
        share, held = most / self._sizes[number], most / self._sizes[best]
        copied = share >= COPIED or (held >= HOLDS and share >= GROWN)
        return best if copied else None

    def passages(self, number: int) -> Iterator[Shared]:
        """The longest stretches of an article that came from earlier ones, in order.

        Articles are to be asked for in the order of time, each once.
        """
        origin = self._origins(number)
        edges = np.flatnonzero(np.diff(np.concatenate(([-1], origin, [-1]))))
        self._sources.append(tuple(np.unique(origin[origin >= 0]).tolist()))
        spans: list[tuple[int, int]] = []
        for first, last in pairwise(edges):
            if origin[first] >= 0 and last - first >= SHINGLE:
                spans = spans or [match.span() for match in _WORD.finditer(self._texts[number])]
                source = self.names[origin[first]]
                start, end = spans[first][0], spans[last - 1][1]
                yield Shared(self.names[number], start, end, int(last - first), source)

    def _origins(self, number: int) -> Numbers:
        """Of each word the earliest source, -1 if none holds it."""
        groups, kinds, holders = self._held(number)
        sources = self._sources_of(kinds, holders)
        kept = np.isin(holders, sources)
        kinds, first = np.unique(kinds[kept], return_index=True)
        nobody = len(self.names)
        by_kind = np.full(groups.max(initial=0) + 1, nobody)
        by_kind[kinds] = holders[kept][first]
        origin = np.full(self.words[number], nobody)
        for place in range(SHINGLE if len(groups) else 0):
            words = origin[place : place + len(groups)]
            np.minimum(words, np.where(groups < 0, nobody, by_kind[groups]), out=words)
        origin[origin == nobody] = -1
        return origin

    def _sources_of(self, kinds: Numbers, holders: Numbers) -> list[int]:
        """The fewest earlier articles that hold an article's passages, and their own sources."""
        sources: set[int] = set()
        while len(holders):
            best, _ = _commonest(holders)
            sources |= {best, *self._sources[best]}
            had = np.zeros(kinds[-1] + 1, bool)
            had[kinds[holders == best]] = True
            left = ~had[kinds]
            kinds, holders = kinds[left], holders[left]
        return list(sources)

    def _held(self, number: int) -> tuple[Numbers, Numbers, Numbers]:
        """Of each shingle its kind, -1 if it is this article's own; and kinds with their holders.

        A kind has a row for each of the earlier articles that hold it, in the order of time.
        """
        groups = self._group[self._begins[number] : self._begins[number + 1]]
        distinct, places = np.unique(groups[groups >= 0], return_inverse=True)
        starts, ends = self._first[distinct], self._first[distinct + 1]
        lengths = ends - starts
        kinds = np.repeat(np.arange(len(distinct)), lengths)
        within = np.arange(len(kinds)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        holders = self._holders[starts[kinds] + within]
        of_shingles = np.full(len(groups), -1)
        of_shingles[groups >= 0] = places
        earlier = holders < number
        return of_shingles, kinds[earlier], holders[earlier]


def _commonest(holders: Numbers) -> tuple[int, int]:
    """The article that stands there most often, the first of several, and how often."""
    times = np.bincount(holders, minlength=1)
    best = int(np.argmax(times))
    return best, int(times[best])


def _shared(hashes: Hashes, articles: NDArray[np.int32]) -> tuple[Numbers, Numbers, Numbers]:
    """Shingles that stand in several articles, as groups of those alike.

    Args:
        hashes, articles: of every shingle its number and its article, by article.

    Returns:
        Of every shingle its group, -1 without one; and the articles of all groups, the first
        MOST_HOLDERS of each, with where those of each group begin.
    """
    group: Numbers = np.full(len(hashes), -1, np.int32)
    holders, sizes, count = [np.zeros(0, np.int32)], [np.zeros(0, np.int64)], 0
    parts = len(hashes) // _SORTED + 1
    # A shingle's highest bits say which part it is in, so those alike are in one.
    part_of = (hashes >> np.uint64(48)) % np.uint64(parts)
    for part in range(parts):
        chosen = np.flatnonzero(part_of == part) if parts > 1 else np.arange(len(hashes))
        chosen = chosen[np.argsort(hashes[chosen], kind="stable")]
        alike = np.append(False, hashes[chosen][1:] == hashes[chosen][:-1])[: len(chosen)]
        number = np.cumsum(~alike) - 1
        other = (
            alike & np.append(False, articles[chosen][1:] != articles[chosen][:-1])[: len(alike)]
        )
        several = np.bincount(number[other], minlength=number[-1] + 1 if len(number) else 0) > 0
        kept = several[number]
        chosen, number = chosen[kept], (np.cumsum(several) - 1)[number[kept]]
        group[chosen] = number + count
        fresh = (~alike | other)[kept]
        number, some = number[fresh], articles[chosen][fresh]
        starts = np.flatnonzero(np.append(True, number[1:] != number[:-1])[: len(number)])
        place = np.arange(len(number)) - starts[number] if len(number) else number
        few = place < MOST_HOLDERS
        holders.append(some[few])
        sizes.append(np.bincount(number[few]))
        count += len(sizes[-1])
    first = np.cumsum(np.concatenate(([0], *sizes)))
    return group, first.astype(np.int64), np.concatenate(holders)


def _shingles(text: str) -> tuple[int, Hashes]:
    """The number of words, and a number for every run of SHINGLE of them, in order."""
    words = np.array([_number(word.casefold()) for word in _WORD.findall(text)], np.uint64)
    size = len(words) - SHINGLE + 1
    if size <= 0:
        return len(words), np.zeros(0, np.uint64)
    total = np.zeros(size, np.uint64)
    for place in range(SHINGLE):
        # Unsigned numbers run over without harm: all is modulo 2**64.
        total = total * _BASE + words[place : place + size]
    return len(words), total


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
