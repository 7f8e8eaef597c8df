"""Layouts and typography that articles really have, through the whole analysis."""

from typing import NamedTuple

import pytest

from presslens.analysis import analyze
from presslens.article import Article


class Said(NamedTuple):
    """What the tests look at in a row of `statements`."""

    speaker: str
    cue: str
    content: str
    form: str
    speaker_type: str
    negated: bool


@pytest.fixture
def said():
    def read(text: str, title: str | None = None) -> list[Said]:
        whole = f"{title}\n\n{text}" if title else text
        start = len(title) + 2 if title else 0
        article = Article(id="a", text=whole, title=title, body_start=start)
        analysis = analyze(article)
        counts = analysis.voices().iloc[0]
        voices = ["official", "other", "unresolved", "attribution", "unattributed"]
        assert counts[voices].sum() == counts["words"]
        return [
            Said(
                row.speaker, row.cue_text, row.content_text, row.form, row.speaker_type, row.negated
            )
            for row in analysis.statements.itertuples()
        ]

    return read


def test_a_quotation_inside_a_quotation_is_part_of_it(said):
    (row,) = said(
        "Harbourmaster Mira Quennell said on Monday: “I told the crew ‘leave the ship now’, and "
        "they left.” The ferry sank an hour later."
    )
    assert row.content == "“I told the crew ‘leave the ship now’, and they left.”"
    assert (row.speaker, row.form) == ("Mira Quennell", "direct")


def test_a_quotation_inside_a_question_keeps_its_speaker(said):
    first, *_ = said(
        "Did the mayor really say “the bridge is safe” last week? Mayor Colm Brandt declined to "
        "comment."
    )
    assert "“the bridge is safe”" in first.content
    assert (first.speaker, first.speaker_type) == ("Colm Brandt", "government")


def test_questions_and_answers_of_an_interview_are_the_writer_and_the_person_asked(said):
    rows = said(
        "Harbourmaster Mira Quennell took questions on Monday.\n\nQ: How long will the port stay "
        "shut?\n\nA: Until the river falls.\n\nQ: Who decides?\n\nA: The harbour board decides."
    )
    assert [row.speaker_type for row in rows] == ["author", "government"] * 2
    assert [row.speaker for row in rows] == ["", "Mira Quennell"] * 2
    assert {row.form for row in rows} == {"direct"}


def test_speakers_in_capitals_before_a_colon_say_what_follows(said):
    rows = said(
        "Minister Oda Brandt met the harbourmaster, Mira Quennell, on Monday.\n\n"
        "QUENNELL: The port will stay shut until the river falls.\n\n"
        "BRANDT: That is too late for the growers.\n\n"
        "QUENNELL: I know that, but the pilots will not sail."
    )
    assert [row.speaker for row in rows if row.cue == ":"] == [
        "Mira Quennell",
        "Oda Brandt",
        "Mira Quennell",
    ]
    assert {row.form for row in rows if row.cue == ":"} == {"direct"}


def test_a_tweet_is_quoted_whole_with_links_and_tags(said):
    first, *_ = said(
        "Mayor Mira Quennell tweeted on Monday: “The port is shut. Stay home. "
        "https://t.example/abc #Drenholm @portauthority”. The ferry stayed in port."
    )
    assert first.content.startswith("“The port is shut.")
    assert first.content.endswith("@portauthority”")


def test_a_quotation_in_the_title_is_a_statement(said):
    rows = said(
        "Minister Oda Brandt said on Monday that the port would not open before the river falls.",
        title="‘We will not open it,’ says minister Brandt",
    )
    assert rows[0].content.strip("‘’,") == "We will not open it"
    assert rows[0].speaker == "Oda Brandt"


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “miracle bridge” opened on Monday, three years late.",
        "The “temporary” ferry still runs, and its “luxury” cabins are full.",
        "The band played “Stay With Me Tonight” and “The River Song”; “Low Water” came out in May.",
    ],
)
def test_scare_quotes_and_titles_of_works_are_no_statements(said, text):
    assert said(text) == []


def test_what_no_one_said_is_marked_as_denied(said):
    rows = said("Nobody has said why the pumps failed. No official has claimed that it was safe.")
    assert rows
    assert all(row.negated for row in rows)


def test_a_source_in_brackets_is_found(said):
    first, *_ = said(
        "The port will stay shut until Friday (the harbour board said on Monday). It is high water."
    )
    assert first.content == "The port will stay shut until Friday"
    assert first.speaker == "harbour board"


def test_two_who_speak_together_are_one_speaker_of_the_first_ones_type(said):
    (row,) = said(
        "Finance Minister Oda Brandt and Mayor Colm Quennell said on Monday that the ferry would "
        "be replaced by summer."
    )
    assert row.speaker == "Finance Minister Oda Brandt and Mayor Colm Quennell"
    assert row.speaker_type == "government"


def test_names_in_capitals_are_the_same_person(said):
    rows = said(
        "MINISTER ODA BRANDT said the port would stay shut. “WE CANNOT OPEN IT,” BRANDT said."
    )
    assert {row.speaker for row in rows} == {"ODA BRANDT"}
    assert {row.speaker_type for row in rows} == {"government"}


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            "'It's the growers' harvest that's at risk,' said Oda Brandt, the minister.",
            "'It's the growers' harvest that's at risk,'",
        ),
        ("Oda Brandt, the minister, spoke. ‘The growers’ losses will be paid,’ she said.",
         "‘The growers’ losses will be paid,’"),
        ("Mayor Oda Brandt spoke. « We cannot open it before the river falls », she added.",
         "« We cannot open it before the river falls »"),
        ("Mayor Oda Brandt spoke. „We cannot open it before the river falls“, she added.",
         "„We cannot open it before the river falls“"),
    ],
)  # fmt: skip
def test_single_french_and_german_marks_quote_and_apostrophes_do_not(said, text, quoted):
    row = next(row for row in said(text) if row.content.strip(", ") == quoted.strip(", "))
    assert (row.speaker, row.form) == ("Oda Brandt", "direct")


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph(said):
    first, *_ = said(
        "Mayor Oda Brandt said: “We cannot open the port before the river falls.\n\n"
        "The river has risen by two metres since Monday. Pilots refuse to sail."
    )
    assert first.content == "“We cannot open the port before the river falls."
