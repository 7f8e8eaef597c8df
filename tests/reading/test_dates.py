from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

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


@pytest.mark.parametrize(
    "text",
    [
        "15th November, 2024",
        "15th of November 2024",
        "15 day of November, 2024",
        "November 15th, 2024",
        "November 15,2024",
        "Nov.15, 2024",
        "Nov 15 2024",
        "Nov-15-2024",
        "NOV 15 2024UPDATED",
        "15Nov2024",
        "15-Nov-24",
        "15 Nov ’24",
        "2024 November 15",
        "2024-Nov-15",
        "2024. 11. 15.",
        "2024年11月15日",
        "2024년 11월 15일",
        "15 de noviembre de 2024",
        "15 novembre 2024",
        "15. November 2024",
        "15 de novembro de 2024",
        "vendredi 15 novembre 2024 à 10:00",
        "15 listopada 2024",
        "Fri Nov 15 10:00:00 GMT 2024",
        "Fri Nov 15 10:00:00 +0000 2024",
        "3:04 PM EST, Fri November 15, 2024",
        "13 Jumada al-Awwal 1446 | 15 November 2024",
    ],
)
def test_a_day_is_read_in_the_styles_of_the_worlds_papers(text: str) -> None:
    found = find_date(text)
    assert found is not None and found.day == DAY


def day(text: str, country: str | None = None) -> date | None:
    found = find_date(text, country=country)
    return found.day if found else None


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("03/04/2024", "GB", date(2024, 4, 3)),
        ("03/04/2024", "IN", date(2024, 4, 3)),
        ("03/04/2024", "US", date(2024, 3, 4)),
        ("03/04/2024", "PH", date(2024, 3, 4)),
        ("03/04/2024", "CA", None),
        ("03/04/2024", None, None),
        ("25/12/2024", "US", date(2024, 12, 25)),
        ("12/25/2024", "GB", date(2024, 12, 25)),
        ("04/04/2024", None, date(2024, 4, 4)),
        ("03.04.2024", None, date(2024, 4, 3)),
        ("03/04/24", "GB", date(2024, 4, 3)),
        ("03/04/24", None, None),
        ("24/11/15", "JP", None),
    ],
)
def test_numbers_are_read_as_the_country_writes_them_or_not_at_all(
    text: str, country: str | None, expected: date | None
) -> None:
    assert day(text, country) == expected


def test_other_numbers_of_the_text_show_how_it_writes_them() -> None:
    assert day("Published 05/06/2024, updated 15/06/2024") == date(2024, 6, 5)
    assert day("Published 05/06/2024, updated 05/16/2024") == date(2024, 5, 6)


def test_a_day_that_lies_ahead_is_none() -> None:
    ahead = date.today() + timedelta(days=400)
    assert day(f"{ahead:%d %B %Y}") is None
    assert url_date(f"https://harbourpost.example/{ahead:%Y/%m/%d}/storm") is None
    assert day("15/11/65") == date(1965, 11, 15)


@pytest.mark.parametrize(
    "text",
    [
        "15 พ.ย. 2567", "15/11/2567", "15 November 2567", "1446/05/13", "13/05/1446",
        "13-05-1446", "2081-07-30", "113年11月15日", "2 hours ago", "Friday", "Friday evening",
        "on Monday, 15th", "15 November", "the 15 people of 2024", "Vol. 12 No. 3",
    ],
)  # fmt: skip
def test_other_calendars_and_days_of_the_week_are_no_dates(text: str) -> None:
    assert find_date(text, country="TH") is None


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("Nov. 15, 2024, 3:04 p.m. ET", 20, 4),
        ("2024-11-15T10:22:33+02:00", 8, 22),
        ("15 November 2024 12:00 GMT", 12, 0),
        ("Nov 15, 2024 at 12:30 am UTC", 0, 30),
        ("Friday, November 15, 2024 at 3:04 PM EST", 20, 4),
        ("3:04 PM EST, Fri November 15, 2024", 20, 4),
        ("November 15, 2024 / 3:04 PM EST", 20, 4),
        ("Fri 15 Nov 2024 06.30 GMT", 6, 30),
        ("Published 15:04 GMT, 15 November 2024", 15, 4),
        ("Fri Nov 15 10:00:00 SAST 2024", 8, 0),
        ("Nov 15, 2024 10:32 (GMT+7)", 3, 32),
        ("Nov 15, 2024 1504 hrs GMT", 15, 4),
        ("2024-11-15 10:22:33.123+00", 10, 22),
    ],
)
def test_a_time_with_a_zone_gives_the_moment(text: str, hour: int, minute: int) -> None:
    found = find_date(text)
    assert found is not None and found.moment is not None
    assert (found.moment.hour, found.moment.minute, found.moment.tzinfo) == (hour, minute, UTC)


@pytest.mark.parametrize(
    ("text", "country", "hour", "minute"),
    [
        ("Nov 15 2024, 10:32 IST", "IN", 5, 2),
        ("15:04 BST, 15 July 2024", "GB", 14, 4),
        ("Nov 15 2024 3:04 PM CST", "US", 21, 4),
        ("Fri Nov 15 15:04:05 IST 2024", "IN", 9, 34),
    ],
)
def test_what_zone_is_meant_is_told_by_the_country(
    text: str, country: str, hour: int, minute: int
) -> None:
    found = find_date(text, country=country)
    assert found is not None and found.moment is not None
    assert (found.moment.hour, found.moment.minute) == (hour, minute)
    unknown = find_date(text)
    assert unknown is not None and unknown.moment is None


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
        "18:20, 15 NOV 2024UPDATED19:30, 15 NOV 2024",
        "Published 15:04 BST, 18 July 2024",
        "Nov 15, 2024 | 12:30 am",
        "_Published on 15 November 2024_",
        "15 Nov 2024 · 4 min read",
        "Posted 3 hours ago, 15 November 2024",
        "05/06/2024",
        "viernes, 15 de noviembre de 2024",
    ],
)
def test_date_lines_are_known(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    ["He left on 15 November 2024.", "Kigali, 15 Nov 2024", "15 people", "2024", "3 hours ago", ""],
)
def test_lines_with_more_than_a_date_are_none(line: str) -> None:
    assert not is_date_line(line)


def test_the_day_of_publication_counts_not_that_of_an_update() -> None:
    found = line_date("Updated: 3 May 2024 | Published: 1 May 2024")
    assert found is not None
    assert (found[0].day, found[1]) == (date(2024, 5, 1), False)
    only = line_date("Last updated 3 May 2024")
    assert only is not None and only[1]
    both = line_date("18:20, 1 MAY 2024 UPDATED 19:30, 3 MAY 2024")
    assert both is not None
    assert (both[0].day, both[1]) == (date(2024, 5, 1), False)


@pytest.mark.parametrize("line", ["Retrieved 3 May 2024", "Printed on 3 May 2024", "3 days ago"])
def test_the_day_on_which_somebody_saved_a_page_is_none(line: str) -> None:
    assert line_date(line) is None


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
        ("/2024/november/15/storm", DAY),
        ("/news/15-nov-2024/storm", DAY),
        ("/n3/2024/1115/c90-1.html", DAY),
        ("/202411/15/t20241115_55.html", DAY),
        ("/stories/202411150441.html", DAY),
        ("/view.php?ud=20241115000323&np=6", DAY),
        ("/view/AEN20241115001100315", DAY),
        ("/05/06/2024/storm", None),
        ("/news/2024111504-storm", None),
        ("/2024/11/storm", None),
        ("/storm-101658863218524.html", None),
        ("/news/storm-1.6545015", None),
        ("/2024/13/45/storm", None),
    ],
)
def test_the_day_is_read_from_the_path_of_an_address(path: str, day: date | None) -> None:
    assert url_date(f"https://www.harbourpost.example{path}") == day


def test_numbers_in_the_path_are_read_as_the_paper_writes_them() -> None:
    assert url_date("https://www.nytimes.com/05/06/2024/storm") == date(2024, 5, 6)
    assert url_date("https://www.theguardian.com/05/06/2024/storm") == date(2024, 6, 5)
    assert url_date("http://[broken/2024/11/15/") is None


def test_long_texts_take_no_long_time() -> None:
    for piece in ("15 ", "15-", "Nov ", " ", "1", "12:"):
        find_date("15 " + piece * 20_000)


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    find_date(text)
    is_date_line(text)
    line_date(text)


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2026, 1, 1)))
def test_iso_moments_are_read_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    found = find_date(moment.isoformat())
    assert found is not None and found.moment == moment
