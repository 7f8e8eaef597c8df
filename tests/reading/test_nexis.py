"""Nexis exports in their layouts; the papers, people and places in them are invented."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from presslens.article import Article
from presslens.paths import ROOT
from presslens.problems import Problem
from presslens.reading.files import HEAD_BYTES, source_of
from presslens.reading.html import READER as WEB_PAGES
from presslens.reading.nexis import READER, articles_from_text, is_export

SAMPLES = ROOT.parent / "shared" / "data" / "formats"
needs_samples = pytest.mark.skipif(
    not (SAMPLES / "nexis").exists(), reason="needs the samples in ../shared/data/formats"
)

FERRY = [
    (
        "The ferry between Halden and Sundby will run around the clock from July, its operator said"
        " on Thursday, after nurses and bakers had asked for it for years."
    ),
    '"We heard them," said the director, Kim Solberg, who took a night boat herself last week.',
    "The council of Halden will vote on its share of the money in June.",
]
BAKERS = [
    "Bakers in Sundby sold out of rolls before dawn on Friday, and the guild called it a record.",
    "The mayor, Jo Roe, queued for an hour and left with a single bun and a long face, she said.",
]
WORDS = {"ferry": sum(len(p.split()) for p in FERRY), "bakers": sum(len(p.split()) for p in BAKERS)}


def wrapped(text: str, width: int = 78) -> str:
    lines, line = [], ""
    for word in text.split():
        if len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def older(*, ferry_words: int = WORDS["ferry"], total: int = 2, cover: str = "1-2") -> str:
    """An export as plain text, its lines wrapped, two documents in it."""
    return f"""


Download Request: Selected Items: {cover}
Time Of Request: Friday, March 20, 2018  16:51:31

Terms: (ferry OR bakers) and LENGTH(>10)


                               1 of {total} DOCUMENTS


                            The Guardian (London)

                         January 11, 2010 Monday
                              Final Edition;
                             Correction Appended

Ferry will run
all night

BYLINE: By KIM McBRIDE, Marine Correspondent and Ana Lima, --(Reuter)

SECTION: HOME NEWS; HARBOUR NOTES; Pg. 12

LENGTH: {ferry_words} words

DATELINE: HALDEN

HIGHLIGHT: Night boats after years of asking by those who work while others sleep

{(chr(10) * 2).join(map(wrapped, FERRY))}

LOAD-DATE: January 12, 2010

LANGUAGE: ENGLISH

GRAPHIC: Dawn at the quay of Sundby

The director on board

CORRECTION-DATE: January 13, 2010

CORRECTION: An earlier report named the wrong quay.

SUBJECT: FERRIES (90%); BAKERIES (55%)

PUBLICATION-TYPE: Newspaper


                     Copyright 2010 Harbour Papers Ltd
                              All Rights Reserved

                               2 of {total} DOCUMENTS


                              SUNDBY ON SUNDAY

                            11. Januar 2010 Montag

DUP: a headline with a colon

LENGTH: {WORDS["bakers"]} words

{(chr(10) * 2).join(map(wrapped, BAKERS))}

LANGUAGE: ENGLISH

                     Copyright 2010 Harbour Papers Ltd
"""


def newer(*, pages: bool = False) -> str:
    """An export of Nexis Uni: paragraphs of a Word document, or a PDF file's with their pages."""
    page = "Page 2 of 3\nFerry will run all night\n" if pages else ""
    return f"""
Date and Time: Friday, 5. July 2019 09:31:00 CEST
Job Number: 00000001
Documents (2)
1. Ferry will run all night
Client/Matter: -None-
Search Terms: ferry
2. Bakers; sold out

Ferry will run all night
The Guardian(London)
July 1, 2019 Monday 9:20 AM GMT

Copyright 2019 Harbour Papers All Rights Reserved

Section:\u00a0POLITICS; Version:28
Length:\u00a0{WORDS["ferry"]} words
Byline:\u00a0Mira Holt (now) and Lisa O'Dell Ferries correspondent
Highlight:\u00a0Night boats after years of asking
Body

{FERRY[0]}
{page}
{FERRY[1]}
Subject: to approval, the boats will be painted red, it said.
{FERRY[2]}
Graphic

Dawn at the quay of Sundby
Classification

Language:\u00a0ENGLISH
Subject:\u00a0FERRIES (90%)
Load-Date:\u00a0July 4, 2019

End of Document

Bakers sold out;Guild of Sundby speaks of a record day
Sundby Post
2 July 2019

Length:\u00a0{WORDS["bakers"]} words
Body

{BAKERS[0]}

{BAKERS[1]}
Load-Date:\u00a0July 4, 2019

End of Document
"""


def part(text: str, label: str = "") -> str:
    bold = f'<SPAN CLASS="c7">{label}: </SPAN>' if label else ""
    return f'<BR><DIV CLASS="c4"><P CLASS="c5">{bold}<SPAN CLASS="c2">{text}</SPAN></P>\n</DIV>\n'


def document(number: int, total: int, title: str, paragraphs: list[str], *fields: str) -> str:
    text = "\n".join(f'<P CLASS="c8"><SPAN CLASS="c2"> {p}</SPAN></P>' for p in paragraphs)
    words = sum(len(p.split()) for p in paragraphs)
    return (
        f'<A NAME="DOC_ID_{number}_0"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n'
        f"<DOCFULL> -->\n"
        + part(f"{number} of {total} DOCUMENTS")
        + part("The Irish Times")
        + part('<SPAN CLASS="c6">June</SPAN> 17, 1995, CITY EDITION')
        + part(title)
        + part("By JO O'ROE and MAOL LUNN, --(PA)", "BYLINE")
        + part("FRONT PAGE; Pg. 1", "SECTION")
        + part(f"{words} words", "LENGTH")
        + f'<BR><DIV CLASS="c4">{text}</DIV>\n'
        + "".join(fields)
        + part("June 19, 1995", "LOAD-DATE")
        + part("ENGLISH", "LANGUAGE")
        + part("Copyright 1995 Harbour Papers")
        + "<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n"
    )


def page(*documents: str, total: int | None = None) -> str:
    count = len(documents) if total is None else total
    return (
        "<HTML>\n<HEAD>\n<STYLE><!--\n.c0 { text-align: center; }\n--></STYLE>\n"
        f'<META TOPIC="null" DOCUMENTS="{count}" UPDATED="Tuesday, November 18, 2014" /></HEAD>\n'
        f"<BODY>\n{''.join(documents)}</BODY></HTML>"
    )


def ferry_page(**options: int) -> str:
    return page(
        document(1, 2, "Ferry will run all night", FERRY, part("Dawn at the quay", "GRAPHIC")),
        document(2, 2, "Bakers sold out<BR>Why the guild of Sundby is glad of the boats", BAKERS),
        **options,
    )


def read_text(text: str) -> tuple[list[Article], list[Problem]]:
    return parted(articles_from_text(text, origin="a.txt"))


def read_page(html: str | bytes, folder: Path) -> tuple[list[Article], list[Problem]]:
    path = folder / "export.bin"
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    return parted(READER.read(source_of(path), False))


def parted(found: Iterator[Article | Problem]) -> tuple[list[Article], list[Problem]]:
    items = list(found)
    return (
        [item for item in items if isinstance(item, Article)],
        [item for item in items if isinstance(item, Problem)],
    )


def body(article: Article) -> list[str]:
    return article.text[article.body_start :].split("\n\n")


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
    assert body(ferry)[-3:] == FERRY
    assert highlight in body(ferry)
    assert body(bakers) == BAKERS


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


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("The Sun (England)", "The Sun"),
        ("Guardian.com", "The Guardian"),
        ("The Times (London)", "The Times"),
        ("The Times (South Africa)", "The Times (South Africa)"),
        ("The Guardian(London)", "The Guardian"),
        ("telegraph.co.uk", "The Daily Telegraph"),
        ("Halden Bugle", "Halden Bugle"),
    ],
)
def test_outlets_are_named_as_in_our_list_where_it_has_them(name: str, outlet: str) -> None:
    (ferry, _), _ = read_text(older().replace("The Guardian (London)", name))
    assert ferry.outlet == outlet


@pytest.mark.parametrize(
    ("byline", "authors", "agencies"),
    [
        ("--(Reuter, PA)", (), ("Reuter", "PA")),
        ("By NEW YORK", (), ()),
        ("From DES LUNN", ("Des Lunn",), ()),
        ("Ann Roe Scottish Political Reporter", ("Ann Roe",), ()),
        ("Daniel Roe in Brussels", ("Daniel Roe",), ()),
        ("By ANN ROE, Religious Affairs Correspondent", ("Ann Roe",), ()),
        (
            "By ANN ROE, --(Additional reporting by PA)",
            ("Ann Roe",),
            ("Additional reporting by PA",),
        ),
        ("Letters", (), ()),
    ],
)
def test_bylines_give_people_without_their_offices_and_agencies_apart(
    byline: str, authors: tuple[str, ...], agencies: tuple[str, ...]
) -> None:
    text = older().replace("By KIM McBRIDE, Marine Correspondent and Ana Lima, --(Reuter)", byline)
    (ferry, _), _ = read_text(text)
    assert (ferry.authors, ferry.credits) == (authors, agencies)


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
    assert body(bakers) == ["Guild of Sundby speaks of a record day", *BAKERS]
    assert (bakers.outlet, bakers.published) == ("Sundby Post", date(2019, 7, 2))


def test_a_line_of_the_text_that_looks_like_a_label_stays_in_it() -> None:
    (ferry, _), _ = read_text(newer())
    assert body(ferry) == [
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


def test_the_html_export_gives_every_field(tmp_path: Path) -> None:
    (ferry, bakers), problems = read_page(ferry_page(), tmp_path)
    assert problems == []
    assert (ferry.title, ferry.outlet) == ("Ferry will run all night", "The Irish Times")
    assert (ferry.published, ferry.section) == (date(1995, 6, 17), "FRONT PAGE")
    assert (ferry.authors, ferry.credits) == (("Jo O'Roe", "Maol Lunn"), ("PA",))
    assert (ferry.captions, ferry.language) == (("Dawn at the quay",), "en")
    assert body(ferry) == FERRY
    assert bakers.title == "Bakers sold out"
    assert body(bakers) == ["Why the guild of Sundby is glad of the boats", *BAKERS]
    assert str(bakers.origin).endswith("export.bin:2")


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-8", "utf-8-sig"])
def test_html_in_old_encodings_is_read(encoding: str, tmp_path: Path) -> None:
    accents = "Señora Núñez drank café in Århus, where the naïve façade had cost £90, she said."
    html = page(document(1, 1, "Århus café", [accents, *FERRY]))
    (article,), _ = read_page(html.encode(encoding), tmp_path)
    assert article.title == "Århus café"
    assert body(article)[0] == accents


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
    assert body(article)[-3:] == ["1 Bank 1", "2 Bank 2", "3 Bank 3"]


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
    return parted(READER.read(source_of(path), False))


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
