from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.reading.dates import find_date, is_date_line, line_date, url_date

DAY = date(2024, 11, 15)


@pytest.mark.parametrize(
    "text",
    [
        "November 15, 2024",
        "Nov. 15, 2024, 3:04 p.m. ET",
        "15 Nov 2024",
        "15-Nov-2024",
        "2024-11-15",
        "2024/11/15 10:22",
        "15/11/2024",
        "11/15/2024",
        "15.11.2024",
        "15/11/24",
        "Friday 15 November 2024",
        "Fri, 15 Nov 2024 10:00:00 GMT",
        "the 15th of November, 2024",
        "2024-11-15T23:30:00-05:00",
        "20241115",
    ],
)
def test_a_day_is_read_in_many_styles(text: str) -> None:
    found = find_date(text)
    assert found is not None and found.day == DAY


def test_numbers_are_day_first_unless_the_country_or_the_number_forbids_it() -> None:
    def day(text: str, *, month_first: bool = False) -> date:
        found = find_date(text, month_first=month_first)
        assert found is not None
        return found.day

    assert day("03/04/2024") == date(2024, 4, 3)
    assert day("03/04/2024", month_first=True) == date(2024, 3, 4)
    assert day("25/12/2024", month_first=True) == date(2024, 12, 25)
    assert day("12/25/2024") == date(2024, 12, 25)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("Nov. 15, 2024, 3:04 p.m. ET", 20, 4),
        ("2024-11-15T10:22:33+02:00", 8, 22),
        ("15 November 2024 12:00 GMT", 12, 0),
        ("Nov 15, 2024 at 12:30 am UTC", 0, 30),
    ],
)
def test_a_time_with_a_zone_gives_the_moment(text: str, hour: int, minute: int) -> None:
    found = find_date(text)
    assert found is not None and found.moment is not None
    assert (found.moment.hour, found.moment.minute, found.moment.tzinfo) == (hour, minute, UTC)


@pytest.mark.parametrize("text", ["15 Nov 2024, 12:04", "15 Nov 2024 12:04 IST", "15 Nov 2024"])
def test_a_time_without_a_sure_zone_gives_no_moment(text: str) -> None:
    found = find_date(text)
    assert found is not None and found.moment is None


@pytest.mark.parametrize(
    "text", ["31 February 2024", "Nov 2024", "July 25", "1.6545015", "at 3:04", ""]
)
def test_what_names_no_day_is_none(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    "line",
    [
        "15 Nov 2024",
        "Published: Friday 15 November 2024, 10:30 GMT",
        "Updated on November 15, 2024 at 3:04 p.m. ET",
        "First published 1 May 2024 | Updated 3 May 2024",
        "2024-11-15 10:22:33",
    ],
)
def test_date_lines_are_known(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line", ["He left on 15 November 2024.", "Kigali, 15 Nov 2024", "15 people", "2024", ""]
)
def test_lines_with_more_than_a_date_are_none(line: str) -> None:
    assert not is_date_line(line)


def test_the_day_of_publication_counts_not_that_of_an_update() -> None:
    found = line_date("Updated: 3 May 2024 | Published: 1 May 2024")
    assert found is not None
    assert (found[0].day, found[1]) == (date(2024, 5, 1), False)
    only = line_date("Last updated 3 May 2024")
    assert only is not None and only[1]


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2024/11/15/storm-hits", DAY),
        ("/news/2022-07-28/ty-article/0000-43d8-d494", date(2022, 7, 28)),
        ("/gallery/2022/6/7/photos", date(2022, 6, 7)),
        ("/article/27/07/2022/centre", date(2022, 7, 27)),
        ("/20241115/c_138", DAY),
        ("/english/2019-07/26/c_138.htm", date(2019, 7, 26)),
        ("/world/2024/nov/15/storm", DAY),
        ("/world/storm-hits-2024-11-15/", DAY),
        ("/2024/11/storm", None),
        ("/storm-101658863218524.html", None),
        ("/news/storm-1.6545015", None),
        ("/2024/13/45/storm", None),
    ],
)
def test_the_day_is_read_from_the_path_of_an_address(path: str, day: date | None) -> None:
    assert url_date(f"https://www.harbourpost.example{path}") == day


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    find_date(text)
    is_date_line(text)
    line_date(text)


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2060, 1, 1)))
def test_iso_moments_are_read_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    found = find_date(moment.isoformat())
    assert found is not None and found.moment == moment
