"""Groups: speakers in camps, countries or genders of a user's own, by a file that names them.

    version: "1"
    groups:
      Israel:
        names: [Benjamin Netanyahu, IDF]
        countries: [Israel]
      Palestinian:
        countries: [Palestine]
        types: [armed_group]
      Other officials:
        types: [government, security]

A speaker is in the first group of which one line fits: a name or alias (whole words of the
speaker's name), a country, or a speaker type. A group with `all: true` takes only those whom every
line fits: officials of one country.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from presslens.attribution.identities import Aliases, Key, identities, key_of, load_aliases
from presslens.attribution.states import load_states
from presslens.attribution.voices import SPEAKER_TYPES
from presslens.codebooks import Codebook, CodebookError, load_codebook

if TYPE_CHECKING:
    import pandas as pd

NO_GROUP = "(no group)"

_LINES = ("names", "countries", "types")


@dataclass(frozen=True, slots=True)
class Group:
    """One group: the keys of names, the countries and the types that belong to it."""

    name: str
    names: frozenset[Key]
    countries: frozenset[str]
    types: frozenset[str]
    needs_all: bool

    def holds(self, called: Iterable[Key], country: str | None, speaker_type: str) -> bool:
        """Whether a speaker belongs to it, by what they are called, of what country and type."""
        fits = [
            any(map(self._names_one, called)) if self.names else None,
            country in self.countries if self.countries else None,
            speaker_type in self.types if self.types else None,
        ]
        asked = [fit for fit in fits if fit is not None]
        return all(asked) if self.needs_all else any(asked)

    def _names_one(self, key: Key) -> bool:
        return any(
            key[start : start + len(name)] == name
            for name in self.names
            for start in range(len(key) - len(name) + 1)
        )


@dataclass(frozen=True, slots=True)
class GroupBook:
    """The groups of a file in their order, and its version as reports print it."""

    label: str
    groups: tuple[Group, ...]

    @property
    def names(self) -> list[str]:
        """The groups' names in the file's order, then that of speakers in none."""
        return [*(group.name for group in self.groups), NO_GROUP]

    def group_of(self, called: Iterable[str], country: str | None, speaker_type: str) -> str:
        """The first group that a speaker of some names belongs to."""
        keys = [key_of(name) for name in called]
        found = (g.name for g in self.groups if g.holds(keys, country, speaker_type))
        return next(found, NO_GROUP)


def load_groups(path: str | Path, *, aliases: Aliases | None = None) -> GroupBook:
    """A file of groups.

    Args:
        path: the YAML file.
        aliases: names that are the same; by default data/codebooks/aliases.yaml. A name of a group
            stands for all of them.

    Raises:
        CodebookError: if it is missing or malformed; the text says where and what was expected.
    """
    book = load_codebook(Path(path))
    same = (aliases or load_aliases()).names
    groups = tuple(
        _group(book, name, lines, same) for name, lines in book.section("groups").items()
    )
    if not groups:
        raise CodebookError(f"{book.path}: groups: expected at least one group")
    return GroupBook(book.label, groups)


def _group(book: Codebook, name: Any, lines: Any, same: Mapping[Key, str]) -> Group:
    where = f"{book.path}: groups: '{name}'"
    if not isinstance(lines, Mapping) or not lines.keys() & set(_LINES):
        raise CodebookError(f"{where}: expected one or more of {', '.join(_LINES)}")
    if unknown := lines.keys() - {*_LINES, "all"}:
        raise CodebookError(
            f"{where}: '{min(map(str, unknown))}' is not one of {', '.join(_LINES)}, all"
        )
    for line in _LINES:
        if not isinstance(lines.get(line, []), list):
            raise CodebookError(f"{where}: {line}: expected a list")
    types = frozenset(map(str, lines.get("types", ())))
    if wrong := types.difference(SPEAKER_TYPES):
        raise CodebookError(
            f"{where}: '{min(wrong)}' is no speaker type; expected {', '.join(SPEAKER_TYPES)}"
        )
    if not isinstance(lines.get("all", False), bool):
        raise CodebookError(f"{where}: all: expected true or false")
    return Group(
        name=str(name),
        names=frozenset(_names(lines.get("names", ()), where, same)),
        countries=frozenset(_countries(lines.get("countries", ()), where)),
        types=types,
        needs_all=lines.get("all", False),
    )


def _names(names: Iterable[Any], where: str, same: Mapping[Key, str]) -> Iterator[Key]:
    """The keys of names and of the names in reports that aliases lead to."""
    for name in map(str, names):
        key = key_of(name)
        if not key:
            raise CodebookError(f"{where}: names: {name!r} has neither letter nor digit")
        yield key
        if key in same:
            yield key_of(same[key])


def _countries(countries: Iterable[Any], where: str) -> Iterator[str]:
    states = load_states().meaning
    for country in map(str, countries):
        if country not in states:
            raise CodebookError(
                f"{where}: countries: '{country}' is in neither states.yaml nor the nations of "
                "names.yaml; add it there, or name its speakers"
            )
        yield states[country]


def groups_of(
    statements: pd.DataFrame, book: GroupBook, *, aliases: Aliases | None = None
) -> pd.Series[str]:
    """The group of each statement's speaker, for any breakdown to group by.

    Args:
        statements: the table `statements`, or rows of it.
        book: the groups.
        aliases: names that are the same, as in `identities`.
    """
    import pandas as pd

    known = identities(statements, aliases=aliases)
    columns = (statements["speaker"], known, statements["country"], statements["speaker_type"])
    found: dict[tuple[Any, ...], str] = {}
    groups = []
    for row in zip(*(column.where(column.notna(), None) for column in columns), strict=True):
        if row not in found:
            speaker, identity, country, kind = row
            country = country if isinstance(country, str) else None
            names = dict.fromkeys(n for n in (speaker, identity) if isinstance(n, str) and n)
            found[row] = book.group_of(names, country, kind)
        groups.append(found[row])
    return pd.Series(groups, index=statements.index, dtype=object)
