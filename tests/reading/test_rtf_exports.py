"""RTF exports: documents of Nexis and Factiva from RTF files, made here as those databases write
them; the papers, people and places in them are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from found import body_of, found_in, sort_out

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading.rtf import READER

FERRY = [
    (
        "The night ferry between Halden and Sundby will run around the clock from July, its"
        " operator said on Thursday, after nurses and bakers had asked for it for years."
    ),
    "“We heard them,” said the director, Kim Solberg, who took a night boat herself last week.",
    "The council of Halden will vote on its share of the money in June, members said.",
]
BAKERS = [
    "Bakers in Sundby sold out of rolls before dawn on Friday, and the guild called it a record.",
    "The mayor, Jo Roe, queued for an hour and left with a single bun and a long face, she said.",
]
DOCUMENTS = [
    ("Ferry will run all night", "Mira Holt and Lisa Aas", FERRY),
    ("Bakers sold out", "Ana Lima", BAKERS),
]
HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}{\colortbl;\red0\green0"
    r"\blue0;}{\stylesheet{\s0 Normal;}{\s1\b Heading 1;}}{\info{\title Export}{\author Nexis}}"
)
HEADER = (
    r"{\header\pard\qr Page {\field{\*\fldinst PAGE}{\fldrslt 2}} of 9\par\pard\qc %s\par}"
    r"{\footer\pard\qc Kim Solberg\par}"
)
LINK = r'{\field{\*\fldinst HYPERLINK "https://advance.example/%d"}{\fldrslt{\ul %s}}}'


def escaped(words: str) -> str:
    return "".join(
        letter if ord(letter) < 128 else rf"\u{ord(letter)}?"
        for letter in words.replace("\\", r"\\").replace("{", r"\{")
    )


def words_in(body: list[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in body)


def par(words: str, style: str = "") -> str:
    return rf"\pard\plain{style}\sb120 {words}\par" + "\n"


def row(*cells: str) -> str:
    ends = "".join(rf"\cellx{3000 * (number + 1)}" for number in range(len(cells)))
    filled = "".join(rf"\pard\intbl {cell}\cell" + "\n" for cell in cells)
    return rf"\trowd\trgaph70{ends}{filled}\row" + "\n"


def newer_nexis(*, count: int = 2) -> str:
    cover = par("User Name: Kim Solberg") + par(r"{\b Job Number:} 91234567")
    cover += par(rf"{{\b Documents ({count})}}")
    for number, (title, _, _) in enumerate(DOCUMENTS, start=1):
        cover += par(f"{number}. {LINK % (number, title)}")
        cover += par(r"{\b Client/Matter:} -None-") + par(r"{\b Search Terms:} ferry")
        cover += par("Narrowed by:") + row("Content Type", "Narrowed by")
        cover += row("News", "Timeline: Jul 01, 2019 to Jul 31, 2019")
    parts = [cover]
    for number, (title, byline, body) in enumerate(DOCUMENTS, start=1):
        parts.append(
            HEADER % title
            + par(rf"{{\*\bkmkstart a{number}}}{{\*\bkmkend a{number}}}" + LINK % (number, title))
            + par("Harbour Post", r"\qc")
            + par(f"July {number}, 2019 Monday 9:20 AM GMT", r"\qc")
            + par("")
            + par("Copyright 2019 Harbour Papers All Rights Reserved", r"\qc")
            + par(r"{\b Section:}\~POLITICS; Pg. 12")
            + par(rf"{{\b Length:}}\~{words_in(body)} words")
            + par(rf"{{\b Byline:}}\~{byline}")
            + par(r"{\b Body}", r"\s1")
            + "".join(par(escaped(paragraph)) for paragraph in body)
            + par(r"{\b Graphic}", r"\s1")
            + par("Dawn at the quay of Sundby")
            + par(r"{\b Classification}", r"\s1")
            + par(r"{\b Language:} ENGLISH")
            + par(r"{\b Load-Date:} July 4, 2019")
            + par(r"{\b End of Document}", r"\qc")
        )
    return HEAD + r"\sect\sectd ".join(parts) + "}"


def older_nexis(*, count: int = 2) -> str:
    parts = []
    for number, (title, byline, body) in enumerate(DOCUMENTS, start=1):
        fields = [
            f"{number} of {count} DOCUMENTS", "Harbour Post", f"July {number}, 2019 Monday",
            title, f"BYLINE: By {byline}", "SECTION: POLITICS; Pg. 12",
            f"LENGTH: {words_in(body)} words", *map(escaped, body),
            "GRAPHIC: Dawn at the quay of Sundby", "LOAD-DATE: July 4, 2019", "LANGUAGE: ENGLISH",
            "Copyright 2019 Harbour Papers Ltd",
        ]  # fmt: skip
        parts.append("".join(par(field) + par("") for field in fields))
    return HEAD + r"\page ".join(parts) + "}"


def number_of(number: int) -> str:
    return f"HARPO00020190701eh710000{number}"


def coded_factiva() -> str:
    rows = ""
    for number, (title, byline, body) in enumerate(DOCUMENTS, start=1):
        lead = r"\par ".join(map(escaped, body[:2]))
        fields = [
            ("SE", "POLITICS"), ("HD", rf"\b {title}\b0 "), ("BY", f"By {byline}"),
            ("WC", f"{words_in(body)} words"), ("PD", f"{number} July 2019"),
            ("SN", "Harbour Post"), ("SC", "HARPO"), ("LA", "English"),
            ("CY", r"Copyright 2019 Harbour Papers. "), ("LP", lead),
            ("TD", escaped(body[2]) if body[2:] else ""), ("NS", "gcat : Political/General News"),
            ("AN", f"Document {number_of(number)}"),
        ]  # fmt: skip
        rows += "".join(row(rf"\b {code}\b0", value) for code, value in fields if value)
        rows += par("")
    return HEAD + rows + "}"


def displayed_factiva() -> str:
    text = par("Search Summary")
    for number, (title, byline, body) in enumerate(DOCUMENTS, start=1):
        fields = [
            "POLITICS", rf"\b {title}\b0 ", f"By {byline}", f"{words_in(body)} words",
            f"{number} July 2019", "Harbour Post", "HARPO", "12", "English",
            "Copyright 2019 Harbour Papers. All Rights Reserved.", "",
        ]  # fmt: skip
        paragraphs = [each for words in map(escaped, body) for each in (words, "")]
        text += "".join(map(par, [*fields, *paragraphs, f"Document {number_of(number)}", ""]))
    return HEAD + text + "}"


def read(rtf: str, folder: Path) -> tuple[list[Article], list[Problem]]:
    return sort_out(found_in(READER, rtf, folder, "a.rtf"))


@pytest.mark.parametrize(
    "rtf", [newer_nexis(), older_nexis(), coded_factiva(), displayed_factiva()],
    ids=["newer Nexis", "older Nexis", "Factiva with codes", "Factiva as shown"],
)  # fmt: skip
def test_each_document_has_its_fields_and_its_text(rtf: str, tmp_path: Path) -> None:
    articles, problems = read(rtf, tmp_path)
    assert problems == []
    assert len(articles) == len(DOCUMENTS)
    for number, (article, (title, byline, body)) in enumerate(
        zip(articles, DOCUMENTS, strict=True), start=1
    ):
        assert article.title == title
        assert article.outlet == "Harbour Post"
        assert article.published == date(2019, 7, number)
        assert article.authors == tuple(byline.split(" and "))
        assert (article.section, article.language) == ("POLITICS", "en")
        assert body_of(article) == body
        assert article.origin == f"a.rtf:{number}"


def test_nexis_gives_captions_and_the_moment_and_factiva_its_numbers(tmp_path: Path) -> None:
    (ferry, _), _ = read(newer_nexis(), tmp_path)
    assert ferry.captions == ("Dawn at the quay of Sundby",)
    assert ferry.published_time == datetime(2019, 7, 1, 9, 20, tzinfo=UTC)
    for rtf in (coded_factiva(), displayed_factiva()):
        articles, _ = read(rtf, tmp_path)
        assert [article.id for article in articles] == [number_of(1), number_of(2)]


@pytest.mark.parametrize("rtf", [newer_nexis(count=5), older_nexis(count=5)])
def test_missing_documents_are_counted(rtf: str, tmp_path: Path) -> None:
    articles, problems = read(rtf, tmp_path)
    assert len(articles) == 2
    assert ["3 are missing" in problem.reason for problem in problems] == [True]


@pytest.mark.parametrize(
    "rtf", [newer_nexis(), older_nexis(), coded_factiva(), displayed_factiva()]
)
def test_a_text_shorter_than_its_count_is_kept_and_reported(rtf: str, tmp_path: Path) -> None:
    stated = words_in(BAKERS)
    articles, problems = read(rtf.replace(f"{stated} words", "934 words"), tmp_path)
    assert len(articles) == 2
    assert [problem.origin for problem in problems] == ["a.rtf:2"]
    assert "934" in problems[0].reason
