from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from presslens.reading.zones import zone_named


def hours(name: str, country: str | None = None, month: int = 1) -> float | None:
    zone = zone_named(name, country)
    offset = datetime(2024, month, 15, 12, tzinfo=zone).utcoffset() if zone else None
    return offset / timedelta(hours=1) if offset is not None else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Z", 0), ("GMT", 0), ("utc", 0), ("EDT", -4), ("SAST", 2), ("WAT", 1), ("EAT", 3),
        ("PKT", 5), ("NPT", 5.75), ("SGT", 8), ("JST", 9), ("AEDT", 11), ("+05:30", 5.5),
        ("-0500", -5), ("GMT+7", 7), ("UTC +5:30", 5.5), ("GMT-3", -3),
    ],
)  # fmt: skip
def test_zones_that_mean_one_thing(name: str, expected: float) -> None:
    assert hours(name) == expected


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("IST", "IN", 5.5), ("IST", "IE", 1), ("IST", "IL", 2), ("IST", None, None),
        ("IST", "GB", None), ("BST", "GB", 1), ("BST", "BD", 6), ("BST", None, None),
        ("CST", "US", -6), ("CST", "CN", 8), ("CST", None, None), ("PST", "PH", 8),
        ("PST", "US", -8), ("PST", None, None), ("AST", "SA", 3), ("AST", "TT", -4),
        ("EST", None, -5), ("EST", "AU", None),
    ],
)  # fmt: skip
def test_zones_that_mean_several_are_told_by_the_country(
    name: str, country: str | None, expected: float | None
) -> None:
    assert hours(name, country) == expected


def test_some_zones_go_with_the_season() -> None:
    assert (hours("ET", month=1), hours("ET", month=7)) == (-5, -4)
    assert hours("Eastern Standard Time", month=1) == -5


@pytest.mark.parametrize("name", ["XYZ", "by", "+25:00", "", "time"])
def test_what_is_no_zone_is_none(name: str) -> None:
    assert zone_named(name, "US") is None
