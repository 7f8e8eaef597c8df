"""Page title: the headline that most places of the page give."""

from __future__ import annotations

import pytest
from made_pages import NEWS, ld, meta, page, parse


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (meta(og__title="Ferry will run all night - Harbour Post"), "Ferry will run all night"),
        (meta(og__title="Boats at night"), "Ferry will run all night"),
        (ld({**NEWS, "headline": "SEO boats"}) + meta(og__title="Ferry will run all night"),
         "Ferry will run all night"),
        (ld({**NEWS, "headline": "Boats to run"}) + meta(og__title="Night boats"), "Boats to run"),
        (ld({**NEWS, "headline": "Ferry will run…"}), "Ferry will run all night"),
    ],
)  # fmt: skip
def test_the_title_is_what_two_of_three_agree_on(head: str, title: str) -> None:
    assert parse(page(head)).title == title


def test_the_sites_name_in_a_heading_is_no_title() -> None:
    html = page("").replace("<nav>", "<h1>Harbour Post</h1><nav>")
    assert parse(html).title == "Ferry will run all night"


def test_a_kicker_within_the_heading_is_no_part_of_the_title() -> None:
    html = page(meta(og__title="Ferry will run all night")).replace("<h1>", "<h1><b>Local</b> ")
    assert parse(html).title == "Ferry will run all night"
