"""Which names of an article mean the same: "Kharkin" and "Maxim Kharkin", "HRW" and its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from presslens.names.lists import NameLists
from presslens.names.runs import Segment

Name = tuple[str, ...]
_AL = re.compile(r"^(?:al|el|ul)-", re.IGNORECASE)
_MEN = frozenset({"mr", "sir", "lord", "king", "prince"})
_WOMEN = frozenset({"mrs", "ms", "miss", "dame", "lady", "queen", "princess", "madam"})
_SMALL = frozenset("of for on and the & de".split())


def link(
    segments: Sequence[Segment], labels: Mapping[Name, str], text: str, lists: NameLists
) -> list[str]:
    """For every segment its entity: the fullest name that the article gives it.

    A surname that two people share goes to the one named last before it.
    """
    acronyms = _acronyms(segments, labels)
    people = dict.fromkeys(
        s.name for s in segments if labels[s.name] == "person" and len(s.name) > 1
    )
    bodies: dict[str, Name] = {}
    for segment in segments:
        if labels[segment.name] == "organisation" and len(segment.name) > 1:
            bodies.setdefault(segment.name[-1], segment.name)
    # Full names once each, the one named last at the end: long articles repeat few names often.
    seen: dict[Name, None] = {}
    entities = []
    for segment in segments:
        name = segment.name
        if labels[name] == "person":
            if len(name) > 1:
                seen.pop(name, None)
                seen[name] = None
            name = _person(_Bearer.of(segment, lists), seen, people)
        elif len(name) == 1 and name[0].rstrip("s") in acronyms:
            name = acronyms[name[0].rstrip("s")]
        elif len(name) == 1 and labels[name] == "organisation":
            name = bodies.get(name[0], name)
        plain = _text(name, segment, text)
        entities.append(lists.aliases.get(plain, plain))
    return entities


@dataclass(frozen=True)
class _Bearer:
    """A person's name as it stands somewhere, and what its title tells.

    Attributes:
        name: its words.
        titled: whether a title stands before it, which is said of surnames.
        strangers: given names that it does not stand for: "Mrs Quennell" is no Colm.
    """

    name: Name
    titled: bool
    strangers: frozenset[str]

    @classmethod
    def of(cls, segment: Segment, lists: NameLists) -> _Bearer:
        titled = segment.title is not None
        title = segment.words[segment.title : segment.start] if titled else ()
        words = {word.lower().rstrip(".") for word in title}
        strangers = lists.women if words & _MEN else lists.men if words & _WOMEN else frozenset()
        return cls(segment.name, titled, strangers)

    def may_be(self, other: Name) -> bool:
        """Whether a full name that the article has may be the whole of this one."""
        if self.titled and len(self.name) == 1 and not _same(self.name[0], other[-1]):
            return False
        return other[0] not in self.strangers and _fits(self.name, other)


def _person(bearer: _Bearer, seen: Mapping[Name, None], people: Mapping[Name, None]) -> Name:
    """The fullest name whose words hold this one's, of those before it or else of all."""
    for names in (reversed(list(seen)), people):
        fitting = [o for o in names if len(o) >= len(bearer.name) and bearer.may_be(o)]
        if fitting:
            longest = max(len(other) for other in fitting if _fits(fitting[0], other))
            return next(o for o in fitting if len(o) == longest and _fits(fitting[0], o))
    return bearer.name


def _fits(name: Name, other: Name) -> bool:
    """Whether all words of a name stand in the other, in order, and one of its ends is shared."""
    if not _same(name[-1], other[-1]) and (len(name) > 1 or name[0] != other[0]):
        return False
    rest = iter(other)
    return all(any(_same(word, candidate) for candidate in rest) for word in name)


def _same(word: str, other: str) -> bool:
    """Whether two words of names are one: "Ghanem" is "Al-Ghanem"."""
    if word == other or "-" not in word + other:
        return word == other
    return _AL.sub("", word) == _AL.sub("", other)


def _acronyms(segments: Sequence[Segment], labels: Mapping[Name, str]) -> dict[str, Name]:
    """Long names by their initials, for acronyms that the article uses: HRW, AU."""
    used = {s.name[0] for s in segments if len(s.name) == 1 and s.name[0].isupper()}
    found: dict[str, Name] = {}
    for segment in segments:
        name = segment.name
        if len(name) < 2 or labels[name] == "person":
            continue
        for words in (name, [word for word in name if word.lower() not in _SMALL]):
            initials = "".join(word[0] for word in words).upper()
            if initials in used and len(initials) > 1:
                found.setdefault(initials, name)
    return found


def _text(name: Name, segment: Segment, text: str) -> str:
    if name != segment.name or "]" in segment.words[segment.start : segment.end]:
        return " ".join(name)
    return " ".join(segment.span.of(text).split())
