"""Outlets: the name and the country of a paper by its host, from data/codebooks/outlets.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from presslens.codebooks import CodebookError, load_codebook
from presslens.reading.urls import host_of

# Where "03/04/2024" is the fourth of March.
_MONTH_FIRST = frozenset({"US", "PH"})


@dataclass(frozen=True, slots=True)
class Outlet:
    """A paper; `country` is ISO 3166's two letters, or None for those without one."""

    name: str
    country: str | None = None


@cache
def known_outlets() -> dict[str, Outlet]:
    """All outlets of the codebook by host.

    Raises:
        CodebookError: if an entry is not `host: {name: …, country: …}`.
    """
    book = load_codebook("outlets")
    outlets = {}
    for host, entry in book.section("outlets").items():
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise CodebookError(f"{book.path}: '{host}' must be {{name: …, country: …}}")
        country = entry.get("country")
        outlets[str(host).lower()] = Outlet(entry["name"], str(country) if country else None)
    return outlets


def find_outlet(url: str) -> Outlet | None:
    """The outlet that a URL belongs to, by its host or a domain above it, or None."""
    host = host_of(url)
    while host and "." in host:
        if outlet := known_outlets().get(host):
            return outlet
        host = host.partition(".")[2]
    return None


def outlet_of(url: str) -> str | None:
    """The outlet's name; its host where the list does not know it, so that papers stay apart."""
    outlet = find_outlet(url)
    return outlet.name if outlet else host_of(url)


def writes_month_first(url: str | None) -> bool:
    """Whether the paper is of a country that writes the month before the day."""
    outlet = find_outlet(url) if url else None
    return outlet is not None and outlet.country in _MONTH_FIRST


def outlet_named(name: str) -> str | None:
    """The name of the known outlet that a text is, whatever its capitals, or None."""
    return _by_name().get(name.strip().casefold())


@cache
def _by_name() -> dict[str, str]:
    return {outlet.name.casefold(): outlet.name for outlet in known_outlets().values()}
