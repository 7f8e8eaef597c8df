"""Replaces the names in a training text with names of the whole world (`world_names.yaml`).

The names that a tagger is trained on come from American papers; with swapped names it has to go by
the words around a name instead (Dai & Adel, COLING 2020, call it mention replacement).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import yaml

Entity = tuple[int, int, str]

LABELS = frozenset({"person", "organisation", "place", "group", "other"})
HOME = 0.6  # how often a name comes from the text's own region: most papers write of their country
TRIES = 200  # draws for a name that is new and fits its article

_SLOT = re.compile(r"\{(\w+)\}")
_SURFACE = re.compile(
    r"(?P<the>the\s+)?(?P<core>.*?)(?P<possessive>['’]s?)?", re.IGNORECASE | re.DOTALL
)
_ARTICLE = re.compile(r"\b(the|an|a)\s+$", re.IGNORECASE)
_ARTICLE_FITS = {
    "": re.compile(""),
    "the": re.compile(""),
    "a": re.compile("[^aeiou]", re.IGNORECASE),
    "an": re.compile("[aio]|e(?!u)", re.IGNORECASE),  # a Ugandan, a European
}
_INITIALISM = re.compile(r"[A-Z](?:[.&-]?[A-Z]){1,5}\.?")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n])[\s\"'“‘]*$")
_LATER_INITIAL = re.compile(r"\b(?!and\b|of\b|for\b|in\b|the\b)\w", re.IGNORECASE)
_AFTER_NAMES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class People:
    """How people of one region are called; a pattern's weight is how often it is used."""

    given_names: tuple[str, ...]
    surnames: tuple[str, ...]
    patterns: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class WorldNames:
    """The lists of `world_names.yaml`; `bare` and `with_the` tell who stands after "the"."""

    people: Mapping[str, People]
    places: Mapping[str, tuple[str, ...]]
    places_with_the: tuple[str, ...]
    place_initialisms: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    slots: Mapping[str, tuple[str, ...]]
    organisation_templates: Mapping[str, tuple[str, ...]]
    organisations: Mapping[str, tuple[str, ...]]
    organisation_initialisms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Person:
    """One person's new name in full, and the two ways to shorten it."""

    full: str
    given: str
    family: str


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name in the text: its words without article and possessive, and what stands before it."""

    label: str
    the: str
    core: str
    possessive: str
    article: str  # the, a, an or nothing
    headline: bool  # the rest of the line is in capitals
    opens: bool  # the first words of a sentence

    @property
    def words(self) -> tuple[str, ...]:
        words = tuple(self.core.casefold().split())
        return tuple(word for word in words if word not in _AFTER_NAMES) or words

    @property
    def plural(self) -> bool:
        return self.core.casefold().endswith(("s", "men")) and self.core[-2:].casefold() != "ss"


def load_world_names(path: Path) -> WorldNames:
    """The lists of names in a file like `world_names.yaml`."""
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    people = {
        region: People(tuple(its["given_names"]), tuple(its["surnames"]), its["patterns"])
        for region, its in lists["people"].items()
    }
    return WorldNames(
        people=people,
        places=_tuples(lists["places"]),
        places_with_the=tuple(lists["places_with_the"]),
        place_initialisms=tuple(lists["place_initialisms"]),
        groups=tuple((adjective, plural) for adjective, plural in lists["groups"]),
        slots=_tuples(lists["slots"]),
        organisation_templates=_tuples(lists["organisation_templates"]),
        organisations=_tuples(lists["organisations"]),
        organisation_initialisms=tuple(lists["organisation_initialisms"]),
    )


def _tuples(lists: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(items) for name, items in lists.items()}


def swap(
    text: str,
    entities: Sequence[Entity],
    names: WorldNames,
    random: Random,
    *,
    share: float = 0.7,
) -> tuple[str, list[Entity]]:
    """The text with new names, and its entities, in the order given, where they now stand.

    Each name is swapped with a probability of `share`, everywhere in the text or nowhere; short
    forms of a person's name go with the full name. Entities labelled `other` stay as they are.

    Raises:
        ValueError: if entities overlap, lie outside the text or bear an unknown label.
    """
    order = sorted(range(len(entities)), key=lambda number: entities[number][:2])
    _check(text, [entities[number] for number in order])
    mentions = [_mention(text, *entities[number]) for number in order]
    cast = _Cast(mentions, names, random, share)
    pieces: list[str] = []
    swapped = list(entities)
    length = done = 0
    for place, number in enumerate(order):
        start, end, label = entities[number]
        new = cast.replacement(place)
        new = text[start:end] if new is None else new
        length += start - done
        pieces += (text[done:start], new)
        swapped[number] = (length, length + len(new), label)
        length, done = length + len(new), end
    return "".join([*pieces, text[done:]]), swapped


def _check(text: str, entities: Sequence[Entity]) -> None:
    done = 0
    for start, end, label in entities:
        if label not in LABELS:
            raise ValueError(f"{label!r} is no label; expected one of {', '.join(sorted(LABELS))}")
        if not done <= start < end <= len(text):
            raise ValueError(f"entity {start}-{end} is empty, overlaps another or leaves the text")
        done = end


def _mention(text: str, start: int, end: int, label: str) -> _Mention:
    match = _SURFACE.fullmatch(text[start:end])
    assert match
    the, core, possessive = (match[name] or "" for name in ("the", "core", "possessive"))
    if label == "organisation" or not core:  # McDonald's
        core, possessive = core + possessive, ""
    if not core:
        the, core = "", text[start:end]
    before = _ARTICLE.search(text, max(0, start - 8), start)
    line = text[text.rfind("\n", 0, start) + 1 : start] + text[end:].partition("\n")[0]
    return _Mention(
        label=label,
        the=the,
        core=core,
        possessive=possessive,
        article="the" if the else before[1].casefold() if before else "",
        headline=line.isupper(),
        opens=bool(_SENTENCE_START.search(text, max(0, start - 8), start)),
    )


class _Cast:
    """Who plays whom in one text: decides once for each name, and keeps to it."""

    def __init__(
        self, mentions: Sequence[_Mention], names: WorldNames, random: Random, share: float
    ) -> None:
        self._mentions = mentions
        self._names = names
        self._random = random
        self._share = share
        self._home = random.choice(tuple(names.people))
        self._people: dict[tuple[str, ...], _Person | None] = {}
        self._others: dict[tuple[str, str], str | tuple[str, str] | None] = {}
        self._used = {mention.core.casefold() for mention in mentions}
        self._fulls = self._full_names()
        self._mixed = {m.core.casefold() for m in mentions if not m.core.isupper()}

    def replacement(self, number: int) -> str | None:
        """What stands in place of a mention, or None where the old name stays."""
        mention = self._mentions[number]
        if mention.label == "other":
            return None
        new = self._person(number) if mention.label == "person" else self._name(mention)
        if new is None:
            return None
        if mention.core.isupper() and sum(map(str.isalpha, mention.core)) > 1:
            new = new.upper()
        elif mention.opens and not mention.the:
            new = new[0].upper() + new[1:]
        return mention.the + new + mention.possessive

    # People

    def _full_names(self) -> list[tuple[int, tuple[str, ...]]]:
        """The persons' names of two words or more that don't shorten another one, with number."""
        found = [(n, m.words) for n, m in enumerate(self._mentions) if m.label == "person"]
        found = [(number, words) for number, words in found if len(words) > 1]
        return [one for one in found if not any(_part(one[1], words) for _, words in found)]

    def _person(self, number: int) -> str | None:
        words = self._mentions[number].words
        part, full = "full", words
        near = [(n, name) for n, name in self._fulls if _part(words, name)]
        if near:  # the last one named before, or else the first one after
            full = next((name for n, name in reversed(near) if n < number), near[0][1])
            part = _part(words, full) or part
        identity = (full[0], full[-1]) if len(full) > 1 else full
        if identity not in self._people:
            draw = self._draw_person if len(full) > 1 else self._draw_single
            self._people[identity] = draw() if self._random.random() < self._share else None
        new = self._people[identity]
        return getattr(new, part) if new else None

    def _draw_person(self) -> _Person:
        for _ in range(TRIES):
            new = self._full_person()
            if new.full.casefold() not in self._used:
                break
        self._used.add(new.full.casefold())
        return new

    def _full_person(self) -> _Person:
        people = self._names.people[self._region()]
        (pattern,) = self._random.choices(tuple(people.patterns), tuple(people.patterns.values()))
        parts = [
            (part, self._fill(part, {"given": people.given_names, "surname": people.surnames}))
            for part in pattern.split()
        ]
        full = " ".join(new for _, new in parts)
        given = next((new for part, new in parts if "{given}" in part), "")
        family = _family(parts) or given
        return _Person(full, given or family, family)

    def _draw_single(self) -> _Person:
        """A name for a person of whom the text never gives more than one word."""

        def short() -> str:
            new = self._full_person()
            return new.family if self._random.random() < 0.75 else new.given

        name = self._draw(short)
        return _Person(name, name, name)

    # Organisations, places and groups

    def _name(self, mention: _Mention) -> str | None:
        key = " ".join(mention.core.casefold().split())
        if mention.label == "group" and mention.plural:
            key = key.removesuffix("s")
        identity = (mention.label, key)
        if identity not in self._others:
            swapped = self._random.random() < self._share
            self._others[identity] = self._draw_name(mention) if swapped else None
        new = self._others[identity]
        return new[mention.plural] if isinstance(new, tuple) else new

    def _draw_name(self, mention: _Mention) -> str | tuple[str, str]:
        if self._is_initialism(mention):
            return self._draw_initialism(mention)
        if mention.label == "group":
            form = int(mention.plural)
            shown = self._draw(lambda: self._random.choice(self._names.groups)[form], mention)
            return next(pair for pair in self._names.groups if pair[form] == shown)
        make = self._organisation if mention.label == "organisation" else self._place
        return self._draw(lambda: make(with_the=mention.article == "the"), mention)

    def _is_initialism(self, mention: _Mention) -> bool:
        """Whether the capitals are the name's own rather than a headline's."""
        seen_otherwise = mention.headline or mention.core.casefold() in self._mixed
        return not seen_otherwise and bool(_INITIALISM.fullmatch(mention.core))

    def _draw_initialism(self, mention: _Mention) -> str:
        if mention.label == "place":
            new = self._draw(lambda: self._random.choice(self._names.place_initialisms))
        else:
            new = self._draw(self._organisation_initialism)
        return "".join(f"{letter}." for letter in new) if "." in mention.core else new

    def _organisation_initialism(self) -> str:
        if self._random.random() < 0.5:
            name = self._organisation(with_the=True)
            letters = "".join(_LATER_INITIAL.findall(name)).upper()
            if letters.isalpha() and 3 <= len(letters) <= 5:
                return letters
        return self._random.choice(self._names.organisation_initialisms)

    def _organisation(self, *, with_the: bool) -> str:
        with_the = with_the or self._random.random() < 0.25  # headlines often leave it out
        kind = "with_the" if with_the else "bare"
        if self._random.random() < 0.5:
            return self._random.choice(self._names.organisations[kind])
        region = self._region()
        fillers = dict(self._names.slots)
        fillers["place"] = self._names.places[region]
        fillers["surname"] = self._names.people[region].surnames
        fillers["group"] = tuple(adjective for adjective, _ in self._names.groups)
        return self._fill(self._random.choice(self._names.organisation_templates[kind]), fillers)

    def _place(self, *, with_the: bool) -> str:
        if with_the:
            return self._random.choice(self._names.places_with_the)
        return self._random.choice(self._names.places[self._region()])

    # Drawing

    def _region(self) -> str:
        stays = self._random.random() < HOME
        return self._home if stays else self._random.choice(tuple(self._names.people))

    def _draw(self, make: Callable[[], str], mention: _Mention | None = None) -> str:
        """A name not used in the text so far, that fits an "a" or "an" before it."""
        article = mention.article if mention else ""
        for _ in range(TRIES):
            new = make()
            if _ARTICLE_FITS[article].match(new) and new.casefold() not in self._used:
                break
        self._used.add(new.casefold())
        return new

    def _fill(self, template: str, fillers: Mapping[str, Sequence[str]]) -> str:
        """The template with a name in each slot, no name twice."""
        taken: set[str] = set()

        def filler(slot: re.Match[str]) -> str:
            if slot[1] in ("initial", "initials"):
                return self._initials(1 if slot[1] == "initial" else self._random.randint(1, 2))
            new = self._random.choice([one for one in fillers[slot[1]] if one not in taken])
            taken.add(new)
            return new

        return _SLOT.sub(filler, template)

    def _initials(self, count: int) -> str:
        letters = self._random.choices("ABCDEFGHIJKLMNOPRSTUVWYZ", k=count)
        return self._random.choice(("", " ")).join(f"{letter}." for letter in letters)


def _part(words: tuple[str, ...], full: tuple[str, ...]) -> str | None:
    """Which part of a full name the words are, if they are less than the whole of it."""
    if len(words) >= len(full):
        return None
    if full[-len(words) :] == words:
        return "family"
    return "given" if full[: len(words)] == words else None


def _family(parts: Sequence[tuple[str, str]]) -> str:
    """The first surname of a pattern's filled parts, with the particles before it (al, van)."""
    particles: list[str] = []
    for part, new in parts:
        if "{surname}" in part:
            return " ".join([*particles, new])
        particles = [] if "{" in part else [*particles, new]
    return ""
