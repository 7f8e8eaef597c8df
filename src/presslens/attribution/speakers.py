"""Speakers: the fullest name or description of each statement's source, and what it tells.

First version, by rules over the article's names: pronouns go to the last speaker that fits, bare
surnames to the full name, titles ("the minister") to the last speaker who was called so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from presslens.attribution.people import Office, load_people
from presslens.attribution.pronouns import is_human, last_subject, may_be
from presslens.attribution.statement import Attribution
from presslens.attribution.types import load_types, speaker_type
from presslens.doc import Doc
from presslens.mentions import Label, Mention
from presslens.spans import Span, SpanIndex
from presslens.tokens.quotes import OPENING

_HE = frozenset("he she his her him hers himself herself".split())
_THEY = frozenset("they them their it its themselves itself".split())
_SEVERAL = _THEY - {"it", "its", "itself"}
_RELATIVE = frozenset("who which that whose whom".split())
_WRITER = frozenset("i my me we our us".split())

_ARTICLE = re.compile(r"^(?:the|this|that)\s+", re.IGNORECASE)
_DETERMINER = re.compile(r"^(?:the|that|this)\s+(?P<noun>.+)$", re.IGNORECASE)
_APPOSITION = re.compile(r"\s*(?:,|\bwho\b|\bwhich\b| -- | – | — ).*$", re.DOTALL)
_POSSESSIVE = re.compile(r"['’]s?$")
# "a statement by the ministry", "the report from X": who speaks is who made it.
_MAKER = re.compile(
    r"^.*?\b(?:statement|message|letter|tweet|post|video|memo|press release|report)s?\s+"
    r"(?:\w+\s+){0,4}?(?:by|from|of)\s+(?P<maker>.+)$",
    re.IGNORECASE,
)
# Papers without a maker: whoever spoke last.
_PAPER = re.compile(
    r"(?:a|an|the|its|his|her|their|this)\s+(?:\w+\s+)?(?:statement|letter|message|tweet|post)"
    r"(?:\s+(?:released|issued|published|posted))?",
    re.IGNORECASE,
)
# Someone without a name who is new to the article; "the minister" mostly has one.
_NEW = re.compile(r"(?:an?|one|another|my|his|her|their)\s", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:of|from|in|at|for|with|to|on|by|like|near|under|over|behind)\b")
# What may follow a name in its phrase: a bracket, marks.
_NOTHING = re.compile(r"""(?:\s*\([^)]*\)?)?[\s,:;"“”‘’']*""")
# What stands before a name that it describes, "of intelligence" but not "of": a noun and titles.
_CALLED = re.compile(
    r"\b(?!(?:of|from|in|at|for|with|to|on|by|like|and|or|than|as|the|an?|about)\s)"
    r"[a-z][\w-]*\s+(?:[A-Z][\w.]*\s+)*$"
)
# Between a description and the name that it is of: "the head of the port, Captain Mira Quennell".
_RIGHT_AFTER = re.compile(r"\s*[,–—-]+\s*(?:[A-Z][\w.]*\s+)*")
_BRACKETS = re.compile(r"\s*\([^)]*\)?\s*$")
_NO_NAME = " ,:;\"“”‘’'"
_OWNED = re.compile(r"(?:his|her|their|its)\s", re.IGNORECASE)
# Nouns for a body of any kind, and how far before them, in characters, it is named.
_ANY_BODY = frozenset("organisation organization group body institution outlet".split())
_BODY_REACH = 1500
# The words before a relative pronoun, from a determiner or a number on.
_PHRASE = re.compile(
    r"\b(?P<phrase>(?:an?|the|those|these|some|several|many|most|other|two|three|four|five|\d+)"
    r"(?:\s(?!(?:an?|the|those|these|some|several|many|most|and|but|that)\b)[\w’'/-]+){1,6}),?\s*$"
)
# A relative pronoun stands for a name at most this many characters before it.
_RELATIVE_REACH = 80
# A title ("Mrs.") is the word before a name, so at most this many characters before it.
_TITLE_REACH = 40


@dataclass(slots=True)
class Speaker:
    """One speaker of an article and all that it calls them.

    Attributes:
        name: the fullest name or description, as it stands in the article.
        person: whether it is a person's name.
        named: whether it is a name at all.
        descriptions: everything that the article calls them, as far as rules see it.
        office: the type that a known person had on the day of the article.
        placed: whether a description names a body or a place that they are of.
        serves: whom they speak for, if they are somebody's staff.
    """

    name: str
    person: bool
    named: bool
    plural: bool
    descriptions: list[str] = field(default_factory=list)
    office: Office | None = None
    placed: bool = False
    serves: Speaker | None = None

    @property
    def type(self) -> str:
        """The type that the first telling description tells; of "critics" nothing is told."""
        if self._is_anonymous:
            return "unknown"
        if self.serves and self.serves.type != "unknown":
            return self.serves.type
        if self.office and self.office.certain:
            return self.office.type
        if told := next((kind for kind in self._told if kind != "unknown"), None):
            return told
        if self.office:
            return self.office.type
        return "citizen" if self.person and not self._told else "unknown"

    @property
    def _told(self) -> list[str]:
        """What the descriptions tell, "unknown" where it is a role in whatever body.

        A person is no document, whatever is told of their papers.
        """
        told = filter(None, map(speaker_type, self.descriptions))
        return [kind for kind in told if not (self.person and kind == "document")]

    @property
    def _is_anonymous(self) -> bool:
        return not self.named and self.name.lower() in load_types().anonymous

    @property
    def naming(self) -> str:
        """Named, affiliated or anonymous (codebook: naming)."""
        if self.named:
            return "named"
        if self.type != "unknown" or ((self._told or self.placed) and not self._is_anonymous):
            return "affiliated"
        return "anonymous"


AUTHOR = Speaker("", person=False, named=False, plural=False, descriptions=[])


class Resolver:
    """Resolves the sources of one article, in the order of the text."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self._doc = doc
        self._mentions = mentions
        self._places = SpanIndex([mention.span for mention in mentions])
        self._speakers: dict[str, Speaker] = {}
        self._said: list[Speaker] = []
        self._said_at = 0
        self._called: dict[str, list[str]] = {}
        for mention in mentions:
            self._called.setdefault(mention.entity, []).extend(mention.labels)

    def resolve(self, attribution: Attribution) -> Speaker | None:
        """Who speaks; None where the article doesn't tell."""
        speaker = self._resolve(attribution)
        if speaker is not None and speaker is not AUTHOR and attribution.source:
            self._said.append(speaker)
            self._said_at = attribution.source[0].end
        return speaker

    def _resolve(self, attribution: Attribution) -> Speaker | None:
        if not attribution.source:
            goes_on = self._said and attribution.content[0].of(self._doc.text)[0] in OPENING
            return self._said[-1] if goes_on else None
        span = attribution.source[0]
        text = _POSSESSIVE.sub("", span.of(self._doc.text).strip(_NO_NAME))
        word = text.lower()
        if word in _HE:
            return self._person(span, word)
        if word in _THEY:
            return self._last_thing(word)
        if word in _RELATIVE:
            return self._antecedent(span)
        if word in _WRITER:
            return AUTHOR
        if _PAPER.fullmatch(text) and self._said:
            return self._said[-1]
        return (
            self._surname(text)
            or self._named(span, text)
            or self._called_so(span, text)
            or self._described(span, text)
        )

    def _person(self, span: Span, pronoun: str) -> Speaker | None:
        """Who "he" or "she" is: the subject of a sentence since, or else who spoke last."""
        subject = last_subject(self._doc, self._mentions, span)
        if subject and subject.span.start > self._said_at and self._fits(subject, pronoun):
            return self._of_mention(subject, "")
        for said in reversed(self._said):
            human = said.person or (is_human(said.name) and _NEW.match(said.name))
            if human and may_be(pronoun, said.name, (said.name, *said.descriptions)):
                return said
        before = self._persons_before(span)
        fitting = next((mention for mention in before if self._fits(mention, pronoun)), None)
        return self._of_mention(fitting, "") if fitting else None

    def _fits(self, mention: Mention, pronoun: str) -> bool:
        start = mention.span.start
        title = self._doc.text[max(0, start - _TITLE_REACH) : start].split()[-1:]
        known = self._speakers.get(mention.entity)
        described = known.descriptions if known else ()
        called = (*title, *described, *self._called.get(mention.entity, ()))
        return may_be(pronoun, mention.entity, called)

    def _last_thing(self, pronoun: str) -> Speaker | None:
        """Who "they" or "it" is: the last speaker who is several, or a body."""
        several = pronoun in _SEVERAL
        return next(
            (
                said
                for said in reversed(self._said)
                if not said.person and (several or not is_human(said.name))
            ),
            None,
        )

    def _antecedent(self, span: Span) -> Speaker | None:
        """Who "who" and "which" stand for: the name, or the words, right before."""
        reach = span.start - _RELATIVE_REACH
        sentence = self._doc.sentence_at(span.start)
        start = max(reach, sentence.span.start)
        named = self._inside(Span(start, span.start))
        beside = named and not self._doc.text[named[-1].span.end : span.start].strip(_NO_NAME)
        if not beside and (words := _PHRASE.search(self._doc.text, start, span.start)):
            return self._described(Span(*words.span("phrase")), words["phrase"])
        return self._of_mention(named[-1], "") if named else None

    def _inside(self, span: Span) -> list[Mention]:
        """The mentions that lie wholly in a stretch, in order."""
        near = (self._mentions[number] for number in self._places.numbers(span))
        return [mention for mention in near if span.contains(mention.span)]

    def _named(self, span: Span, text: str) -> Speaker | None:
        """The person whose name a source is, with title or apposition; not "the Roe campaign"."""
        persons = [m for m in self._inside(span) if m.label == "person" and not self._owns(m)]
        head = span.start + len(_APPOSITION.sub("", self._of(span)))
        phrase = _PREPOSITION.search(self._doc.text, span.start, head)
        core = phrase.start() if phrase else head
        for mention in persons:
            start, end = mention.span.start, mention.span.end
            heads = end <= core and _NOTHING.fullmatch(self._doc.text, end, core)
            ends = end <= head and _NOTHING.fullmatch(self._doc.text, end, head)
            before = self._doc.text[span.start : start]
            if heads or (ends and _CALLED.search(before)):
                return self._of_mention(mention, text)
            if end > head and _RIGHT_AFTER.fullmatch(self._doc.text, head, start):
                return self._of_mention(mention, text)
        return None

    @property
    def _day(self) -> date | None:
        return self._doc.article.published

    def _of(self, span: Span) -> str:
        return span.of(self._doc.text)

    def _surname(self, text: str) -> Speaker | None:
        """The person whose surname stands alone: "BRANDT" in a transcript, "Jordan", no country."""
        word = text.casefold()
        persons = (m for m in self._mentions if m.label == "person" and " " in m.entity)
        found = next((m for m in persons if m.entity.casefold().split()[-1] == word), None)
        return self._of_mention(found, "") if found else None

    def _owns(self, mention: Mention) -> bool:
        """Whether a name is only a possessor: "Trufanov's mother"."""
        after = self._doc.text[mention.span.end : mention.span.end + 3]
        return after[:2] in {"'s", "’s"} and after[2:].isspace()

    def _of_mention(self, mention: Mention, text: str) -> Speaker:
        person = mention.label == "person"
        speaker = self._speakers.setdefault(
            mention.entity,
            Speaker(mention.entity, person, True, mention.label == "group"),
        )
        speaker.named, speaker.person = True, speaker.person or person
        if person and not speaker.office:
            speaker.office = load_people().office_of(mention.entity, self._day)
        described = text.replace(mention.text, " ") if person else text or mention.text
        _describe(speaker, [described, *self._called.get(mention.entity, ())])
        if mention.label == "place":
            _describe(speaker, ["government"])
        return speaker

    def _called_so(self, span: Span, text: str) -> Speaker | None:
        """Whom "the minister" means: who was called so and spoke, or was named, last before it."""
        match = _DETERMINER.match(text)
        if not match:
            return None
        noun = re.compile(rf"\b{re.escape(match['noun'])}\b", re.IGNORECASE)
        for said in reversed(self._said):
            if any(noun.search(called) for called in (said.name, *said.descriptions)):
                return said
        if _is_plural(text):
            return None
        kind = speaker_type(match["noun"])
        if not is_human(text):
            return self._body(span, match["noun"], kind)
        for mention in self._persons_before(span):
            called = self._called.get(mention.entity, ())
            office = load_people().office_of(mention.entity, self._day)
            if any(map(noun.search, called)) or (office and office.type == kind):
                return self._of_mention(mention, "")
        return None

    def _body(self, span: Span, noun: str, kind: str | None) -> Speaker | None:
        """The organisation named last before "the agency", if it is of that kind."""
        described = noun.islower() and not _POSSESSIVE.search(noun.split(" ")[0])
        if not described or (kind in {None, "document"} and noun not in _ANY_BODY):
            return None
        for mention in self._named_before(span, "organisation"):
            if mention.span.start < span.start - _BODY_REACH:
                break
            called = (mention.entity, *self._called.get(mention.entity, ()))
            if kind is None or kind in map(speaker_type, called):
                return self._of_mention(mention, mention.entity)
        return None

    def _persons_before(self, span: Span) -> Iterator[Mention]:
        """The persons named before a stretch, the nearest first."""
        return self._named_before(span, "person")

    def _named_before(self, span: Span, label: Label) -> Iterator[Mention]:
        last = bisect_right(self._mentions, span.start, key=lambda mention: mention.span.end)
        return (m for m in reversed(self._mentions[:last]) if m.label == label)

    def _described(self, span: Span, text: str) -> Speaker:
        """A source without a personal name: an institution, a place, a description."""
        maker = _MAKER.match(text)
        name = _APPOSITION.sub("", maker["maker"] if maker else text)
        name = _BRACKETS.sub("", _ARTICLE.sub("", name)) or text
        if name not in self._speakers:
            # Whom they serve is known before they are, so nobody serves themselves.
            serves = self._served(span, name)
            speaker = Speaker(name, False, self._is_name(span, name), _is_plural(name))
            self._speakers[name] = replace(speaker, serves=serves)
        speaker = self._speakers[name]
        _describe(speaker, [name, text])
        speaker.placed = speaker.placed or bool(self._inside(span))
        if speaker.type == "unknown":
            self._by_place(span, speaker, name)
        return speaker

    def _served(self, span: Span, name: str) -> Speaker | None:
        """Whom "his aides", "Brandt aides" and "a lawyer for Brandt" speak for."""
        if not load_types().staff.search(name):
            return None
        persons = [m for m in self._inside(span) if m.label == "person" and m.text != name]
        if persons:
            return self._of_mention(persons[0], "")
        owned = _OWNED.match(name)
        return self._said[-1] if owned and self._said else None

    def _by_place(self, span: Span, speaker: Speaker, name: str) -> None:
        """Give a place that speaks ("Israel says") its government, people of it their type."""
        for mention in self._inside(span):
            if mention.label == "place" and mention.text == name:
                _describe(speaker, ["government"])
            elif mention.label == "group" and name.endswith(mention.text):
                _describe(speaker, ["citizens"])

    def _is_name(self, span: Span, name: str) -> bool:
        """Whether a reader could look it up: "Russia's Foreign Ministry", but not "EU aides"."""
        signs = load_types().signs(name)
        if not all(sign.is_body for sign in signs):
            return False
        if signs and any(mention.label != "group" for mention in self._inside(span)):
            return True
        return any(
            (mention.label == "organisation" or mention.text == name)
            and mention.label != "group"
            and not self._owns(mention)
            for mention in self._inside(span)
        )


def _describe(speaker: Speaker, descriptions: Sequence[str]) -> None:
    known = set(speaker.descriptions)
    speaker.descriptions += [text for text in descriptions if text.strip() and text not in known]


def is_collective(speaker: Speaker) -> bool:
    """Whether a source is plural or a crowd, so that no single name is withheld."""
    return not speaker.person and speaker.plural


def _is_plural(name: str) -> bool:
    words = re.findall(r"[\w’'-]+", name.lower())
    if not words:
        return False
    if words[0] in {"a", "an", "one", "another", "each", "every"}:
        return False
    head = re.split(r"\b(?:of|in|for|from|at|with|on|to|by|who|familiar|close)\b", name.lower())[0]
    words = re.findall(r"[\w’'-]+", head) or words
    last = words[-1]
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is", "news"))
    return plural or bool(set(words) & load_types().collective)
