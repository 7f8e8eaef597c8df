"""Forwarded: what mail puts around a text."""

from __future__ import annotations

from presslens.reading.forwarded import unforwarded


def test_the_head_of_a_mail_goes() -> None:
    text = (
        "From: A <a@b.example>\nSent: Monday\nTo: Desk\nSubject: FW: Ferry\n\nFerry runs\n\nIt ran."
    )
    assert unforwarded(text).strip() == "Ferry runs\n\nIt ran."


def test_a_note_above_a_forwarded_text_and_the_marks_of_quotation_go() -> None:
    text = (
        "For the files.\n\n---------- Forwarded message ---------\n> Ferry runs\n>\n"
        "> The ferry ran\n> on Monday.\n"
    )
    assert unforwarded(text).strip() == "Ferry runs\n\nThe ferry ran\non Monday."


def test_a_text_with_a_quoted_line_stays() -> None:
    text = "Subject: matter of a poem\n\nHe wrote:\n> a line\n\nThat was all.\n"
    assert unforwarded(text) == text
