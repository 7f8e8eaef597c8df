"""Outlet of a dump: the paper's name among the lines of a text, where no address tells it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from presslens.reading.mastheads import (
    cased,
    has_masthead_form,
    matches_host,
    squashed,
    told_to,
)
from presslens.reading.outlets import find_outlet, outlet_named

# Weights, set by hand: a name needs its form and a second sign, or the address.
_KNOWN, _SPELLS_HOST, _FORM = 3.0, 5.0, 2.0
_SAID_TWICE, _NAMED_TWICE, _FIRST = 2.0, 1.5, 0.5
LEAST = 2.5
_MOST_NAMES = 40
# A text that is longer is not searched for the name.
_SEARCHED = 60_000
_HOST = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,12})\b")
_CREDIT = re.compile(r"/\s?(?P<paper>(?:The )?[A-ZÀ-Þ][\w.&'’ -]{3,40}?)[\])]?\.?$")


def outlet_in(
    papers: Iterable[str], *, url: str | None, text: str, captions: Iterable[str]
) -> str | None:
    """The outlet that a text names, or None; a known address needs none.

    Args:
        papers: names that may be the outlet's: mastheads, copyright lines, endings of titles.
        url: the article's address.
        text: the whole text, in which papers name themselves.
        captions: their credits name the paper, too.
    """
    if url and find_outlet(url):
        return None
    names = [name.strip(" .,:;|-–—") for name in papers]
    names = [name for name in names if name and len(name) <= 60][:_MOST_NAMES]
    credited = [match["paper"] for caption in captions if (match := _CREDIT.search(caption))]
    text = text[:_SEARCHED]
    names += [name for name in credited if has_masthead_form(name)]
    best = _best(names, url, text) or _best(told_to(text), url, text)
    if best is None:
        return None
    return outlet_named(best) or cased(_fullest(best, names))


def _best(names: list[str], url: str | None, text: str) -> str | None:
    """The name for which most speaks, if that is enough."""
    weights: dict[str, float] = {}
    for place, name in enumerate(dict.fromkeys(names)):
        weights[name] = _weight(name, names, url, text) + (_FIRST if place == 0 else 0.0)
    best = max(weights, key=lambda name: weights[name], default=None)
    return best if best is not None and weights[best] >= LEAST else None


def _weight(name: str, names: list[str], url: str | None, text: str) -> float:
    weight = _FORM * has_masthead_form(name)
    weight += _KNOWN * (outlet_named(name) is not None)
    if matches_host(name, url) or any(matches_host(name, host) for host in _hosts(text, name)):
        weight += _SPELLS_HOST
    own = squashed(name)
    if len(own) > 2 and sum(squashed(other) == own for other in names) > 1:
        weight += _SAID_TWICE
    if len(name.split()) > 1 and text.casefold().count(name.casefold()) > 1:
        weight += _NAMED_TWICE
    return weight


def _hosts(text: str, name: str) -> list[str]:
    """The hosts in a text that may be a paper's: those with its first word in them."""
    first = squashed(name)[:4]
    lowered = text.casefold()
    if not first or (
        f".{first}" not in lowered and f"/{first}" not in lowered and (f"@{first}" not in lowered)
    ):
        return []
    return [match["host"] for match in _HOST.finditer(lowered) if first in match["host"]]


def _fullest(name: str, names: list[str]) -> str:
    """The name with its article, if it stands so somewhere."""
    own = squashed(name)
    return max((other for other in names if squashed(other) == own), key=len, default=name)
