"""Nexis: exports of LexisNexis, many articles a file, as HTML or as the text of other formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from presslens.problems import Problem
from presslens.reading import nexis_html, nexis_text
from presslens.reading.cleaning import STANDFIRST_WORDS, clean, mend_line
from presslens.reading.credits import dateline_agencies, is_agency, people
from presslens.reading.databases import (
    MAX_DOCUMENTS,
    count_problem,
    language_named,
    outlet_called,
    words_stated,
)
from presslens.reading.draft import Draft
from presslens.reading.files import Source, read_text
from presslens.reading.nexis_text import Document
from presslens.reading.outlets import known_outlets, outlet_named
from presslens.reading.registry import Found, Reader

_NAME = "nexis"
# Places that Nexis adds to a paper's name, and the country that the paper is then of.
_PLACES = {
    "london": "GB", "england": "GB", "uk": "GB", "united kingdom": "GB", "scotland": "GB",
    "belfast": "GB", "manchester": "GB", "ireland": "IE", "dublin": "IE", "usa": "US",
    "new york": "US", "washington": "US", "canada": "CA", "toronto": "CA", "australia": "AU",
    "sydney": "AU", "melbourne": "AU", "new zealand": "NZ", "india": "IN", "singapore": "SG",
    "south africa": "ZA", "nigeria": "NG", "kenya": "KE", "malaysia": "MY", "israel": "IL",
}  # fmt: skip
_PLACE = re.compile(r"(?P<name>[^()]{2,80}?)\s*\((?P<place>[^()]{2,40})\)")
_SMALL = frozenset("ON OF THE AND IN FOR AT".split())
_DOMAIN = re.compile(r"\.(?:com|co\.uk|ie|org|net)$", re.IGNORECASE)
# Parts of SECTION that say where in the paper rather than under what.
_PAGE = re.compile(
    r"(?:pgs?|pages?|p|s|seite|version|column|part|edition)\b[.:]?\s*[\w ,/-]{0,20}\d[\w ,/-]{0,20}"
    r"|pg\..{0,20}|section [a-z0-9]{1,3}",
    re.IGNORECASE,
)

_LONGEST_BYLINE = 300
_ROLE = (
    r"(?:correspondent|reporter|editor|writer|columnist|critic|journalist|staff|analyst)s?\b"
    r"(?: (?:in|at) [A-Z]\w+)?"
)
_ROLE_AFTER_COMMA = re.compile(rf"\s*,[^,;&]{{0,60}}?\b{_ROLE}", re.IGNORECASE)
_ROLE_AFTER_NAME = re.compile(
    rf"^(?P<name>(?:[\w.'’-]+ ){{2}})(?:[\w.'’-]+ ){{0,4}}?{_ROLE}.*", re.IGNORECASE
)
_BY = re.compile(r"(?:by|from|von|par|exclusive by)\s*:?\s+", re.IGNORECASE)
_SIGNED = re.compile(r"(?:^|[,\s])\s*--?\s*\(?(?P<agency>[^()]{2,60})\)?\s*$")
_BRACKET = re.compile(r"\s*\((?P<inside>[^()]{1,60})\)")
_REPORTING = re.compile(r"(?:additional )?reporting by\b", re.IGNORECASE)
_AND = re.compile(r"\s*[,/]\s*|\s+and\s+")
_NAMES = re.compile(r"\s*[,;&]\s*|\s+and\s+", re.IGNORECASE)
_SCOTS = re.compile(r"(Mc)([a-zß-ÿ]{3,})|(Mc|Mac)([A-ZÀ-Þ]{3,})")
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
    draft = Draft(outlet=_outlet(document.outlet), section=_section(document))
    draft.title, standfirst = _title(document)
    if document.date and (when := nexis_text.date_in(document.date)):
        draft.date_it(when)
    _take_byline(" ".join(document.fields.get("byline", [])), draft)
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


def _outlet(name: str | None) -> str | None:
    """A paper's name as our list has it, without the place that Nexis adds to it."""
    name = mend_line(name)
    if name is None:
        return None
    name = re.sub(r"(?<=\w)\(", " (", name)
    found = outlet_called(name)
    if found is None or found != name or outlet_named(name):
        return found
    match = _PLACE.fullmatch(name)
    if match and (country := _PLACES.get(match["place"].strip().lower())):
        plain = outlet_called(match["name"])
        if any(o.name == plain and o.country == country for o in known_outlets().values()):
            return plain
    undotted = _DOMAIN.sub("", name)
    known = outlet_called(undotted) if undotted != name else None
    return known if known and outlet_named(known) else _unshouted(name)


def _unshouted(name: str) -> str:
    """A paper's name without capitals throughout: "HALDEN ON SUNDAY (Oslo)"."""
    plain, bracket, place = name.partition("(")
    if not plain.isupper() or " " not in plain.strip():
        return name
    words = [
        word.lower() if n and word in _SMALL else word.title()
        for n, word in enumerate(plain.split(" "))
    ]
    return " ".join(words) + bracket + place


def _section(document: Document) -> str | None:
    """The section; the page, column and version that follow would make each its own."""
    parts = " ".join(document.fields.get("section", [])).split(";")
    kept = [part.strip() for part in parts if part.strip() and not _PAGE.fullmatch(part.strip())]
    return mend_line("; ".join(kept))


def _take_byline(byline: str, draft: Draft) -> None:
    """Takes people and agencies over: "By KIM SOLBERG, Marine Correspondent, --(Reuter)"."""
    byline = (mend_line(byline) or "")[:_LONGEST_BYLINE]
    if match := _SIGNED.search(byline):
        draft.credits += _agencies(match["agency"])
        byline = byline[: match.start()]
    for match in _BRACKET.finditer(byline):
        if is_agency(match["inside"]) or match["inside"].isupper():
            draft.credits += _agencies(match["inside"])
    byline = _BRACKET.sub("", byline).strip(" ,;.-")
    byline = _ROLE_AFTER_COMMA.sub("", _BY.sub("", byline, count=1))
    names = [_ROLE_AFTER_NAME.sub(r"\g<name>", name).strip() for name in _NAMES.split(byline)]
    found = people(", ".join(names)) if byline else None
    if found:
        draft.authors += map(_cased, found[0])
        draft.credits += found[1]


def _agencies(text: str) -> list[str]:
    text = text.strip(" .")
    return [text] if _REPORTING.match(text) else [name for name in _AND.split(text) if name]


def _cased(name: str) -> str:
    """A name without the capitals in which bylines are set: "SEAN McBRIDE", "TREVOR Lunn"."""
    words = name.split()
    # Of a name all in capitals short words are, too; of others they may be initials
    shortest = 3 if all(word.isupper() or _SCOTS.fullmatch(word) for word in words) else 4
    return " ".join(_cased_word(word, shortest) for word in words)


def _cased_word(word: str, shortest: int) -> str:
    if match := _SCOTS.fullmatch(word):
        return (match[1] or match[3]) + (match[2] or match[4]).capitalize()
    return word.title() if word.isupper() and len(word) >= shortest else word
