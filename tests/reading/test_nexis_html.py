"""Nexis's HTML exports: all documents with their fields, in bounds and from broken pages too."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from found import body_of, sort_out
from made_nexis import BAKERS, FERRY, document, ferry_page, older, page, part

from presslens.article import Article
from presslens.paths import ROOT
from presslens.problems import Problem
from presslens.reading.files import HEAD_BYTES, source_of
from presslens.reading.html import READER as WEB_PAGES
from presslens.reading.nexis import READER

SAMPLES = ROOT.parent / "shared" / "data" / "formats"
needs_samples = pytest.mark.skipif(
    not (SAMPLES / "nexis").exists(), reason="needs the samples in ../shared/data/formats"
)


def read_page(html: str | bytes, folder: Path) -> tuple[list[Article], list[Problem]]:
    path = folder / "export.bin"
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    return sort_out(READER.read(source_of(path), False))


def test_the_html_export_gives_every_field(tmp_path: Path) -> None:
    (ferry, bakers), problems = read_page(ferry_page(), tmp_path)
    assert problems == []
    assert (ferry.title, ferry.outlet) == ("Ferry will run all night", "The Irish Times")
    assert (ferry.published, ferry.section) == (date(1995, 6, 17), "FRONT PAGE")
    assert (ferry.authors, ferry.credits) == (("Jo O'Roe", "Maol Lunn"), ("PA",))
    assert (ferry.captions, ferry.language) == (("Dawn at the quay",), "en")
    assert body_of(ferry) == FERRY
    assert bakers.title == "Bakers sold out"
    assert body_of(bakers) == ["Why the guild of Sundby is glad of the boats", *BAKERS]
    assert str(bakers.origin).endswith("export.bin:2")


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-8", "utf-8-sig"])
def test_html_in_old_encodings_is_read(encoding: str, tmp_path: Path) -> None:
    accents = "Señora Núñez drank café in Århus, where the naïve façade had cost £90, she said."
    html = page(document(1, 1, "Århus café", [accents, *FERRY]))
    (article,), _ = read_page(html.encode(encoding), tmp_path)
    assert article.title == "Århus café"
    assert body_of(article)[0] == accents


def test_a_document_that_nexis_could_not_display_is_reported(tmp_path: Path) -> None:
    broken = '<A NAME="DOC_ID_2_0"></A><!-- <DOC NUMBER=1>\n<DOCFULL> -->' + part(
        "We are sorry but there is an error in this document and it is not possible."
    )
    html = page(document(1, 2, "Ferry", FERRY), broken)
    articles, problems = read_page(html, tmp_path)
    assert len(articles) == 1
    assert [problem.origin[-2:] for problem in problems] == [":2"]


def test_missing_documents_of_html_are_counted(tmp_path: Path) -> None:
    articles, problems = read_page(ferry_page(total=146), tmp_path)
    assert len(articles) == 2
    assert "144 are missing" in problems[0].reason


def test_html_cut_off_anywhere_gives_the_documents_before_the_cut(tmp_path: Path) -> None:
    html = ferry_page()
    whole, _ = read_page(html, tmp_path)
    for end in range(html.index('<A NAME="DOC_ID_2'), len(html), 41):
        articles, _ = read_page(html[:end], tmp_path)
        assert articles[0] == whole[0]
    _, problems = read_page(html[: html.index('<A NAME="DOC_ID_2')], tmp_path)
    assert any("1 are missing" in problem.reason for problem in problems)


def test_a_broken_anchor_does_not_join_two_documents(tmp_path: Path) -> None:
    html = ferry_page().replace('<A NAME="DOC_ID_2_0"', '<A NAXE="DOCXID_2_0"')
    articles, _ = read_page(html, tmp_path)
    assert [article.title for article in articles] == [
        "Ferry will run all night",
        "Bakers sold out",
    ]


def test_rows_of_a_table_are_paragraphs(tmp_path: Path) -> None:
    rows = "".join(f"<TR><TD><P>{n}</P></TD><TD><P>Bank {n}</P></TD></TR>" for n in (1, 2, 3))
    html = page(document(1, 1, "Banks", FERRY, f"<TABLE>{rows}</TABLE>"))
    (article,), _ = read_page(html, tmp_path)
    assert body_of(article)[-3:] == ["1 Bank 1", "2 Bank 2", "3 Bank 3"]


def test_exports_are_recognised_by_content_and_web_pages_are_not() -> None:
    assert READER.recognises(ferry_page().encode(), "export.txt")
    assert READER.recognises(ferry_page().encode("utf-16"), "export.html")
    quoted = "&lt;DOCFULL&gt; &lt;A NAME=&quot;DOC_ID_1_0&quot;&gt; 1 of 10 DOCUMENTS"
    web = f"<!DOCTYPE html><html><body><p>1 of 2 DOCUMENTS</p><pre>{quoted}</pre></body></html>"
    assert not READER.recognises(web.encode(), "nexis.html")
    assert WEB_PAGES.recognises(web.encode(), "nexis.html")
    assert not READER.recognises(b"", "nexis.html")
    assert not READER.recognises(older().encode(), "nexis.html")


def test_hostile_pages_are_survived_in_time(tmp_path: Path) -> None:
    start = time.perf_counter()
    for html in (
        "<DOCFULL>" * 200_000,
        "<html><DOCFULL><DOC NUMBER=1>" + "<div>" * 100_000,
        "<a " * 500_000,
        '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + ferry_page().replace("Ferry", "&a;" * 1000, 1),
    ):
        read_page(html, tmp_path)
    assert time.perf_counter() - start < 20


def sample(name: str) -> tuple[list[Article], list[Problem]]:
    path = SAMPLES / name
    assert READER.recognises(path.read_bytes()[:HEAD_BYTES], "wrong.txt")
    return sort_out(READER.read(source_of(path), False))


@needs_samples
@pytest.mark.parametrize(
    ("name", "count", "outlet", "days", "short"),
    [
        ("irish-times_1995-06-12_0001.html", 166, "The Irish Times", (12, 17), 0),
        ("sun_2000-11-01_0001.html", 32, "The Sun", (2, 30), 1),
    ],
)
def test_all_documents_of_the_real_html_exports(
    name: str, count: int, outlet: str, days: tuple[int, int], short: int
) -> None:
    articles, problems = sample(f"nexis/{name}")
    assert len(articles) == count
    # One document of the Sun has 699 words by its LENGTH and a hundred in the file
    assert len(problems) == short
    assert {article.outlet for article in articles} == {outlet}
    published = [article.published.day for article in articles if article.published]
    assert len(published) == count
    assert (min(published), max(published)) == days
    assert all(article.title and article.language == "en" for article in articles)
    assert not any("LOAD-DATE" in a.text or "Copyright" in a.text[-40:] for a in articles)


@needs_samples
def test_the_real_exports_with_an_error_and_with_missing_documents() -> None:
    articles, problems = sample("lexisnexis/lexisnexis_test_copyright_error.html")
    assert (len(articles), len(problems)) == (1, 1)
    assert articles[0].published == date(2018, 12, 31)
    articles, problems = sample("lexisnexis/lexisnexis_test_en.html")
    assert [article.published for article in articles] == [date(1991, 12, 19), date(1993, 1, 28)]
    assert articles[1].corrections
    assert articles[1].captions
    assert "144 are missing" in problems[-1].reason
