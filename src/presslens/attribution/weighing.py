"""Weigh: type and naming of each speaker, by what lists tell and by the words around their names.

Lists know many titles and bodies, but not what a sentence makes of them. A small network looks at
the words near a speaker's names, pools those that matter for each of a few questions (attention
with fixed queries), adds what lists tell, and says how likely each code is. It was fitted on coded
statements by training/speakers/fit_types.py and runs in numpy, on vectors that are there already.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from presslens.attribution.layers import (
    Floats,
    Weights,
    dense,
    gelu,
    load_weights,
    normed,
    softmax,
)
from presslens.attribution.speaker import AUTHOR, Speaker
from presslens.attribution.statement import Attribution
from presslens.attribution.voices import NAMINGS, SPEAKER_TYPES
from presslens.doc import Doc
from presslens.mentions import Mention
from presslens.nlp.encoder import vectors_of
from presslens.paths import MODELS
from presslens.spans import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

WEIGHTS = MODELS / "speaker_types.npz"

# How likely a type must be to take the place of what lists tell: of an office that a known person
# had on the day, of words like "a source", and of any other description; and to count where they
# tell nothing. By cross-validation over articles no bar moves the figures by more than a point,
# but with them a report does not contradict the lists, or name a type, on a slight suspicion.
SURE_AGAINST_OFFICE, SURE_AGAINST_ANONYMITY, SURE, SUSPECTED = 0.7, 0.6, 0.45, 0.3

# Names and sources of a speaker that are looked at, tokens on each side of one (of a statement
# without a source: of its cue), the tokens of one, and all tokens of a speaker, at most.
MOST_NAMES, MOST_SOURCES = 5, 5
REACH, REACH_ALONE = 12, 24
LONGEST, MOST_TOKENS = 20, 128

# What a token near a speaker is.
NEAR, NAMED, CUE = range(3)
MARKS = 3

# Distances to the nearest token of a name, from -FARTHEST to FARTHEST.
FARTHEST = 40

FLAGS = 16
LISTED = 6 * len(SPEAKER_TYPES) + FLAGS

UNKNOWN, ANONYMOUS = len(SPEAKER_TYPES) - 1, len(NAMINGS) - 1


class Codes(NamedTuple):
    """What kind of speaker somebody is, and how the article names them."""

    type: str
    naming: str


class Likely(NamedTuple):
    """How likely each type [types] and each naming [namings] is."""

    types: Floats
    namings: Floats


class Shown(NamedTuple):
    """What an article shows of one speaker.

    Attributes:
        vectors: [tokens, 384], the encoder's.
        pieces: [tokens, 3], the first wordpieces of each token, -1 where it has fewer.
        marks: [tokens], NEAR, NAMED or CUE.
        distances: [tokens], to the nearest NAMED token, plus FARTHEST.
        listed: [LISTED], what lists and rules tell.
        article: [384], the mean vector of the article.
    """

    vectors: Floats
    pieces: Ints
    marks: Ints
    distances: Ints
    listed: Floats
    article: Floats


def weigh(
    doc: Doc,
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    speakers: Sequence[Speaker | None],
) -> list[Codes]:
    """The codes of every statement's speaker; all statements of one speaker have the same."""
    codes = [listed(speaker) for speaker in speakers]
    groups = [numbers for numbers in by_speaker(speakers) if speakers[numbers[0]] is not AUTHOR]
    if not groups:
        return codes
    evidence = Evidence(doc, mentions)
    shown = [
        evidence.of(speakers[numbers[0]], [attributions[number] for number in numbers])
        for numbers in groups
    ]
    for numbers, likely in zip(groups, likelihoods(shown), strict=True):
        chosen = choose(speakers[numbers[0]], likely)
        for number in numbers:
            codes[number] = chosen
    return codes


def listed(speaker: Speaker | None) -> Codes:
    """The codes of a speaker by lists and rules alone."""
    if speaker is None:
        return Codes("unknown", "anonymous")
    if speaker is AUTHOR:
        return Codes("author", "affiliated")
    return Codes(speaker.type, speaker.naming)


def choose(speaker: Speaker | None, likely: Likely) -> Codes:
    """The likeliest codes that go together: who is anonymous is of unknown type, and only they.

    Where no source is given, nobody is named.
    """
    kind, naming = int(likely.types[:UNKNOWN].argmax()), int(likely.namings[:ANONYMOUS].argmax())
    if speaker is None:
        told = likely.types[kind] >= max(SUSPECTED, likely.types[UNKNOWN])
        return Codes(SPEAKER_TYPES[kind] if told else "unknown", "anonymous")
    withheld = likely.types[UNKNOWN] * likely.namings[ANONYMOUS]
    if withheld > likely.types[kind] * likely.namings[naming]:
        return Codes("unknown", "anonymous")
    if likely.types[kind] < _bar(speaker):
        codes = listed(speaker)
        return codes if codes.type == "unknown" else Codes(codes.type, NAMINGS[naming])
    return Codes(SPEAKER_TYPES[kind], NAMINGS[naming])


def _bar(speaker: Speaker) -> float:
    if speaker.naming == "anonymous":
        return SURE_AGAINST_ANONYMITY
    if speaker.has_known_office:
        return SURE_AGAINST_OFFICE
    return SURE if speaker.is_told else SUSPECTED


def by_speaker(speakers: Sequence[Speaker | None]) -> list[list[int]]:
    """The numbers of statements, those of one speaker together, those of nobody each alone."""
    groups: dict[int, list[int]] = defaultdict(list)
    for number, speaker in enumerate(speakers):
        groups[-1 - number if speaker is None else id(speaker)].append(number)
    return list(groups.values())


class Evidence:
    """What an article shows of its speakers."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        vectors = vectors_of(doc)
        self._vectors, self._pieces = vectors.tokens, vectors.pieces
        self._article = self._vectors.mean(axis=0)
        self._starts = [token.start for token in doc.tokens]
        self._named: dict[str, list[Span]] = defaultdict(list)
        for mention in mentions:
            self._named[mention.entity].append(mention.span)

    def of(self, speaker: Speaker | None, statements: Sequence[Attribution]) -> Shown:
        """What it shows of the one who makes these statements."""
        marked = self._around(self._places(speaker, statements), speaker is None)
        for cue in (span for one in statements for span in one.cue):
            for number in self._range(cue):
                if marked.get(number) == NEAR:
                    marked[number] = CUE
        numbers = np.array(sorted(marked)[:MOST_TOKENS], np.int64)
        marks = np.array([marked[number] for number in numbers], np.int64)
        return Shown(
            vectors=self._vectors[numbers],
            pieces=self._pieces[numbers],
            marks=marks,
            distances=_distances(numbers, numbers[marks == NAMED]),
            listed=_listed(speaker, bool(statements[0].source)),
            article=self._article,
        )

    def _places(self, speaker: Speaker | None, statements: Sequence[Attribution]) -> list[Span]:
        """Names and sources of a speaker, the most telling first: early names, then sources."""
        if speaker is None:
            (alone, *_) = statements
            return [(alone.source or alone.cue or alone.content)[0]]
        names = sorted(self._named.get(speaker.name, ())) if speaker.named else []
        sources = [span for one in statements for span in one.source]
        early = [*names[:2], *sources[:3], *names[2:MOST_NAMES], *sources[3:MOST_SOURCES]]
        return list(dict.fromkeys(early))

    def _around(self, places: Sequence[Span], alone: bool) -> dict[int, int]:
        """The marks of the tokens at and around some places, by number."""
        marked: dict[int, int] = {}
        reach = REACH_ALONE if alone else REACH
        for place in places:
            own = self._range(place)[:LONGEST]
            for number in range(
                max(0, own.start - reach), min(len(self._starts), own.stop + reach)
            ):
                if number in own or len(marked) < MOST_TOKENS - LONGEST:
                    marked.setdefault(number, NEAR)
            marked.update(dict.fromkeys(own, NAMED))
        return marked

    def _range(self, span: Span) -> range:
        """The tokens of a span, at least one."""
        first = bisect_left(self._starts, span.start)
        first = min(first, len(self._starts) - 1)
        return range(first, max(first + 1, bisect_left(self._starts, span.end)))


def _distances(numbers: Ints, named: Ints) -> Ints:
    """Of each token number the signed distance to the nearest named one, plus FARTHEST."""
    if not len(named):
        return np.full(len(numbers), FARTHEST)
    all_distances = numbers[:, None] - named[None, :]
    nearest = np.abs(all_distances).argmin(axis=1)
    found = all_distances[np.arange(len(numbers)), nearest]
    return np.asarray(np.clip(found, -FARTHEST, FARTHEST) + FARTHEST, np.int64)


def _listed(speaker: Speaker | None, has_source: bool) -> Floats:
    """What lists and rules tell: the type they settle on, what each part says, and flags."""
    told = speaker or AUTHOR
    codes, parts = listed(speaker), told.told
    blocks = [
        _counts([codes.type] if told.is_told else []),
        _counts([] if told.is_told else [codes.type]),
        _counts(one.type for one in parts if one.settled),
        _counts(one.type for one in parts if not one.settled),
        _counts([told.office.type] if told.office else []),
        _counts([told.serves.type] if told.serves else []),
    ]
    words = told.name.split()
    flags = (
        speaker is None, not has_source, told.person, told.named, told.plural, told.placed,
        told.serves is not None, bool(told.descriptions),
        bool(told.office and told.office.certain),
        *(codes.naming == naming for naming in NAMINGS),
        told.name[:1].isupper(), any(words) and words[-1][0].isupper(), told.name.istitle(),
        len(words) > 1,
    )  # fmt: skip
    return np.concatenate([*blocks, np.array(flags, np.float32)])


def _counts(types: Iterable[str]) -> Floats:
    """How often each type is among these, twice at most."""
    found = np.zeros(len(SPEAKER_TYPES), np.float32)
    for name in types:
        found[SPEAKER_TYPES.index(name)] += 1
    return np.minimum(found, 2)


def likelihoods(shown: Sequence[Shown]) -> list[Likely]:
    """How likely each code of each speaker is, by the network of training/speakers/network.py."""
    weights = load_weights(WEIGHTS)
    marks = np.concatenate([one.marks for one in shown])
    tokens = dense(weights, "vector", np.concatenate([one.vectors for one in shown]))
    pieces = np.concatenate([one.pieces for one in shown])
    tokens += _embedded(weights, pieces) @ weights["word.weight"].T
    distances = np.concatenate([one.distances for one in shown])
    tokens += weights["mark.weight"][marks] + weights["distance.weight"][distances]
    inner = gelu(dense(weights, "inner", normed(weights, "inner_norm", tokens)))
    scores = dense(weights, "query", inner) + weights["query_mark.weight"][marks]
    values = dense(weights, "value", inner)
    pooled = _pooled(scores, values, [len(one.marks) for one in shown])
    around = dense(weights, "listed", np.stack([one.listed for one in shown]))
    around += dense(weights, "article", np.stack([one.article for one in shown]))
    joined = normed(weights, "out_norm", np.concatenate([pooled, around], axis=1))
    told = dense(weights, "out", gelu(dense(weights, "out_inner", joined)))
    count = len(SPEAKER_TYPES)
    return [Likely(softmax(one[:count]), softmax(one[count:])) for one in told]


def _pooled(scores: Floats, values: Floats, lengths: Sequence[int]) -> Floats:
    """What each speaker's tokens hold, [speakers, width], by how much each query looks at them.

    Args:
        scores: [tokens, queries], of all speakers, one after the other.
        values: [tokens, width]; each query takes a part of the width.
        lengths: how many tokens are each speaker's.
    """
    starts = np.cumsum([0, *lengths[:-1]])
    grown = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), lengths, axis=0))
    attention = grown / np.repeat(np.add.reduceat(grown, starts), lengths, axis=0)
    parts = values.reshape(len(values), scores.shape[1], -1) * attention[..., None]
    found: Floats = np.add.reduceat(parts, starts).reshape(len(lengths), -1)
    return found


def _embedded(weights: Weights, pieces: Ints) -> Floats:
    """Of each token the mean of what its wordpieces mean without a context, [tokens, 64]."""
    table, scale = weights["words"], weights["words_scale"]
    there = pieces >= 0
    sums = (table[np.maximum(pieces, 0)] * there[..., None]).sum(axis=1, dtype=np.float32)
    found: Floats = sums * (scale / np.maximum(there.sum(axis=1), 1)[:, None].astype(np.float32))
    return found
