"""The lines around an article that it holds nowhere."""

from __future__ import annotations

import time
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from presslens.analysis import analyze
from presslens.article import Article, compose
from presslens.reading import read_all
from presslens.reading.draft import WANTS_DROPPED
from presslens.reading.dropped import dropped_lines
from presslens.schemas import TABLES

BODY = [
    "The ferry Solveig ran aground off Kestrel Point on Monday, its operator said.",
    "Nobody was hurt, and all 42 passengers walked ashore before noon.",
]


def article(**given: object) -> Article:
    text, start = compose("Ferry runs aground", BODY)
    known: dict[str, object] = {"id": "a", "text": text, "title": "Ferry runs aground"}
    return Article(**{**known, "body_start": start, **given})  # type: ignore[arg-type]


def raw(*around: str) -> str:
    return "\n\n".join(["Ferry runs aground", *BODY, *around])


def test_a_text_of_which_all_is_kept_drops_nothing() -> None:
    assert dropped_lines(raw(), article()) == ()


def test_lines_that_the_article_lacks_are_dropped_in_order_and_once() -> None:
    around = ("Share this story", "Most read", "Share this story", "Sign up for our newsletter")
    assert dropped_lines(raw(*around), article()) == (
        "Share this story",
        "Most read",
        "Sign up for our newsletter",
    )


def test_text_that_was_lost_by_mistake_is_seen() -> None:
    lost = "The coast guard said the tide would lift her by evening."
    assert dropped_lines(raw(lost), article()) == (lost,)


def test_lines_wrapped_anywhere_are_held_by_their_paragraph() -> None:
    wrapped = raw().replace("ran aground off", "ran\naground\noff").replace("noon", "\nnoon")
    assert dropped_lines(wrapped, article()) == ()


def test_a_word_that_the_text_has_too_is_still_a_dropped_line() -> None:
    assert dropped_lines(raw("Passengers", "Ferry"), article()) == ("Passengers", "Ferry")


def test_of_a_line_that_is_held_in_part_the_rest_is_shown() -> None:
    text = raw().replace("before noon.", "before noon. Sign up for our harbour newsletter")
    assert dropped_lines(text, article()) == ("… Sign up for our harbour newsletter",)
    text = raw().replace("Nobody was", "Click here to share. Nobody was")
    assert dropped_lines(text, article()) == ("Click here to share …",)


def test_captions_links_and_credits_that_fields_hold_are_not_dropped() -> None:
    caption, link = "The Solveig on Monday", "How ferries are salvaged"
    found = article(captions=(caption,), related=(link,), credits=("Coast News Agency",))
    assert dropped_lines(raw(caption, link, "Coast News Agency", "Print"), found) == ("Print",)


@pytest.mark.parametrize(
    "line",
    [
        "By Ana Lima",
        "By Ana Lima and Jo Roe, Harbour Post",
        "Updated: 3 March 2025 10:15",
        "Author:",
    ],
)
def test_a_line_that_only_says_what_fields_hold_is_not_dropped(line: str) -> None:
    found = article(
        authors=("Ana Lima", "Jo Roe"), outlet="Harbour Post", published=date(2025, 3, 3)
    )
    assert dropped_lines(raw(line), found) == ()


@pytest.mark.parametrize("line", ["By Ana Lima", "3 March 2025", "12"])
def test_the_same_line_is_dropped_where_no_field_holds_it(line: str) -> None:
    assert dropped_lines(raw(line), article()) == (line,)


def test_a_page_drops_its_menus_but_not_what_no_browser_shows() -> None:
    page = (
        "<html><head><title>Ferry runs aground - Harbour Post</title></head><body>"
        "<nav><ul><li>World<li>Sport</ul></nav><script>track()</script><h1>Ferry runs aground</h1>"
        + "".join(f"<p>{line}</p>" for line in BODY)
        + "<div>Most read</div></body></html>"
    )
    assert dropped_lines(page, article()) == ("World", "Sport", "Most read")


def test_reading_fills_it_in_only_where_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(raw("Share this story", "Sign up for our newsletter"), "utf-8")
    (plain,) = read_all([path])
    found = read_all([path, path], dropped=True)
    asked = next(found)
    assert not WANTS_DROPPED.get()
    assert isinstance(plain, Article) and plain.dropped == ()
    assert isinstance(asked, Article)
    assert asked.dropped == ("Share this story", "Sign up for our newsletter")
    assert next(found) == asked


def test_each_document_of_a_file_has_its_own(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        '{"text": "The dam broke on Monday near Velm.\\n\\nShare this story"}\n'
        '{"text": "The dam held on Tuesday near Velm.\\n\\nAdvertisement"}\n'
    )
    articles = [item for item in read_all([path], dropped=True) if isinstance(item, Article)]
    assert [item.dropped for item in articles] == [("Share this story",), ("Advertisement",)]


def test_no_table_has_it_and_analysis_takes_articles_that_do() -> None:
    assert "dropped" in {field.name for field in fields(Article)}
    assert "dropped" not in TABLES["articles"].names
    with_lines, without = analyze(article(dropped=("Share",))), analyze(article())
    assert len(without.statements)
    assert_frame_equal(with_lines.statements, without.statements)


def test_a_very_long_text_is_compared_in_time() -> None:
    long = "\n".join(f"word{n} of a line that nobody kept {n}" for n in range(300_000))
    start = time.process_time()
    assert dropped_lines(long, article())
    assert time.process_time() - start < 8
