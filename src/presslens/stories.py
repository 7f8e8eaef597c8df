"""Stories: which articles are about the same event.

Articles about one event share speakers and statements, and copies whole passages; so they are no
independent observations, and intervals draw whole stories (`presslens.statistics`, `cluster`).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from presslens.copies import copies
from presslens.names.lists import name_lists

if TYPE_CHECKING:
    import pandas as pd

# Articles are about one event from this cosine of their weighted words on, within these days of
# each other. Of 66 pairs above .15 in PolNeAR's training articles (one campaign, so hard to tell
# apart), read by title, from .3 on nearly all are about one event, below .2 few.
ALIKE = 0.22
DAYS = 3
# Reports on one event are no further apart than this; a topic that goes on is several stories.
MOST_DAYS = 7
# Words of an article that are compared: those that tell most of it, by tf-idf.
TERMS = 60
# How telling a word is is judged as if so many other articles were there, too, that do not have it;
# so a corpus on one event alone is one story.
BACKGROUND = 1000
_WORD = re.compile(r"[^\W\d_][\w’'-]+")


def stories(articles: pd.DataFrame, originals: pd.Series[str] | None = None) -> pd.Series[str]:
    """The story of each article, by article_id: the id of the first article about the same event.

    Articles that are alike and near in time are joined, those after them too, for a week; copies
    whenever they appeared.
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
    groups = _Groups(days)
    for first, second in _alike(list(articles["text"]), days):
        if groups.span(first, second) <= MOST_DAYS:
            groups.join(first, second)
    place = {name: number for number, name in enumerate(names)}
    for name, original in (copies(articles) if originals is None else originals).items():
        if original is not None:
            groups.join(place[str(name)], place[original])
    found = [names[groups.first(number)] for number in range(len(names))]
    return pd.Series(found, index=pd.Index(names, name="article_id"), dtype=object)


def _alike(texts: Sequence[str], days: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Pairs of articles, by number, of about the same days and with alike weighted words."""
    weighted = list(_weighted(texts))
    order = sorted(range(len(texts)), key=lambda number: (days[number] is None, days[number] or 0))
    by_term: dict[str, deque[int]] = defaultdict(deque)
    for number in order:
        scores: dict[int, float] = defaultdict(float)
        for term, weight in weighted[number].items():
            others = by_term[term]
            while others and not _near(days[others[0]], days[number]):
                others.popleft()
            for other in others:
                scores[other] += weight * weighted[other][term]
            others.append(number)
        yield from ((other, number) for other, score in scores.items() if score >= ALIKE)


def _near(first: int | None, second: int | None) -> bool:
    if first is None or second is None:
        return first is second
    return abs(first - second) <= DAYS


def _weighted(texts: Sequence[str]) -> Iterator[Mapping[str, float]]:
    """Of each text the words that tell most of it, with weights whose squares add up to 1."""
    counts = [_terms(text) for text in texts]
    spread = Counter(term for count in counts for term in count)
    size = len(texts) + BACKGROUND
    for count in counts:
        weights = {
            term: (1 + math.log(number)) * math.log(size / (1 + spread[term]))
            for term, number in count.items()
        }
        best = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:TERMS]
        length = math.sqrt(sum(weight**2 for _, weight in best)) or 1.0
        yield {term: weight / length for term, weight in best}


def _terms(text: str) -> Counter[str]:
    common = name_lists().common
    words = (word.casefold().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(text))
    return Counter(word for word in words if word not in common)


class _Groups:
    """Disjoint sets of articles: what was joined is one group, known by its lowest number."""

    def __init__(self, days: Sequence[int | None]) -> None:
        self._parents = list(range(len(days)))
        self._first = list(days)
        self._last = list(days)

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

    def join(self, one: int, other: int) -> None:
        """Make two groups one."""
        low, high = sorted((self.first(one), self.first(other)))
        self._first[low], self._last[low] = self._days(low, high)
        self._parents[high] = low

    def _days(self, one: int, other: int) -> tuple[int | None, int | None]:
        firsts = [day for day in (self._first[one], self._first[other]) if day is not None]
        lasts = [day for day in (self._last[one], self._last[other]) if day is not None]
        return min(firsts, default=None), max(lasts, default=None)
