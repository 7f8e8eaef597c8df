"""Antecedents: whom a source that is no name may stand for, in the order of the text.

Candidates are what rules propose, whoever spoke or was named shortly before or is named right
after, the words themselves, the paper's writer, and nobody whom the article names.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from presslens.attribution.cast import Cast
from presslens.attribution.interviews import ANSWERS, QUESTIONS
from presslens.attribution.phrases import (
    APPOSITION,
    ARTICLE,
    BRACKETS,
    HE,
    MAKER,
    NO_NAME,
    POSSESSIVE,
    PUBLISHED,
    RELATIVE,
    SEVERAL,
    THEY,
    WRITER,
)
from presslens.attribution.speaker import AUTHOR, Speaker, is_plural
from presslens.attribution.statement import Attribution
from presslens.doc import Doc
from presslens.mentions import Mention
from presslens.spans import Span

# Speakers before a source, names before and after it, that are looked at; the nearest come first.
MOST_SAID, MOST_BEFORE, MOST_AFTER = 6, 9, 3
# Mentions that are looked through for them.
BEFORE_REACH, AFTER_REACH = 60, 12

_SHE = frozenset("she her hers herself".split())
_DETERMINERS = {
    **dict.fromkeys(("a", "an"), "a"),
    **dict.fromkeys(("his", "her"), "his"),
    **dict.fromkeys(("its", "their", "our", "my"), "their"),
    **dict.fromkeys(
        "this that these those both another other some many several two three four most all one "
        "such".split(),
        "other",
    ),
    "the": "the",
}
# How a source is put.
KINDS = (
    "he", "she", "they", "it", "who", "nothing", "the", "a", "his", "their", "other", "word",
    "words", "name",
)  # fmt: skip
# Of the others rules know as well who is meant, by cross-validation.
RANKED = frozenset({"he", "she", "they", "it", "who", "nothing", "the", "a", "word"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "who"})
# "mutual fund managers who", "economists -- who": the words that "who" goes on from; no more of
# them, and none of those that part phrases.
MOST_BEFORE_WHO = 5
_PARTING = frozenset(
    "and or but of to on in for as by with at are is was were that from than said among like all "
    "about into over between against not".split()
)


class Way(IntEnum):
    """How somebody comes to be a candidate."""

    RULES = 0
    NOBODY = 1
    WRITER = 2
    WORDS = 3
    SAID = 4
    BEFORE = 5
    AFTER = 6


class Source(NamedTuple):
    """A source, or, of a statement without one, its cue or content.

    Attributes:
        span: where it stands.
        text: its words, empty where there is no source.
        kind: how it is put, one of `KINDS`.
    """

    span: Span
    text: str
    kind: str


@dataclass(slots=True)
class Candidate:
    """Somebody whom a source may stand for.

    Attributes:
        name: as the article has it; empty: the paper's writer; None: nobody whom it names.
        ways: how they come to be a candidate.
        speaker: the speaker, if they are one already.
        mention: the nearest mention of them, if they are named.
        rank: how many others spoke since they did; -1 if they have not.
    """

    name: str | None
    ways: set[Way] = field(default_factory=set)
    speaker: Speaker | None = None
    mention: Mention | None = None
    rank: int = -1


def source_of(doc: Doc, attribution: Attribution) -> Source:
    """How the source of a statement is put."""
    span = (attribution.source or attribution.cue or attribution.content)[0]
    if not attribution.source:
        return Source(span, "", "nothing")
    text = POSSESSIVE.sub("", span.of(doc.text).strip(NO_NAME))
    return Source(span, text, _kind_of(text))


def _kind_of(text: str) -> str:
    words = text.lower().split()
    alone = words[0] if len(words) == 1 else ""
    if alone in HE:
        return "she" if alone in _SHE else "he"
    if alone in THEY:
        return "they" if alone in SEVERAL else "it"
    if alone in RELATIVE:
        return "who"
    if not words or alone in WRITER or text in QUESTIONS or text in ANSWERS:
        return "name"
    if text[:1].isupper() and words[0] not in _DETERMINERS:
        return "name"
    return _DETERMINERS.get(words[0], "word" if alone else "words")


class Antecedents:
    """Finds candidates in one article; is told who spoke as its statements are resolved."""

    def __init__(self, doc: Doc, cast: Cast) -> None:
        self._doc = doc
        self._cast = cast
        self._starts = [mention.span.start for mention in cast.mentions]
        self.named: dict[str, list[Mention]] = defaultdict(list)
        for mention in cast.mentions:
            self.named[mention.entity].append(mention)
        self.said: list[Speaker] = []
        self.said_at: dict[str, list[Span]] = defaultdict(list)
        self.statements: list[Attribution] = []

    def note(self, attribution: Attribution, speaker: Speaker | None) -> None:
        """Take down who makes a statement."""
        self.statements.append(attribution)
        if speaker is None or speaker is AUTHOR:
            return
        if attribution.source:
            self.said.append(speaker)
        span = (attribution.source or attribution.cue or attribution.content)[0]
        self.said_at[speaker.name].append(span)

    def is_open(self, source: Source, proposed: Speaker | None) -> bool:
        """Whether a ranking tells better than rules who is meant.

        Rules know who is named in a description, "the minister, Ann Roe", and who made a paper;
        and where they find nobody behind a description, it passes on what others said.
        """
        if source.kind not in RANKED:
            return False
        if source.kind in _PRONOUNS or not source.text:
            return True
        if proposed is None or PUBLISHED.match(source.text) or MAKER.match(source.text):
            return False
        inside = self._cast.inside(source.span)
        return not any(mention.entity == proposed.name for mention in inside)

    def of(self, source: Source, proposed: Speaker | None) -> list[Candidate]:
        """Candidates for a source, the one that rules propose first."""
        found: dict[str | None, Candidate] = {}

        def add(name: str | None, way: Way) -> Candidate:
            candidate = found.setdefault(name, Candidate(name))
            candidate.ways.add(way)
            return candidate

        add(proposed.name if proposed else None, Way.RULES).speaker = proposed
        add(None, Way.NOBODY)
        if source.text:
            add("", Way.WRITER).speaker = AUTHOR
        if words := self._words(source):
            add(words, Way.WORDS)
        for rank, speaker in enumerate(self._last_said()):
            candidate = add(speaker.name, Way.SAID)
            candidate.speaker, candidate.rank = candidate.speaker or speaker, rank
        for way, mention in self._near(source.span):
            candidate = add(mention.entity, way)
            candidate.mention = candidate.mention or mention
        return [one for one in found.values() if not self._passed_over(one, source)]

    def _passed_over(self, candidate: Candidate, source: Source) -> bool:
        """Whether the source cannot be theirs: "an aide to Roe" is not Roe, nor "the ministers"."""
        if Way.RULES in candidate.ways or source.kind in _PRONOUNS or not source.text:
            return False
        named = self.named.get(candidate.name or "", ())
        if any(mention.entity == candidate.name for mention in self._cast.inside(source.span)):
            return True
        return is_plural(source.text) and any(mention.label == "person" for mention in named[:1])

    def _words(self, source: Source) -> str | None:
        """The source itself, if it is a description; the words before "who"."""
        if source.kind == "who":
            return self._before_who(source.span.start)
        if source.kind in _PRONOUNS or not source.text:
            return None
        return described(source.text)

    def places(self, source: Source, candidate: Candidate) -> tuple[Span | None, Span | None]:
        """Where a candidate stood last before a source, or stands next, and their first name."""
        name = candidate.name or ""
        named = candidate.mention.span if candidate.mention else None
        before = [span for span in self.said_at.get(name, ()) if span.end <= source.span.start][-1:]
        if named and named.end <= source.span.start:
            before.append(named)
        first = self.named.get(name)
        return max(before, default=named), first[0].span if first else None

    def _before_who(self, place: int) -> str | None:
        """The words right before a place, back to one that parts phrases or to a comma."""
        text, sentence = self._doc.text, self._doc.sentence_at(place)
        start = end = len(text[:place].rstrip(f"{NO_NAME}–—-"))
        before = [token for token in sentence.tokens if token.start < end]
        for token in before[: -MOST_BEFORE_WHO - 1 : -1]:
            word = token.of(text)
            if word.lower() in {*_PARTING, *_DETERMINERS} or not word[0].isalnum():
                break
            start = token.start
        return text[start:end] or None

    def _last_said(self) -> list[Speaker]:
        """Those who spoke last, each once."""
        last: dict[str, Speaker] = {}
        for speaker in reversed(self.said):
            last.setdefault(speaker.name, speaker)
            if len(last) == MOST_SAID:
                break
        return list(last.values())

    def _near(self, span: Span) -> Iterator[tuple[Way, Mention]]:
        """The nearest mention of each one who is named before or after a stretch."""
        mentions = self._cast.mentions
        here = bisect_left(self._starts, span.start)
        seen: set[str] = set()
        for mention in reversed(mentions[max(0, here - BEFORE_REACH) : here]):
            if mention.entity not in seen and mention.span.end <= span.start:
                seen.add(mention.entity)
                yield Way.BEFORE, mention
                if len(seen) == MOST_BEFORE:
                    break
        seen = set()
        for mention in mentions[here : here + AFTER_REACH]:
            if mention.entity not in seen and mention.label != "place":
                seen.add(mention.entity)
                yield Way.AFTER, mention
                if len(seen) == MOST_AFTER:
                    break


def described(text: str) -> str:
    """The name of a speaker who is only described: without article, apposition and brackets."""
    return BRACKETS.sub("", ARTICLE.sub("", APPOSITION.sub("", text))) or text
