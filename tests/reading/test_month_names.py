from __future__ import annotations

import pytest

from presslens.reading.month_names import month_named


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("January", 1), ("JAN", 1), ("février", 2), ("März", 3), ("Mac", 3), ("abril", 4),
        ("mai", 5), ("giugno", 6), ("Juli", 7), ("août", 8), ("Sept", 9), ("października", 10),
        ("noviembre", 11), ("ноября", 11), ("dezembro", 12), ("people", None), ("", None),
    ],
)  # fmt: skip
def test_months_are_known_in_many_languages(name: str, number: int | None) -> None:
    assert month_named(name) == number
