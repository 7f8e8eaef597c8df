"""States: of which country a speaker is, as far as names and descriptions tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from presslens.codebooks import Codebook, CodebookError, load_codebook
from presslens.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class StateBook:
    """Every word for a state, compiled.

    Attributes:
        phrases: names, words for people, and seats of government ("Moscow").
        names: names and words for people alone.
        meaning: the state of each of all these words.
    """

    phrases: Phrasebook[str]
    names: Phrasebook[str]
    meaning: Mapping[str, str]

    def state_in(self, text: str) -> str | None:
        """The first state that a text tells: Russia in "Moscow" and in "the Russian envoy"."""
        return next((found.meaning for found in self.phrases.find(text)), None)


@cache
def load_states() -> StateBook:
    """The codebooks data/codebooks/states.yaml and the nations of names.yaml, read once.

    Raises:
        CodebookError: if one is malformed.
    """
    book, nations = load_codebook("states"), load_codebook("names").section("nations")
    names: dict[str, str] = {}
    for state, words in (*_listed(book, "names"), *_nations(nations)):
        known = names.get(state, state)
        for word in (state, *words):
            names.setdefault(word, known)
    meaning = dict(names)
    for state, words in _listed(book, "seats"):
        for word in (state, *words):
            meaning.setdefault(word, state)
    return StateBook(Phrasebook(meaning.items()), Phrasebook(names.items()), meaning)


def _listed(book: Codebook, section: str) -> Iterator[tuple[str, list[str]]]:
    for state, words in book.section(section).items():
        if not isinstance(words, list):
            raise CodebookError(f"{book.path}: {section}: '{state}': expected a list of words")
        yield str(state), list(map(str, words))


def _nations(nations: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    for nation, peoples in nations.items():
        yield str(nation), [people.strip() for people in str(peoples).split(",")]


def state_of(descriptions: Iterable[str]) -> str | None:
    """The state that the first telling one of a speaker's names and descriptions tells, or None."""
    return next(filter(None, map(load_states().state_in, descriptions)), None)
