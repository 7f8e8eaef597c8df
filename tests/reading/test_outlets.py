from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from presslens.codebooks import Codebook, CodebookError
from presslens.reading import outlets
from presslens.reading.outlets import (
    country_named,
    country_of,
    find_outlet,
    known_outlets,
    outlet_named,
    outlet_of,
)


def book(content: dict[str, Any]) -> Codebook:
    return Codebook("outlets", "1.0", "0" * 64, Path("outlets.yaml"), content)


def listed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Reads a list of our own in place of the codebook."""
    content = yaml.safe_load(text)
    monkeypatch.setattr(outlets, "load_codebook", lambda _: book(content))
    outlets._list.cache_clear()


@pytest.fixture(autouse=True)
def _fresh() -> Any:
    yield
    outlets._list.cache_clear()


def test_the_longest_known_host_names_the_outlet() -> None:
    assert outlet_of("https://www.thestar.com.my/aseanplus/x") == "The Star (Malaysia)"
    assert outlet_of("https://edition.cnn.com/x") == "CNN"
    assert outlet_of("https://amp.theguardian.com/x") == "The Guardian"
    assert outlet_of("http://www.guardian.co.uk/x") == "The Guardian"


def test_an_unknown_outlet_is_its_host() -> None:
    assert outlet_of("https://www.nobodyspaper.example/x") == "nobodyspaper.example"


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/web/20200101000000/https://www.iskenledger.example/x",
        "https://archive.ph/20200101000000/https://iskenledger.example/x",
        "https://www.google.com/amp/s/www.iskenledger.example/x",
        "https://www-iskenledger-example.cdn.ampproject.org/c/s/www.iskenledger.example/x",
        "https://www-iskenledger-example.translate.goog/x",
    ],
)
def test_a_kept_copy_is_of_the_outlet_that_it_was_taken_from(url: str) -> None:
    assert outlet_of(url) == "Isken Valley Ledger"


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.nytimes.com/x", "US"),
        ("https://www.theguardian.com/x", "GB"),
        ("https://www.aftenposten.no/x", "NO"),
        ("https://nobodyspaper.com.ph/x", "PH"),
        ("https://nobodyspaper.co.uk/x", "GB"),
        ("https://nobodyspaper.tv/x", None),
        ("https://nobodyspaper.com/x", None),
        ("https://allafrica.com/x", None),
        (None, None),
    ],
)
def test_the_country_is_the_outlets_or_that_of_its_address(
    url: str | None, country: str | None
) -> None:
    assert country_of(url) == country


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("THE STRAITS TIMES", "The Straits Times"),
        ("The Guardian(London)", "The Guardian"),
        ("The Guardian (London)", "The Guardian"),
        ("Daily Mail (London)", "Daily Mail"),
        ("MAIL ON SUNDAY", "The Mail on Sunday"),
        ("Sunday Mirror", "Sunday Mirror"),
        ("New York Times Online", "The New York Times"),
        ("The Washington Post (Online)", "The Washington Post"),
        ("Belfast Telegraph Online", "Belfast Telegraph"),
        ("The Irish Times - Online", "The Irish Times"),
        ("thetimes.co.uk", "The Times"),
        ("Guardian.com", "The Guardian"),
        ("The Times (South Africa)", "The Times (South Africa)"),
        ("Sunday Times (Johannesburg)", "Sunday Times (South Africa)"),
        ("The Star (Nairobi)", "The Star (Kenya)"),
        ("The Nation (Nairobi)", "Nation"),
        ("Canberra Times (Australia)", "The Canberra Times"),
        ("The Gazette (Montreal)", "Montreal Gazette"),
        # Papers of several countries bear these
        ("The Star", None),
        ("The Daily Star", None),
        ("The Herald (England)", None),
        ("The Guardian (Lima)", None),
        ("Nobody's Paper", None),
        ("Online", None),
        ("", None),
    ],
)
def test_names_as_exports_write_them(name: str, outlet: str | None) -> None:
    assert outlet_named(name) == outlet


def test_of_papers_of_one_name_the_country_tells_which() -> None:
    assert outlet_named("The Guardian") == "The Guardian"
    assert outlet_named("The Guardian", country="NG") == "The Guardian (Nigeria)"
    assert outlet_named("the daily star", country="BD") == "The Daily Star (Bangladesh)"
    assert outlet_named("The Daily Star", country="FJ") is None


def test_an_address_is_needed_to_find_an_outlet() -> None:
    assert find_outlet("not an address") is None
    assert find_outlet("http://[broken") is None


def test_the_list_is_long_and_of_the_whole_world() -> None:
    known = known_outlets()
    assert len(known) >= 1_500
    assert len({outlet.country for outlet in known.values()}) > 150
    assert {"GB", "US", "NG", "IN", "AU", "JM", "QA", "NO"} <= {o.country for o in known.values()}


def test_the_list_is_well_formed() -> None:
    for host, outlet in known_outlets().items():
        assert host == host.lower() and "." in host and not host.startswith(("www.", "m.", "amp."))
        assert outlet.name == " ".join(outlet.name.split())


def test_every_place_of_the_list_is_a_country_that_has_outlets() -> None:
    countries = {outlet.country for outlet in outlets._list().names.values()}
    assert set(outlets._list().places.values()) <= countries


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("GB: {A: {hosts: [a.example]}, B: {hosts: [a.example]}}", "stands under A and under B"),
        ("GB: {A: {names: [The Post]}, The Post: {}}", "stands under A and under The Post"),
        ("GB: {A: {hosts: ['https://a.example/']}}", "is no host"),
        ("GB: {A: {hosts: a.example}}", "must be {hosts"),
        ("GB: {A: {host: [a.example]}}", "must be {hosts"),
        ("GB: [a.example]", "must be {hosts"),
        ("NO: {A: {hosts: [a.example]}}", 'quote "NO"'),
    ],
)
def test_a_mistake_in_the_list_is_named(
    entry: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(monkeypatch, f"outlets:\n  {entry}\nplaces: {{}}")
    with pytest.raises(CodebookError, match=r"outlets\.yaml") as caught:
        known_outlets()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("The Guardian", "GB"),
        ("NEW YORK TIMES ONLINE", "US"),
        ("The Star (Nairobi)", "KE"),
        ("Harbour Post", None),
        ("", None),
        (None, None),
    ],
)
def test_the_country_of_an_outlet_is_known_by_its_name(
    name: str | None, country: str | None
) -> None:
    assert country_named(name) == country
