"""Cues as the first rules read them: with what may follow a verb, from cues.yaml beside this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from presslens.attribution.cues import noun_forms, regular_forms
from presslens.codebooks import Codebook, load_codebook

CUES = Path(__file__).with_name("cues.yaml")

Takes = Literal["clause", "hearer", "object", "to"]
Inflection = Literal["base", "s", "past", "participle", "ing"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the codebook.

    Attributes:
        lemma: the entry itself, of one or several words ("call for").
        takes: what may follow the verb (see the head of the codebook).
        needs: words of which one must follow in the clause; empty if anything may.
        nounlike: written the same as a common noun.
    """

    lemma: str
    takes: Takes = "clause"
    needs: frozenset[str] = frozenset()
    nounlike: bool = False


@dataclass(frozen=True, slots=True)
class VerbForm:
    """A form of a cue verb: its words, the first inflected, and how that one is inflected."""

    cue: Cue
    words: tuple[str, ...]
    inflection: Inflection


@dataclass(frozen=True)
class CueBook:
    """All cues, indexed by their first word in lower case."""

    verbs: dict[str, tuple[VerbForm, ...]]
    nouns: dict[str, Cue]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Cue], ...]]
    impersonal: dict[str, Cue]
    headings: frozenset[str]

    def verb_at(self, words: Sequence[str], position: int) -> VerbForm | None:
        """The longest verb form that begins at a position of a sentence in lower case."""
        for form in self.verbs.get(words[position], ()):
            if tuple(words[position : position + len(form.words)]) == form.words:
                return form
        return None

    def phrase_at(self, words: Sequence[str], position: int) -> tuple[int, Cue] | None:
        """The length and cue of a phrase ("according to") that begins at a position."""
        for phrase, cue in self.phrases.get(words[position], ()):
            if tuple(words[position : position + len(phrase)]) == phrase:
                return len(phrase), cue
        return None


@cache
def load_cues() -> CueBook:
    """The cue codebook, read once.

    Raises:
        CodebookError: if it is malformed.
    """
    book = load_codebook(CUES)
    irregular: dict[str, list[str]] = book.section("irregular")
    verbs: dict[str, list[VerbForm]] = defaultdict(list)
    for cue in _verb_cues(book):
        for form in _forms(cue, irregular):
            verbs[form.words[0]].append(form)
    phrases: dict[str, list[tuple[tuple[str, ...], Cue]]] = defaultdict(list)
    for cue in _cues(book, "phrases"):
        words = tuple(cue.lemma.split())
        phrases[words[0]].append((words, cue))
    return CueBook(
        verbs={word: tuple(sorted(forms, key=_longest_first)) for word, forms in verbs.items()},
        nouns={form: cue for cue in _cues(book, "noun_cues") for form in noun_forms(cue.lemma)},
        phrases={word: tuple(some) for word, some in phrases.items()},
        impersonal={cue.lemma: cue for cue in _cues(book, "impersonal")},
        headings=frozenset(map(str, book.section("headings", list))),
    )


def _longest_first(form: VerbForm) -> int:
    return -len(form.words)


def _verb_cues(book: Codebook) -> Iterator[Cue]:
    needs: dict[str, list[str]] = book.section("needs")
    nounlike = frozenset(book.section("nouns", list))
    for cue in _cues(book, "verbs"):
        yield Cue(
            cue.lemma,
            cue.takes,
            frozenset(needs.get(cue.lemma, ())),
            cue.lemma in nounlike,
        )


def _cues(book: Codebook, section: str) -> Iterator[Cue]:
    for group in book.section(section, list):
        for lemma in group["words"]:
            yield Cue(str(lemma), group.get("takes", "clause"))


def _forms(cue: Cue, irregular: dict[str, list[str]]) -> Iterator[VerbForm]:
    first, *rest = cue.lemma.split()
    kinds: tuple[Inflection, ...] = ("base", "s", "past", "participle", "ing")
    inflected = (first, *irregular.get(first, regular_forms(first)))
    seen = set()
    for word, kind in zip(inflected, kinds, strict=True):
        if word not in seen:
            yield VerbForm(cue, (word, *rest), kind)
        seen.add(word)
    if first == "be":
        for word in ("are", "were", "am", "'s", "'re", "'m", "’s", "’re", "’m"):
            yield VerbForm(cue, (word, *rest), "past")
