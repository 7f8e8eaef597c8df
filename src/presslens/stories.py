"""Stories: which articles are about the same event.

Articles about one event share speakers and statements, and copies whole passages; so they are no
independent observations, and intervals draw whole stories (`presslens.statistics`, `cluster`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from presslens.copies import copies
from presslens.names.lists import name_lists

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

# Articles are about one event from this likeness on: the cosine of their weighted words, less a
# little for each day between them, since reports on an event come together and a topic goes on.
# The figures are from pairs of PolNeAR's training articles (one campaign, so hard to tell apart)
# that were read for whether they are about one event: benchmarks/stories.py.
ALIKE = 0.19
FADES = 0.04
DAYS = 3
# Two stories become one if their articles are that much alike on average; so no chain of articles,
# each a little like the next, makes one story of a whole campaign.
LINKED = 0.14
# Reports on one event are no further apart than this; a topic that goes on is several stories.
MOST_DAYS = 7
# Words of an article that are compared: those that tell most of it, by tf-idf (tf by its root).
TERMS = 100
# Title and opening say what happened: these words count so many times.
LEAD, LEADS = 120, 3
# How telling a word is is judged as if so many other articles were there, too, that do not have it;
# so a corpus on one event alone is one story.
BACKGROUND = 1000
# An article without a date is compared with so many before it.
MOST_UNDATED = 5000
_WORD = re.compile(r"[^\W\d_][\w’'-]+")


class _Pair(NamedTuple):
    likeness: float
    one: int
    other: int


def stories(articles: pd.DataFrame, originals: pd.Series[str] | None = None) -> pd.Series[str]:
    """The story of each article, by article_id: the id of the first article about the same event.

    Articles that are alike and near in time are joined, the most alike first, for a week at most;
    copies whenever they appeared.
    Articles without a date are compared with one another alone.

    Args:
        articles: columns `article_id`, `text` and `published`.
        originals: as `copies` gives them, if that was called before.
    """
    import pandas as pd

    names = [str(name) for name in articles["article_id"]]
    days = [
        None if pd.isna(day) else pd.Timestamp(day).toordinal() for day in articles["published"]
    ]
    words = _Words([text if isinstance(text, str) else "" for text in articles["text"]])
    groups = _Groups(days, words)
    place = {name: number for number, name in enumerate(names)}
    for name, original in (copies(articles) if originals is None else originals).items():
        if original is not None:
            groups.join(place[str(name)], place[original])
    for _, one, other in sorted(_alike(words, days), key=lambda pair: (-pair[0], *pair[1:])):
        if groups.span(one, other) <= MOST_DAYS and groups.likeness(one, other) >= LINKED:
            groups.join(one, other)
    found = [names[groups.first(number)] for number in range(len(names))]
    return pd.Series(found, index=pd.Index(names, name="article_id"), dtype=object)


class _Words:
    """Of each article the words that tell most of it, by number, with weights.

    The squares of an article's weights add up to 1.

    Attributes:
        terms, weights: flat; those of article n stand between begins[n] and begins[n + 1].
    """

    def __init__(self, texts: Sequence[str]) -> None:
        numbers: defaultdict[str, int] = defaultdict(lambda: len(numbers))
        counts = [_numbered(_terms(text), numbers) for text in texts]
        spread = np.bincount(
            np.concatenate([np.zeros(0, np.int32), *(terms for terms, _ in counts)]),
            minlength=len(numbers) + 1,
        )
        telling = np.log((len(texts) + BACKGROUND) / (1 + spread))
        best = [_weighted(terms, often, telling) for terms, often in counts]
        self.size = len(numbers)
        self.terms = np.concatenate([np.zeros(0, np.int32), *(terms for terms, _ in best)])
        self.weights = np.concatenate([np.zeros(0, np.float32), *(some for _, some in best)])
        self.begins = np.cumsum([0, *(len(terms) for terms, _ in best)])

    def __len__(self) -> int:
        return len(self.begins) - 1

    def of(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Terms and weights of one article."""
        part = slice(self.begins[number], self.begins[number + 1])
        return self.terms[part], self.weights[part]


def _numbered(
    count: Counter[str], numbers: dict[str, int]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    # In the order of the words, so that equal weights are chosen from alike in every corpus.
    words = sorted(count)
    return (
        np.array([numbers[word] for word in words], np.int32),
        np.array([count[word] for word in words], np.float32),
    )


def _weighted(
    terms: NDArray[np.int32], often: NDArray[np.float32], telling: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    weights = np.sqrt(often) * telling[terms]
    best = np.argsort(-weights, kind="stable")[:TERMS]
    length = float(np.sqrt((weights[best] ** 2).sum())) or 1.0
    return terms[best], (weights[best] / length).astype(np.float32)


def _terms(text: str) -> Counter[str]:
    common = name_lists().common
    count: Counter[str] = Counter()
    for number, match in enumerate(_WORD.finditer(text)):
        word = match[0].casefold().removesuffix("'s").removesuffix("’s")
        if word not in common:
            count[word] += LEADS if number < LEAD else 1
    return count


def _alike(words: _Words, days: Sequence[int | None]) -> Iterator[_Pair]:
    """Pairs of articles, by number, of about the same days and with alike weighted words."""
    order = sorted(range(len(days)), key=lambda number: (days[number] is None, days[number] or 0))
    window = _Window(words, order)
    for place, number in enumerate(order):
        while not _near(days[order[window.start]], days[number], place - window.start):
            window.drop()
        likeness = window.likeness(place)
        earlier = order[window.start : place]
        apart = np.array([(days[number] or 0) - (days[other] or 0) for other in earlier], float)
        likeness -= FADES * apart
        for found in np.flatnonzero(likeness >= ALIKE):
            yield _Pair(float(likeness[found]), *sorted((earlier[found], number)))


def _near(first: int | None, second: int | None, between: int) -> bool:
    if first is None or second is None:
        return first is second and between <= MOST_UNDATED
    return abs(first - second) <= DAYS


class _Window:
    """Articles in the order of time, of which those from `start` on are compared with the next.

    For each word the articles that have it stand in that order; two places say which of them are
    in the window, and move along with it.
    """

    def __init__(self, words: _Words, order: Sequence[int]) -> None:
        self.start = 0
        self._parts = [words.of(number) for number in order]
        holders = np.repeat(np.arange(len(order)), [len(terms) for terms, _ in self._parts])
        terms = np.concatenate([np.zeros(0, np.int32), *(terms for terms, _ in self._parts)])
        by_term = np.argsort(terms, kind="stable")
        self._holders = holders[by_term]
        weights = np.concatenate([np.zeros(0, np.float32), *(some for _, some in self._parts)])
        self._weights = weights[by_term]
        first = np.searchsorted(terms[by_term], np.arange(words.size))
        self._from, self._to = first.copy(), first.copy()

    def drop(self) -> None:
        """Leave out the first article."""
        self._from[self._parts[self.start][0]] += 1
        self.start += 1

    def likeness(self, place: int) -> NDArray[np.float64]:
        """How much the article that comes next is like each one in the window; it is then in it."""
        terms, weights = self._parts[place]
        lengths = self._to[terms] - self._from[terms]
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        chosen = np.repeat(self._from[terms], lengths) + within
        products = self._weights[chosen] * np.repeat(weights, lengths)
        self._to[terms] += 1
        holders = self._holders[chosen] - self.start
        return np.bincount(holders, products, minlength=place - self.start).astype(float)


class _Groups:
    """Disjoint sets of articles: what was joined is one group, known by its lowest number."""

    def __init__(self, days: Sequence[int | None], words: _Words) -> None:
        self._parents = list(range(len(days)))
        self._first = list(days)
        self._last = list(days)
        self._sizes = [1] * len(days)
        self._words = words
        # The sums of the weights of groups of several.
        self._sums: dict[int, dict[int, float]] = {}

    def first(self, member: int) -> int:
        """The lowest member of the group that an article is in."""
        while self._parents[member] != member:
            self._parents[member] = self._parents[self._parents[member]]
            member = self._parents[member]
        return member

    def span(self, one: int, other: int) -> int:
        """Days from the first to the last article of two groups; of one without dates 0."""
        first, last = self._days(self.first(one), self.first(other))
        return 0 if first is None or last is None else last - first

    def likeness(self, one: int, other: int) -> float:
        """The mean likeness of the articles of one group to those of the other, whatever the day.

        It is 1 within a group.
        """
        one, other = self.first(one), self.first(other)
        if one == other:
            return 1.0
        few, many = sorted((self._sum(one), self._sum(other)), key=len)
        total = sum(weight * many.get(term, 0.0) for term, weight in few.items())
        return total / (self._sizes[one] * self._sizes[other])

    def join(self, one: int, other: int) -> None:
        """Make two groups one."""
        low, high = sorted((self.first(one), self.first(other)))
        if low == high:
            return
        self._first[low], self._last[low] = self._days(low, high)
        self._parents[high] = low
        self._sizes[low] += self._sizes[high]
        total = self._sum(low)
        for term, weight in self._sum(high).items():
            total[term] = total.get(term, 0.0) + weight
        self._sums[low] = total
        self._sums.pop(high, None)

    def _sum(self, group: int) -> dict[int, float]:
        if group in self._sums:
            return self._sums[group]
        terms, weights = self._words.of(group)
        return dict(zip(terms.tolist(), weights.tolist(), strict=True))

    def _days(self, one: int, other: int) -> tuple[int | None, int | None]:
        firsts = [day for day in (self._first[one], self._first[other]) if day is not None]
        lasts = [day for day in (self._last[one], self._last[other]) if day is not None]
        return min(firsts, default=None), max(lasts, default=None)
