"""Databases: what all exports of news databases share: how many documents one has at most, and how
they write the names of papers and people."""

from __future__ import annotations

import re

from presslens.reading.outlets import find_outlet, outlet_named

# Databases give 100 to 1,000 documents at once; what has more was not exported from one.
MAX_DOCUMENTS = 2_000
TOO_MANY = f"it holds more than {MAX_DOCUMENTS:,} documents; split it, the rest was not read"
_BY = re.compile(r"(?:Par|PAR|Por|POR|Door|DOOR|Av|AV|Af|AF)\s(?=[A-ZÀ-Þ])")
# Not Spanish "y" and Portuguese "e", which stand within names as well.
_AND = re.compile(r"\s(?:et|und|och|og|en)\s")
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}", re.IGNORECASE)


def byline_written(byline: str | None) -> str | None:
    """A byline in French, German and the like as an enumeration of names: "Par A et B" → "A; B"."""
    if byline is None:
        return None
    return _AND.sub("; ", _BY.sub("", byline.strip()))


def outlet_called(name: str | None) -> str | None:
    """A paper as our list of outlets calls it, or as it is called where the list has it not."""
    name = " ".join((name or "").split())
    if not name:
        return None
    if _HOST.fullmatch(name) and (outlet := find_outlet(f"https://{name.lower()}/")):
        return outlet.name
    known = outlet_named(name) or outlet_named(name.removeprefix("The "))
    return known or outlet_named(f"The {name}") or name
