"""Outlets: the name and the country of a paper by the host of its address or by a name that it
goes by, from data/codebooks/outlets.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from presslens.codebooks import CodebookError, load_codebook
from presslens.reading.urls import host_of

# Outlets of no one country stand under these keys of the list.
_NO_COUNTRY = frozenset({"international", "fictional"})
_COUNTRY = re.compile(r"[A-Z]{2}")
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}")
# Endings of hosts that are a country's, except for those that many papers elsewhere use.
_COUNTRY_ENDING = re.compile(r"\.(?P<country>[a-z]{2})$")
_NOT_THEIRS = frozenset("ai am cc cd co fm gg io is ly me mu nu sh st to tv vc ws eu".split())
# What archives and caches put before the address of a page that they keep.
_KEPT = re.compile(
    r"https?://(?:web\.archive\.org/(?:web/)?\d{4,14}[a-z_*]{0,4}/|(?:www\.)?google\.[a-z.]{2,6}"
    r"/amp/s/|archive\.(?:is|ph|today|org|md|li|vn|fo)/(?:o/\w{1,9}/|\d{8,14}/|newest/)"
    r"|webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]{1,20}:)?)(?P<url>\S+)",
    re.IGNORECASE,
)
_CACHED_HOST = re.compile(r"(?P<host>[a-z0-9-]+)\.(?:cdn\.ampproject\.org|translate\.goog)")
_BRACKET = re.compile(r"(?P<base>[^()]{2,80}?)\s*\((?P<inside>[^()]{2,40})\)")
# What exports add to a paper's name that makes it no other paper.
_EDITION = re.compile(
    r"(?:\s*[-–—,:]\s*|\s+|\s*\(\s*)(?:online|online edition|web|web edition|web ?site|digital"
    r"|digital edition|print|print edition|e-?paper|international edition|international|blogs?|feed"
    r"|rss|news service|newspapers?|first edition|final edition|late edition|national edition)\)?"
    r"|\.com|\.co\.uk|\.net|\.org|\.ie",
    re.IGNORECASE,
)


# A longer text is no name of a paper.
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Outlet:
    """A paper; `country` is ISO 3166's two letters, or None for those without one."""

    name: str
    country: str | None = None


class _List(NamedTuple):
    """The list read: by host, by name without case, by name without its bracket, and places."""

    hosts: dict[str, Outlet]
    names: dict[str, Outlet]
    bases: dict[str, frozenset[Outlet]]
    places: dict[str, str]


def known_outlets() -> dict[str, Outlet]:
    """All outlets of the codebook by host.

    Raises:
        CodebookError: if an entry is not `name: {hosts: […], names: […]}` under a country, or a
            host or a name stands twice.
    """
    return _list().hosts


def find_outlet(url: str) -> Outlet | None:
    """The outlet that a URL belongs to, by its host or a domain above it, or None.

    Copies that archives and caches keep belong to the outlet they were taken from.
    """
    host = _own_host(url)
    known = _list().hosts
    while host and "." in host:
        if outlet := known.get(host):
            return outlet
        host = host.partition(".")[2]
    return None


def outlet_of(url: str) -> str | None:
    """The outlet's name; its host where the list does not know it, so that papers stay apart."""
    outlet = find_outlet(url)
    return outlet.name if outlet else _own_host(url)


def country_of(url: str | None) -> str | None:
    """The country of a URL's outlet, or that of the ending of its host, or None."""
    if not url:
        return None
    if outlet := find_outlet(url):
        return outlet.country
    match = _COUNTRY_ENDING.search(_own_host(url) or "")
    if match is None or match["country"] in _NOT_THEIRS:
        return None
    return "GB" if match["country"] == "uk" else match["country"].upper()


def outlet_named(name: str, *, country: str | None = None) -> str | None:
    """The name of the known outlet that a text is, whatever its capitals, or None.

    "The Guardian(London)", "MAIL ON SUNDAY" and "New York Times Online" are known; a name that
    papers of several countries bear is known by its place, "The Star (Nairobi)", or by `country`.
    """
    outlet = _find_named(name, country)
    return outlet.name if outlet else None


def country_named(name: str | None) -> str | None:
    """The country of the known outlet that a text is, or None."""
    outlet = _find_named(name, None) if name else None
    return outlet.country if outlet else None


def _find_named(name: str, country: str | None) -> Outlet | None:
    name = " ".join(name.split())
    if len(name) > _LONGEST_NAME:
        return None
    outlet = _named(name, country) or _of_place(name)
    if outlet is None and (edition := _edition_of(name)):
        outlet = _named(edition, country) or _of_place(edition)
    return outlet


def _named(name: str, country: str | None) -> Outlet | None:
    known = _list()
    key = name.casefold()
    if country:
        there = {outlet for outlet in known.bases.get(key, ()) if outlet.country == country}
        if len(there) == 1:
            return there.pop()
    return known.names.get(key) or (find_outlet(key) if _HOST.fullmatch(key) else None)


def _of_place(name: str) -> Outlet | None:
    """The outlet that "Name (Place)" is, by the country of the place."""
    match = _BRACKET.fullmatch(name)
    if match is None:
        return None
    known = _list()
    if outlet := known.names.get(f"{match['base']} ({match['inside']})".casefold()):
        return outlet
    country = known.places.get(match["inside"].strip().casefold())
    base = match["base"].casefold()
    spelled = (base, f"the {base}", base.removeprefix("the "))
    there = {o for key in spelled for o in known.bases.get(key, ()) if o.country == country}
    return there.pop() if country and len(there) == 1 else None


def _edition_of(name: str) -> str | None:
    """A name without "Online", ".com" and the like at its end, or None for others."""
    start = max(len(name) - 40, 1)
    for match in _EDITION.finditer(name, start):
        if match.end() == len(name):
            return name[: match.start()]
    return None


def _own_host(url: str) -> str | None:
    """The host of a page, for a copy that of the original."""
    if kept := _KEPT.match(url):
        url = unquote(kept["url"])
    host = host_of(url)
    if host and (cached := _CACHED_HOST.fullmatch(host)):
        # Dots are written as hyphens, and hyphens as two
        host = host_of(cached["host"].replace("--", "\0").replace("-", ".").replace("\0", "-"))
    return host


@cache
def _list() -> _List:
    book = load_codebook("outlets")
    hosts: dict[str, Outlet] = {}
    names: dict[str, Outlet] = {}
    bases: dict[str, set[Outlet]] = {}
    for country, papers in book.section("outlets").items():
        for name, entry in _checked(papers, str(country), str(book.path)).items():
            outlet = Outlet(name, None if country in _NO_COUNTRY else country)
            for host in entry.get("hosts", ()):
                _put(hosts, host, outlet, str(book.path))
            for text in (name, *entry.get("names", ())):
                _put(names, text.casefold(), outlet, str(book.path))
                base = _BRACKET.fullmatch(text)
                bases.setdefault((base["base"] if base else text).casefold(), set()).add(outlet)
    places = {
        str(place).casefold(): str(country)
        for country, there in book.section("places").items()
        for place in there
    }
    return _List(hosts, names, {k: frozenset(v) for k, v in bases.items()}, places)


def _put(known: dict[str, Outlet], key: str, outlet: Outlet, path: str) -> None:
    if key in known:
        raise CodebookError(
            f"{path}: '{key}' stands under {known[key].name} and under {outlet.name}; keep one"
        )
    known[key] = outlet


def _checked(papers: Any, country: str, path: str) -> dict[str, dict[str, list[str]]]:
    """The papers of a country, if they are well formed."""
    if not _COUNTRY.fullmatch(country) and country not in _NO_COUNTRY:
        raise CodebookError(
            f"{path}: '{country}' is no country of two letters; quote \"NO\" for Norway"
        )
    for name, entry in papers.items() if isinstance(papers, dict) else [(country, None)]:
        lists = entry.items() if isinstance(entry, dict) else [("", None)]
        for key, values in lists:
            listed: list[Any] = values if isinstance(values, list) else [None]
            if key not in {"hosts", "names"} or not all(v and isinstance(v, str) for v in listed):
                raise CodebookError(f"{path}: '{name}' must be {{hosts: […], names: […]}}")
            if key == "hosts" and (wrong := [v for v in listed if not _HOST.fullmatch(v)]):
                raise CodebookError(f"{path}: '{wrong[0]}' of '{name}' is no host")
    return dict(papers)
