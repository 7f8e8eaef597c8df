"""Factiva's documents: the fields that all its exports have, and the article that they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from presslens.problems import Problem
from presslens.reading.cleaning import bare, clean, mend_line
from presslens.reading.credits import dateline_agencies, is_agency, people, read_byline
from presslens.reading.databases import byline_written, outlet_called
from presslens.reading.dates import When
from presslens.reading.draft import Draft
from presslens.reading.language_names import language_named
from presslens.reading.registry import Found
from presslens.reading.urls import url_of_line
from presslens.reading.wire import add_names
from presslens.reading.word_counts import count_problem, is_count, words_stated
from presslens.reading.written_dates import when_written

READER_NAME = "factiva"
# Source code (padded with noughts), day, and what tells articles of a day apart, as in
# ABCD000020210503eh5300001; some shorten it.
ACCESSION = r"[A-Z0-9]{4,14}(?:19|20)\d{6}[A-Za-z0-9]{0,12}"
DOCUMENT_LINE = re.compile(
    rf"(?:AN[\s|:]{{0,8}})?(?:documento?|dokument|документ|文件|文書|문서)\s{{1,4}}(?P<number>{ACCESSION})",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?(?:[A-Z]{1,5}|[+-]\d\d:?\d\d))?",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z0-9]{2,10}")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright|\(copyright\)|alle rechte|tous droits).{0,400}"
    r"|.{0,300}\b(?:copyright|rights? reserved|droits réservés|rechte vorbehalten|derechos"
    r" reservados|tutti i diritti)\b.{0,100}",
    re.IGNORECASE,
)
# Between the source's code and the language stand edition, page, volume and the like.
_BETWEEN = 7
_COPYRIGHT_LINES = 2
_SECTION_WORDS = 8
# What stands for a name without "By" under a headline.
_BYLINE_WORDS = 14
_NAMES_WORDS = 3
_FOREIGN_BYLINE = re.compile(r"(?:par|von|por|di|door|av|af)\s+[A-ZÀ-Þ].{1,120}", re.IGNORECASE)


@dataclass(slots=True)
class Document:
    """The fields of a document as the export writes them.

    Attributes:
        raw: its own part of the export, for the article's id where it has no number.
        shown: the same line by line, where `raw` runs its lines together.
        number: the accession number, which names it in all exports.
        words: the count of words, as in "512 words".
        date, time, language: as the interface's language writes them; `when` and `code` where
            the export has them for machines.
        lead, text: paragraphs of the lead and of what follows.
    """

    raw: str
    shown: str | None = None
    number: str | None = None
    headline: str | None = None
    section: str | None = None
    byline: str | None = None
    credit: str | None = None
    words: str | None = None
    date: str | None = None
    time: str | None = None
    when: When | None = None
    source: str | None = None
    language: str | None = None
    code: str | None = None
    url: str | None = None
    lead: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)


def articles_of(document: Document, origin: str) -> Iterator[Found]:
    """The article that a document is; a Problem where it has no text or not as much as it says."""
    draft = _draft(document)
    body = clean(_joined(document.lead, document.text), draft)
    if not body:
        reason = "the document has a head but no text; export it with its full text"
        yield Problem(origin, "reading", reason)
        return
    draft.credits += dateline_agencies(body[0])
    article = draft.finish(body, raw=document.raw, origin=origin, reader=READER_NAME)
    yield article
    problem = count_problem(article, words_stated(document.words))
    if problem:
        yield problem


def fill_from_head(document: Document, lines: list[str]) -> int:
    """Takes what follows the count of words over; returns how many of the lines it is.

    They are date, time (not always), source, its code, edition, page and the like, language and
    copyright.
    """
    position = 0
    if lines and when_written(lines[0]):
        document.date, position = lines[0], 1
    if position < len(lines) and _CLOCK.fullmatch(lines[position]):
        document.time, position = lines[position], position + 1
    if position < len(lines):
        document.source, position = lines[position], position + 1
    if position < len(lines) and _CODE.fullmatch(lines[position]):
        position += 1
    for index in range(position, min(position + _BETWEEN, len(lines))):
        if language_named(lines[index]):
            document.language, position = lines[index], index + 1
            break
    return _after_copyright(lines, position, after_language=document.language is not None)


def fill_from_top(document: Document, lines: list[str]) -> None:
    """Takes what stands before the count of words over: section, headline and byline.

    Where the headline is known already, the lines are those under it.
    """
    lines = [document.headline, *lines] if document.headline else list(lines)
    bylines: list[str] = []
    while len(lines) > 1 and _is_byline(lines[-1], lines[:-1]):
        bylines.insert(0, lines.pop())
    if bylines:
        document.byline = document.byline or "; ".join(bylines)
    if document.headline is None and lines:
        document.headline = lines.pop()
        if lines and len(lines[-1].split()) <= _SECTION_WORDS:
            document.section = lines[-1]


def starts_head(line: str, following: str) -> bool:
    """Whether a line is the count of words over the date, which each document has."""
    return is_count(line) and when_written(following) is not None


def _draft(document: Document) -> Draft:
    draft = Draft(id=document.number, shown=document.shown)
    draft.title = mend_line(document.headline)
    draft.section = mend_line(document.section)
    draft.outlet = outlet_called(mend_line(document.source))
    draft.language = document.code or language_named(mend_line(document.language))
    draft.url = url_of_line(document.url.strip()) if document.url else None
    when = document.when or _when(document)
    if when:
        draft.date_it(when)
    add_names(draft, byline_written(document.byline))
    credit = mend_line(document.credit)
    draft.credits += [credit] if credit else []
    draft.captions += document.captions
    draft.corrections += document.corrections
    return draft


def _when(document: Document) -> When | None:
    """The day, and the moment where the time has a zone."""
    day = when_written(document.date)
    return when_written(f"{document.date} {document.time}") if day and document.time else day


def _joined(lead: list[str], text: list[str]) -> list[str]:
    """Lead and text one after the other, what both have (the text may begin with the lead) once."""
    ends, begins = [bare(each) for each in lead], [bare(each) for each in text[: len(lead)]]
    for shared in range(len(begins), 0, -1):
        if ends[-shared:] == begins[:shared]:
            return [*lead, *text[shared:]]
    return [*lead, *text]


def _after_copyright(lines: list[str], position: int, *, after_language: bool) -> int:
    for index in range(position, min(position + _COPYRIGHT_LINES, len(lines))):
        if _COPYRIGHT.fullmatch(lines[index]):
            return index + 1
    # "The Lantern 2021." is one without the word, which always follows the language
    line = lines[position] if position < len(lines) else ""
    year = re.search(r"\b(?:19|20)\d\d\b", line)
    return (
        position + 1
        if after_language and year and len(line.split()) <= _SECTION_WORDS
        else position
    )


def _is_byline(line: str, above: list[str]) -> bool:
    """Whether a line over the count of words is a byline.

    A headline may have the form of a name ("Harbour Reopens"), so a name under one short line,
    which may be the section, is none.
    """
    if len(line.split()) > _BYLINE_WORDS:
        return False
    if read_byline(line) or _FOREIGN_BYLINE.fullmatch(line):
        return True
    named = is_agency(line) or people(line) is not None
    return named and (len(above) > 1 or len(above[-1].split()) > _NAMES_WORDS)
