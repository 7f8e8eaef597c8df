"""Speakers: the fullest name or description of each statement's source, and what it tells.

Rules over the article's names propose: pronouns go to the last speaker that fits, bare surnames to
the full name, descriptions ("the minister", "the agency") to whoever was called so last. Where the
source is no name, a ranking of all who may be meant decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from presslens.attribution.antecedents import Antecedents, Way, described, source_of
from presslens.attribution.cast import Cast
from presslens.attribution.interviews import ANSWERS, QUESTIONS
from presslens.attribution.offices import is_the_same, is_title, may_hold
from presslens.attribution.people import load_people
from presslens.attribution.phrases import (
    AGAIN,
    AND,
    ANY_BODY,
    APPOSITION,
    BODY_REACH,
    DETERMINER,
    HE,
    IN_CAPITALS,
    ITS,
    JOINED,
    LEADS,
    MAKER,
    MALE,
    MEANT,
    MEANT_REACH,
    NEW,
    NO_DEPUTY,
    NO_NAME,
    NOTHING,
    OLD,
    OWNED,
    PAPER,
    PAPER_OF,
    PAPER_OF_POWER,
    PAPERS_ALIKE,
    PERSONAL,
    PHRASE,
    POSSESSIVE,
    POSSESSIVE_PRONOUN,
    PREPOSITION,
    PUBLISHED,
    RELATIVE,
    RELATIVE_REACH,
    RIGHT_AFTER,
    SEVERAL,
    THEY,
    TITLE_REACH,
    TITLES,
    WRITER,
)
from presslens.attribution.pronouns import is_human, last_subject, may_be
from presslens.attribution.ranking import Ranker
from presslens.attribution.roster import Roster
from presslens.attribution.signs import Signs
from presslens.attribution.speaker import AUTHOR, Speaker, is_plural
from presslens.attribution.statement import Attribution
from presslens.attribution.states import state_of
from presslens.attribution.types import leads_with_office, load_types, speaker_type
from presslens.attribution.voices import OFFICIAL_TYPES
from presslens.doc import Doc
from presslens.mentions import Mention
from presslens.names.lists import name_lists
from presslens.spans import Span
from presslens.tokens.quotes import OPENING

# Other types of person whom an official noun may mean: "the governor" is a candidate, too.
_MEANT_TOO: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(OFFICIAL_TYPES, ()),
    **dict.fromkeys(("government", "legislature"), ("party",)),
}


class Resolver:
    """Resolves the sources of one article, in the order of the text.

    Args:
        by_rules: whether rules alone decide, as they did for the lessons of `weighing`.
    """

    def __init__(self, doc: Doc, mentions: Sequence[Mention], *, by_rules: bool = False) -> None:
        self._doc = doc
        self._by_rules = by_rules
        self._cast = Cast(doc, mentions)
        self._antecedents = Antecedents(doc, self._cast)
        self._ranker = Ranker(doc, Signs(doc, self._cast, self._antecedents), self._antecedents)
        self._roster = Roster(doc, self._cast)
        self._said = self._antecedents.said
        self._said_at = 0
        self._papers: list[tuple[str, Speaker]] = []

    def resolve(self, attribution: Attribution) -> Speaker | None:
        """Who speaks; None where the article doesn't tell."""
        speaker = self._ranked(attribution, self._resolve(attribution))
        if speaker is not None and speaker is not AUTHOR and attribution.source:
            self._said_at = attribution.source[0].end
        self._antecedents.note(attribution, speaker)
        return speaker

    def _ranked(self, attribution: Attribution, proposed: Speaker | None) -> Speaker | None:
        """Who of all that may be meant is the likeliest."""
        source = source_of(self._doc, attribution)
        if self._by_rules or not self._antecedents.is_open(source, proposed):
            return proposed
        candidates = self._antecedents.of(source, proposed)
        best = self._ranker.best(source, attribution, candidates)
        if Way.RULES in best.ways or best.name is None:
            return proposed if Way.RULES in best.ways else None
        if best.speaker is not None:
            return best.speaker
        if best.mention is not None:
            return self._roster.of_mention(best.mention, "")
        return self._described(source.span, best.name)

    def resolve_all(self, attributions: Sequence[Attribution]) -> list[Speaker | None]:
        """Who speaks in each statement; those whom the first two paragraphs, the title among them,
        leave without a name ("A judge ruled") are the first of their kind who has one later.
        """
        speakers = [self.resolve(attribution) for attribution in attributions]
        end = self._doc.paragraphs[:2][-1].end
        for number, speaker in enumerate(speakers):
            if attributions[number].start >= end:
                break
            if speaker and not speaker.named and not speaker.plural and speaker.is_official:
                later = (one for one in speakers[number + 1 :] if one and one.named)
                speakers[number] = next((s for s in later if is_the_same(speaker, s)), speaker)
        return speakers

    def _resolve(self, attribution: Attribution) -> Speaker | None:
        if not attribution.source:
            goes_on = self._said and attribution.content[0].of(self._doc.text)[0] in OPENING
            return self._said[-1] if goes_on else None
        span = attribution.source[0]
        text = POSSESSIVE.sub("", span.of(self._doc.text).strip(NO_NAME))
        word = text.lower()
        if word in HE:
            return self._person(span, word)
        if word in THEY:
            return self._last_thing(word)
        if word in RELATIVE:
            return self._antecedent(span)
        if word in WRITER or text in QUESTIONS:
            return AUTHOR
        if text in ANSWERS:
            return self._interviewed(span)
        if maker := self._same_paper(text):
            return maker
        if PAPER.fullmatch(text) and self._said:
            return self._said[-1]
        if (published := PUBLISHED.match(text)) and speaker_type(published["outlet"]) == "media":
            return next((said for said in reversed(self._said) if said.is_official), None)
        return (
            self._surname(span, text)
            or self._joined(span, text)
            or self._named(span, text)
            or self._maker(span, text)
            or self._called_so(span, text)
            or self._described(span, text)
        )

    def _interviewed(self, span: Span) -> Speaker | None:
        """Who answers in a printed interview: the person whom its introduction names first."""
        before = list(self._cast.persons_before(span))
        return self._roster.of_mention(before[-1], "") if before else None

    def _person(self, span: Span, pronoun: str) -> Speaker | None:
        """Who "he" or "she" is: the subject of a sentence since, or else who spoke last."""
        subject = last_subject(self._doc, self._cast.mentions, span)
        if subject and subject.span.start > self._said_at and self._fits(subject, pronoun):
            return self._roster.of_mention(subject, "")
        for said in reversed(self._said):
            human = said.person or (is_human(said.name) and NEW.match(said.name))
            if said.name.lower().startswith("his " if pronoun in MALE else "her "):
                continue
            if human and may_be(pronoun, said.name, (said.name, *said.descriptions)):
                return said
        before = self._cast.persons_before(span)
        fitting = next((mention for mention in before if self._fits(mention, pronoun)), None)
        return self._roster.of_mention(fitting, "") if fitting else None

    def _fits(self, mention: Mention, pronoun: str) -> bool:
        start = mention.span.start
        title = self._doc.text[max(0, start - TITLE_REACH) : start].split()[-1:]
        known = self._roster.speakers.get(mention.entity)
        described = known.descriptions if known else ()
        called = (*title, *described, *self._cast.called(mention))
        return may_be(pronoun, mention.entity, called)

    def _last_thing(self, pronoun: str) -> Speaker | None:
        """Who "they" or "it" is: the last speaker who is several, or a body."""
        several = pronoun in SEVERAL
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
        reach = span.start - RELATIVE_REACH
        sentence = self._doc.sentence_at(span.start)
        start = max(reach, sentence.span.start)
        named = self._cast.inside(Span(start, span.start))
        beside = named and not self._doc.text[named[-1].span.end : span.start].strip(NO_NAME)
        if not beside and (words := PHRASE.search(self._doc.text, start, span.start)):
            return self._described(Span(*words.span("phrase")), words["phrase"])
        return self._roster.of_mention(named[-1], "") if named else None

    def _joined(self, span: Span, text: str) -> Speaker | None:
        """Two who speak together, "Roe and Mayor Bell": of the first one's type."""
        persons = [m for m in self._cast.inside(span) if m.label == "person"]
        bodies = [m for m in self._cast.inside(span) if m.label in {"place", "organisation"}]
        match persons, bodies:
            case ([one, other], _) | (_, [one, other]):
                pass
            case _:
                return None
        before = self._doc.text[span.start : one.span.start]
        between = self._doc.text[one.span.end : other.span.start]
        several = is_plural(before) and before.rstrip().endswith(",")
        plain = (
            several or not before.strip() or TITLES.fullmatch(before) or leads_with_office(before)
        )
        if not (plain and AND.fullmatch(between)):
            return None
        self._roster.of_mention(other, "")
        first = self._roster.of_mention(one, f"{before}{one.text}".strip())
        return self._roster.speakers.setdefault(
            text, Speaker(text, False, True, True, serves=first)
        )

    def _maker(self, span: Span, text: str) -> Speaker | None:
        """Who made the paper that speaks: "Roe's letter", "her ads", "a Gallup poll"."""
        head = PAPER_OF.fullmatch(text)
        if not head:
            return None
        maker = self._owner(span, head["owner"])
        if maker:
            self._papers.append((head["paper"].lower(), maker))
        return maker

    def _owner(self, span: Span, owner: str) -> Speaker | None:
        if POSSESSIVE_PRONOUN.fullmatch(owner):
            return self._person(span, owner.lower()) if owner.lower() != "their" else None
        end = span.start + self._doc.text[span.start : span.end].index(owner) + len(owner)
        inside = [m for m in self._cast.inside(span) if m.span.end <= end and m.label != "group"]
        if not inside:
            # "A Times article": the newspaper whose name ends so.
            word = owner.split()[-1].removesuffix("'s").removesuffix("’s")
            known = (
                m for m in self._cast.mentions if m.label == "organisation" and word[:1].isupper()
            )
            inside = [m for m in known if m.entity.split()[-1] == word][:1]
        return self._roster.of_mention(inside[-1], "") if inside else None

    def _same_paper(self, text: str) -> Speaker | None:
        """Who made "the study" that was a body's before."""
        again = AGAIN.fullmatch(text)
        nouns = PAPERS_ALIKE.get(again["paper"].lower(), ()) if again else ()
        return next((maker for noun, maker in reversed(self._papers) if noun in nouns), None)

    def _named(self, span: Span, text: str) -> Speaker | None:
        """The person whose name a source is, with title or apposition; not "the Roe campaign"."""
        persons = [
            m
            for m in self._cast.inside(span)
            if m.label == "person"
            and not (self._cast.owns(m) and span.end > m.span.end + 2)
            # "Demonstrators" at the beginning of a sentence.
            and not any(sign.kind == "crowds" for sign in load_types().signs(m.text))
        ]
        head = span.start + len(APPOSITION.sub("", span.of(self._doc.text)))
        phrase = PREPOSITION.search(self._doc.text, span.start, head)
        core = phrase.start() if phrase else head
        for mention in persons:
            start, end = mention.span.start, mention.span.end
            heads = end <= core and NOTHING.fullmatch(self._doc.text, end, core)
            ends = end <= head and NOTHING.fullmatch(self._doc.text, end, head)
            before = self._doc.text[span.start : start]
            if heads or (ends and (is_title(before) or self._leads_to_name(span.start, start))):
                return self._roster.of_mention(mention, text)
            if end > head and RIGHT_AFTER.fullmatch(self._doc.text, head, start):
                return self._roster.of_mention(mention, text)
        return None

    def _leads_to_name(self, start: int, end: int) -> bool:
        """Whether the words before a name are one phrase with it, "the Quelling biologist Roe":
        nothing in them parts it from the name but within the names of bodies.
        """
        words = self._doc.text[start:end]
        for body in self._cast.inside(Span(start, end)):
            if body.label == "organisation":
                words = words.replace(body.text, "Body")
        return bool(LEADS.fullmatch(words)) and not is_plural(words)

    @property
    def _day(self) -> date | None:
        return self._doc.article.published

    def _surname(self, span: Span, text: str) -> Speaker | None:
        """The person whose surname stands alone: "BRANDT" in a transcript, "Jordan", no country.

        Of several who bear it, the one who spoke or was named last.
        """
        bearers = self._cast.bearers(text)
        if len(bearers) > 1:
            names = {bearer.entity for bearer in bearers}
            last = next(
                (m for m in self._cast.persons_before(span) if m.entity in names), bearers[0]
            )
            said = next((one for one in reversed(self._said) if one.name in names), None)
            if said and self._said_at > last.span.end:
                return said
            return self._roster.of_mention(last, "")
        return self._roster.of_mention(bearers[0], "") if bearers else None

    def _called_so(self, span: Span, text: str) -> Speaker | None:
        """Whom "the minister" means: who was called so and spoke, or was named, last before it."""
        match = DETERMINER.match(text)
        if not match or JOINED.search(text) or match["noun"] in self._roster.acronyms:
            return None
        noun = re.compile(rf"{NO_DEPUTY}\b{re.escape(match['noun'])}\b", re.IGNORECASE)
        human = is_human(text)
        is_body = self._cast.ends_with_body(span)
        body_alone = is_body or (not human and bool(load_types().signs(text)))
        for said in reversed(self._said):
            names = (said.name, *said.descriptions)
            if JOINED.search(said.name) or not any(map(noun.search, names)):
                continue
            if not (body_alone and (said.person or is_human(said.name))):
                return said
        if is_plural(text) or is_body:
            return None
        kind = speaker_type(match["noun"])
        if not human:
            return self._body(span, match["noun"], kind)
        for mention in self._cast.persons_before(span):
            called = self._cast.called(mention)
            office = load_people().office_of(mention.entity, self._day)
            of_kind = office and office.type == kind
            if any(map(noun.search, called)) or (of_kind and may_hold(match["noun"], called)):
                return self._roster.of_mention(mention, "")
        return self._meant(span, match["noun"], kind)

    def _meant(self, span: Span, noun: str, kind: str | None) -> Speaker | None:
        """Who "the former model" or "the 46-year-old" is: the person whom the text is about."""
        if not MEANT.match(noun) or (kind is None and not OLD.search(noun)):
            return None
        reach = span.start - MEANT_REACH
        subject = last_subject(self._doc, self._cast.mentions, span)
        if subject and subject.span.start > self._said_at:
            candidates = [self._roster.of_mention(subject, "")]
        else:
            candidates = [said for said in self._said[-1:] if said.person and self._said_at > reach]
        known = {kind, "unknown", *_MEANT_TOO.get(kind or "", ("party", "citizen"))}
        free = kind in {None, "unknown"} or (kind == "expert" and load_types().former.search(noun))
        fitting = (one for one in candidates if free or one.type in known)
        return next((one for one in fitting if free or may_hold(noun, one.descriptions)), None)

    def _body(self, span: Span, noun: str, kind: str | None) -> Speaker | None:
        """The organisation named last before "the agency", if it is of that kind."""
        described = noun.islower() and not POSSESSIVE.search(noun.split(" ")[0])
        if described and (named := self._body_named(span, noun)):
            return named
        kind = None if noun in ANY_BODY else kind
        if not described or (kind in {None, "document"} and noun not in ANY_BODY):
            return None
        for mention in self._cast.named_before(span, "organisation"):
            if mention.span.start < span.start - BODY_REACH:
                break
            called = (mention.entity, *self._cast.called(mention))
            if kind is None or kind in map(speaker_type, called):
                return self._roster.of_mention(mention, mention.entity)
        return None

    def _body_named(self, span: Span, noun: str) -> Speaker | None:
        """The body in whose name the noun stands, "the theatre": the National Theatre."""
        word = re.compile(rf"\b{re.escape(noun)}\b", re.IGNORECASE)
        for mention in self._cast.named_before(span, "organisation"):
            if mention.span.start < span.start - BODY_REACH:
                break
            if word.search(mention.entity):
                return self._roster.of_mention(mention, mention.entity)
        return None

    def _described(self, span: Span, text: str) -> Speaker:
        """A source without a personal name: an institution, a place, a description."""
        maker = MAKER.match(text)
        if maker and (author := self._made_by(span, maker["maker"])):
            self._papers.append((maker["paper"].lower(), author))
            return author
        name = described(maker["maker"]) if maker else described(text)
        whole = self._roster.acronyms.get(name)
        name = whole or name
        if name not in self._roster.speakers:
            # Whom they serve is known before they are, so nobody serves themselves.
            serves = self._served(span, name)
            person = bool(PERSONAL.fullmatch(name)) and name.split()[0] in name_lists().given_names
            named = person or bool(whole) or self._is_name(span, name)
            speaker = Speaker(name, person, named, is_plural(name))
            self._roster.speakers[name] = replace(speaker, serves=serves)
        speaker = self._roster.speakers[name]
        speaker.describe(self._roster.spelled_out([name, text, *self._in_full(span, text)]))
        speaker.placed = speaker.placed or bool(self._cast.inside(span))
        if maker:
            self._papers.append((maker["paper"].lower(), speaker))
        if speaker.type == "unknown":
            self._by_place(span, speaker, name)
        return speaker

    def _made_by(self, span: Span, maker: str) -> Speaker | None:
        """The person who made "a study by the economist Ann Roe"."""
        start = span.start + span.of(self._doc.text).index(maker)
        return self._named(Span(start, start + len(maker)), maker)

    def _in_full(self, span: Span, text: str) -> list[str]:
        """What "the order" was called before: "An Amiri order"."""
        again = PAPER_OF_POWER.fullmatch(text)
        if not again:
            return []
        fuller = re.compile(rf"(?:[\w’'-]+\s){{1,3}}{again['paper']}\b", re.IGNORECASE)
        before = list(fuller.finditer(self._doc.text, 0, span.start))
        return [found[0] for found in before[:1]]

    def _served(self, span: Span, name: str) -> Speaker | None:
        """Whom "his aides", "Brandt aides" and "a lawyer for Brandt" speak for."""
        if ITS.match(name) and any(s.kind == "generic" for s in load_types().signs(name)):
            bodies = (said for said in reversed(self._said) if not said.person)
            return next((body for body in bodies if body.type != "document"), None)
        if not load_types().staff.search(name):
            return None
        named = Span(span.start, span.start + len(APPOSITION.sub("", span.of(self._doc.text))))
        persons = [m for m in self._cast.inside(named) if m.label == "person" and m.text != name]
        if persons:
            return self._roster.of_mention(persons[0], "")
        owned = OWNED.match(name)
        return self._said[-1] if owned and self._said else None

    def _by_place(self, span: Span, speaker: Speaker, name: str) -> None:
        """Give a place that speaks ("Israel says") its government, people of it their type."""
        for mention in self._cast.inside(span):
            if mention.label == "place" and mention.text == name:
                speaker.hints.append("government")
            elif mention.label == "group" and name.endswith(mention.text):
                speaker.hints.append("citizens")

    def _is_name(self, span: Span, name: str) -> bool:
        """Whether a reader could look it up: "Russia's Foreign Ministry", but not "EU aides"."""
        signs = load_types().signs(name)
        if any(m.label == "organisation" and m.text == name for m in self._cast.inside(span)):
            return True
        core = PREPOSITION.split(name, maxsplit=1)[0].rstrip()
        people = [sign for sign in signs if not sign.is_body]
        if any(sign.end >= len(core) for sign in people) or (
            people and not IN_CAPITALS.fullmatch(name)
        ):
            return False
        if speaker_type(name) == "document" and PREPOSITION.search(name):
            return False
        if IN_CAPITALS.fullmatch(name) and not self._doc.sentence_at(span.start).is_title:
            return True
        if signs and (self._cast.inside(span) or state_of((name,))):
            return True
        return any(
            (mention.label == "organisation" or mention.text == name)
            and mention.label != "group"
            and not self._cast.owns(mention)
            for mention in self._cast.inside(span)
        )
