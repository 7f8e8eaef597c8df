"""Guess: the type of speakers of whom lists tell nothing, by the encoder's vectors around them.

A linear model over means of vectors, fitted on coded statements by training/speakers/fit_guess.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from presslens.attribution.speaker import AUTHOR, Speaker
from presslens.attribution.statement import Attribution
from presslens.attribution.voices import SPEAKER_TYPES
from presslens.doc import Doc
from presslens.mentions import Mention
from presslens.nlp.encoder import vectors_of
from presslens.paths import MODELS
from presslens.spans import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WEIGHTS = MODELS / "speaker_types.npz"

# A type is guessed if it is at least this likely; of those in training/speakers/codes.jsonl that
# lists leave open, cross-validated, 39 % are right with it, 33 % without any guess.
SURE = 0.45

# Names of a speaker whose vectors count, at most.
MOST_MENTIONS = 12


def guess_types(
    doc: Doc,
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    speakers: Sequence[Speaker | None],
) -> dict[int, str]:
    """The types of statements, by number, whose speakers lists leave open and vectors tell."""
    groups: dict[int, list[int]] = defaultdict(list)
    for number, speaker in enumerate(speakers):
        if is_open(speaker):
            groups[-1 - number if speaker is None else id(speaker)].append(number)
    numbers = [number for group in groups.values() for number in group]
    if not numbers:
        return {}
    evidence = Evidence(doc, mentions)
    rows = [evidence.row(attributions[number], speakers[number]) for number in numbers]
    likely = dict(zip(numbers, log_probabilities(np.stack(rows)), strict=True))
    guessed: dict[int, str] = {}
    for group in groups.values():
        mean = np.mean([likely[number] for number in group], axis=0)
        if float(np.exp(mean.max())) >= SURE:
            guessed |= dict.fromkeys(group, SPEAKER_TYPES[int(mean.argmax())])
    return guessed


def is_open(speaker: Speaker | None) -> bool:
    """Whether lists tell nothing of a speaker: no source, or one of unknown type."""
    return speaker is None or (speaker is not AUTHOR and not speaker.is_told)


class Evidence:
    """What the vectors of an article tell of its speakers."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        vectors = vectors_of(doc)
        self._doc = doc
        self._tokens, self._sentences = vectors.tokens, vectors.sentences
        self._starts = [token.start for token in doc.tokens]
        self._mean = self._tokens.mean(axis=0)
        self._named: dict[str, list[Span]] = defaultdict(list)
        for mention in mentions:
            self._named[mention.entity].append(mention.span)

    def row(self, found: Attribution, speaker: Speaker | None) -> Floats:
        """Means of the vectors of source, names, sentence, cue, content and article, and flags."""
        names = self._named.get(speaker.name, [])[:MOST_MENTIONS] if speaker else []
        anchor = (found.source or found.cue or found.content)[0]
        blocks = (
            self._over(found.source),
            self._over(names),
            self._sentences[self._doc.sentence_at(anchor.start).index],
            self._over(found.cue),
            self._over(found.content[:1]),
            self._mean,
            np.array(_flags(found, speaker), np.float32),
        )
        return np.concatenate(blocks)

    def _over(self, spans: Iterable[Span]) -> Floats:
        numbers = [
            number
            for start, end in spans
            for number in range(bisect_left(self._starts, start), bisect_left(self._starts, end))
        ]
        width = self._tokens.shape[1]
        return self._tokens[numbers].mean(axis=0) if numbers else np.zeros(width, np.float32)


def _flags(found: Attribution, speaker: Speaker | None) -> list[float]:
    told = speaker or AUTHOR
    return [
        float(flag)
        for flag in (
            speaker is None, not found.source, told.person, told.named, told.plural, told.placed,
            told.serves is not None, bool(told.descriptions),
        )
    ]  # fmt: skip


def log_probabilities(rows: Floats) -> Floats:
    """Of each row the log-probability of every speaker type, [rows, types]."""
    weights = load_weights()
    scores = rows @ weights["weight"].T + weights["bias"]
    scores -= scores.max(axis=1, keepdims=True)
    found: Floats = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return found


@cache
def load_weights() -> Mapping[str, Floats]:
    """`weight` [types, evidence] and `bias` [types], read once."""
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}
