"""Page date: the day as the page states it, or shows it."""

from __future__ import annotations

from datetime import date

import pytest
from made_pages import page, parse


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2024-06-02T23:30:00-07:00">', 2),
        ('<meta name="parsely-pub-date" content="2024-06-03T08:30:00Z">', 3),
        ('<meta name="sailthru.date" content="2024-06-04 08:30:00">', 4),
        ('<meta name="DC.date.issued" content="2024-06-05">', 5),
        ('<meta property="article:published_time" content="1717650000000">', 6),
    ],
)
def test_meta_tags_tell_the_day_as_they_state_it(head: str, day: int) -> None:
    assert parse(page(head)).published == date(2024, 6, day)


@pytest.mark.parametrize(
    "extra",
    [
        '<span itemprop="datePublished" content="2024-06-02T10:00">Sunday</span>',
        '<time datetime="2024-06-02T10:00:00+02:00">2 June</time>',
        '<aside><time datetime="2020-01-01">old</time></aside><time>June 2, 2024</time>',
        '<span class="post-date">Updated: 5 June 2024 | Published: 2 June 2024</span>',
    ],
)
def test_the_page_itself_tells_the_day(extra: str) -> None:
    assert parse(page("").replace("</h1>", f"</h1>{extra}")).published == date(2024, 6, 2)


def test_the_day_of_publication_beats_that_of_the_first_version() -> None:
    head = '<meta name="DCSext.first" content="2019-02-05"><meta name="date" content="2019-02-05">'
    shown = '</h1><time itemprop="datePublished" datetime="2024-06-02T16:45+0100">2 June</time>'
    assert parse(page(head).replace("</h1>", shown)).published == date(2024, 6, 2)
