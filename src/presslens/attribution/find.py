"""Find: the attributions of an article, as the encoder's tags and links tell them."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from presslens.attribution.statement import Attribution
from presslens.doc import Doc
from presslens.nlp.choosing import Stake, choose_spans
from presslens.nlp.encoder import encode, vectors_of
from presslens.nlp.heads import point, tag_scores, transitions
from presslens.nlp.links import as_array
from presslens.nlp.marginals import Marginals, span_marginals
from presslens.nlp.tagging import ATTRIBUTION
from presslens.spans import Span
from presslens.tokens.words import is_word

FloatArray = NDArray[np.float32]
Range = tuple[int, int]


def find_attributions(docs: Sequence[Doc]) -> list[list[Attribution]]:
    """All attributions of each article, in the order of the text.

    The encoder tells how probably each span is a source, a cue or a content, and the best of them
    are chosen; every content belongs to the cue that it points to, every cue to the source that it
    points to, if any. A sure cue that no content points to has the best of those that were not
    chosen; one that has none either is dropped.
    """
    encoded = encode(docs)
    parts: list[FloatArray] = []
    for doc in encoded:
        scores = tag_scores("attribution", vectors_of(doc).tokens)
        # Nothing goes on from the title into the text, though no full stop may stand between.
        parts += np.split(scores, [_title_length(doc)])
    marginals = span_marginals(parts, transitions("attribution"), ATTRIBUTION)
    pairs = zip(marginals[::2], marginals[1::2], strict=True)
    return [
        _Article(doc, title, text).attributions()
        for doc, (title, text) in zip(encoded, pairs, strict=True)
    ]


def _title_length(doc: Doc) -> int:
    return sum(len(sentence.tokens) for sentence in doc.sentences if sentence.is_title)


@dataclass(frozen=True)
class _Statement:
    """Spans of tokens that belong together, and how sure the links between them are."""

    cue: Range | None
    source: Range | None
    contents: tuple[Range, ...]
    linked: float


class Evidence(NamedTuple):
    """What tells how sure a statement is: logarithms of odds."""

    contents: float
    cue: float
    source: float
    links: float


# Weights of the evidence, and a constant, in a logistic regression on PolNeAR dev, where a
# statement is right if its content overlaps an annotated one's by half and the source is the
# same: training/encoder/calibrate.py, with a reliability table in the model card.
WEIGHTS = Evidence(0.31, 0.25, 0.10, 0.28)
CONSTANT = -2.97

# What there is to gain by marking a source, a cue and a content: being right to the token, and with
# every word. Chosen on PolNeAR dev, where most choices differ by less than a point; the model card
# tells how many were tried.
STAKES = (Stake(0.25, 0.5), Stake(0.4, 0.5), Stake(0.65, 0.15, 0.4))

# How likely a content belongs to a cue without any, against the cue that it most likely belongs to,
# for it to go over.
NEAR = 0.02

# How sure a cue must be for the best content that was not chosen, and how likely it must be that
# this is a content and the cue's. That is hardly at all: there is one, though its borders are open.
SURE = 0.5
SECOND_BEST = 0.03


def confidence(evidence: Evidence) -> float:
    """Estimated probability that a trained annotator marks this statement with this source."""
    score = CONSTANT + sum(w * e for w, e in zip(WEIGHTS, evidence, strict=True))
    return 1 / (1 + math.exp(-score))


class _Article:
    """One article with the spans that were chosen in it."""

    def __init__(self, doc: Doc, title: Marginals, text: Marginals) -> None:
        self._doc = doc
        self._vectors = vectors_of(doc).tokens
        self._spans: dict[str, list[Range]] = defaultdict(list)
        self._shares: dict[tuple[str, Range], float] = {}
        self._parts = ((title, 0), (text, len(title.inside)))
        for part, offset in self._parts:
            for start, end, kind, share in choose_spans(part, STAKES):
                self._add(ATTRIBUTION.kinds[kind], (start + offset, end + offset), share)
        inside = np.concatenate([title.inside, text.inside])
        self._in_content = inside[:, ATTRIBUTION.kinds.index("content")]
        sizes = [len(sentence.tokens) for sentence in doc.sentences]
        self._sentence_starts = np.cumsum([0, *sizes[:-1]])

    def _add(self, role: str, tokens: Range, share: float) -> None:
        # A cue may be a colon, but no web address.
        if "://" not in "".join(self._words(tokens)) if role == "cue" else self._says(tokens):
            self._spans[role].append(tokens)
            self._shares[role, tokens] = share

    def _says(self, tokens: Range) -> bool:
        """Whether there is a word in it: nobody said a quotation mark."""
        return any(map(is_word, self._words(tokens)))

    def attributions(self) -> list[Attribution]:
        found = [self._attribution(statement) for statement in self._statements()]
        return sorted(found, key=lambda one: (one.start, one.content[0].start))

    def _statements(self) -> list[_Statement]:
        contents, cues = self._spans["content"], self._spans["cue"]
        cue_of, cue_shares = _best(*self._point("cue_of_content", contents, cues), share_out=True)
        sources = self._sources()
        pieces: dict[int, list[int]] = defaultdict(list)
        for number, cue in enumerate(cue_of):
            pieces[cue if cue >= 0 else -1 - number].append(number)
        found = []
        for cue, numbers in pieces.items():
            linked = min(cue_shares[number] for number in numbers)
            own = tuple(contents[number] for number in numbers)
            if cue < 0:
                found.append(_Statement(None, None, own, linked))
                continue
            source, sure = sources[cue]
            found.append(_Statement(cues[cue], source, own, min(linked, sure)))
        left = sorted({*range(len(cues))} - {*cue_of})
        for cue, content, linked in self._second_bests(left):
            source, sure = sources[cue]
            found.append(_Statement(cues[cue], source, (content,), min(linked, sure)))
        return found

    def _sources(self) -> list[tuple[Range | None, float]]:
        """The source of every cue, if it has one, and how sure that is."""
        sources = self._spans["source"]
        chosen, shares = _best(*self._point("source_of_cue", self._spans["cue"], sources))
        return [
            (sources[number] if number >= 0 else None, share)
            for number, share in zip(chosen, shares, strict=True)
        ]

    def _second_bests(self, left: list[int]) -> Iterator[tuple[int, Range, float]]:
        """Cues of those `left` over, each with its content, and how likely that is its own."""
        cues = self._spans["cue"]
        sure = [cue for cue in left if self._shares["cue", cues[cue]] >= SURE]
        contents, probable = self._free_contents() if sure else ([], np.zeros(0))
        if not contents:
            return
        starts, ends = as_array(contents).T
        choices, shares = self._point("cue_of_content", contents, cues)
        for cue in sure:
            linked = np.where(choices == cue, shares, 0).max(axis=1)
            best = int((linked * probable).argmax())
            if linked[best] * probable[best] >= SECOND_BEST:
                yield cue, contents[best], float(linked[best])
                probable[(starts < ends[best]) & (ends > starts[best])] = 0

    def _free_contents(self) -> tuple[list[Range], NDArray[np.float64]]:
        """Contents that touch no span that was chosen, and how probable they are."""
        taken = np.zeros(1 + len(self._in_content), dtype=int)
        for start, end in itertools.chain.from_iterable(self._spans.values()):
            taken[start + 1 : end + 1] = 1
        taken = np.cumsum(taken)
        found = []
        for part, offset in self._parts:
            contents = part.spans[:, 2] == ATTRIBUTION.kinds.index("content")
            spans = part.spans[:, :2] + offset
            free = contents & (taken[spans[:, 0]] == taken[spans[:, 1]])
            found += [
                ((start, end), share)
                for (start, end), share in zip(
                    spans[free].tolist(), part.shares[free].tolist(), strict=True
                )
                if self._says((start, end))
            ]
        return [span for span, _ in found], np.array([share for _, share in found])

    def _point(
        self, head: str, children: list[Range], parents: list[Range]
    ) -> tuple[NDArray[np.int64], FloatArray]:
        spans = as_array(children), as_array(parents)
        return point(head, self._vectors, *spans, self._sentence_starts)

    def _attribution(self, found: _Statement) -> Attribution:
        return Attribution(
            source=() if found.source is None else (self._span(found.source),),
            cue=() if found.cue is None else (self._span(found.cue),),
            content=tuple(self._span(piece) for piece in found.contents),
            confidence=confidence(self._evidence(found)),
        )

    def _span(self, tokens: Range) -> Span:
        start, end = tokens
        return Span(self._doc.tokens[start].start, self._doc.tokens[end - 1].end)

    def _words(self, tokens: Range) -> list[str]:
        text = self._doc.text
        return [token.of(text).lower() for token in self._doc.tokens[slice(*tokens)]]

    def _evidence(self, found: _Statement) -> Evidence:
        contents = np.concatenate([self._in_content[slice(*piece)] for piece in found.contents])
        return Evidence(
            contents=_log_odds(float(contents.mean())),
            cue=_log_odds(0.5 if found.cue is None else self._shares["cue", found.cue]),
            source=_log_odds(1.0 if found.source is None else self._shares["source", found.source]),
            links=_log_odds(found.linked),
        )


def _best(
    choices: NDArray[np.int64], shares: FloatArray, *, share_out: bool = False
) -> tuple[list[int], list[float]]:
    """The parent that each child most likely belongs to, or -1, and how likely that is.

    With `share_out` a parent that is left without a child takes the one that comes nearest to
    belonging to it from a parent that keeps another, if it comes near at all: every cue in PolNeAR
    has a content.
    """
    rows, best = np.arange(len(choices)), shares.argmax(axis=1)
    chosen, sure = choices[rows, best], shares[rows, best]
    if share_out:
        for parent in np.setdiff1d(choices, [*chosen, -1]):
            offered = np.where(choices == parent, shares, 0).max(axis=1)
            spare = np.bincount(chosen + 1)[chosen + 1] > 1
            nearness = np.where(spare, offered / sure, 0)
            child = int(nearness.argmax())
            if nearness[child] > NEAR:
                chosen[child], sure[child] = parent, offered[child]
    return chosen.tolist(), sure.tolist()


def _log_odds(share: float) -> float:
    share = min(max(share, 1e-3), 1 - 1e-3)
    return math.log(share / (1 - share))
