"""Markdown: marks taken out, headings and pictures told."""

from __future__ import annotations

from presslens.reading.markdown import HEADING, PICTURE, marks_removed, without_markdown


def test_headings_pictures_links_and_emphasis() -> None:
    text = without_markdown(
        "# A title\n\n![The quay](https://a.example/q.jpg)\n\n"
        "He **left** [the town](https://a.example/t) *at noon*.\n\n* * *\n"
    )
    assert text.split("\n\n")[:3] == [
        f"{HEADING}A title",
        f"{PICTURE}The quay",
        "He left the town at noon.",
    ]
    assert marks_removed(f"{HEADING}A title") == "A title"


def test_an_underlined_line_is_a_heading() -> None:
    assert without_markdown("A title\n=======\n\nText.").startswith(f"{HEADING}A title\n")


def test_front_matter_becomes_labels() -> None:
    text = without_markdown(
        '---\ntitle: "A title"\nauthor:\n  - "[[Ana Lima]]"\nviews: 4\n---\nText.\n'
    )
    assert "title: A title" in text
    assert "author: Ana Lima" in text
    assert "views" not in text


def test_other_texts_stay() -> None:
    text = "Prices rose * 4 and fell_again_ in #1.\n\n- a\n- b\n"
    assert without_markdown(text) == text
