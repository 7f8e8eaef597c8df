"""Agencies: whether an article is a news agency's text, told by its outlet or its credits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from presslens.codebooks import load_codebook

if TYPE_CHECKING:
    import pandas as pd

# Credits of people and agencies that helped; the article is not theirs.
_HELPED = re.compile(
    r"\b(?:contribut|report(?:ed|ing)\b|edit|writ|research|additional|with\b)", re.IGNORECASE
)
# Credits of agencies that no list holds: "VPA", "the Vardanian News Agency", "wire services".
_ABBREVIATION = re.compile(r"[A-Z]{2,6}")
_AGENCY = re.compile(
    r"\b(?:news ?wires?|wires?|wire (?:service|report)s?|agenc(?:y|ies)|agence|agencia|agência"
    r"|agentur|news service)$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:/|;|,|\band\b|&|\+)\s*")


def agency_of(
    outlet: str | None, authors: Iterable[str] = (), credited: Iterable[str] = ()
) -> str | None:
    """The agency that wrote an article; None where it is the outlet's own or that is not told.

    An agency's is what stands in an outlet that is an agency, and what has a credit to one and
    no author. A credit for help ("VPA contributed reporting") makes no agency's article.

    Args:
        outlet, authors, credited: the article's `outlet`, `authors` and `credits`.
    """
    if outlet and (listed := _agencies().get(_key(outlet))):
        return listed
    if list(authors):
        return None
    return next(filter(None, map(_credited, credited)), None)


def agencies_of(articles: pd.DataFrame) -> list[str | None]:
    """The agency of each article, by what a table of articles holds of `agency_of`'s columns."""
    columns = (
        articles[name] if name in articles else [None] * len(articles)
        for name in ("outlet", "authors", "credits")
    )
    return [
        agency_of(outlet if isinstance(outlet, str) else None, _listed(authors), _listed(credited))
        for outlet, authors, credited in zip(*columns, strict=True)
    ]


def is_agency(outlet: str | None) -> bool:
    """Whether an outlet is itself an agency of the list."""
    return bool(outlet) and _key(outlet or "") in _agencies()


def _credited(credit: str) -> str | None:
    if _HELPED.search(credit):
        return None
    for name in (credit, *_BETWEEN.split(credit)):
        plain = name.strip(" .()[]–—-")
        if listed := _agencies().get(_key(plain)):
            return listed
        if _ABBREVIATION.fullmatch(plain) or _AGENCY.search(plain):
            return plain
    return None


def _listed(cell: Any) -> list[str]:
    """A cell of texts; what is missing is None or, in some frames, a NaN."""
    return [] if cell is None or isinstance(cell, float) else list(cell)


def _key(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").split())


@cache
def _agencies() -> dict[str, str]:
    """The agency by each of its names; a line is one agency, its own name first."""
    lines = load_codebook("agencies").section("agencies", list)
    return {_key(str(name)): str(names[0]) for names in lines for name in names}
