"""Running text: prose is known whatever its file is called, unlike code and markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from presslens.reading import read
from presslens.reading.running_text import is_running_text

STORY = (
    "Ferry plan, long delayed, divides the council\n\nBy Mira Holt\n\n2 June 2024\n\n"
    "The council of Quelling argued until midnight about a ferry, which many want.\n\n"
    "“We will go on,” the mayor said when the doors had been closed behind everyone."
)


@pytest.mark.parametrize(
    "name", ["a.csv", "a.tsv", "a.json", "a.jsonl", "a.html", "a.xml", "a.jpg", "a.pdf", "a.py"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_prose_is_read_whatever_its_file_is_called(
    tmp_path: Path, name: str, encoding: str
) -> None:
    (tmp_path / name).write_bytes(STORY.encode(encoding))
    (article,) = read(tmp_path / name)
    assert article.reader == "dump"
    assert article.title == "Ferry plan, long delayed, divides the council"
    assert article.authors == ("Mira Holt",)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        STORY.replace("\n\n", "\r\n\r\n"),
        "議会は月曜日に新しいフェリーの計画を承認した。" * 4,
        "मेयर ने सोमवार को कहा कि नई नाव अगले साल से चलेगी और सब लोग उसमें जा सकेंगे, यह तय है.",
    ],
)
def test_paragraphs_of_sentences_are_running_text(text: str) -> None:
    assert is_running_text(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{STORY}</p>",
        '{"text": "The council of Quelling argued until midnight about a ferry."}',
        '["The council of Quelling argued until midnight about a ferry."]',
        "def sail(ferry):\n    return [quay(x) for x in ferry.quays if x.is_open(ferry=ferry)].\n",
        "2024-06-02 10:00:01 INFO ferry[12]: sailed 12:30, 14:30, 16:30; 3 quays, 120 seats.\n" * 9,
        "Ferry\nQuay\nBoat\n",
        "%PDF-1.4 The council of Quelling argued until midnight about a ferry, many want.",
        "",
    ],
)
def test_code_markup_and_lists_are_no_running_text(text: str) -> None:
    assert not is_running_text(text.encode())
