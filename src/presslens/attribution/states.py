"""States: of which country a speaker is, as far as names and descriptions tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from presslens.codebooks import CodebookError, load_codebook
from presslens.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class StateBook:
    """Every word for a state, its people and its seat of government, compiled."""

    phrases: Phrasebook[str]
    meaning: dict[str, str]

    def state_in(self, text: str) -> str | None:
        """The first state that a text tells: Russia in "Moscow" and in "the Russian envoy"."""
        return next((found.meaning for found in self.phrases.find(text)), None)


@cache
def load_states() -> StateBook:
    """The codebooks data/codebooks/states.yaml and the nations of names.yaml, read once.

    Raises:
        CodebookError: if one is malformed.
    """
    names, book = load_codebook("names"), load_codebook("states")
    meaning: dict[str, str] = {}
    for state, seats in book.section("seats").items():
        if not isinstance(seats, list):
            raise CodebookError(f"{book.path}: seats: '{state}': expected a list of words")
        for word in (state, *seats):
            meaning.setdefault(str(word), state)
    for nation, peoples in names.section("nations").items():
        for word in (nation, *str(peoples).split(",")):
            meaning.setdefault(word.strip(), nation)
    return StateBook(Phrasebook(meaning.items()), meaning)


def state_of(descriptions: Iterable[str]) -> str | None:
    """The state that the first telling one of a speaker's names and descriptions tells, or None."""
    return next(filter(None, map(load_states().state_in, descriptions)), None)
