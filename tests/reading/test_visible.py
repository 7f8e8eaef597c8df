"""The lines that a person sees of a text or a page."""

from __future__ import annotations

import pytest

from presslens.reading.visible import visible_lines


def lines(raw: str, most: int = 10_000) -> list[str]:
    return list(visible_lines(raw, most))


def test_a_plain_text_is_its_lines_without_empty_ones() -> None:
    assert lines("Ferry aground\r\n\r\n  Nobody  was\u00a0hurt.\n") == [
        "Ferry aground",
        "Nobody was hurt.",
    ]


def test_a_page_is_a_line_for_each_element_and_not_for_links_within_one() -> None:
    page = "<body><h1>Ferry aground</h1><p>Nobody <a href='x'>was\nhurt</a>.<p>It sank.</p></body>"
    assert lines(page) == ["Ferry aground", "Nobody was hurt .", "It sank."]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>var a = 1;</script>",
        "<style>p {color: red}</style>",
        "<!-- a note -->",
        "<div hidden><p>Menu</p></div>",
        "<div style='display: none'><b>Menu</b></div>",
        "<template><p>Menu</p></template>",
    ],
)
def test_what_no_browser_shows_is_no_line(unseen: str) -> None:
    assert lines(f"<body><p>It sank.</p>{unseen}after<p>All swam.</p></body>") == [
        "It sank.",
        "after",
        "All swam.",
    ]


def test_a_text_that_mentions_tags_keeps_its_lines() -> None:
    assert lines("The <br> tag\nis old.") == ["The", "tag", "is old."]


def test_only_so_many_letters_are_looked_at() -> None:
    assert lines("abc\ndef\nghi", most=5) == ["abc", "d"]


def test_a_page_nested_very_deeply_is_no_error() -> None:
    assert lines("<div>" * 50_000 + "It sank.</div>") is not None
