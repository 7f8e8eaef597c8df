"""Signs: what speaks for and against each candidate for a source, as numbers.

They say where a candidate last stood and spoke, how often, what they are, and how well that goes
with the source's words. What each of them is worth was fitted; see `ranking`.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from presslens.attribution.antecedents import KINDS, Antecedents, Candidate, Source, Way
from presslens.attribution.cast import Cast
from presslens.attribution.layers import Floats
from presslens.attribution.offices import may_hold
from presslens.attribution.phrases import APPOSITION, DETERMINER, NEW, PREPOSITION
from presslens.attribution.pronouns import is_human, may_be
from presslens.attribution.speaker import AUTHOR, is_plural
from presslens.attribution.statement import Attribution
from presslens.attribution.types import speaker_type
from presslens.attribution.voices import OFFICIAL_TYPES, SPEAKER_TYPES
from presslens.doc import Doc, Sentence
from presslens.mentions import Mention
from presslens.spans import Span
from presslens.tokens.quotes import OPENING

_WAYS = tuple(Way)
_LABELS = ("person", "organisation", "place", "group")
_SMALL = frozenset(
    "the a an of to in for and on at by his her their its this that who with from s".split()
)
_WORD = re.compile(r"\w+")
# Distances in sentences and paragraphs from here on are alike.
_FAR_SENTENCES, _FAR_PARAGRAPHS = 4, 3
# Contents of so many statements before are looked at: who stands in one is spoken of.
_LAST_CONTENTS = 6
# Distances and counts enter as logarithms, distances in letters made small.
_LETTERS = 8.0

SOURCE_SIGNS = len(KINDS) + 10
CANDIDATE_SIGNS = len(Way) + 7 + 15 + 6 + 6 + 6 + 7 + 5 + 8 + 7 + 4


class Signs:
    """The signs of one article's candidates."""

    def __init__(self, doc: Doc, cast: Cast, antecedents: Antecedents) -> None:
        self._doc, self._cast, self._antecedents = doc, cast, antecedents
        self._lead = doc.paragraphs[:3][-1].end if doc.paragraphs else 0
        self._about: dict[tuple[str, int], _About] = {}

    def of_source(self, source: Source, attribution: Attribution) -> Floats:
        """What tells of the source alone, [SOURCE_SIGNS]."""
        sentence = self._doc.sentence_at(source.span.start)
        text = source.text
        content = attribution.content[0].of(self._doc.text)
        signs = (
            *(source.kind == kind for kind in KINDS),
            bool(text) and is_plural(text), bool(text) and is_human(text), not attribution.cue,
            content[:1] in OPENING, sentence.is_title, source.span.start - sentence.span.start < 3,
            text.isupper(), math.log1p(len(text.split())), not self._antecedents.statements,
            any(piece.start < source.span.start for piece in attribution.content),
        )  # fmt: skip
        return np.array(signs, np.float32)

    def of_candidates(
        self, source: Source, attribution: Attribution, candidates: Sequence[Candidate]
    ) -> Floats:
        """What tells of each candidate, [candidates, CANDIDATE_SIGNS]."""
        last = self._since_last(source)
        sentence = self._doc.sentence_at(source.span.start)
        looks = _Looks(source, attribution, sentence, self._antecedents.statements)
        rows = [[*self._of(candidate, looks), *last] for candidate in candidates]
        return np.array(rows, np.float32)

    def _of(self, candidate: Candidate, looks: _Looks) -> list[float]:
        known = self._known(candidate, looks)
        label = known.named[0].label if known.named else None
        said = known.said[-1] if known.said else None
        return [
            *(way in candidate.ways for way in _WAYS),
            *(label == one for one in _LABELS),
            known.person, known.is_name, bool(known.name),
            *self._nearest(max(filter(None, (known.last, said)), default=None), looks),
            *self._spoke(said, looks),
            *self._was_named(known.last, looks),
            *self._comes(known.next, len(known.named) - known.before, looks),
            *self._often(candidate, known),
            *_agrees(known, looks),
            *_worded(known, looks),
            *_types(known, looks),
        ]  # fmt: skip

    def _known(self, candidate: Candidate, looks: _Looks) -> _Known:
        name = candidate.name or ""
        named: Sequence[Mention] = self._antecedents.named.get(name, ())
        speaker = None if candidate.speaker is AUTHOR else candidate.speaker
        called = [*(speaker.descriptions if speaker else ())]
        if named:
            called += self._cast.called(named[0])
        person = (bool(named) and named[0].label == "person") or bool(speaker and speaker.person)
        return _Known(
            name=name,
            about=self._told_of(name, person, called),
            named=named,
            before=bisect_right(named, looks.start, key=lambda mention: mention.span.end),
            said=[s for s in self._antecedents.said_at.get(name, ()) if s.end <= looks.start],
            called=called,
            person=person,
            is_name=bool(named) or (speaker is not None and speaker.named),
        )

    def _told_of(self, name: str, person: bool, called: Sequence[str]) -> _About:
        """What name and descriptions tell, worked out anew only if there are more of these."""
        key = name, len(called)
        if key not in self._about:
            self._about[key] = _about(name, person, called)
        return self._about[key]

    def _often(self, candidate: Candidate, known: _Known) -> Sequence[float]:
        """How often they spoke and were named, and whether in the article's first paragraphs."""
        return (
            1 / (1 + candidate.rank) if candidate.rank >= 0 else 0, candidate.rank == 0,
            math.log1p(len(known.said)), math.log1p(len(known.named)), math.log1p(known.before),
            any(mention.span.end <= self._lead for mention in known.named[:1]), bool(known.said),
        )  # fmt: skip

    def _since_last(self, source: Source) -> tuple[float, ...]:
        """Where the last statement stands."""
        if not self._antecedents.statements:
            return 0, 0, 0, 0
        last = self._antecedents.statements[-1]
        then = self._doc.sentence_at(last.start)
        now = self._doc.sentence_at(source.span.start)
        return (
            then.index == now.index, then.index == now.index - 1,
            then.paragraph == now.paragraph, not last.source,
        )  # fmt: skip

    def _nearest(self, place: Span | None, looks: _Looks) -> Sequence[float]:
        """How far off their last name or statement stands, and how."""
        if place is None:
            return (0,) * 15
        sentence = self._doc.sentence_at(place.start)
        sentences = min(max(looks.sentence.index - sentence.index, 0), _FAR_SENTENCES)
        paragraphs = min(max(looks.sentence.paragraph - sentence.paragraph, 0), _FAR_PARAGRAPHS)
        return (
            1, math.log1p(max(looks.start - place.end, 0)) / _LETTERS,
            *(sentences == far for far in range(_FAR_SENTENCES + 1)),
            *(paragraphs == far for far in range(_FAR_PARAGRAPHS + 1)),
            place.start - sentence.span.start < 3, self._owns(place), sentence.is_title,
            0 <= looks.start - place.end < 3,
        )  # fmt: skip

    def _spoke(self, place: Span | None, looks: _Looks) -> Sequence[float]:
        """How far off they spoke last."""
        if place is None:
            return (0,) * 6
        sentence = self._doc.sentence_at(place.start)
        sentences = looks.sentence.index - sentence.index
        paragraphs = looks.sentence.paragraph - sentence.paragraph
        near = 1 / (1 + max(sentences, 0))
        return 1, near, sentences == 0, sentences == 1, paragraphs == 0, paragraphs == 1

    def _was_named(self, place: Span | None, looks: _Looks) -> Sequence[float]:
        """How they were named last: as a subject, within what somebody said."""
        if place is None:
            return (0,) * 6
        sentence = self._doc.sentence_at(place.start)
        words = self._doc.text[sentence.span.start : place.start].split()
        return (
            1 / (1 + max(looks.sentence.index - sentence.index, 0)),
            place.start - sentence.span.start < 3,
            all(word[0].isupper() for word in words) and not sentence.is_title,
            any(content.contains(place) for content in looks.last_contents),
            any(content.contains(place) for content in looks.attribution.content),
            looks.last_source is None or looks.last_source.start <= place.start,
        )  # fmt: skip

    def _comes(self, place: Span | None, times: int, looks: _Looks) -> Sequence[float]:
        """Where they are named next."""
        if place is None:
            return (0,) * 6
        sentence = self._doc.sentence_at(place.start)
        return (
            1, sentence.index == looks.sentence.index,
            any(content.contains(place) for content in looks.attribution.content),
            looks.source.span.contains(place),
            math.log1p(max(place.start - looks.start, 0)) / _LETTERS, times > 1,
        )  # fmt: skip

    def _owns(self, place: Span) -> bool:
        return self._doc.text[place.end : place.end + 2] in {"'s", "’s"}


class _About(NamedTuple):
    """What the name of somebody and all that they are called tell, wherever they stand.

    Attributes:
        own, described: the words of the name, and those of the descriptions.
        types: those that name and descriptions tell.
        new: whether it is somebody without a name who is new to the article, "a neighbour".
    """

    own: frozenset[str]
    described: frozenset[str]
    types: frozenset[str]
    plural: bool
    human: bool
    new: bool


def _about(name: str, person: bool, called: Sequence[str]) -> _About:
    human = person or is_human(name)
    types = frozenset(filter(None, map(speaker_type, (name, *called))))
    return _About(
        own=words_of(name),
        described=frozenset[str]().union(*map(words_of, called)),
        types=types - {"unknown"},
        plural=not person and is_plural(name),
        human=human,
        new=not person and human and bool(NEW.match(name)),
    )


class _Known(NamedTuple):
    """What an article has told of a candidate up to a source.

    Attributes:
        named, before: all mentions of them, and how many of these stand before it.
        said: where they spoke before it.
        called: what they are called beside their name.
    """

    name: str
    about: _About
    named: Sequence[Mention]
    before: int
    said: Sequence[Span]
    called: Sequence[str]
    person: bool
    is_name: bool

    @property
    def last(self) -> Span | None:
        """Where they were named last."""
        return self.named[self.before - 1].span if self.before else None

    @property
    def next(self) -> Span | None:
        """Where they are named next."""
        return self.named[self.before].span if self.before < len(self.named) else None


class _Looks:
    """A source as it is compared with each candidate."""

    def __init__(
        self,
        source: Source,
        attribution: Attribution,
        sentence: Sentence,
        before: Sequence[Attribution],
    ) -> None:
        self.source, self.attribution, self.sentence = source, attribution, sentence
        self.start = source.span.start
        self.last_contents = [span for one in before[-_LAST_CONTENTS:] for span in one.content]
        self.last_source = next((span for one in before[-1:] for span in one.source[:1]), None)
        self.text = source.text.casefold()
        pronoun = source.kind in {"he", "she", "they", "it", "who"}
        self.pronoun = source.kind if source.kind in {"he", "she"} else None
        self.plural = source.kind == "they" or (bool(source.text) and is_plural(source.text))
        self.human = (pronoun and source.kind != "it") or is_human(source.text)
        self.words = frozenset() if pronoun else words_of(source.text)
        head = _WORD.findall(PREPOSITION.split(APPOSITION.sub("", self.text), maxsplit=1)[0])
        self.head = head[-1] if head and not pronoun else ""
        capitals = re.findall(r"\b[A-Z]{2,8}\b", source.text)
        self.initials = capitals[0].casefold() if capitals else ""
        determined = DETERMINER.match(source.text)
        noun = determined["noun"] if determined else ""
        self.noun = noun if _WORD.search(noun) else ""
        self.type = speaker_type(source.text) if source.text and not pronoun else None


def words_of(text: str) -> frozenset[str]:
    """The words of a text that tell something, in small letters."""
    return frozenset(_WORD.findall(text.casefold())) - _SMALL


def _agrees(known: _Known, looks: _Looks) -> Sequence[float]:
    """Whether sex, number and nature go with the source's."""
    if not known.name:
        return (0,) * 5
    about = known.about
    return (
        looks.pronoun is not None and may_be(looks.pronoun, known.name, known.called),
        about.plural, about.plural == looks.plural, about.human == looks.human, about.new,
    )  # fmt: skip


def _worded(known: _Known, looks: _Looks) -> Sequence[float]:
    """How many of the source's words their name and descriptions share."""
    if not (known.name and looks.words):
        return (0,) * 8
    own, described = known.about.own, known.about.described
    shared = looks.words & own
    return (
        len(shared) / len(looks.words), len(shared) / max(len(own), 1),
        looks.head in own, len(looks.words & described) / len(looks.words),
        looks.head in described,
        any(text and looks.text.endswith(text.casefold()) for text in known.called),
        bool(looks.initials) and looks.initials in own, known.name.casefold() == looks.text,
    )  # fmt: skip


def _types(known: _Known, looks: _Looks) -> Sequence[float]:
    """Whether the types that their descriptions tell go with the source's."""
    told = known.about.types
    kind = looks.type if looks.type in SPEAKER_TYPES and looks.type != "unknown" else None
    return (
        kind is not None and kind in told, kind is not None and bool(told - {kind}),
        not told, "document" in told, "media" in told, not told.isdisjoint(OFFICIAL_TYPES),
        bool(looks.noun) and may_hold(looks.noun, known.called),
    )  # fmt: skip
