"""Nexis's bylines: who of those in one is a person; all are invented."""

from __future__ import annotations

import pytest

from presslens.reading.draft import Draft
from presslens.reading.nexis_bylines import take_byline


@pytest.mark.parametrize(
    ("byline", "authors", "agencies"),
    [
        ("--(Reuter, PA)", (), ("Reuter", "PA")),
        ("By NEW YORK", (), ()),
        ("From DES LUNN", ("Des Lunn",), ()),
        ("Ann Roe Scottish Political Reporter", ("Ann Roe",), ()),
        ("Daniel Roe in Brussels", ("Daniel Roe",), ()),
        ("By ANN ROE, Religious Affairs Correspondent", ("Ann Roe",), ()),
        (
            "By ANN ROE, --(Additional reporting by PA)",
            ("Ann Roe",),
            ("Additional reporting by PA",),
        ),
        ("Letters", (), ()),
    ],
)
def test_bylines_give_people_without_their_offices_and_agencies_apart(
    byline: str, authors: tuple[str, ...], agencies: tuple[str, ...]
) -> None:
    draft = Draft()
    take_byline(byline, draft)
    assert (tuple(draft.authors), tuple(draft.credits)) == (authors, agencies)
