"""Actions: who does what to whom, and in which grammatical form it is told.

First version: word order and the verbs of data/codebooks/actions.yaml; precision before recall.
What is only wanted, possible, denied or said not to have happened is no action. A parser replaces
the search for verbs, agents and patients behind `find_actions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from presslens.doc import Doc, Sentence
from presslens.events.clauses import (
    BE,
    HAVE,
    Range,
    Reading,
    noun_phrase_after,
    subject_before,
    verb_group,
)
from presslens.events.verbs import Act, Acts, load_acts
from presslens.mentions import Mention
from presslens.spans import Span, Spans, trim

Form = Literal["active", "passive", "agentless passive", "nominal"]

_AFTER_BARE_PARTICIPLE = frozenset("in during near at outside when while on after amid".split())
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_POSSESSIVE_PRONOUNS = frozenset("his her its their my our your".split())
_POSSESSOR_REACH = 4  # tokens before an act's noun in which its possessor is looked for


@dataclass(frozen=True, slots=True)
class Action:
    """One act told in a sentence.

    Attributes:
        sentence: number of the sentence.
        verb: the verb or noun that names the act, without auxiliaries.
        lemma: its entry in the codebook.
        form: active, passive (with an agent), agentless passive or nominal.
        agent, patient: who does it and to whom; empty where the sentence does not tell.
        agent_entity, patient_entity: the entity that they name, if they name one.
        harm: whether the act harms the patient.
    """

    sentence: int
    verb: Span
    lemma: str
    form: Form
    agent: Spans
    patient: Spans
    agent_entity: str | None
    patient_entity: str | None
    harm: bool


@dataclass(frozen=True, slots=True)
class _Found:
    verb: int
    act: Act
    form: Form
    agent: Range | None
    patient: Range | None


def find_actions(doc: Doc, mentions: Sequence[Mention]) -> list[Action]:
    """The acts told in an article, in the order of their verbs."""
    acts = load_acts()
    found: list[Action] = []
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(doc.sentence_at(mention.span.start).index, []).append(mention)
    for sentence in doc.sentences:
        reading = Reading([token.of(doc.text) for token in sentence.tokens])
        here = by_sentence.get(sentence.index, [])
        found += [_action(doc, sentence, one, here, acts) for one in _in_sentence(reading, acts)]
    return found


def _in_sentence(reading: Reading, acts: Acts) -> Iterator[_Found]:
    for index, word in enumerate(reading.lower):
        if word in acts.nouns and (nominal := _nominal(reading, index, acts.nouns[word])):
            yield nominal
        elif (
            word in acts.participles
            or word in acts.pasts
            or word in acts.presents
            or word in acts.progressives
        ) and (verbal := _verbal(reading, index, acts)):
            yield verbal


def _verbal(reading: Reading, index: int, acts: Acts) -> _Found | None:
    word = reading.lower[index]
    group = verb_group(reading, index)
    if group.negated or group.unreal:
        return None
    if word in acts.participles and group.auxiliary in BE:
        return _passive(
            reading, index, acts.participles[word], subject_before(reading, group.start)
        )
    if word in acts.progressives:
        return _progressive(reading, index, acts.progressives[word], group.auxiliary, group.start)
    if word in acts.participles and group.auxiliary in HAVE:
        return _active(reading, index, acts.participles[word], group.start)
    if group.auxiliary is not None:
        return None
    if word in acts.participles and (
        reduced := _reduced(reading, index, acts.participles[word], group.start)
    ):
        return reduced
    if word in acts.pasts:
        return _active(reading, index, acts.pasts[word], group.start)
    if word in acts.presents:
        return _active(reading, index, acts.presents[word], group.start)
    return None


def _passive(reading: Reading, index: int, act: Act, patient: Range | None) -> _Found | None:
    if patient is None:
        return None
    agent = _by_agent(reading, index + 1)
    return _Found(index, act, "passive" if agent else "agentless passive", agent, patient)


def _reduced(reading: Reading, index: int, act: Act, start: int) -> _Found | None:
    """ "people killed by a bomb", "Militants killed in raid"."""
    following = reading.lower[index + 1] if index + 1 < len(reading.lower) else ""
    patient = subject_before(reading, start)
    if patient is None or reading.lower[start - 1] in {",", "and"}:
        return None
    if following == "by" and (agent := _by_agent(reading, index + 1)):
        return _Found(index, act, "passive", agent, patient)
    if act.harm and not act.alone and following in _AFTER_BARE_PARTICIPLE:
        return _Found(index, act, "agentless passive", None, patient)
    return None


def _active(reading: Reading, index: int, act: Act, start: int) -> _Found | None:
    agent = subject_before(reading, start)
    patient = noun_phrase_after(reading, index + 1)
    return _Found(index, act, "active", agent, patient) if agent and patient else None


def _progressive(
    reading: Reading, index: int, act: Act, auxiliary: str | None, start: int
) -> _Found | None:
    """ "is killing people" has its subject; in "…, killing 12 people" the agent stays open."""
    patient = noun_phrase_after(reading, index + 1)
    if patient is None or index == 0:
        return None
    if auxiliary in BE:
        agent = subject_before(reading, start)
        return _Found(index, act, "active", agent, patient) if agent else None
    opens = reading.lower[index - 1] in {",", "and"}
    return _Found(index, act, "active", None, patient) if opens else None


def _nominal(reading: Reading, index: int, act: Act) -> _Found | None:
    """ "the killing of X by Y", "Israel's attack on X"; nothing where neither is told."""
    agent = _possessor(reading, index)
    position, patient = index + 1, None
    lower = reading.lower
    if position < len(lower) and lower[position] in act.to:
        patient = noun_phrase_after(reading, position + 1)
        position = patient.end if patient else position
    agent = agent or _by_agent(reading, position)
    begins = index > 0 and (reading.determined(index) or agent is not None)
    return _Found(index, act, "nominal", agent, patient) if patient and begins else None


def _possessor(reading: Reading, index: int) -> Range | None:
    """Whose act: "Israel's devastating attack", "their attack", "the Hamas-led attack"."""
    for before in range(index - 1, max(index - 1 - _POSSESSOR_REACH, -1), -1):
        word = reading.lower[before]
        if word in _POSSESSIVE:
            return subject_before(reading, before)
        if word in _POSSESSIVE_PRONOUNS:
            return Range(before, before + 1)
        if word.endswith("-led") and reading.words[before][0].isupper():
            return Range(before, before + 1)
        if not word[0].isalpha() or reading.ends_phrase(before):
            return None
    return None


def _by_agent(reading: Reading, start: int) -> Range | None:
    if start < len(reading.lower) and reading.lower[start] == "by":
        return noun_phrase_after(reading, start + 1)
    return None


def _action(
    doc: Doc, sentence: Sentence, found: _Found, mentions: Sequence[Mention], acts: Acts
) -> Action:
    agent = _spans(doc, sentence, found.agent)
    patient = _spans(doc, sentence, found.patient)
    return Action(
        sentence=sentence.index,
        verb=sentence.tokens[found.verb],
        lemma=found.act.lemma,
        form=found.form,
        agent=agent,
        patient=patient,
        agent_entity=_entity(doc, agent, mentions, acts.acting_nouns),
        patient_entity=_entity(doc, patient, mentions, frozenset()),
        harm=found.act.harm,
    )


def _spans(doc: Doc, sentence: Sentence, found: Range | None) -> Spans:
    if found is None:
        return ()
    span = Span(sentence.tokens[found.start].start, sentence.tokens[found.end - 1].end)
    if span.of(doc.text).endswith("-led"):
        span = Span(span.start, span.end - len("-led"))
    return (trim(doc.text, span),)


def _entity(
    doc: Doc, spans: Spans, mentions: Sequence[Mention], acting: frozenset[str]
) -> str | None:
    """The name that ends the phrase, or one that acts through the noun that ends it."""
    for span in spans:
        inside = [mention for mention in mentions if span.overlaps(mention.span)]
        if not inside:
            continue
        last = inside[-1]
        rest = doc.text[last.span.end : span.end].strip(" '’\"”")
        if not rest or rest.split()[-1].lower() in acting:
            return last.entity
    return None
