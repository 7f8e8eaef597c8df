"""NITF: news texts in the agencies' markup, alone or within NewsML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presslens.problems import Problem, ReadingError
from presslens.reading.blocks import blocks_of
from presslens.reading.cleaning import bare, mend_line
from presslens.reading.credits import is_agency
from presslens.reading.draft import Draft
from presslens.reading.files import Source, read_bytes
from presslens.reading.lines import classify
from presslens.reading.registry import Found, Reader
from presslens.reading.wire import (
    add_names,
    article_from_blocks,
    date_first,
    shown_of_markup,
    text_of_markup,
    withdrawn,
)
from presslens.reading.xml import Element, child, every, first, parse, root_name, text_in

# Feeds put one document behind the other.
_NEXT = re.compile(rb"(?<=</nitf>)\s*(?=<[?!]|<nitf\b)")
_MAX_DOCUMENTS = 10_000
# What the New York Times' annotated corpus calls a text's section, best first.
_SECTIONS = ("online_sections", "dsk")
_LEAD = "LEAD:"
_OFFICE = re.compile(r"\b(?:staff|reporters?|writers?|editors?|correspondents?)\b", re.IGNORECASE)


def _recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 -- the root element tells
    return root_name(head) == "nitf"


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- it has markup
    raw = read_bytes(source.path)
    documents = [each for each in _NEXT.split(raw, maxsplit=_MAX_DOCUMENTS) if each.strip()]
    for number, document in enumerate(documents, start=1):
        origin = f"{source.origin}:{number}" if len(documents) > 1 else source.origin
        try:
            yield _article(parse(document), origin)
        except ReadingError as error:
            yield Problem(origin, "reading", str(error))


READER = Reader("nitf", "NITF (.xml)", _recognises, _read)


def _article(root: Element, origin: str) -> Found:
    data = first(root, "docdata")
    status = data.get("management-status") if data is not None else None
    if taken_back := withdrawn(status, origin):
        return taken_back
    draft = Draft(shown=shown_of_markup(root))
    fill_from_nitf(draft, root)
    blocks = blocks_of(_text_of(root))
    blocks.paragraphs = _without_lead_mark(blocks.paragraphs)
    return article_from_blocks(
        blocks,
        draft,
        raw=text_of_markup(root),
        origin=origin,
        reader=READER.name,
        dateline=dateline_of(root),
    )


def _text_of(root: Element) -> Element | None:
    """The element with the text; beside the full text some archives give its lead again."""
    content = first(root, "body.content", "body")
    blocks = every(content, "block") if content is not None else ()
    return next((block for block in blocks if block.get("class") == "full_text"), content)


def _without_lead_mark(paragraphs: list[str]) -> list[str]:
    """The paragraphs without "LEAD:" before the first, as old texts of the New York Times have it,
    nor that paragraph twice."""
    if not paragraphs or not paragraphs[0].startswith(_LEAD):
        return paragraphs
    lead = paragraphs[0].removeprefix(_LEAD).strip()
    rest = paragraphs[1:]
    return rest if not lead or (rest and bare(rest[0]) == bare(lead)) else [lead, *rest]


def fill_from_nitf(draft: Draft, nitf: Element) -> None:
    """Takes over what a NITF document says of its text where the draft has nothing yet."""
    head = first(nitf, "body.head")
    if head is not None:
        headline = first(head, "hl1", "hedline")
        draft.title = draft.title or mend_line(text_in(headline))
        _add_bylines(draft, head)
        agency = mend_line(text_in(first(head, "distributor")))
        if agency:
            draft.credits.append(agency)
            draft.outlet = draft.outlet or agency
    draft.title = draft.title or mend_line(text_in(child(nitf, "head", "title")))
    _fill_from_docdata(draft, nitf)
    draft.captions += [text for node in every(nitf, "media-caption") if (text := _line(node))]
    for tagline in every(nitf, "tagline"):
        line = classify(_line(tagline) or "")
        draft.credits += [line.content] if line and line.kind == "credit" else []


def taken_over(draft: Draft, nitf: Element | None, around: Element | None) -> str | None:
    """The dateline of a text within NewsML: NITF's own, whose other fields go to the draft, or
    that of the item `around` it."""
    own = None
    if nitf is not None:
        fill_from_nitf(draft, nitf)
        own = dateline_of(nitf)
    return own or mend_line(text_in(around))


def dateline_of(nitf: Element) -> str | None:
    """The dateline that stands apart from the text, as in "PORT ALMA, Nov. 3 (Acme) -"."""
    head = first(nitf, "body.head")
    return mend_line(text_in(first(head, "dateline"))) if head is not None else None


def _line(node: Element) -> str | None:
    return mend_line(text_in(node))


def _add_bylines(draft: Draft, head: Element) -> None:
    """The people and agencies of the bylines; of one printed and one normalized that printed."""
    bylines = list(every(head, "byline"))
    printed = [byline for byline in bylines if byline.get("class") != "normalized_byline"]
    for byline in printed or bylines:
        titles = [text for node in every(byline, "byttl") if (text := _line(node))]
        people_of = [text for node in every(byline, "person") if (text := _line(node))]
        line = _line(byline) or ""
        for title in titles:
            line = line.replace(title, "")
        line = line.strip(" ,;")
        for name in people_of or [line]:
            add_names(draft, name)
        # A title alone is an agency's name; beside a person it may be that person's office.
        draft.credits += [
            title
            for title in titles
            if not line or (is_agency(title) and not _OFFICE.search(title))
        ]


def _fill_from_docdata(draft: Draft, nitf: Element) -> None:
    pubdata = first(nitf, "pubdata")
    data = first(nitf, "docdata")
    stamps = []
    if pubdata is not None:
        draft.outlet = mend_line(pubdata.get("name")) or draft.outlet
        draft.section = draft.section or mend_line(pubdata.get("position.section"))
        address = (pubdata.get("ex-ref") or "").strip()
        if draft.url is None and address.startswith(("http://", "https://")):
            draft.url = address
        stamps.append(pubdata.get("date.publication"))
    if data is not None:
        draft.id = draft.id or _attribute(data, "doc-id", "id-string")
        stamps += [_attribute(data, name, "norm") for name in ("date.issue", "date.release")]
        holder = mend_line(_attribute(data, "doc.copyright", "holder"))
        draft.outlet = draft.outlet or holder
        notes = [node.get("info") for node in every(data, "correction")]
        draft.corrections += [note for note in map(mend_line, notes) if note]
    draft.section = draft.section or _section_in_meta(nitf)
    subject = first(nitf, "tobject.subject")
    for name in ("tobject.subject.type", "tobject.subject.matter"):
        value = mend_line(subject.get(name)) if subject is not None else None
        draft.section = draft.section or value
    head = first(nitf, "body.head")
    stories = list(every(head, "story.date")) if head is not None else []
    date_first(draft, [*stamps, *(node.get("norm") for node in stories)])


def _section_in_meta(nitf: Element) -> str | None:
    """The section that a paper's own archive names: the first one online, or the desk."""
    stated = {node.get("name"): node.get("content") or "" for node in every(nitf, "meta")}
    values = (stated.get(name, "").split(";")[0] for name in _SECTIONS)
    return next(filter(None, map(mend_line, values)), None)


def _attribute(data: Element, element: str, name: str) -> str | None:
    node = first(data, element)
    value = node.get(name) if node is not None else None
    return value.strip() or None if value else None
