"""Identities: which names in different articles are one speaker's.

"Putin" and "Russian President Vladimir Putin" are Vladimir Putin, if no other Putin speaks in the
corpus; "George Bush" and "Laura Bush" stay two, and a bare "Bush" beside them stays apart. Who has
no name ("a campaign operative") is nobody known in other articles.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from presslens.attribution.states import load_states
from presslens.attribution.types import load_types
from presslens.codebooks import CodebookError, load_codebook
from presslens.names.lists import name_lists

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, ...]

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_BODY = ("",)  # what the keys of institutions begin with
# Types of institutions: "Ford" that is a business is no person of that name.
_BODIES = frozenset("business media ngo armed_group intergovernmental document".split())
_SMALL = frozenset("of for the and in at on to de".split())


@dataclass(frozen=True, slots=True)
class Aliases:
    """The alias file: the name in reports of every other name, by its key."""

    names: Mapping[Key, str]


@cache
def load_aliases(path: str | Path = "aliases") -> Aliases:
    """An alias file, by default data/codebooks/aliases.yaml, read once.

    Raises:
        CodebookError: if it is malformed, or a name means two speakers.
    """
    book = load_codebook(path)
    names: dict[Key, str] = {}
    for name, others in book.section("same").items():
        if not isinstance(others, list):
            raise CodebookError(f"{book.path}: same: '{name}': expected a list of names")
        for other in map(str, (name, *others)):
            if names.setdefault(key_of(other), name) != name:
                raise CodebookError(
                    f"{book.path}: same: '{other}' is listed for {names[key_of(other)]} and for "
                    f"{name}; keep one"
                )
    return Aliases(names)


def key_of(name: str) -> Key:
    """A name as names are compared: lower case, no accents, articles, titles and possessives."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _POSSESSIVE.sub("", _ARTICLE.sub("", plain.strip()))
    return tuple(word.replace("’", "'").rstrip(".") for word in _WORD.findall(plain))


def identities(statements: pd.DataFrame, *, aliases: Aliases | None = None) -> pd.Series[str]:
    """Who speaks, under one name for all articles: a name per row, None where nobody is told.

    Who has no name keeps the description; see `speaker_keys`.

    Args:
        statements: columns `speaker`, `naming` and `speaker_type`.
        aliases: what else is the same; by default data/codebooks/aliases.yaml.
    """
    import pandas as pd

    told = statements["speaker"].fillna("") != ""
    named = told & (statements["naming"] == "named")
    grouped = statements.loc[named].groupby("speaker")["speaker_type"]
    kinds = {str(name): _most_common(some) for name, some in grouped}
    count = Counter(statements.loc[named, "speaker"])
    same = _Names(count, kinds, aliases or load_aliases()).same
    found = [
        (same[name] if known else name) if there else None
        for name, known, there in zip(statements["speaker"], named, told, strict=True)
    ]
    return pd.Series(found, index=statements.index, dtype=object)


def speaker_keys(statements: pd.DataFrame, known: pd.Series[str]) -> pd.Series[str]:
    """What counts as one speaker: an identity, or a description within one article.

    Args:
        statements: columns `article_id` and `naming`.
        known: as `identities` gives them.
    """
    apart = statements["article_id"].astype(str) + "/" + known.fillna("").astype(str)
    return known.where((statements["naming"] == "named") | known.isna(), apart)


def _most_common(kinds: pd.Series[str]) -> str:
    return str(kinds.mode().iloc[0]) if kinds.notna().any() else "unknown"


class _Names:
    """All names of a corpus with how often they speak, gathered into identities."""

    def __init__(
        self, count: Mapping[str, int], kinds: Mapping[str, str], aliases: Aliases
    ) -> None:
        self._count = count
        self._kinds = kinds
        self._listed = aliases.names
        self._keys = {name: self._key(name) for name in count}
        self._bearers: dict[str, dict[Hashable, str]] = defaultdict(dict)
        for name, key in self._keys.items():
            if len(key) > 1 and not _is_body(key):
                self._bearers[key[-1]][self._listed.get(key, key)] = kinds.get(name, "unknown")
        self._acronyms = self._spelled_out()
        self.same = self._shown()

    def _key(self, name: str) -> Key:
        key = key_of(name)
        return key if key in self._listed else _body(name) or _person(name, key)

    def _spelled_out(self) -> dict[str, Key]:
        """Acronyms that stand for one name only: "hrw" for "human rights watch"."""
        found: dict[str, set[Key]] = defaultdict(set)
        for name, key in self._keys.items():
            letters = "".join(word[0] for word in key_of(name) if word not in _SMALL)
            if len(letters) > 2 and name.split()[0] not in name_lists().given_names:
                found[letters].add(key)
        return {letters: min(keys) for letters, keys in found.items() if len(keys) == 1}

    def _identity(self, name: str) -> Hashable:
        key = self._keys[name]
        if listed := self._listed.get(key):
            return listed
        word = key_of(name)[0] if len(key_of(name)) == 1 else ""
        if word in self._acronyms and name.replace(".", "").isupper():
            meant = self._acronyms[word]
            return self._listed.get(meant, meant)
        if len(key) != 1 or _is_state(name):
            return key
        bearers = list(self._bearers.get(key[0], {}).items())
        if len(bearers) != 1:
            return key
        bearer, kind = bearers[0]
        own = self._kinds.get(name, "unknown")
        return key if own in _BODIES and own != kind else bearer

    def _shown(self) -> dict[str, str]:
        groups: dict[Hashable, list[str]] = defaultdict(list)
        for name in self._count:
            groups[self._identity(name)].append(name)
        found = {}
        for identity, members in groups.items():
            shown = identity if isinstance(identity, str) else max(members, key=self._fitness)
            found.update(dict.fromkeys(members, shown))
        return found

    def _fitness(self, name: str) -> tuple[bool, bool, int, str]:
        """How well a name is shown for all: in full, without titles, as it stands most often."""
        key, plain = self._keys[name], len(key_of(name))
        return len(key) > 1, plain == len(key), self._count[name], name


def _is_body(key: Key) -> bool:
    return key[:1] == _BODY


def _is_state(name: str) -> bool:
    states = load_states()
    return name in states.meaning


def _body(name: str) -> Key:
    """The key of an institution, empty for anybody else: its words whatever their order.

    "Russia's Foreign Ministry" is the Russian Foreign Ministry and the Foreign Ministry of Russia.
    """
    if not any(sign.is_body for sign in load_types().signs(name)):
        return ()
    plain = _POSSESSIVE.sub("", name)
    for state in reversed(list(load_states().names.find(plain))):
        token = "".join(key_of(state.meaning))
        plain = f"{plain[: state.start]} {token} {plain[state.end :]}"
    return (*_BODY, *sorted({word for word in key_of(plain) if word not in _SMALL}))


def _person(name: str, key: Key) -> Key:
    """The key without titles before a personal name, initials inside and suffixes behind it.

    "Russian President Vladimir Putin" is Vladimir Putin, "John Q. Roe Jr." is John Roe.
    """
    lists, states, words = name_lists(), load_states().meaning, name.split()
    place = 0
    while place < len(words) - 1:
        if length := lists.title_at(words, place):
            place += length
        elif words[place] in states and lists.title_at(words, place + 1):
            place += 1
        else:
            break
    rest = key_of(" ".join(words[place:])) or key or (name,)
    while len(rest) > 1 and rest[-1] in _SUFFIXES:
        rest = rest[:-1]
    return (rest[0], *(word for word in rest[1:-1] if len(word) > 1), *rest[1:][-1:])
