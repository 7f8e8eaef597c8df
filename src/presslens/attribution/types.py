"""Speaker types by word lists: what kind of speaker a description tells, and how it is named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from presslens.attribution.voices import SPEAKER_TYPES
from presslens.codebooks import Codebook, CodebookError, load_codebook

_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])\s+\w")

_KINDS = ("roles", "bodies", "crowds")

# "F.B.I.": an abbreviation of three letters or more, which the codebook has without dots.
_DOTTED = re.compile(r"\b(?:[A-Z]\.){3,}")

# "(R-Utah)", "(D-Newport News)": a member of a legislature of the United States.
_SEAT = re.compile(r"\((?:R|D|I)-[A-Z]")


class Sign(NamedTuple):
    """A word of a description that tells a type: where it stands, what kind of word it is.

    `kind` is roles, bodies, crowds, generic or parts (see the codebook); `owns` tells that
    the word is only a possessor, as in "the mayor's wife".
    """

    start: int
    end: int
    speaker_type: str
    kind: str
    owns: bool = False

    @property
    def is_body(self) -> bool:
        """Whether it names a body, and no people."""
        return self.kind in {"bodies", "parts"}


@dataclass(frozen=True)
class TypeBook:
    """The codebook of speaker types, compiled; `meaning` is a word's type and kind."""

    pattern: re.Pattern[str]
    meaning: dict[str, tuple[str, str]]
    former: re.Pattern[str]
    staff: re.Pattern[str]
    collective: frozenset[str]
    anonymous: frozenset[str]

    def signs(self, description: str) -> list[Sign]:
        """All words of a description that tell a type, in order; the longest match counts."""
        return [
            Sign(*match.span(), *self._meaning(match[0]), _owns(description, match.end()))
            for match in self.pattern.finditer(description)
        ]

    def _meaning(self, word: str) -> tuple[str, str]:
        singulars = (word, word[:-1], word[:-2])
        forms = (form for written in singulars for form in (written, written.lower()))
        return next(self.meaning[form] for form in forms if form in self.meaning)


@cache
def load_types() -> TypeBook:
    """The codebook data/codebooks/speaker_types.yaml, read once.

    Raises:
        CodebookError: if it is malformed.
    """
    book = load_codebook("speaker_types")
    meaning: dict[str, tuple[str, str]] = {}
    for kind in ("generic", "parts"):
        for name, words in book.section(kind).items():
            for word in _words(words, f"{book.path}: {kind}: {_checked(name, book)}"):
                meaning[word] = (name, kind)
    for name, lists in book.section("types").items():
        for kind in _KINDS:
            for word in _words(
                lists.get(kind), f"{book.path}: types: {_checked(name, book)}: {kind}"
            ):
                meaning.setdefault(word, (name, kind))
    return TypeBook(
        pattern=_any_of(meaning),
        meaning=meaning,
        former=_any_of(_words(book.section("former", list), f"{book.path}: former")),
        staff=_any_of(_words(book.section("staff", list), f"{book.path}: staff")),
        collective=frozenset(_words(book.section("collective", list), f"{book.path}: collective")),
        anonymous=frozenset(_words(book.section("anonymous", list), f"{book.path}: anonymous")),
    )


def _checked(name: str, book: Codebook) -> str:
    if name not in SPEAKER_TYPES:
        raise CodebookError(
            f"{book.path}: '{name}' is no speaker type; expected {', '.join(SPEAKER_TYPES)}"
        )
    return name


def _words(words: Any, where: str) -> list[str]:
    if not isinstance(words, list):
        raise CodebookError(f"{where}: expected a list of words")
    return [" ".join(str(word).split()) for word in words]


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for the words, longest first; those in lower case match capitals too."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    choices = (
        f"(?i:{re.escape(word)})" if word == word.lower() else re.escape(word)
        for word in longest_first
    )
    return re.compile(rf"(?<![\w.])(?:{'|'.join(choices)})(?:s|es)?(?!\w)")


def speaker_type(description: str) -> str | None:
    """The type that a description ("a spokesman for the ministry") tells, or None.

    A role that settles the type by itself wins over the body that it belongs to; a generic one
    ("spokesman") takes the type of the body. Former office-holders are experts.
    """
    book = load_types()
    description = _DOTTED.sub(lambda match: match[0].replace(".", ""), description)
    by_kind: dict[str, list[Sign]] = {kind: [] for kind in (*_KINDS, "generic", "parts")}
    for sign in _without_owners(book.signs(description)):
        by_kind[sign.kind].append(sign)
    roles = _heads(description, sorted((*by_kind["roles"], *by_kind["crowds"])))
    leading = (roles or by_kind["generic"])[:1]
    if leading and _is_office(leading[0]) and book.former.search(description, 0, leading[0].start):
        return "expert"
    makers = [sign for sign in by_kind["bodies"] if sign.speaker_type != "document"]
    told = roles or makers or by_kind["bodies"] or by_kind["generic"] or by_kind["parts"]
    if not roles and _SEAT.search(description):
        return "legislature"
    return told[0].speaker_type if told else None


def _owns(description: str, end: int) -> bool:
    """Whether a word that ends here is followed by a possessive mark and more words."""
    return bool(_POSSESSIVE.match(description, end))


def _without_owners(signs: list[Sign]) -> list[Sign]:
    """The signs without possessors, where a word that settles the type follows them."""
    settled = [sign for sign in signs if not sign.owns and sign.kind != "generic"]
    last = settled[-1].start if settled else -1
    return [sign for sign in signs if not (sign.owns and sign.start < last)]


def _heads(description: str, signs: list[Sign]) -> list[Sign]:
    """The signs without those that another one follows at once: "media" in "media users"."""
    apart = [bool(description[a.end : b.start].strip()) for a, b in pairwise(signs)]
    return [sign for sign, kept in zip(signs, [*apart, True], strict=False) if kept]


def _is_office(sign: Sign) -> bool:
    """Whether it is an office that one can have held, or the service of one: "aide"."""
    served = sign.kind == "generic" and sign.speaker_type == "party"
    return served or sign.speaker_type in {"government", "security", "legislature", "judiciary"}
