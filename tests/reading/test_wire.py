"""Wire: stamps, embargoes, states and names as all agencies' formats have them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from presslens.reading.draft import Draft
from presslens.reading.wire import add_names, date_first, when_of, withdrawn


@pytest.mark.parametrize(
    ("stamp", "day", "moment"),
    [
        ("20240602T231000-0200", date(2024, 6, 2), datetime(2024, 6, 3, 1, 10, tzinfo=UTC)),
        ("2024-06-02T23:10:00Z", date(2024, 6, 2), datetime(2024, 6, 2, 23, 10, tzinfo=UTC)),
        ("20240602", date(2024, 6, 2), None),
        ("2024-06-02T23:10:00", date(2024, 6, 2), None),
        ("Sun, 02 Jun 2024 23:10:00 +0200", date(2024, 6, 2),
         datetime(2024, 6, 2, 21, 10, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_stamps_are_read_in_all_their_forms(stamp: str, day: date, moment: datetime | None) -> None:
    assert when_of(stamp) == (day, moment)


@pytest.mark.parametrize("stamp", ["2024", "2024-06", "0001-01-01T00:00:00Z", "20241399", "", None])
def test_a_stamp_without_a_day_is_no_date(stamp: str | None) -> None:
    assert when_of(stamp) is None


@pytest.mark.parametrize(
    ("embargo", "day"),
    [
        ("2024-06-04T00:01:00+01:00", 4),
        ("2024-06-01T06:00:00Z", 2),
        ("2024-06-03", 3),
        ("soon", 2),
        (None, 2),
    ],
)
def test_an_item_is_of_the_day_on_which_its_embargo_ends(embargo: str | None, day: int) -> None:
    draft = Draft()
    date_first(draft, ["2024-06-02T10:00:00Z"], embargo=embargo)
    assert draft.published == date(2024, 6, day)


def test_an_embargo_alone_is_no_date() -> None:
    draft = Draft()
    date_first(draft, [None], embargo="2024-06-04")
    assert draft.published is None


@pytest.mark.parametrize(
    ("status", "back"),
    [
        ("stat:canceled", True),
        ("http://cv.iptc.org/newscodes/pubstatusg2/withheld", True),
        ("Cancelled", True),
        ("usable", False),
        ("stat:usable", False),
        ("", False),
        (None, False),
    ],
)
def test_what_an_agency_took_back_is_known_by_its_state(status: str | None, back: bool) -> None:
    assert (withdrawn(status, "a.xml") is not None) is back


@pytest.mark.parametrize(
    ("language", "byline", "authors", "agencies"),
    [
        ("en", "By Mira Holt and Jo Roe, Acme", ["Mira Holt", "Jo Roe"], []),
        ("de", "Von Mira Holt", ["Mira Holt"], []),
        ("en", "Acme News Agency", [], ["Acme News Agency"]),
        ("en", " ", [], []),
        ("en", "Holt, Mira", ["Mira Holt"], []),
        ("en", "By HOLT, MIRA", ["Mira Holt"], []),
        ("en", "Holt, Mira; Roe, Jo", ["Mira Holt", "Jo Roe"], []),
        ("en", "Holt, Mira and Jo Roe", ["Mira Holt", "Jo Roe"], []),
        ("en", "Holt, Mira | Acme News Agency", ["Mira Holt"], ["Acme News Agency"]),
        ("en", "von der Holt, Mira", ["Mira von der Holt"], []),
        ("en", "Halden, Reuters", [], ["Halden, Reuters"]),
        ("en", "Mira", ["Mira"], []),
        ("en", "Staff reporter", [], ["Staff reporter"]),
        ("en", "By Newsdesk", [], ["Newsdesk"]),
        ("en", "Reuters", [], ["Reuters"]),
        ("en", "AFP", [], ["AFP"]),
    ],
)
def test_bylines_give_people_and_agencies(
    language: str, byline: str, authors: list[str], agencies: list[str]
) -> None:
    draft = Draft(language=language)
    add_names(draft, byline)
    assert (draft.authors, draft.credits) == (authors, agencies)
