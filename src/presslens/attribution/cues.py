"""Cues: what kind of act a cue is, from the editable codebook data/codebooks/cues.yaml."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from presslens.codebooks import Codebook, CodebookError, load_codebook

ACTS = (
    "state", "argue", "ask", "accuse", "deny", "admit", "promise", "threaten", "decide", "intend",
    "believe", "know", "feel", "perceive", "decline",
)  # fmt: skip
ENDORSEMENTS = ("neutral", "endorsing", "distancing", "none")
# Verbs of one syllable that double their last letter: "ripped", but "tweeted" and "shouted".
_DOUBLED = re.compile(r"[^aeiou]+[aeiou][bdgklmnprt]|qu[aeiou]t|quiz")
_BE = ("is", "was", "are", "were", "am", "be", "been", "being", "'s", "'re", "'m")


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the codebook.

    Attributes:
        lemma: the entry itself, of one or several words ("call for").
        act: what the speaker does.
        endorsement: what the paper commits itself to.
    """

    lemma: str
    act: str
    endorsement: str


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a cue, in lower case."""

    words: tuple[str, ...]
    cue: Cue


class Reading(NamedTuple):
    """What a cue says: the speaker's act, the paper's endorsement, whether it is denied.

    "Did not deny" is denied, "did not respond" an act of declining. What is denied is neither
    vouched for nor kept at a distance: "never admitted".
    """

    act: str
    endorsement: str
    negated: bool = False


@dataclass(frozen=True)
class CueBook:
    """All cues: their forms by the first word, the longest first, and the cues by entry.

    `negations` are words; `leading`, `refusals` and `answering` are entries; see the codebook.
    """

    forms: dict[str, tuple[Form, ...]]
    entries: dict[str, Cue]
    leading: frozenset[str]
    negations: frozenset[str]
    refusals: frozenset[str]
    answering: frozenset[str]

    def cues_in(self, words: Sequence[str]) -> Iterator[tuple[int, Cue]]:
        """The entries among the words of a cue, in lower case, each with its place."""
        position = 0
        while position < len(words):
            form = self._form_at(words, position)
            if form:
                yield position, form.cue
            position += len(form.words) if form else 1

    def read(self, words: Sequence[str]) -> Reading:
        """Act, endorsement and negation of a cue; of one without an entry, those of "say"."""
        plain = [word.replace("’", "'") for word in words]
        found = list(self.cues_in(plain))
        while len(found) > 1 and found[0][1].lemma in self.leading:
            found = found[1:]
        cue = found[0][1] if found else self.entries["say"]
        until = found[0][0] if found else len(plain)
        refused = cue.lemma in self.refusals and len(found) > 1
        negated = any(word in self.negations for word in plain[:until])
        answer = found[1][1] if refused else cue
        if found and (refused or negated) and answer.lemma in self.answering:
            return Reading("decline", "none")
        if negated and cue.endorsement in {"endorsing", "distancing"}:
            return Reading(cue.act, "neutral", negated)
        return Reading(cue.act, cue.endorsement, negated)

    def _form_at(self, words: Sequence[str], position: int) -> Form | None:
        for form in self.forms.get(words[position], ()):
            if tuple(words[position : position + len(form.words)]) == form.words:
                return form
        return None


@cache
def load_cues() -> CueBook:
    """The cue codebook, read once.

    Raises:
        CodebookError: if it is malformed.
    """
    book = load_codebook("cues")
    by_word: dict[str, list[Form]] = defaultdict(list)
    entries: dict[str, Cue] = {}
    for form in _forms(book):
        by_word[form.words[0]].append(form)
        entries.setdefault(form.cue.lemma, form.cue)
    forms = {word: tuple(sorted(some, key=_longest_first)) for word, some in by_word.items()}
    lists = (
        frozenset(map(str, book.section(name, list)))
        for name in ("leading", "negations", "refusals", "answering")
    )
    return CueBook(forms, entries, *lists)


def read_cue(words: Sequence[str]) -> Reading:
    """Act, endorsement and negation of a cue, given its words in lower case."""
    return load_cues().read(words)


def _longest_first(form: Form) -> int:
    return -len(form.words)


def _forms(book: Codebook) -> Iterator[Form]:
    """All forms; of those that are written alike, the first counts."""
    for cue in _cues(book, "phrases"):
        yield Form(tuple(cue.lemma.split()), cue)
    irregular: dict[str, list[str]] = book.section("irregular")
    for cue in _cues(book, "verbs"):
        first, *rest = cue.lemma.split()
        for word in _inflected(first, irregular):
            yield Form((word, *rest), cue)
    for cue in _cues(book, "nouns"):
        *before, last = cue.lemma.split()
        for word in noun_forms(last):
            yield Form((*before, word), cue)
    for cue in _cues(book, "impersonal"):
        for be in ("", *_BE):
            yield Form((*be.split(), *cue.lemma.split()), cue)
    for cue in _cues(book, "adjectives"):
        yield Form(tuple(cue.lemma.split()), cue)


def _cues(book: Codebook, section: str) -> Iterator[Cue]:
    seen: set[str] = set()
    for number, group in enumerate(book.section(section, list), start=1):
        where = f"{book.path}: {section}: group {number}"
        for lemma in map(str, _checked(group, where)["words"]):
            if lemma in seen:
                raise CodebookError(f"{book.path}: {section}: '{lemma}' is listed twice; keep one")
            seen.add(lemma)
            yield Cue(lemma, group["act"], group["endorsement"])


def _checked(group: Any, where: str) -> dict[str, Any]:
    if not isinstance(group, dict) or not isinstance(group.get("words"), list):
        raise CodebookError(f"{where}: expected act, endorsement and a list of words")
    for key, allowed in (("act", ACTS), ("endorsement", ENDORSEMENTS)):
        if group.get(key) not in allowed:
            raise CodebookError(f"{where}: {key} must be one of {', '.join(allowed)}")
    return group


def _inflected(verb: str, irregular: dict[str, list[str]]) -> list[str]:
    forms = [verb, *irregular.get(verb, regular_forms(verb))]
    if verb == "be":
        forms += _BE
    return list(dict.fromkeys(forms))


def regular_forms(verb: str) -> tuple[str, str, str, str]:
    """Third person, past, participle and -ing form of a regular verb."""
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb[:-1]}ied", f"{verb}ing"
    if verb.endswith("e"):
        stem = verb if verb.endswith("ee") else verb[:-1]
        return third, f"{verb}d", f"{verb}d", f"{stem}ing"
    if _DOUBLED.fullmatch(verb):
        verb += verb[-1]
    return third, f"{verb}ed", f"{verb}ed", f"{verb}ing"


def noun_forms(noun: str) -> tuple[str, str]:
    """Singular and plural of a regular noun."""
    return noun, f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
