"""The verbs of data/codebooks/actions.yaml with all their forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from presslens.codebooks import CodebookError, load_codebook

_DOUBLED = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]$")  # one syllable, short vowel: stab, ban


@dataclass(frozen=True, slots=True)
class Act:
    """A verb of the codebook.

    `to` are prepositions that lead from its nouns to the patient; `alone` tells that the verb may
    stand without one ("struck").
    """

    lemma: str
    harm: bool
    to: frozenset[str]
    alone: bool


@dataclass(frozen=True, slots=True)
class Acts:
    """Acts by the form in which they stand in a text, lower-case."""

    participles: dict[str, Act]
    pasts: dict[str, Act]
    presents: dict[str, Act]
    progressives: dict[str, Act]
    nouns: dict[str, Act]
    acting_nouns: frozenset[str]


@cache
def load_acts() -> Acts:
    """The codebook's verbs, read once.

    Raises:
        CodebookError: if an entry is not of the form that the file's head describes.
    """
    book = load_codebook("actions")
    acting, plurals = (
        frozenset(word.strip() for word in book.section(key, str).split(","))
        for key in ("acting_nouns", "plural_nouns")
    )
    acts = Acts({}, {}, {}, {}, {}, acting)
    for lemma, entry in book.section("verbs").items():
        _check(str(book.path), lemma, entry)
        act = Act(lemma, entry["harm"], frozenset(entry.get("to", ["of"])), "alone" in entry)
        regular = _past(lemma)
        acts.pasts[entry.get("past", regular)] = act
        acts.participles[entry.get("participle", regular)] = act
        acts.progressives[_progressive(lemma, entry)] = act
        for noun in entry.get("nouns", ()):
            acts.nouns[noun] = act
        if (present := _third_person(lemma)) not in plurals | set(entry.get("nouns", ())):
            acts.presents[present] = act
    return acts


def _check(path: str, lemma: object, entry: Any) -> None:
    known = {"harm", "alone", "past", "participle", "nouns", "to"}
    if not isinstance(lemma, str):
        raise CodebookError(f"{path}: verb {lemma!r} is no word; put quotes around it")
    if not isinstance(entry, dict) or not isinstance(entry.get("harm"), bool):
        raise CodebookError(f"{path}: verb '{lemma}' needs 'harm: true' or 'harm: false'")
    if entry.get("alone", True) is not True:
        raise CodebookError(
            f"{path}: 'alone' of verb '{lemma}' can only be true; else leave it out"
        )
    if unknown := set(entry) - known:
        raise CodebookError(
            f"{path}: verb '{lemma}' has {sorted(map(str, unknown))}; expected {sorted(known)}"
        )
    for key in ("nouns", "to"):
        words = entry.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise CodebookError(
                f"{path}: '{key}' of verb '{lemma}' must be a list of words; put quotes around on"
            )


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    return (lemma + lemma[-1] if _DOUBLED.match(lemma) else lemma) + "ed"


def _progressive(lemma: str, entry: dict[str, Any]) -> str:
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return lemma[:-1] + "ing"
    past = str(entry.get("past", ""))
    doubled = past == lemma + lemma[-1] + "ed" or _DOUBLED.match(lemma)
    return (lemma + lemma[-1] if doubled else lemma) + "ing"


def _third_person(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
