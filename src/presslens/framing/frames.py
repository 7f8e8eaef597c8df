"""Frame scores: how much an article's words speak for each frame and item of a codebook.

First version: weighted terms. Each score comes with the words that made it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from presslens.doc import Doc
from presslens.framing.codebook import Calibration, FrameCodebook, Item, Term
from presslens.spans import Span

Evidence = tuple[tuple[Span, float], ...]

# Words added to an article's length before a density is taken, so that two terms in a
# three-sentence brief do not weigh like twenty in a long report.
_EXTRA_WORDS = 100


@dataclass(frozen=True, slots=True)
class FrameScore:
    """A frame's or item's score in an article.

    Attributes:
        frame: name of the frame.
        item: name of the item, None for the frame itself (the mean of its items).
        score: 0 to 1, an estimate of the share of trained coders who would say yes.
        evidence: the words that speak for it, with their weights, in order.
    """

    frame: str
    item: str | None
    score: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Words:
    """An article's words, lower-case, with spans and the number of their sentence."""

    texts: list[str]
    spans: list[Span]
    sentences: list[int]


def score_frames(doc: Doc, codebook: FrameCodebook) -> list[FrameScore]:
    """Scores of every frame, each followed by its items', in the codebook's order."""
    words = _words(doc)
    matches = _index(codebook).matches(words)
    scores: list[FrameScore] = []
    for frame in codebook.frames:
        items = [
            _score_item(frame.name, item, matches.get((frame.name, item.name), []), words)
            for item in frame.items
        ]
        evidence: dict[Span, float] = {}
        for item in items:
            for span, weight in item.evidence:
                evidence[span] = max(weight, evidence.get(span, 0.0))
        mean = sum(item.score for item in items) / len(items)
        scores += [FrameScore(frame.name, None, mean, tuple(sorted(evidence.items()))), *items]
    return scores


def item_densities(doc: Doc, codebook: FrameCodebook) -> dict[str, float]:
    """By item, what its score is calibrated from: the weight of its terms, see `density`."""
    words = _words(doc)
    matches = _index(codebook).matches(words)
    return {
        item.name: density(
            Counter(term for _, term in matches.get((frame.name, item.name), ())), len(words.texts)
        )
        for frame in codebook.frames
        for item in frame.items
    }


def dominant_frame(scores: Sequence[FrameScore], codebook: FrameCodebook) -> str:
    """The frame whose score stands out most from what is usual for that frame.

    Raw scores do not compare: coders say yes to some questions about nearly every article.
    """
    usual = {frame.name: (frame.typical, frame.spread) for frame in codebook.frames}
    whole = [score for score in scores if score.item is None]
    best = max(
        whole, key=lambda score: (score.score - usual[score.frame][0]) / usual[score.frame][1]
    )
    return best.frame


def density(weights: Counter[Term], words: int) -> float:
    """Weight per 100 words; a term counts with the root of its number of matches."""
    total = sum(term.weight * math.sqrt(count) for term, count in weights.items())
    return 100 * total / (words + _EXTRA_WORDS)


def calibrated(weight: float, calibration: Calibration) -> float:
    """The score for a density, saturating from `base` towards `ceiling`."""
    rise = 1 - math.exp(-weight / calibration.scale)
    return calibration.base + (calibration.ceiling - calibration.base) * rise


def _score_item(
    frame: str, item: Item, found: list[tuple[Span, Term]], words: _Words
) -> FrameScore:
    weight = density(Counter(term for _, term in found), len(words.texts))
    evidence = tuple(sorted((span, term.weight) for span, term in found))
    return FrameScore(frame, item.name, calibrated(weight, item.calibration), evidence)


def _words(doc: Doc) -> _Words:
    words = _Words([], [], [])
    for sentence in doc.sentences:
        for span in sentence.words:
            words.texts.append(span.of(doc.text).lower().replace("’", "'"))
            words.spans.append(span)
            words.sentences.append(sentence.index)
    return words


_Place = tuple[str, str]  # frame and item


class _TermIndex:
    """All terms of a codebook by their first word, to find them in one pass over the words."""

    def __init__(self, codebook: FrameCodebook) -> None:
        self._exact: dict[str, list[tuple[_Place, Term]]] = {}
        self._prefixes: dict[str, list[tuple[_Place, Term]]] = {}
        for frame in codebook.frames:
            for item in frame.items:
                for term in item.terms:
                    first = term.words[0]
                    table = self._prefixes if first.endswith("*") else self._exact
                    table.setdefault(first.rstrip("*"), []).append(((frame.name, item.name), term))
        self._longest = max(map(len, self._prefixes), default=0)

    def matches(self, words: _Words) -> dict[_Place, list[tuple[Span, Term]]]:
        """For each item the terms found; where two begin at a word, the longest, heaviest one."""
        found: dict[_Place, list[tuple[Span, Term]]] = {}
        candidates = {word: self._candidates(word) for word in set(words.texts)}
        for start, word in enumerate(words.texts):
            best: dict[_Place, Term] = {}
            for place, term in candidates[word]:
                if place not in best and _stands_at(term, words, start):
                    best[place] = term
            for place, term in best.items():
                end = words.spans[start + len(term.words) - 1].end
                found.setdefault(place, []).append((Span(words.spans[start].start, end), term))
        return found

    def _candidates(self, word: str) -> list[tuple[_Place, Term]]:
        found = list(self._exact.get(word, ()))
        for length in range(1, min(len(word), self._longest) + 1):
            found += self._prefixes.get(word[:length], ())
        return sorted(found, key=lambda entry: (-len(entry[1].words), -entry[1].weight))


@lru_cache(maxsize=16)
def _index(codebook: FrameCodebook) -> _TermIndex:
    return _TermIndex(codebook)


def _stands_at(term: Term, words: _Words, start: int) -> bool:
    end = start + len(term.words)
    if end > len(words.texts) or words.sentences[start] != words.sentences[end - 1]:
        return False
    return all(
        word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
        for wanted, word in zip(term.words[1:], words.texts[start + 1 : end], strict=True)
    )
