from __future__ import annotations

from presslens.reading.outlets import (
    find_outlet,
    known_outlets,
    outlet_named,
    outlet_of,
    writes_month_first,
)


def test_the_longest_known_host_names_the_outlet() -> None:
    assert outlet_of("https://www.thestar.com.my/aseanplus/x") == "The Star (Malaysia)"
    assert outlet_of("https://edition.cnn.com/x") == "CNN"


def test_an_unknown_outlet_is_its_host() -> None:
    assert outlet_of("https://www.nobodyspaper.example/x") == "nobodyspaper.example"


def test_only_some_countries_write_the_month_first() -> None:
    assert writes_month_first("https://www.nytimes.com/x")
    assert not writes_month_first("https://www.theguardian.com/x")
    assert not writes_month_first("https://nobodyspaper.example/x")
    assert not writes_month_first(None)


def test_the_list_is_long_and_well_formed() -> None:
    outlets = known_outlets()
    assert len(outlets) >= 150
    for host, outlet in outlets.items():
        assert host == host.lower() and "." in host and not host.startswith("www.")
        assert outlet.name.strip() == outlet.name
        assert outlet.country is None or (len(outlet.country) == 2 and outlet.country.isupper())
    assert len({outlet.country for outlet in outlets.values()}) > 80


def test_a_masthead_is_known_whatever_its_capitals() -> None:
    assert outlet_named("THE STRAITS TIMES") == "The Straits Times"
    assert outlet_named("Nobody's Paper") is None
    assert find_outlet("not an address") is None
