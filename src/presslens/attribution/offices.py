"""Offices: whether words before a name are its title, and whether two stand for one holder."""

from __future__ import annotations

from collections.abc import Iterable

from presslens.attribution.phrases import (
    ALIKE,
    ANY_OFFICE,
    AWAY,
    CALLED,
    DEPUTY,
    ONE_OF_A_KIND,
    RULER,
    TITLE_WORDS,
    WITHHELD,
    WORDS,
)
from presslens.attribution.speaker import Speaker, is_plural
from presslens.attribution.types import leads_with_office, speaker_type
from presslens.attribution.voices import OFFICIAL_TYPES


def is_title(before: str) -> bool:
    """Whether the words before a name are what somebody is: "President of the Republic"."""
    if AWAY.search(before) or len(before.split()) > TITLE_WORDS:
        return leads_with_office(before) and not is_plural(before)
    return bool(CALLED.search(before)) or leads_with_office(before)


def may_hold(office: str, descriptions: Iterable[str]) -> bool:
    """Whether "the president" can be somebody called so: not a "Treasury Secretary"."""
    word = office.lower()
    if word in ANY_OFFICE or RULER.search(word):
        return True
    words = WORDS.findall(word)
    alike = ALIKE.get(words[-1], set()) | {*words}
    others = (
        d
        for d in descriptions
        if alike.isdisjoint(WORDS.findall(d.lower())) or (DEPUTY.search(d) and "deputy" not in word)
    )
    return not any(speaker_type(description) in OFFICIAL_TYPES for description in others)


def is_the_same(unnamed: Speaker, named: Speaker) -> bool:
    """Whether "a New York judge" is Judge Roe: a role or body of one word, the same in both.

    Never somebody whose name is withheld: "a senior official".
    """
    if WITHHELD.search(unnamed.name) or unnamed.type != named.type:
        return False
    words = unnamed.name.lower().split()
    called = " ".join((named.name, *named.descriptions)).lower().split()
    return words[-1] in ONE_OF_A_KIND and not ALIKE.get(words[-1], {words[-1]}).isdisjoint(called)
