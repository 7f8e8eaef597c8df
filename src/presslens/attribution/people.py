"""People: the offices of persons whom articles name without one ("Obama said")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from presslens.attribution.voices import SPEAKER_TYPES
from presslens.codebooks import CodebookError, load_codebook

# No part of what tells one person from another.
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})


class Office(NamedTuple):
    """The type of speaker that somebody was; certain, if the day of the article is known."""

    type: str
    certain: bool


@dataclass(frozen=True)
class Person:
    """One known person: the types of speaker that they were, each from a day on, ascending."""

    name: str
    roles: tuple[tuple[date, str], ...]

    def type_on(self, day: date | None) -> str | None:
        """The type on a day, None before the first one; without a day the last."""
        known = [kind for since, kind in self.roles if day is None or since <= day]
        return known[-1] if known else None


@dataclass(frozen=True)
class People:
    """The codebook of persons, by first and last name and by surname, each in its order."""

    by_name: Mapping[tuple[str, str], Person]
    by_surname: Mapping[str, Sequence[Person]]

    def office_of(self, name: str, day: date | None) -> Office | None:
        """What a name meant on the day of an article, if it is a known one's."""
        words = _words(name)
        if len(words) > 1:
            person = self.by_name.get((words[0], words[-1]))
            meant = [person] if person else []
        else:
            meant = [*self.by_surname.get("".join(words), ())]
        kind = next(filter(None, (person.type_on(day) for person in meant)), None)
        return Office(kind, certain=day is not None) if kind else None


@cache
def load_people() -> People:
    """The codebook data/codebooks/people.yaml, read once.

    Raises:
        CodebookError: if it is malformed.
    """
    book = load_codebook("people")
    by_name: dict[tuple[str, str], Person] = {}
    by_surname: dict[str, list[Person]] = {}
    surnames = {" ".join(_words(str(name))) for name in book.section("surnames", list)}
    for name, roles in book.section("people").items():
        person = Person(name, _roles(str(roles), f"{book.path}: people: {name}"))
        words = _words(name)
        if by_name.setdefault((words[0], words[-1]), person) is not person:
            raise CodebookError(
                f"{book.path}: people: {name}: first and last name stand there twice"
            )
        for word in dict.fromkeys((words[0], words[-1])):
            if word in surnames:
                by_surname.setdefault(word, []).append(person)
    if strangers := surnames - by_surname.keys():
        raise CodebookError(f"{book.path}: surnames: nobody below is called {', '.join(strangers)}")
    return People(by_name, by_surname)


def _roles(text: str, where: str) -> tuple[tuple[date, str], ...]:
    return tuple(sorted((_role(part.strip(), where) for part in text.split(",")), key=_since))


def _role(text: str, where: str) -> tuple[date, str]:
    kind, _, since = text.partition(" ")
    try:
        # A year begins on the first of January, a month on its first day.
        day = date.fromisoformat("-".join([*since.split("-"), "01", "01"][:3]))
    except ValueError:
        day = None
    if day is None or kind not in SPEAKER_TYPES:
        raise CodebookError(
            f"{where}: '{text}' should be a speaker type and a date, as in 'government 2009-01-20'"
        )
    return day, kind


def _since(role: tuple[date, str]) -> date:
    return role[0]


def _words(name: str) -> list[str]:
    words = re.findall(r"[\w’'-]+", name.casefold().replace("’", "'"))
    return [word for word in words if word not in _SUFFIXES] or words
