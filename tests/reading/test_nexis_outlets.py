"""Nexis's names of papers: as our list has them, or without what Nexis adds."""

from __future__ import annotations

import pytest

from presslens.reading.nexis_outlets import outlet_at_head


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("The Sun (England)", "The Sun"),
        ("Guardian.com", "The Guardian"),
        ("The Times (London)", "The Times"),
        ("The Times (South Africa)", "The Times (South Africa)"),
        ("The Guardian(London)", "The Guardian"),
        ("telegraph.co.uk", "The Daily Telegraph"),
        ("Halden Bugle", "Halden Bugle"),
        ("SUNDBY ON SUNDAY", "Sundby on Sunday"),
    ],
)
def test_outlets_are_named_as_in_our_list_where_it_has_them(name: str, outlet: str) -> None:
    assert outlet_at_head(name) == outlet
