"""RTF: what of a document is the article; documents are made here, their people invented."""

from __future__ import annotations

import random
import time
import tracemalloc
from pathlib import Path

import pytest
from found import article_in, body_of, found_in

from presslens.article import Article
from presslens.problems import Problem, ReadingError
from presslens.reading import exports, rtf
from presslens.reading.files import source_of
from presslens.reading.registry import Found
from presslens.reading.rtf import READER

FIRST = (
    "The night ferry between Halden and Sundby will run around the clock from July, its operator"
    " said on Thursday, after nurses and bakers had asked for it for years."
)
SECOND = (
    "The extra boats will cost the two towns about 9 million crowns a year, according to a study"
    " by the port authority, which had advised against them."
)
FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times New Roman;}"
    r"{\f1\fnil\fcharset238 Arial CE;}}"
)
# Word and Factiva write pictures as hexadecimal digits in lines.
PICTURE = r"{\*\shppict{\pict\pngblip " + "\n".join(["89504e470d0a1a0a" * 8] * 200) + "}}"


@pytest.fixture(autouse=True)
def _no_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "DATABASES", ())


def document(*paragraphs: str, info: str = "") -> bytes:
    text = "\n".join(rf"\pard\plain {paragraph}\par" for paragraph in paragraphs)
    head = rf"{{\rtf1\ansi\ansicpg1252\deff0{FONTS}{{\colortbl;\red0\green0\blue0;}}"
    return f"{head}{{\\info{info}}}\n{text}\n}}".encode("cp1252")


def read(raw: bytes, folder: Path, name: str = "a.rtf") -> list[Found]:
    return found_in(READER, raw, folder, name)


def article(raw: bytes, folder: Path, name: str = "a.rtf") -> Article:
    return article_in(READER, raw, folder, name)


def test_a_document_is_an_article_with_its_paragraphs(tmp_path: Path) -> None:
    raw = document("Ferry will run all night", "By Mira Holt", "2 May 2024", FIRST, SECOND)
    found = article(raw, tmp_path)
    assert found.title == "Ferry will run all night"
    assert found.authors == ("Mira Holt",)
    assert str(found.published) == "2024-05-02"
    assert body_of(found) == [FIRST, SECOND]
    assert (found.reader, found.origin) == ("rtf", "a.rtf")


def test_letters_are_read_in_code_pages_fonts_and_unicode(tmp_path: Path) -> None:
    text = r"\ldblquote Caf\'e9\rdblquote  {\f1 \'b3\'f3d\'9f} \u8211? \u-10179?\u-8704? in May. "
    found = article(document(text + FIRST, SECOND), tmp_path)
    assert body_of(found)[0].startswith("“Café” łódź – 😀 in May. The night ferry")


def test_words_that_are_not_running_text_stay_out(tmp_path: Path) -> None:
    text = (
        r"{\header A running head\par}{\footer Page 3\par}The boat "
        r"{\deleted\revauthdel1 sank}{\v secretly}sailed{\footnote A note} "
        r'{\field{\*\fldinst{HYPERLINK "https://harbourpost.example/x"}}{\fldrslt{to Sundby}}}'
        r"{\*\annotation Sure?} on Friday, its captain told us, and came back."
    )
    found = body_of(article(document(text, PICTURE + SECOND), tmp_path))
    first = "The boat sailed to Sundby on Friday, its captain told us, and came back."
    assert found == [first, SECOND]


def test_the_files_own_title_is_taken_and_who_saved_it_is_no_author(tmp_path: Path) -> None:
    info = (
        r"{\title Boats f\'fcr bakers}{\author Mira Holt}{\creatim\yr2019\mo3\dy4}"
        r"{\*\company X}"
    )
    found = article(document(FIRST, SECOND, info=info), tmp_path)
    assert (found.title, found.authors) == ("Boats für bakers", ())
    assert found.published is None
    info = r"{\title Document1}{\author Windows User}"
    found = article(document(FIRST, SECOND, info=info), tmp_path)
    assert (found.title, found.authors) == (None, ())


def test_documents_are_recognised_by_content_first() -> None:
    assert READER.recognises(document(FIRST), "storm.doc")
    assert not READER.recognises(b"Ferry will run all night\n", "storm.rtf")


def test_a_truncated_document_gives_what_is_left_of_it(tmp_path: Path) -> None:
    raw = document("Ferry will run all night", FIRST, SECOND)
    assert body_of(article(raw[: raw.index(b"The extra") + 40], tmp_path))[0] == FIRST


@pytest.mark.parametrize("raw", [b"{\\rtf1}", b"{\\rtf", b"{\\rtf1\\ansi{\\fonttbl{\\f0"])
def test_a_document_without_words_is_an_error_that_says_so(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(ReadingError, match="no text"):
        read(raw, tmp_path)


def test_noise_never_gives_anything_but_an_article_or_a_reason(tmp_path: Path) -> None:
    draw = random.Random(4)  # noqa: S311 -- damage, not secrets
    good = document("Ferry will run all night", FIRST + r"\u8211?\'e9\bin5 abcde", SECOND)
    for _ in range(200):
        raw = bytearray(good)
        for _ in range(6):
            raw[draw.randrange(6, len(raw))] = draw.randrange(256)
        try:
            assert all(isinstance(found, Article | Problem) for found in read(bytes(raw), tmp_path))
        except ReadingError as error:
            assert ";" in str(error)


@pytest.mark.parametrize(
    "piece",
    [
        r"{\field{\*\fldinst{HYPERLINK ",
        r"{\FIELD{\*\fldinst{ HYPERLINK \"",
        "{",
        r"{\fonttbl\f1",
        r"\f1\f2",
        r"{\info{\title ",
        r"\u99999999999 ",
        r"{\pict\bin" + "9" * 5000,
        "0a" * 300,
    ],
)
def test_hostile_documents_take_no_time(tmp_path: Path, piece: str) -> None:
    start = time.monotonic()
    for opening in (r"{\rtf1 ", r"{\rtf1{\fonttbl", r"{\rtf1{\info"):
        raw = (opening + piece * (2**19 // len(piece))).encode()
        try:
            read(raw, tmp_path)
        except ReadingError as error:
            assert ";" in str(error)
    assert time.monotonic() - start < 15


def test_too_large_a_document_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtf, "MAX_MARKUP", 2**20)
    with pytest.raises(ReadingError, match="split it"):
        read(document(FIRST * 10_000), tmp_path)
    assert article(document(FIRST, PICTURE * 60, SECOND), tmp_path)


@pytest.mark.parametrize("piece", [b"a ga ga g", b"a" * 511 + b"g", b"\n" * 9, b"\\'e9\\u233?"])
def test_a_large_file_is_refused_in_little_room(tmp_path: Path, piece: bytes) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 " + piece * (20 * 2**20 // len(piece)))
    tracemalloc.start()
    start = time.process_time()
    with pytest.raises(ReadingError, match=r"split it|no text"):
        list(READER.read(source_of(path), False))
    took, room = time.process_time() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took < 5
    assert room < 70 * 2**20


def test_pictures_go_and_long_numbers_stay(tmp_path: Path) -> None:
    number = "12" * 200
    found = article(document(f"{FIRST} The number was {number}.", PICTURE + SECOND), tmp_path)
    assert body_of(found) == [f"{FIRST} The number was {number}.", SECOND]
