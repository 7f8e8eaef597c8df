"""Blocks: paragraphs end where the markup or the text ends them."""

from __future__ import annotations

from presslens.reading.blocks import blocks_of_html


def test_line_breaks_end_paragraphs_where_they_are_doubled_or_follow_a_full_stop() -> None:
    page = "One\n goes <b>on</b><br>here.<br>Two.<br/><br/>Three &amp; four<br><br>"
    assert blocks_of_html(page).paragraphs == ["One goes on here.", "Two.", "Three & four"]


def test_plain_text_keeps_its_signs() -> None:
    assert blocks_of_html("3 < 4 and R&D\n\nNext").paragraphs == ["3 < 4 and R&D", "Next"]
