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

A speaker is in the first group of which one line fits: a name or alias (whole words of what the
speaker is called), a country, or a speaker type. A group with `all: true` takes only those whom
every line fits: officials of one country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from presslens.attribution.identities import Aliases, Key, identities, key_of, load_aliases
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
        """The first group that a speaker belongs to."""
        keys = [key_of(name) for name in called]
        found = (g.name for g in self.groups if g.holds(keys, country, speaker_type))
        return next(found, NO_GROUP)


def load_groups(path: str | Path) -> GroupBook:
    """A file of groups.

    Raises:
        CodebookError: if it is missing or malformed; the text says where and what was expected.
    """
    book = load_codebook(Path(path))
    groups = tuple(_group(book, name, lines) for name, lines in book.section("groups").items())
    if not groups:
        raise CodebookError(f"{book.path}: groups: expected at least one group")
    return GroupBook(book.label, groups)


def _group(book: Codebook, name: Any, lines: Any) -> Group:
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
    return Group(
        name=str(name),
        names=frozenset(key_of(str(one)) for one in lines.get("names", ())),
        countries=frozenset(map(str, lines.get("countries", ()))),
        types=types,
        needs_all=bool(lines.get("all", False)),
    )


def groups_of(
    statements: pd.DataFrame, book: GroupBook, *, aliases: Aliases | None = None
) -> pd.Series[str]:
    """The group of each statement's speaker, for any breakdown to group by.

    Args:
        statements: the table `statements`, or rows of it.
        book: the groups.
        aliases: names that are the same; a name of a group stands for all of them.
    """
    import pandas as pd

    known = identities(statements, aliases=aliases or load_aliases())
    columns = zip(
        statements["speaker"], known, statements["described"], statements["country"],
        statements["speaker_type"], strict=True,
    )  # fmt: skip
    found = [
        book.group_of(
            [one for one in (speaker, identity, *described) if isinstance(one, str) and one],
            country if isinstance(country, str) else None,
            kind,
        )
        for speaker, identity, described, country, kind in columns
    ]
    return pd.Series(found, index=statements.index, dtype=object)
