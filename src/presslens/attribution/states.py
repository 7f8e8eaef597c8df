"""States: of which country a speaker is, as far as names and descriptions tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from presslens.codebooks import CodebookError, load_codebook


@dataclass(frozen=True, slots=True)
class StateBook:
    """Every word for a state, its people and its seat of government, compiled."""

    pattern: re.Pattern[str]
    meaning: dict[str, str]

    def state_in(self, text: str) -> str | None:
        """The first state that a text tells: Russia in "Moscow" and in "the Russian envoy"."""
        found = self.pattern.search(text)
        return self.meaning[found["word"]] if found else None


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
    longest_first = sorted(meaning, key=lambda word: (-len(word), word))
    words = "|".join(map(re.escape, longest_first))
    return StateBook(re.compile(rf"(?<![\w.])(?P<word>{words})s?(?!\w)"), meaning)


def state_of(descriptions: Iterable[str]) -> str | None:
    """The state that the first telling one of a speaker's names and descriptions tells, or None."""
    return next(filter(None, map(load_states().state_in, descriptions)), None)
