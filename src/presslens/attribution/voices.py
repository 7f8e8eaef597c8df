"""Voice: for every word of an article, whose word it is (codebook: statements, "Voice")."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from presslens.problems import PresslensError
from presslens.spans import Span, Spans

if TYPE_CHECKING:
    import pandas as pd

# Where contents overlap, the first of this order wins.
VOICES = ("official", "other", "unresolved", "attribution", "unattributed")

# Codebook "Who is speaking", exactly one for every statement.
SPEAKER_TYPES = (
    "government", "security", "legislature", "judiciary", "intergovernmental", "party",
    "armed_group", "ngo", "business", "expert", "media", "citizen", "document", "author",
    "unknown",
)  # fmt: skip

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
    official = frozenset(official)
    if unknown := official.difference(SPEAKER_TYPES):
        raise PresslensError(
            f"{', '.join(sorted(unknown))}: no such speaker type; there are "
            f"{', '.join(SPEAKER_TYPES)}"
        )
    ranks = [VOICES.index("unattributed")] * len(word_starts)
    quoted = [False] * len(word_starts)
    for statement in statements:
        voice = statement_voice(statement.speaker_type, official=official)
        for word in words_in(word_starts, (*statement.source, *statement.cue)):
            ranks[word] = min(ranks[word], VOICES.index("attribution"))
        for word in words_in(word_starts, statement.content):
            ranks[word] = min(ranks[word], VOICES.index(voice))
        for word in words_in(word_starts, statement.quoted):
            quoted[word] = True
    return [WordVoice(VOICES[rank], mark) for rank, mark in zip(ranks, quoted, strict=True)]


def words_in(word_starts: Sequence[int], spans: Iterable[Span]) -> Iterator[int]:
    """Numbers of the words whose first character lies in one of the spans."""
    for start, end in spans:
        first = bisect.bisect_left(word_starts, start)
        yield from range(first, bisect.bisect_left(word_starts, end, first))


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


def article_voices(
    sentences: pd.DataFrame,
    statements: pd.DataFrame,
    *,
    official: Iterable[str] = OFFICIAL_TYPES,
) -> Iterator[tuple[pd.DataFrame, VoicedWords]]:
    """For each article of the tables its sentences, in order, and its words with their voices."""
    official = frozenset(official)
    said: dict[Any, list[Any]] = {
        key: list(rows.itertuples()) for key, rows in statements.groupby("article_id")
    }
    for article, rows in sentences.groupby("article_id", sort=False):
        ordered = rows.sort_values("sentence")
        starts = [int(start) for cell in ordered["word_starts"] for start in cell]
        words = word_voices(starts, said.get(article, ()), official=official)
        yield ordered, VoicedWords(starts, words)


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
    counted: list[dict[str, int]] = []
    for rows, words in article_voices(sentences, statements, official=official):
        keys.append(rows[list(by)])
        ends = [0, *accumulate(map(len, rows["word_starts"]))]
        counted += [count_voices(words.voices[a:b]) for a, b in pairwise(ends)]
    counts = pd.DataFrame(counted, columns=list(VOICE_COLUMNS), dtype="int64")
    named = pd.concat(keys, ignore_index=True) if keys else sentences[list(by)]
    frame = pd.concat([named, counts], axis=1)
    return frame.groupby(list(by), sort=False, dropna=False, as_index=False).sum()
