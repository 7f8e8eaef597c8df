"""Phrasebook: thousands of phrases looked up in a text, the longest first, in one pass."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

# Words: hyphens and slashes part them, so that "vice-president" is "vice president".
_WORD = re.compile(r"[^\W_]+(?:[.&'’][^\W_]+)*")
_DOTTED = re.compile(r"(?:\w\.)+\w?")


class Found(NamedTuple, Generic[T]):
    """Where a phrase stands, without a possessive ending, and what it means."""

    start: int
    end: int
    meaning: T


class _Word(NamedTuple):
    """One word of a text: as it is looked up, and where it stands."""

    text: str
    start: int
    end: int


class _Phrase(NamedTuple, Generic[T]):
    words: tuple[str, ...]
    meaning: T
    any_case: bool


class Phrasebook(Generic[T]):
    """Phrases with what they mean.

    A phrase matches as whole words, in singular and plural; capital or not, unless it has a
    capital itself ("WHO" is not "who"). Dots in abbreviations do not matter ("U.N." is "UN"). Of
    phrases written alike the first one given counts.
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[_Phrase[T]]] = defaultdict(list)
        for phrase, meaning in phrases:
            words = tuple(word.text for word in _words(phrase))
            if words:
                any_case = phrase == phrase.lower()
                self._by_first[words[0].lower()].append(_Phrase(words, meaning, any_case))
        for some in self._by_first.values():
            some.sort(key=lambda phrase: (-len(phrase.words), phrase.any_case))

    def find(self, text: str) -> Iterator[Found[T]]:
        """The phrases in a text, from left to right, none overlapping another."""
        words = list(_words(text))
        place = 0
        while place < len(words):
            phrase = self._at(words, place)
            if phrase is None:
                place += 1
                continue
            last = place + len(phrase.words)
            yield Found(words[place].start, words[last - 1].end, phrase.meaning)
            place = last

    def _at(self, words: list[_Word], place: int) -> _Phrase[T] | None:
        for key in _keys(words[place].text.lower()):
            for phrase in self._by_first.get(key, ()):
                if place + len(phrase.words) <= len(words) and _fits(phrase, words, place):
                    return phrase
        return None


def _fits(phrase: _Phrase[T], words: list[_Word], place: int) -> bool:
    *inner, last = phrase.words
    for offset, wanted in enumerate(inner):
        if not _same(wanted, words[place + offset].text, phrase.any_case):
            return False
    there = words[place + len(inner)].text
    return any(_same(form, there, phrase.any_case) for form in _forms(last))


def _same(wanted: str, there: str, any_case: bool) -> bool:
    return wanted == (there.lower() if any_case else there)


def _forms(word: str) -> Iterator[str]:
    """A word and its plurals."""
    yield from (word, f"{word}s", f"{word}es")
    if word.endswith("y"):
        yield f"{word[:-1]}ies"


def _keys(word: str) -> Iterator[str]:
    """A word and what it may be the plural of."""
    yield word
    for ending, singular in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending):
            yield word.removesuffix(ending) + singular


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        word, end = match[0].replace("’", "'"), match.end()
        if word.endswith(("'s", "'S")):
            word, end = word[:-2], end - 2
        if _DOTTED.fullmatch(word):
            word = word.replace(".", "")
        yield _Word(word, match.start(), end)
