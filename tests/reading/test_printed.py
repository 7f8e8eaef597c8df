"""Printed exports: documents of Nexis and Factiva from PDF files, set here as those databases print
them; the papers, people and places in them are invented."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from found import body_of, found_in, sort_out
from made_pdf import Press, Text, width_of

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading.pdf import READER

FERRY = [
    (
        "The night ferry between Halden and Sundby will run around the clock from July, its"
        " operator said on Thursday, after nurses and bakers had asked for it for years, in letters"
        " and once with a choir on the quay."
    ),
    (
        '"We heard them," said the director, Kim Solberg, who took a night boat herself last week.'
        " At four in the morning, she said, the quay is full of people in white coats and aprons."
    ),
    "Not everybody is glad.",
    (
        "The extra boats will cost the two towns about 9 million crowns a year, according to a"
        " study by the port authority, which had advised against them as the quay is too short."
        " Subject: to approval, the study says, nothing stands in the way of a longer one."
    ),
    (
        "Sundby's mayor called the plan a gift to the working night. The council of Halden will"
        " vote on its share of the money in June, and a majority for it is likely, members said."
    ),
    (
        "Fishermen fear for their nets, which lie across the fairway until dawn from April on. The"
        " government promised lights for every one of them, paid out of the harbour dues."
    ),
]
BAKERS = [
    "Bakers in Sundby sold out of rolls before dawn on Friday, and the guild called it a record.",
    (
        "The mayor, Jo Roe, queued for an hour and left with a single bun and a long face, she said"
        " at the counter, where the radio played and nobody minded the wait."
    ),
]
LONG = [f"Point {n} of the report: {FERRY[n % 6]}" for n in range(24)]
LONG_TITLE = (
    "Ferry between Halden and Sundby will run around the clock from July, and nurses and bakers of"
    " both towns are glad of it"
)


@dataclass(frozen=True)
class Printed:
    """A document as an export has it."""

    title: str
    body: list[str]
    outlet: str = "Harbour Post"
    day: str = "July 1, 2019 Monday 9:20 AM GMT"
    byline: str = "Mira Holt and Lisa Aas"
    words: int | None = None
    number: int = 1

    @property
    def length(self) -> int:
        return self.words or sum(len(paragraph.split()) for paragraph in self.body)


EXPORT = [
    Printed(LONG_TITLE, LONG),
    Printed("Bakers sold out", BAKERS, "Sundby Post", "2 July 2019", "Ana Lima", number=2),
    Printed("Bakers sold out", BAKERS[::-1], "Sundby Post", "3 July 2019", "Ana Lima", number=3),
    Printed("Letters", FERRY, "The Guardian(London)", "July 4, 2019 Thursday", "", number=4),
]


def centred(words: str, base: float, size: float) -> list[Text]:
    """A line in the middle of a page, or two."""
    lines = Press().wrap(words, size, 495)
    return [
        (297.5 - width_of(line, size) / 2, base - 1.2 * size * number, size, line)
        for number, line in enumerate(lines)
    ]


def nexis(
    export: list[Printed],
    *,
    announced: int = 0,
    head: float = 10,
    justified: bool = False,
    hyphens: bool = False,
) -> bytes:
    """An export of Nexis Uni: a cover with a table of documents, each document on its own pages,
    of which all but the first have its title for a running head."""
    press = Press(justified=justified, hyphens=hyphens)
    press.set("User Name: Kim Solberg", before=20)
    press.set("Date and Time: Friday, July 5, 2019 9:31:00 AM CEST", before=4)
    press.set("Job Number: 91234567", before=4)
    press.set(f"Documents ({announced or len(export)})", size=12, before=12)
    for document in export:
        press.set(f"{document.number}. {document.title}", before=10)
        for line in ("Client/Matter: -None-", "Search Terms: ferry", "Search Type: Terms"):
            press.set(line, before=4, inset=10)
        press.set("Narrowed by:", before=4, inset=10)
        press.set("Content Type", before=4, inset=10)
        press.beside("Narrowed by", 300)
        press.set("News", before=4, inset=10)
        press.beside("Timeline: Jul 01, 2019 to Jul 31, 2019", 300)
    for document in export:
        press.head = head_of(document, head)
        press.turn()
        set_nexis(press, document)
    foot = "| About LexisNexis | Privacy Policy | Terms & Conditions | Copyright © 2019 LexisNexis"
    press.pages[0] += [(100, 30, 8, foot), (480, 18, 8, "Kim Solberg")]
    for number, page in enumerate(press.pages, start=1):
        page.append((480, 815, 8, f"Page {number} of {len(press.pages)}"))
    return press.print()


def head_of(document: Printed, size: float = 10) -> Callable[[int], list[Text]]:
    return lambda number: centred(document.title, 802, size) if number > 1 else []


def set_nexis(press: Press, document: Printed) -> None:
    press.set(document.title, size=14, before=12, centred=True)
    press.set(document.outlet, before=10, centred=True)
    press.set(document.day, before=6, centred=True)
    press.set("Copyright 2019 Harbour Papers All Rights Reserved", before=18, centred=True)
    press.set("Section: Local news; Pg. 12", before=16)
    press.set(f"Length: {document.length} words", before=6)
    if document.byline:
        press.set(f"Byline: {document.byline}", before=6)
    press.set("Body", size=14, before=12)
    for paragraph in document.body:
        press.set(paragraph, before=10)
    press.set("Graphic", size=14, before=12)
    press.set("Dawn at the quay of Sundby, which was taken from the bridge of a boat", before=10)
    press.set("Classification", size=14, before=12)
    press.set("Language: ENGLISH", before=10)
    press.set("Publication-Type: Newspaper", before=6)
    press.set("Subject: FERRIES (90%); BAKERIES (55%); " + "TRADE UNIONS (51%); " * 9, before=6)
    press.set("Load-Date: July 4, 2019", before=6)
    press.set("End of Document", before=16, centred=True)


def older_nexis(export: list[Printed], total: int | None = None) -> bytes:
    """An export of the older kind, whose later pages say title, paper and date again."""
    press = Press(top=760)
    press.pages.clear()
    for document in export:
        again = f"{document.title} {document.outlet} {document.day}"
        press.head = head_of(replace(document, title=again), 8)
        press.turn()
        press.set(f"{document.number} of {total or len(export)} DOCUMENTS", centred=True)
        press.set(document.outlet, before=20, centred=True)
        press.set(document.day, before=12, centred=True)
        press.set(document.title, size=12, before=12)
        if document.byline:
            press.set(f"BYLINE: By {document.byline}", before=12)
        press.set("SECTION: Local news; Pg. 12", before=12)
        press.set(f"LENGTH: {document.length} words", before=12)
        for paragraph in document.body:
            press.set(paragraph, before=12)
        press.set("LOAD-DATE: July 5, 2019", before=12)
        press.set("LANGUAGE: ENGLISH", before=12)
        press.set("PUBLICATION-TYPE: Newspaper", before=12)
        press.set("Copyright 2019 Harbour Papers Ltd", before=20, centred=True)
        press.set("All Rights Reserved", centred=True)
    for number, page in enumerate(press.pages, start=1):
        page.append((500, 815, 8, f"Page {number}"))
    return press.print()


FACTIVA = [
    replace(document, day=day, outlet=outlet)
    for document, day, outlet in zip(
        EXPORT,
        ("1 July 2019", "2 July 2019", "3 July 2019", "4 July 2019"),
        ("Harbour Post", "Sundby Post", "Sundby Post", "The Guardian"),
        strict=True,
    )
]


def factiva(export: list[Printed], *, hyphens: bool = False, coded: bool = False) -> bytes:
    """An export of Factiva: a table of contents, then documents one under the other."""
    press = Press(hyphens=hyphens)
    press.set("Dow Jones Factiva", size=16)
    for document in export:
        lines = press.wrap(document.title, 10, 420)
        for line in lines[:-1]:
            press.set(line, before=4)
        press.set(f"{lines[-1]}{'.' * (110 - len(lines[-1]))} {document.number + 1}", before=4)
    press.turn()
    for document in export:
        (set_codes if coded else set_displayed)(press, document)
    for number, page in enumerate(press.pages, start=1):
        foot = f"Page {number} of {len(press.pages)} © 2019 Factiva, Inc. All rights reserved."
        page.append((50, 30, 8, foot))
    return press.print()


def number_of(document: Printed) -> str:
    return f"HARPO00020190701eh710000{document.number}"


def set_displayed(press: Press, document: Printed) -> None:
    press.set("Local news", size=9, before=20)
    press.set(document.title, size=13, before=4)
    fields = [document.byline and f"By {document.byline}", f"{document.length} words", document.day]
    fields += ["09:20", document.outlet, "HARPO", "First edition", "12", "English"]
    for field in filter(None, fields):
        press.set(field)
    press.set("Copyright 2019 Harbour Papers. All Rights Reserved.")
    for paragraph in document.body:
        press.set(paragraph, before=10)
    press.set(f"Document {number_of(document)}", before=10)


def set_codes(press: Press, document: Printed) -> None:
    def field(code: str, *paragraphs: str) -> None:
        for number, paragraph in enumerate(paragraphs):
            press.set(paragraph, inset=60, before=10 if number else 4, code="" if number else code)

    press.base -= 16
    field("SE", "Local news")
    field("HD", document.title)
    if document.byline:
        field("BY", f"By {document.byline}")
    field("WC", f"{document.length} words")
    field("PD", document.day)
    field("SN", document.outlet)
    field("SC", "HARPO")
    field("LA", "English")
    field("CY", "Copyright 2019 Harbour Papers. All Rights Reserved.")
    field("LP", *document.body[:2])
    field("TD", *document.body[2:])
    field("NS", "gcat : Political/General News | glab : Labor Issues")
    field("RE", "noruz : Northland")
    field("AN", f"Document {number_of(document)}")


def read(raw: bytes, folder: Path) -> tuple[list[Article], list[Problem]]:
    return sort_out(found_in(READER, raw, folder, "a.pdf"))


def check(raw: bytes, export: list[Printed], folder: Path) -> None:
    """All documents are there with the fields that all exports have, and nothing went wrong."""
    articles, problems = read(raw, folder)
    assert problems == []
    assert [article.origin for article in articles] == [
        f"a.pdf:{number + 1}" for number in range(len(export))
    ]
    for article, document in zip(articles, export, strict=True):
        assert article.title == document.title
        assert article.outlet == document.outlet.partition("(")[0]
        assert article.published == date(2019, 7, document.number)
        assert article.authors == tuple(filter(None, document.byline.split(" and ")))
        assert (article.section, article.language) == ("Local news", "en")
        assert body_of(article) == document.body


@pytest.mark.parametrize("head", [10, 14])
@pytest.mark.parametrize("set_as", [{}, {"justified": True}, {"justified": True, "hyphens": True}])
def test_nexis_gives_all_documents_with_their_fields(
    head: float, set_as: dict[str, bool], tmp_path: Path
) -> None:
    check(nexis(EXPORT, head=head, **set_as), EXPORT, tmp_path)


def test_nexis_gives_captions_and_the_moment(tmp_path: Path) -> None:
    articles, _ = read(nexis(EXPORT), tmp_path)
    assert articles[0].published_time == datetime(2019, 7, 1, 9, 20, tzinfo=UTC)
    caption = "Dawn at the quay of Sundby, which was taken from the bridge of a boat"
    assert {article.captions for article in articles} == {(caption,)}
    assert {article.reader for article in articles} == {"nexis"}


def test_the_older_layout_of_nexis_gives_them_too(tmp_path: Path) -> None:
    check(older_nexis(EXPORT), EXPORT, tmp_path)


@pytest.mark.parametrize("coded", [False, True])
@pytest.mark.parametrize("hyphens", [False, True])
def test_factiva_gives_all_documents_with_their_fields(
    coded: bool, hyphens: bool, tmp_path: Path
) -> None:
    check(factiva(FACTIVA, coded=coded, hyphens=hyphens), FACTIVA, tmp_path)
    articles, _ = read(factiva(FACTIVA, coded=coded), tmp_path)
    assert [article.id for article in articles] == [number_of(document) for document in FACTIVA]


@pytest.mark.parametrize("lines", range(0, 45, 3))
def test_wherever_pages_turn_documents_stay_whole(lines: int, tmp_path: Path) -> None:
    preface = Printed("Notices", [f"Notice {n} of the harbour." for n in range(lines + 9)])
    export = [replace(preface, day="1 July 2019"), *FACTIVA[1:]]
    check(factiva(export), export, tmp_path)
    check(nexis(export), export, tmp_path)


def test_many_documents_of_one_paper_and_day_keep_their_heads(tmp_path: Path) -> None:
    export = [
        replace(EXPORT[1], title="Letters", body=[f"Sir, this is number {n}.", *BAKERS])
        for n in range(40)
    ]
    articles, problems = read(nexis(export), tmp_path)
    assert problems == []
    assert [body_of(article) for article in articles] == [document.body for document in export]
    assert {(a.title, a.outlet, a.published) for a in articles} == {
        ("Letters", "Sundby Post", date(2019, 7, 2))
    }


@pytest.mark.parametrize(
    "raw", [nexis(EXPORT, announced=9), older_nexis(EXPORT, total=9)], ids=["newer", "older"]
)
def test_missing_documents_of_nexis_are_counted(raw: bytes, tmp_path: Path) -> None:
    articles, problems = read(raw, tmp_path)
    assert len(articles) == 4
    assert ["5 are missing" in problem.reason for problem in problems] == [True]


@pytest.mark.parametrize("make", [nexis, older_nexis, factiva])
def test_a_text_shorter_than_its_length_is_kept_and_reported(
    make: Callable[[list[Printed]], bytes], tmp_path: Path
) -> None:
    export = [FACTIVA[0], replace(FACTIVA[1], words=934), FACTIVA[2]]
    articles, problems = read(make(export), tmp_path)
    assert len(articles) == 3
    assert [problem.origin for problem in problems] == ["a.pdf:2"]
    assert "934" in problems[0].reason


def test_what_a_library_stamps_on_each_page_is_no_text(tmp_path: Path) -> None:
    press = Press(bottom=100)
    for document in EXPORT:
        press.turn()
        set_nexis(press, document)
    for page in press.pages:
        page.append((50, 60, 8, "Lent to reader 12 of the Halden Library"))
    check(press.print(), EXPORT, tmp_path)


def test_an_export_cut_off_gives_the_documents_before_the_cut(tmp_path: Path) -> None:
    press = Press()
    for document in EXPORT[:2]:
        press.turn()
        set_nexis(press, document)
    press.pages[-1] = [text for text in press.pages[-1] if text[1] > 560]
    articles, _ = read(press.print(), tmp_path)
    assert [article.title for article in articles] == [LONG_TITLE, "Bakers sold out"]
    assert body_of(articles[0]) == LONG


def test_a_printed_article_about_exports_is_none(tmp_path: Path) -> None:
    press = Press()
    press.set("How to print an export", size=20)
    for paragraph in [*FERRY, "Each document ends with these words:", "End of Document"]:
        press.set(paragraph, before=10)
    (article,), problems = read(press.print(), tmp_path)
    assert (article.reader, article.title, problems) == ("pdf", "How to print an export", [])


def test_paragraphs_that_only_an_indent_parts_stay_apart(tmp_path: Path) -> None:
    press = Press()
    for document in EXPORT[:2]:
        press.turn()
        press.set(f"{document.number} of 2 DOCUMENTS", centred=True)
        for line in (document.outlet, document.day, document.title, "BYLINE: Ana Lima"):
            press.set(line, before=12)
        press.set(f"LENGTH: {document.length} words", before=12)
        press.base -= 12
        for paragraph in document.body:
            first, *others = press.wrap(paragraph, 10, 480)
            press.set(first, inset=15)
            if others:
                press.set(" ".join(others))
        press.set("LOAD-DATE: July 5, 2019", before=12)
    articles, problems = read(press.print(), tmp_path)
    assert problems == []
    assert [body_of(article) for article in articles] == [LONG, BAKERS]


def test_hundreds_of_documents_are_read_in_time(tmp_path: Path) -> None:
    start = time.process_time()
    export = [replace(EXPORT[3], title=f"Letters {n}", number=n) for n in range(150)]
    articles, problems = read(nexis(export), tmp_path)
    assert problems == []
    assert [article.title for article in articles] == [document.title for document in export]
    assert time.process_time() - start < 20
