"""Nexis: exports of LexisNexis, many articles a file, as HTML or as the text of other formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from presslens.problems import Problem
from presslens.reading import nexis_html, nexis_text
from presslens.reading.cleaning import STANDFIRST_WORDS, clean, mend_line
from presslens.reading.credits import dateline_agencies
from presslens.reading.databases import MAX_DOCUMENTS
from presslens.reading.draft import Draft
from presslens.reading.files import Source, read_text
from presslens.reading.language_names import language_named
from presslens.reading.nexis_bylines import take_byline
from presslens.reading.nexis_dates import date_in
from presslens.reading.nexis_document import Document
from presslens.reading.nexis_labels import is_rights, label_of
from presslens.reading.nexis_outlets import outlet_at_head
from presslens.reading.registry import Found, Reader
from presslens.reading.word_counts import count_problem, words_stated

_NAME = "nexis"
# Parts of SECTION that say where in the paper rather than under what.
_PAGE = re.compile(
    r"(?:pgs?|pages?|p|s|seite|version|column|part|edition)\b[.:]?\s*[\w ,/-]{0,20}\d[\w ,/-]{0,20}"
    r"|pg\..{0,20}|section [a-z0-9]{1,3}",
    re.IGNORECASE,
)

_ERROR = re.compile(r"we are sorry but there is an error in this document", re.IGNORECASE)


def _recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 -- exports bear any name
    return nexis_html.is_html_export(head)


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- an export has no text of its own
    documents, announced = nexis_html.documents_of(read_text(source.path))
    yield from _articles(documents, announced, source.origin)


READER = Reader(_NAME, "Nexis exports (.html)", _recognises, _read)


def is_export(text: str) -> bool:
    """Whether a text is an export of Nexis or Nexis Uni."""
    return nexis_text.is_text_export(text)


def begins_part(line: str) -> bool:
    """Whether a printed line begins a field or a document, or ends one."""
    return nexis_text.is_mark(line) or is_rights(line) or label_of(line, capitals=False) is not None


def articles_from_text(text: str, *, origin: str) -> Iterator[Found]:
    """The articles of an export's text, and a Problem for each that is not all there.

    Args:
        text: the file's text or, from a word processor's file, its paragraphs, one a line.
        origin: how messages call the file; its articles are `origin:1`, `origin:2` …
    """
    documents, announced = nexis_text.documents_of(text)
    yield from _articles(documents, announced, origin)


def _articles(documents: list[Document], announced: int, origin: str) -> Iterator[Found]:
    if not documents:
        reason = "it is a Nexis export without documents; export it again with their full text"
        yield Problem(origin, "reading", reason)
        return
    for number, document in enumerate(documents[:MAX_DOCUMENTS], start=1):
        place = f"{origin}:{number}"
        try:
            yield from _article(document, place)
        except Exception as error:  # noqa: BLE001 -- one document must not cost the others
            reason = f"it could not be read ({type(error).__name__}: {error}); check the export"
            yield Problem(place, "reading", reason)
    if len(documents) > MAX_DOCUMENTS:
        reason = f"it has more than {MAX_DOCUMENTS} documents, which were read; split the file"
        yield Problem(origin, "reading", reason)
    elif len(documents) < announced:
        yield Problem(
            origin,
            "reading",
            f"it announces {announced} documents but has {len(documents)}, so"
            f" {announced - len(documents)} are missing; export it again, unless other files have"
            " them",
        )


def _article(document: Document, origin: str) -> Iterator[Found]:
    if _ERROR.search(document.raw[:500]):
        reason = "Nexis could not display this document; look it up and export it again"
        yield Problem(origin, "reading", reason)
        return
    draft = Draft(outlet=outlet_at_head(document.outlet), section=_section(document))
    draft.title, standfirst = _title(document)
    if document.date and (when := date_in(document.date)):
        draft.date_it(when)
    take_byline(" ".join(document.fields.get("byline", [])), draft)
    draft.language = language_named(" ".join(document.fields.get("language", [])).split(";")[0])
    draft.captions += document.fields.get("graphic", [])
    draft.corrections += document.fields.get("correction", [])
    lines = [line for line in map(mend_line, document.body) if line]
    body = clean([*standfirst, *lines], draft) if lines else []
    if not body:
        reason = "the document has no text; export it with its full text"
        yield Problem(origin, "reading", reason)
        return
    draft.credits += dateline_agencies(body[0])
    article = draft.finish(body, raw=document.raw, origin=origin, reader=_NAME)
    yield article
    stated = words_stated(" ".join(document.fields.get("length", [])))
    if count_problem(article, stated):
        # The standfirst is counted by some papers only, and captions in the text by all
        own = replace(article, text="\n".join(lines), body_start=0)
        if problem := count_problem(own, stated):
            yield problem


def _title(document: Document) -> tuple[str | None, list[str]]:
    """The headline and the standfirst, which may stand under it, behind a semicolon in it, or in
    a field of its own."""
    lines = [line for line in map(mend_line, document.title) if line]
    lines = lines or [line for line in map(mend_line, document.fields.get("headline", [])) if line]
    parts = [part for line in _lines(lines) for part in re.split(r";(?=\S)", line)]
    deck = next(
        (n for n in range(1, len(parts)) if len(parts[n].split()) >= STANDFIRST_WORDS), len(parts)
    )
    title = "; ".join(parts[:deck]) or None
    highlight = mend_line(" ".join(document.fields.get("highlight", [])))
    standfirst = [" ".join(parts[deck:])] if parts[deck:] else []
    return title, standfirst + ([highlight] if highlight else [])


def _lines(lines: list[str]) -> list[str]:
    """A headline's lines; what ends in a semicolon or goes on in small letters is one."""
    found: list[str] = []
    for line in lines:
        if found and (found[-1].endswith(";") or line[:1].islower()):
            found[-1] += f" {line}"
        else:
            found.append(line)
    return [line.rstrip("; ") for line in found]


def _section(document: Document) -> str | None:
    """The section; the page, column and version that follow would make each its own."""
    parts = " ".join(document.fields.get("section", [])).split(";")
    kept = [part.strip() for part in parts if part.strip() and not _PAGE.fullmatch(part.strip())]
    return mend_line("; ".join(kept))
