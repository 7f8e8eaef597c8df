"""Voice: for every word of an article, whose word it is (codebook: statements, "Voice")."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from presslens.problems import PresslensError
from presslens.spans import Span, Spans

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

# Where contents overlap, the first of this order wins.
VOICES = ("official", "other", "unresolved", "attribution", "unattributed")

# Codebook "Who is speaking", exactly one for every statement.
SPEAKER_TYPES = (
    "government", "security", "legislature", "judiciary", "intergovernmental", "party",
    "armed_group", "ngo", "business", "expert", "media", "citizen", "document", "author",
    "unknown",
)  # fmt: skip

# How a speaker is named (codebook: naming).
NAMINGS = ("named", "affiliated", "anonymous")

OFFICIAL_TYPES = frozenset(
    {"government", "security", "legislature", "judiciary", "intergovernmental"}
)

VOICE_COLUMNS = ("words", *VOICES, "official_quoted", "other_quoted", "unresolved_quoted")

VOICE_LABELS = {
    "official": "official statement",
    "other": "other statement",
    "unresolved": "statement, speaker not told",
    "attribution": "attribution",
    "unattributed": "reported fact (unattributed)",
}


class Attributed(Protocol):
    """What voice needs to know of a statement."""

    @property
    def source(self) -> Spans:
        """Who the words are attributed to."""

    @property
    def cue(self) -> Spans:
        """What attributes them."""

    @property
    def content(self) -> Spans:
        """What is attributed."""

    @property
    def quoted(self) -> Spans:
        """The content in quotation marks."""

    @property
    def speaker_type(self) -> str:
        """Who speaks, by the codebook of source types."""


class WordVoice(NamedTuple):
    """The voice of one word, and whether it stands in quotation marks within a statement."""

    voice: str
    quoted: bool


def statement_voice(speaker_type: str, *, official: Iterable[str] = OFFICIAL_TYPES) -> str:
    """The voice of a statement's content, by who speaks."""
    if speaker_type == "unknown":
        return "unresolved"
    return "official" if speaker_type in official else "other"


def word_voices(
    word_starts: Sequence[int],
    statements: Iterable[Attributed],
    *,
    official: Iterable[str] = OFFICIAL_TYPES,
) -> list[WordVoice]:
    """The voice of every word, given the words' first characters in ascending order.

    A word belongs to a span if its first character does.

    Raises:
        PresslensError: if a type in `official` is no speaker type.
    """
    ranks, quoted = _ranked(word_starts, statements, official)
    marked = zip(ranks.tolist(), quoted.tolist(), strict=True)
    return [WordVoice(VOICES[rank], mark) for rank, mark in marked]


def _ranked(
    word_starts: Sequence[int], statements: Iterable[Attributed], official: Iterable[str]
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """For every word the place of its voice in VOICES, and whether it stands in quotation marks."""
    types = frozenset(official)
    if unknown := types.difference(SPEAKER_TYPES):
        raise PresslensError(
            f"{', '.join(sorted(unknown))}: no such speaker type; there are "
            f"{', '.join(SPEAKER_TYPES)}"
        )
    ranks = np.full(len(word_starts), VOICES.index("unattributed"), np.int8)
    quoted = np.zeros(len(word_starts), np.bool_)
    for statement in statements:
        voice = VOICES.index(statement_voice(statement.speaker_type, official=types))
        around = (*statement.source, *statement.cue)
        for rank, spans in ((VOICES.index("attribution"), around), (voice, statement.content)):
            for words in _stretches(word_starts, spans):
                np.minimum(ranks[words], rank, out=ranks[words])
        for words in _stretches(word_starts, statement.quoted):
            quoted[words] = True
    return ranks, quoted


def _stretches(word_starts: Sequence[int], spans: Iterable[Span]) -> Iterator[slice]:
    for start, end in spans:
        first = bisect.bisect_left(word_starts, start)
        yield slice(first, bisect.bisect_left(word_starts, end, first))


def words_in(word_starts: Sequence[int], spans: Iterable[Span]) -> Iterator[int]:
    """Numbers of the words whose first character lies in one of the spans."""
    for words in _stretches(word_starts, spans):
        yield from range(words.start, words.stop)


@dataclass(frozen=True, slots=True)
class VoicedWords:
    """The words of one article: their first characters, ascending, and their voices."""

    starts: Sequence[int]
    voices: Sequence[WordVoice]

    def between(self, span: Span) -> Sequence[WordVoice]:
        """The voices of the words whose first character lies in a span."""
        first = bisect.bisect_left(self.starts, span.start)
        return self.voices[first : bisect.bisect_left(self.starts, span.end, first)]

    def at(self, position: int) -> str:
        """The voice of the word that holds a character, or of the nearest one before it."""
        place = bisect.bisect_right(self.starts, position) - 1
        return self.voices[max(place, 0)].voice if self.voices else "unattributed"


@dataclass(frozen=True, slots=True)
class RankedWords:
    """The words of one article's sentences, in order, as arrays.

    Attributes:
        sentences: the rows of the table `sentences`.
        starts: [words], the first character of each word.
        ends: [sentences + 1], how many words there are up to the end of each sentence.
        ranks: [words], the place of each word's voice in VOICES.
        quoted: [words], whether it stands in quotation marks within a statement.
    """

    sentences: pd.DataFrame
    starts: Sequence[int]
    ends: NDArray[np.int64]
    ranks: NDArray[np.int8]
    quoted: NDArray[np.bool_]

    def voice_at(self, position: int) -> str:
        """The voice of the word that holds a character, or of the nearest one before it."""
        place = max(bisect.bisect_right(self.starts, position) - 1, 0)
        return VOICES[int(self.ranks[place])] if len(self.ranks) else "unattributed"


def ranked_words(
    sentences: pd.DataFrame,
    statements: pd.DataFrame,
    *,
    official: Iterable[str] = OFFICIAL_TYPES,
) -> Iterator[RankedWords]:
    """The voices of all words, an article of the tables at a time."""
    official = frozenset(official)
    said: dict[Any, list[Any]] = defaultdict(list)
    columns = ["article_id", "source", "cue", "content", "quoted", "speaker_type"]
    spoken: Iterable[Any] = statements[columns].itertuples()
    for row in spoken:
        said[row.article_id].append(row)
    for article, rows in sentences.groupby("article_id", sort=False):
        ordered = rows.sort_values("sentence")
        cells = list(ordered["word_starts"])
        starts = [int(start) for cell in cells for start in cell]
        ends = np.cumsum([0, *map(len, cells)])
        ranked = _ranked(starts, said.get(article, ()), official)
        yield RankedWords(ordered, starts, ends, *ranked)


def count_voices(words: Iterable[WordVoice]) -> dict[str, int]:
    """Words of each voice, and of the three statement voices those in quotation marks."""
    counts = dict.fromkeys(VOICE_COLUMNS, 0)
    for voice, quoted in words:
        counts["words"] += 1
        counts[voice] += 1
        if quoted and f"{voice}_quoted" in counts:
            counts[f"{voice}_quoted"] += 1
    return counts


def voices(
    sentences: pd.DataFrame,
    statements: pd.DataFrame,
    *,
    by: Sequence[str] = ("article_id",),
    official: Iterable[str] = OFFICIAL_TYPES,
) -> pd.DataFrame:
    """Words by voice, counted anew from statements and word starts.

    Args:
        sentences: the table `sentences`, with any columns to group by merged into it.
        statements: the table `statements` of the same articles.
        by: columns of `sentences` to group by; `("article_id", "sentence")` for the finest.
        official: the speaker types that count as official.

    Returns:
        One row per group: `words`, one column per voice (they add up to `words`), and
        `official_quoted`, `other_quoted`, `unresolved_quoted`: those of them that stand in
        quotation marks; the rest of a voice is paraphrase.
    """
    import pandas as pd

    keys: list[pd.DataFrame] = []
    counted: list[NDArray[np.int64]] = []
    for words in ranked_words(sentences, statements, official=official):
        keys.append(words.sentences[list(by)])
        counted.append(_counts(words))
    named = pd.concat(keys, ignore_index=True) if keys else sentences[list(by)]
    table = np.concatenate(counted) if counted else np.zeros((0, len(VOICE_COLUMNS)), np.int64)
    counts = pd.DataFrame(table, columns=list(VOICE_COLUMNS))
    frame = pd.concat([named, counts], axis=1)
    return frame.groupby(list(by), sort=False, dropna=False, as_index=False).sum()


def _counts(words: RankedWords) -> NDArray[np.int64]:
    """VOICE_COLUMNS of each sentence, [sentences, columns]."""
    in_quotes = [column.removesuffix("_quoted") for column in VOICE_COLUMNS if "_" in column]
    marks = [
        np.ones(len(words.ranks), np.bool_),
        *(words.ranks == rank for rank in range(len(VOICES))),
        *((words.ranks == VOICES.index(voice)) & words.quoted for voice in in_quotes),
    ]
    sums = np.zeros((len(words.ranks) + 1, len(marks)), np.int64)
    np.cumsum(np.stack(marks, axis=1), axis=0, out=sums[1:])
    return np.diff(sums[words.ends], axis=0)
