"""Punkt with the parameters that Presslens ships, built from a text file and a codebook.

Method: Kiss & Strunk, "Unsupervised Multilingual Sentence Boundary Detection", Computational
Linguistics 32 (2006). `training/punkt.py` makes the text file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from presslens.codebooks import load_codebook
from presslens.paths import MODELS
from presslens.problems import PresslensError

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

PARAMETERS = MODELS / "punkt_news.txt"
SECTIONS = ("abbreviations", "collocations", "starters", "common", "either")

# Punkt knows an acronym for an abbreviation only where it is listed; this one stands for all.
ANY_ACRONYM = "U.S"

# Punkt's flags for how a word was seen inside sentences (nltk.tokenize.punkt._ORTHO_*).
SEEN_CAPITALISED = 1 << 2
SEEN_LOWER_CASE = 1 << 5


@dataclass
class Parameters:
    """What Punkt learned from news.

    Attributes:
        abbreviations: without their last period, lower case.
        collocations: pairs that a period between them does not part, as in `first second`.
        starters: words that open sentences more often than chance.
        common: words written lower case inside sentences, so that a capital tells of a new one.
        either: words written both ways inside sentences ("president"), whose capital tells nothing.
    """

    abbreviations: set[str] = field(default_factory=set)
    collocations: set[str] = field(default_factory=set)
    starters: set[str] = field(default_factory=set)
    common: set[str] = field(default_factory=set)
    either: set[str] = field(default_factory=set)


def read_parameters(path: Path) -> Parameters:
    """The parameters in a text file of `[sections]`, one entry a line, `#` before comments.

    Raises:
        PresslensError: if a line stands outside the known sections; it names the line.
    """
    parameters = Parameters()
    entries: set[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("# "):
            continue
        if line.startswith("[") and line[1:-1] in SECTIONS:
            entries = getattr(parameters, line[1:-1])
        elif entries is None:
            raise PresslensError(f"{path}, line {number}: expected one of {', '.join(SECTIONS)}")
        else:
            entries.add(line)
    return parameters


def format_parameters(parameters: Parameters, comments: Iterable[str]) -> str:
    """The text file that `read_parameters` reads, sorted."""
    lines = [f"# {comment}" for comment in comments]
    for section in SECTIONS:
        lines += ["", f"[{section}]", *sorted(getattr(parameters, section))]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """The codebook of abbreviations, by what may follow them; spelled as they stand in a text."""

    before_names: frozenset[str]
    before_numbers: frozenset[str]
    other: frozenset[str]

    def __contains__(self, word: str) -> bool:
        """Whether the word, without its period, is an abbreviation before whatever word."""
        return word in self.before_names or word in self.other


@cache
def load_abbreviations() -> Abbreviations:
    """The abbreviations of data/codebooks/abbreviations.yaml.

    Raises:
        CodebookError: if the file is missing or malformed.
    """
    codebook = load_codebook("abbreviations")
    return Abbreviations(
        *(
            frozenset(_spellings(codebook.section(kind, list)))
            for kind in ("before_names", "before_numbers", "other")
        )
    )


def _spellings(entries: Iterable[object]) -> Iterable[str]:
    """An entry in lower case stands for "Inc", "inc" and "INC", one with a capital for itself."""
    for entry in map(str, entries):
        yield from (entry, entry.upper())
        if entry == entry.lower():
            yield entry.capitalize()


@cache
def load_parameters() -> Parameters:
    """The parameters that Presslens ships."""
    return read_parameters(PARAMETERS)


@cache
def load_punkt() -> PunktSentenceTokenizer:
    """Punkt with the shipped parameters and the codebook's abbreviations; built once."""
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    learned, curated = load_parameters(), load_abbreviations()
    parameters = PunktParameters()
    parameters.abbrev_types |= learned.abbreviations | {ANY_ACRONYM.lower()}
    parameters.abbrev_types |= {word.lower() for word in curated.before_names | curated.other}
    for pair in learned.collocations:
        first, _, second = pair.partition(" ")
        parameters.collocations.add((first, second))
    parameters.sent_starters |= learned.starters
    for word in learned.common:
        parameters.add_ortho_context(word, SEEN_LOWER_CASE)
    for word in learned.either:
        parameters.add_ortho_context(word, SEEN_LOWER_CASE | SEEN_CAPITALISED)
    return PunktSentenceTokenizer(parameters)
