"""Speaker types by word lists: what kind of speaker a description tells, and how it is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from presslens.attribution.voices import SPEAKER_TYPES
from presslens.codebooks import Codebook, CodebookError, load_codebook
from presslens.phrasebook import Phrasebook

_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])\s+\w")

_KINDS = ("roles", "bodies", "crowds")

# What ends the first phrase of a description, in which its head stands.
_BORDER = re.compile(
    r"\s(?:of|in|for|from|at|with|on|to|by|who|which|that|whose|about|among|against|between|behind|"
    r"including|like|familiar|close|near|under|over|into|since|as|and|or|but|is|was|are|were|has|"
    r"had|have)\s|[,;(]|\s[-–—]+\s"
)

# "a survey by researchers", "data released by regulators".
_MADE_BY = re.compile(r"\b(?:by|from)\s")

# "36 percent of Democrats", "most Republicans".
_MANY = re.compile(r"\bpercent\b|%|\b(?:[Mm]ost|majority|half|two-thirds|a lot)\b")

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
    """The codebooks of speaker types and of bodies, compiled; phrases mean a type and a kind."""

    phrases: Phrasebook[tuple[str, str]]
    former: re.Pattern[str]
    staff: re.Pattern[str]
    collective: frozenset[str]
    anonymous: frozenset[str]

    def signs(self, description: str) -> list[Sign]:
        """All words of a description that tell a type, in order; the longest match counts."""
        return [
            Sign(found.start, found.end, *found.meaning, _owns(description, found.end))
            for found in self.phrases.find(description)
        ]


@cache
def load_types() -> TypeBook:
    """The codebooks speaker_types.yaml and bodies.yaml of data/codebooks, read once.

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
                meant = meaning.setdefault(word, (name, kind))
                if meant[0] != name and meant[1] in _KINDS:
                    raise CodebookError(f"{book.path}: '{word}' stands under {meant[0]} and {name}")
    names = load_codebook("bodies")
    for name, words in names.section("bodies").items():
        for word in _words(words, f"{names.path}: bodies: {_checked(name, names)}"):
            meaning.setdefault(word, (name, "bodies"))
    return TypeBook(
        phrases=Phrasebook(meaning.items()),
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


class Told(NamedTuple):
    """A type that a description tells; `settled`, if by more than a generic word ("Gen.")."""

    type: str
    settled: bool


def speaker_type(description: str) -> str | None:
    """The type that a description ("a spokesman for the ministry") tells, or None."""
    told = told_by(description)
    return told.type if told else None


@lru_cache(maxsize=8192)
def told_by(description: str) -> Told | None:
    """The type that a description tells, and whether that settles it.

    Its head decides: a role or a crowd by itself, former office-holders as experts; a generic one
    ("spokesman") and a paper ("a poll by the institute") take the type of the body that they are
    of. A description whose head tells nothing is told by what follows.
    """
    book = load_types()
    signs = _without_owners(book.signs(description))
    head = _head(description, signs)
    if head is not None and head.kind in {"roles", "crowds"}:
        return Told(_of_role(description, head, signs, book), settled=True)
    if _SEAT.search(description):
        return Told("legislature", settled=True)
    if head is None:
        return None
    bodies = [sign for sign in signs if sign.kind == "bodies" and sign.speaker_type != "document"]
    if head.kind == "bodies" and head.speaker_type != "document":
        return Told(head.speaker_type, settled=True)
    if head.kind == "generic" and _is_past(description, head, book):
        return Told("expert", settled=True)
    if not bodies and (head.kind == "generic" or _MADE_BY.search(description, head.end)):
        bodies = [sign for sign in signs if sign.kind in {"roles", "crowds"}]
    parts = [sign for sign in signs if sign.kind == "parts"] if head.kind == "generic" else []
    return Told((bodies or parts or [head])[0].speaker_type, settled=bool(bodies))


def is_membership(description: str) -> bool:
    """Whether a party is all that a description tells: "of the Farmers' Party"."""
    signs = _without_owners(load_types().signs(description)) or load_types().signs(description)
    return bool(signs) and all(s.kind == "bodies" and s.speaker_type == "party" for s in signs)


def leads_with_office(description: str) -> bool:
    """Whether the first phrase of a description is an office that somebody holds.

    "President of the" is one, "critics of President", "an aide to Senator" and "a letter to" none.
    """
    book = load_types()
    start, end = next(_phrases(f"{description.rstrip()} "))
    first = description[start:end]
    signs = book.signs(first)
    if not signs or book.staff.search(first):
        return False
    head = signs[-1]
    return head.kind == "generic" or (head.kind == "roles" and head.speaker_type != "citizen")


def _of_role(description: str, head: Sign, signs: list[Sign], book: TypeBook) -> str:
    """The type of a role or crowd; partisans of a parliament's body are its members, a share of
    all partisans are voters.
    """
    if _is_past(description, head, book):
        return "expert"
    if head.kind == "crowds" and head.speaker_type == "party":
        bodies = {sign.speaker_type for sign in signs if sign.is_body and sign.start < head.start}
        if "legislature" in bodies:
            return "legislature"
        return "citizen" if _MANY.search(description, 0, head.start) else "party"
    return head.speaker_type


def _is_past(description: str, head: Sign, book: TypeBook) -> bool:
    """Whether it is an office that somebody held once, and now judges."""
    return _is_office(head) and bool(book.former.search(description, 0, head.start))


def _head(description: str, signs: list[Sign]) -> Sign | None:
    """The sign of the word that a description is about: the last one of its first phrase.

    Of "immigrant rights advocates" it is the advocates, of "a poll of voters" the poll.
    """
    for first, last in _phrases(description):
        inside = [sign for sign in signs if first <= sign.start < last]
        if inside:
            return inside[-1]
    return None


def _phrases(description: str) -> Iterator[tuple[int, int]]:
    """The stretches between prepositions, commas and relative pronouns."""
    start = 0
    for border in _BORDER.finditer(description):
        yield start, border.start()
        start = border.end()
    yield start, len(description)


def _owns(description: str, end: int) -> bool:
    """Whether a word that ends here is followed by a possessive mark and more words."""
    return bool(_POSSESSIVE.match(description, end))


def _without_owners(signs: list[Sign]) -> list[Sign]:
    """The signs without possessors, where a word that settles the type follows them."""
    settled = [
        sign
        for sign in signs
        if not sign.owns and sign.kind != "generic" and sign.speaker_type != "document"
    ]
    last = settled[-1].start if settled else -1
    return [sign for sign in signs if not (sign.owns and sign.start < last)]


def _is_office(sign: Sign) -> bool:
    """Whether it is an office that one can have held, or the service of one: "aide"."""
    served = sign.kind == "generic" and sign.speaker_type == "party"
    return served or sign.speaker_type in {"government", "security", "legislature", "judiciary"}
