"""Nexis's names of papers: as our list of outlets has them, without places, dots and capitals that
Nexis adds."""

from __future__ import annotations

import re

from presslens.reading.cleaning import mend_line
from presslens.reading.databases import outlet_called
from presslens.reading.outlets import known_outlets, outlet_named

# Places that Nexis adds to a paper's name, and the country that the paper is then of.
_PLACES = {
    "london": "GB", "england": "GB", "uk": "GB", "united kingdom": "GB", "scotland": "GB",
    "belfast": "GB", "manchester": "GB", "ireland": "IE", "dublin": "IE", "usa": "US",
    "new york": "US", "washington": "US", "canada": "CA", "toronto": "CA", "australia": "AU",
    "sydney": "AU", "melbourne": "AU", "new zealand": "NZ", "india": "IN", "singapore": "SG",
    "south africa": "ZA", "nigeria": "NG", "kenya": "KE", "malaysia": "MY", "israel": "IL",
}  # fmt: skip
_PLACE = re.compile(r"(?P<name>[^()]{2,80}?)\s*\((?P<place>[^()]{2,40})\)")
_SMALL = frozenset("ON OF THE AND IN FOR AT".split())
_DOMAIN = re.compile(r"\.(?:com|co\.uk|ie|org|net)$", re.IGNORECASE)


def outlet_at_head(name: str | None) -> str | None:
    """A paper's name as our list has it, without the place that Nexis adds to it."""
    name = mend_line(name)
    if name is None:
        return None
    name = re.sub(r"(?<=\w)\(", " (", name)
    found = outlet_called(name)
    if found is None or found != name or outlet_named(name):
        return found
    match = _PLACE.fullmatch(name)
    if match and (country := _PLACES.get(match["place"].strip().lower())):
        plain = outlet_called(match["name"])
        if any(o.name == plain and o.country == country for o in known_outlets().values()):
            return plain
    undotted = _DOMAIN.sub("", name)
    known = outlet_called(undotted) if undotted != name else None
    return known if known and outlet_named(known) else _unshouted(name)


def _unshouted(name: str) -> str:
    """A paper's name without capitals throughout: "HALDEN ON SUNDAY (Oslo)"."""
    plain, bracket, place = name.partition("(")
    if not plain.isupper() or " " not in plain.strip():
        return name
    words = [
        word.lower() if n and word in _SMALL else word.title()
        for n, word in enumerate(plain.split(" "))
    ]
    return " ".join(words) + bracket + place
