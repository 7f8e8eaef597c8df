"""Lemmas: base forms by a word's Penn tag, from a table of exceptions and rules for endings.

training/encoder/lemmas.py makes the table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from presslens.paths import MODELS

TABLE = MODELS / "lemmas.json"
ANY = "any"
# The table's words have straight ones.
APOSTROPHES = str.maketrans("’‘‛ʼ`´", "''''''")

_DOUBLED = tuple("bdgklmnprtvz")


def _doubled(ending: str) -> list[tuple[str, str]]:
    return [(2 * letter + ending, letter) for letter in _DOUBLED]


# Endings and what takes their place; the first that gives a known base form wins, and without any
# the first that fits at all.
_PAST = [("ied", "y"), ("ed", "e"), ("ed", ""), *_doubled("ed")]
_MORE = [("ier", "y"), ("er", "e"), ("er", ""), *_doubled("er")]
_MOST = [("iest", "y"), ("est", "e"), ("est", ""), *_doubled("est")]
_PLURAL = [("s", ""), ("ies", "y"), ("es", ""), ("ves", "f"), ("ves", "fe"), ("men", "man")]
RULES = {
    "NNS": ("noun", _PLURAL),
    "VBZ": ("verb", _PLURAL[:3]),
    "VBD": ("verb", _PAST),
    "VBN": ("verb", _PAST),
    "VBG": ("verb", [("ing", "e"), ("ing", ""), *_doubled("ing")]),
    "JJR": ("adjective", _MORE),
    "RBR": ("adjective", _MORE),
    "JJS": ("adjective", _MOST),
    "RBS": ("adjective", _MOST),
}
# Without a known base form: what the letters before the ending make most likely.
_ES_AFTER = ("s", "x", "z", "ch", "sh")
_VOWELS = frozenset("aeiouy")
_NO_E = ("en", "er", "or", "el", "et", "it", "on", "al", "ow")
_E = ("v", "z", "c", "u", "rs", "ns", "ls", "dg", "rg", "bl", "dl", "gl", "pl", "tl", "zl")
_NAMES = frozenset({"NNP", "NNPS"})


@dataclass(frozen=True)
class Table:
    """What is known of base forms.

    Attributes:
        exceptions: by tag and form in lower case, the lemma that rules would not give.
        bases: by kind (noun, verb, adjective), words known as base forms, and those that may be
            base forms of any kind.
    """

    exceptions: Mapping[str, Mapping[str, str]]
    bases: Mapping[str, frozenset[str]]

    def lemma(self, word: str, tag: str) -> str:
        """A word's base form, in lower case but for names."""
        form = word.lower()
        if exception := self.exceptions.get(tag, {}).get(form):
            return exception
        if tag in _NAMES:
            return word
        if tag not in RULES:
            return form
        before, hyphen, last = form.rpartition("-")
        return before + hyphen + self._by_rules(last, tag)

    def _by_rules(self, form: str, tag: str) -> str:
        if exception := self.exceptions.get(tag, {}).get(form):
            return exception
        kind, rules = RULES[tag]
        made = list(_apply(form, rules))
        for bases in (self.bases.get(kind, ()), self.bases.get(ANY, ())):
            for base in made:
                if base in bases:
                    return base
        return _likely(form, made)


def _apply(form: str, rules: Iterable[tuple[str, str]]) -> Iterator[str]:
    for ending, replacement in rules:
        if form.endswith(ending) and len(form) - len(ending) > 1:
            yield form[: len(form) - len(ending)] + replacement


def _likely(form: str, made: list[str]) -> str:
    """The base form of an unknown word, of those that rules make."""
    if not made or form.endswith("ss"):
        return form
    if form.endswith(("ies", "ied")):
        return form[:-3] + "y"
    if form.endswith("es") and form[:-2].endswith(_ES_AFTER):
        return form[:-2]
    if form.endswith(("ed", "ing")):
        stem = form.removesuffix("ed").removesuffix("ing")
        return _stem_of_verb(stem)
    return made[0]


def _stem_of_verb(stem: str) -> str:
    """The base of an unknown "-ed" or "-ing": "jogg" → jog, "vap" → vape, "fasten" → fasten."""
    if len(stem) < 3:
        return stem
    if stem[-1] == stem[-2] and stem[-1] in _DOUBLED and stem[-1] != "l":
        return stem[:-1]
    if stem.endswith(_NO_E):
        return stem
    single = stem[-1] not in _VOWELS | {"w", "x"} and stem[-2] in _VOWELS
    return stem + "e" if stem.endswith(_E) or (single and stem[-3] not in _VOWELS) else stem


@cache
def load_lemmas() -> Table:
    """The shipped table."""
    stored = json.loads(TABLE.read_text(encoding="utf-8"))
    bases = {kind: frozenset(words) for kind, words in stored["bases"].items()}
    return Table(stored["exceptions"], bases)
