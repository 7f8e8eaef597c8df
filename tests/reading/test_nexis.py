"""Nexis exports as text in their layouts; the papers, people and places in them are invented."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from found import body_of, sort_out
from made_nexis import BAKERS, FERRY, newer, older, wrapped

from presslens.article import Article
from presslens.paths import ROOT
from presslens.problems import Problem
from presslens.reading.nexis import articles_from_text, is_export

SAMPLES = ROOT.parent / "shared" / "data" / "formats"
needs_samples = pytest.mark.skipif(
    not (SAMPLES / "nexis").exists(), reason="needs the samples in ../shared/data/formats"
)


def read_text(text: str) -> tuple[list[Article], list[Problem]]:
    return sort_out(articles_from_text(text, origin="a.txt"))


def test_the_older_text_gives_every_field_of_a_document() -> None:
    (ferry, _), problems = read_text(older().replace("\n", "\r\n"))
    assert problems == []
    assert ferry.title == "Ferry will run all night"
    assert (ferry.outlet, ferry.published) == ("The Guardian", date(2010, 1, 11))
    assert (ferry.section, ferry.language) == ("HOME NEWS; HARBOUR NOTES", "en")
    assert ferry.authors == ("Kim McBride", "Ana Lima")
    assert ferry.credits == ("Reuter",)
    assert ferry.captions == ("Dawn at the quay of Sundby", "The director on board")
    assert ferry.corrections == ("An earlier report named the wrong quay.",)
    assert (ferry.origin, ferry.reader) == ("a.txt:1", "nexis")


def test_wrapped_lines_become_paragraphs_and_no_field_stays_in_the_text() -> None:
    (ferry, bakers), _ = read_text(older())
    highlight = "Night boats after years of asking by those who work while others sleep"
    assert body_of(ferry)[-3:] == FERRY
    assert highlight in body_of(ferry)
    assert body_of(bakers) == BAKERS


def test_a_headline_with_a_colon_and_a_german_date_are_read() -> None:
    (_, bakers), _ = read_text(older())
    assert bakers.title == "DUP: a headline with a colon"
    assert (bakers.published, bakers.outlet) == (date(2010, 1, 11), "Sundby on Sunday")


def test_a_headline_that_was_wrapped_is_one_line() -> None:
    title = (
        "Ferry between Halden and Sundby will run around the clock from July, nurses and bakers"
        " glad"
    )
    (ferry, _), _ = read_text(older().replace("Ferry will run\nall night", wrapped(title)))
    assert ferry.title == title


@pytest.mark.parametrize(
    ("line", "published", "moment"),
    [
        ("June 17, 1995, CITY EDITION", date(1995, 6, 17), None),
        ("December 19, 1991, Sunday, An Edition", date(1991, 12, 19), None),
        ("Monday, June 12, 1995", date(1995, 6, 12), None),
        ("12 June 1995", date(1995, 6, 12), None),
        ("11 janvier 2010 lundi", date(2010, 1, 11), None),
        (
            "July 1, 2019 Monday 9:20 AM GMT",
            date(2019, 7, 1),
            datetime(2019, 7, 1, 9, 20, tzinfo=UTC),
        ),
        ("June 1995", None, None),
    ],
)
def test_dates_of_all_forms_are_read_and_never_invented(
    line: str, published: date | None, moment: datetime | None
) -> None:
    (ferry, _), _ = read_text(older().replace("January 11, 2010 Monday", line))
    assert (ferry.published, ferry.published_time) == (published, moment)
    assert (ferry.title, ferry.outlet) == ("Ferry will run all night", "The Guardian")


def test_a_text_shorter_than_its_length_is_kept_and_reported() -> None:
    articles, problems = read_text(older(ferry_words=584))
    assert len(articles) == 2
    assert [problem.origin for problem in problems] == ["a.txt:1"]
    assert "584" in problems[0].reason


def test_missing_documents_are_counted() -> None:
    articles, problems = read_text(older(cover="1-5, 8"))
    assert len(articles) == 2
    assert [problem.origin for problem in problems] == ["a.txt"]
    assert "4 are missing" in problems[0].reason


def test_without_a_cover_the_documents_own_numbers_announce() -> None:
    text = older(total=9)
    _, problems = read_text(text[text.index("1 of 9") :])
    assert "7 are missing" in problems[0].reason


def test_the_newer_layout_gives_every_field() -> None:
    assert is_export(newer())
    (ferry, bakers), problems = read_text(newer())
    assert problems == []
    assert (ferry.title, ferry.outlet) == ("Ferry will run all night", "The Guardian")
    assert ferry.published_time == datetime(2019, 7, 1, 9, 20, tzinfo=UTC)
    assert (ferry.section, ferry.language) == ("POLITICS", "en")
    assert ferry.authors == ("Mira Holt", "Lisa O'Dell")
    assert ferry.captions == ("Dawn at the quay of Sundby",)
    assert bakers.title == "Bakers sold out"
    assert body_of(bakers) == ["Guild of Sundby speaks of a record day", *BAKERS]
    assert (bakers.outlet, bakers.published) == ("Sundby Post", date(2019, 7, 2))


def test_a_line_of_the_text_that_looks_like_a_label_stays_in_it() -> None:
    (ferry, _), _ = read_text(newer())
    assert body_of(ferry) == [
        "Night boats after years of asking",
        *FERRY[:2],
        "Subject: to approval, the boats will be painted red, it said.",
        FERRY[2],
    ]


def test_page_numbers_and_running_heads_of_a_pdf_file_are_no_text() -> None:
    (paged, _), _ = read_text(newer(pages=True))
    (plain, _), _ = read_text(newer())
    assert paged.text == plain.text


def test_labels_without_blank_lines_between_them_are_fields() -> None:
    text = older()
    for label in ("SECTION", "LENGTH", "DATELINE", "HIGHLIGHT", "SUBJECT", "LANGUAGE"):
        text = text.replace(f"\n\n{label}:", f"\n{label}:")
    (dense, _), problems = read_text(text)
    (ferry, _), _ = read_text(older())
    assert problems == []
    assert (dense.text, dense.section, dense.authors) == (ferry.text, ferry.section, ferry.authors)


def test_a_cover_right_above_the_first_headline_is_no_headline() -> None:
    (ferry, _), _ = read_text(newer().replace("sold out\n\nFerry", "sold out\nFerry"))
    assert ferry.title == "Ferry will run all night"


def test_the_same_document_has_the_same_id_in_another_export() -> None:
    (ferry, _), _ = read_text(older())
    (again, _), _ = read_text(older(total=300, cover="1-9"))
    assert ferry.id == again.id


@pytest.mark.parametrize("make", [older, newer])
def test_an_export_cut_off_anywhere_gives_the_documents_before_the_cut(
    make: Callable[[], str],
) -> None:
    text = make()
    whole, _ = read_text(text)
    second = text.index("2 of 2 DOC" if make is older else "Bakers sold out;")
    for end in range(second, len(text), 37):
        articles, _ = read_text(text[:end])
        assert articles[0] == whole[0]
    articles, problems = read_text(text[: text.index("The council of")])
    assert len(articles) == 1
    assert any("missing" in problem.reason for problem in problems)


def test_ordinary_texts_are_no_exports() -> None:
    assert is_export(older())
    assert not is_export("")
    assert not is_export("\n\n".join(FERRY))
    assert not is_export("Police seized 3 of 10 DOCUMENTS\n\nLENGTH: 12 words\n\n" + FERRY[0])
    assert not is_export("3 of 10 DOCUMENTS\n\nwere read out, the court heard.\n\n" + FERRY[0])
    assert not is_export("Body\n\nThe body was found at dawn.\n\nEnd of Document\n")
    assert not is_export("Section: News\nByline: Ana Lima\nLanguage: English\n\n" + FERRY[0])


def test_asking_a_large_text_is_quick() -> None:
    texts = ["\n" * 2_000_000 + "DOCUMENT Body", " " * 2_000_000 + "Body", "1 of " * 400_000]
    start = time.perf_counter()
    assert not any(map(is_export, texts))
    assert time.perf_counter() - start < 5


@needs_samples
def test_the_real_text_export() -> None:
    text = (SAMPLES / "nexis" / "sample.TXT").read_text("utf-8-sig")
    assert is_export(text)
    articles, problems = read_text(text)
    assert (len(articles), problems) == (10, [])
    assert all(article.title and article.published for article in articles)
    outlets = Counter(article.outlet for article in articles)
    assert (outlets["The Guardian"], outlets["The Times"], outlets["The Sun"]) == (3, 3, 1)


@needs_samples
def test_the_real_word_export() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(str(SAMPLES / "nexis" / "sample.DOCX"))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert is_export(text)
    articles, problems = read_text(text)
    assert len(articles) == 10
    assert all(article.outlet == "The Guardian" and article.title for article in articles)
    assert all(article.published_time for article in articles)
    # Whoever made the sample put other texts into it but left the lengths
    assert all("words" in problem.reason for problem in problems)
