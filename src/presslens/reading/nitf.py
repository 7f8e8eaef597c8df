"""NITF: news texts in the agencies' markup, and the article that a body in it or in XHTML makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from presslens.problems import Problem
from presslens.reading.cleaning import bare, clean, mend, mend_line
from presslens.reading.credits import dateline_agencies, is_agency, is_name, people, read_byline
from presslens.reading.dates import When, find_date, is_date_line
from presslens.reading.draft import Draft
from presslens.reading.files import Source, read_bytes
from presslens.reading.lines import classify, ends_sentence
from presslens.reading.registry import Found, Reader
from presslens.reading.wrapping import paragraphs as to_paragraphs
from presslens.reading.xml import Element, child, every, first, local, parse, root_name, text_in

_BLOCKS = frozenset(
    "p div section article main header body body.content h1 h2 h3 h4 h5 h6 hl1 hl2 ul ol dl li dt"
    " dd blockquote bq block pre lead html hr address figure center details summary abstract"
    " inlineXML DataContent".split()
)
_CAPTIONS = frozenset({"figcaption", "media-caption"})
# No text of the article: tables, media, the page's machinery, NITF's head, end and notes.
_SKIPPED = frozenset(
    "table nitf-table custom-table media head body.head body.end style script nav form iframe"
    " object button svg noscript template footer aside fn ds video audio select textarea".split()
)
# Headline, byline and date stand again on a body's first lines.
_HEAD = 4
_STAMP = re.compile(r"(?:1[6-9]|20)\d\d(?:-\d\d-\d\d|\d{4})(?:[T ].*)?", re.DOTALL)
# Stands for <br> among the pieces of text; XML forbids it in any text.
_BREAK = "\x1e"
_SPEECH_MARKS = "\"'“”„«»‘’"
_TAG = re.compile(r"<(?:[a-z][a-z0-9]*|/[a-z][a-z0-9]*)\b[^<>]{0,2000}>", re.IGNORECASE)
_OFFICE = re.compile(r"\b(?:staff|reporters?|writers?|editors?|correspondents?)\b", re.IGNORECASE)
_FOREIGN_BYLINE = {"de": "Von", "fr": "Par", "es": "Por", "pt": "Por", "nl": "Door", "no": "Av",
                   "nb": "Av", "nn": "Av", "da": "Af", "sv": "Av"}  # fmt: skip


@dataclass(slots=True)
class Blocks:
    """The text of a body: its paragraphs (headings and list items too) and its captions."""

    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)


def _recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 -- the root element tells
    return root_name(head) == "nitf"


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- it has markup
    raw = read_bytes(source.path)
    root = parse(raw)
    draft = Draft()
    fill_from_nitf(draft, root)
    blocks = blocks_of(first(root, "body.content", "body"))
    yield article_from_blocks(
        blocks,
        draft,
        raw=text_of_markup(root),
        origin=source.origin,
        reader=READER.name,
        dateline=dateline_of(root),
    )


READER = Reader("nitf", "NITF (.xml)", _recognises, _read)


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


def dateline_of(nitf: Element) -> str | None:
    """The dateline that stands apart from the text, as in "PORT ALMA, Nov. 3 (Acme) -"."""
    head = first(nitf, "body.head")
    return mend_line(text_in(first(head, "dateline"))) if head is not None else None


def blocks_of(element: Element | None, *, otherwise: Element | None = None) -> Blocks:
    """The paragraphs and captions under an element of NITF or XHTML, tables left out.

    Where there is no element, those under `otherwise`.
    """
    from lxml import etree

    walk = _Walk()
    element = otherwise if element is None else element
    if element is None:
        return walk.blocks
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, node in walker:
        name = local(node.tag)
        name = name if name in _BLOCKS else name.lower()
        if event == "end":
            walk.end(node, name, top=node is element)
        elif name in _SKIPPED and node is not element:
            walker.skip_subtree()
        else:
            walk.start(node, name)
    walk.flush()
    return walk.blocks


def blocks_of_html(page: str) -> Blocks:
    """The paragraphs and captions of a piece of HTML, or of plain text."""
    from lxml import etree

    if not _TAG.search(page):
        return Blocks(to_paragraphs(mend(page)))
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        raw = f"<html><body>{page}</body></html>".encode("utf-8", "replace")
        return blocks_of(etree.fromstring(raw, parser))
    except (etree.LxmlError, ValueError):
        return Blocks()


def article_from_blocks(
    blocks: Blocks,
    draft: Draft,
    *,
    raw: str,
    origin: str,
    reader: str,
    dateline: str | None = None,
) -> Found:
    """The article of a body with what is known of it, or a Problem where no text is left.

    Args:
        blocks: the body.
        draft: its fields; captions and credits that stand in the text are added.
        raw: the document's own text, for the id.
        dateline: place and date that the format keeps apart; they open the first paragraph.
    """
    draft.captions += blocks.captions
    body = clean(_without_head(blocks.paragraphs, draft), draft)
    if not body:
        reason = "it holds no text, only fields about one; export it with its full text"
        return Problem(origin, "reading", reason)
    if dateline and bare(dateline).split()[:1] != bare(body[0]).split()[:1]:
        dash = "" if dateline.endswith(("-", "–", "—", ":")) else " –"
        body[0] = f"{dateline}{dash} {body[0]}"
    draft.credits += dateline_agencies(body[0])
    return draft.finish(body, raw=raw, origin=origin, reader=reader)


def add_names(draft: Draft, text: str | None) -> None:
    """Takes a byline over: people as authors, agencies as credits."""
    line = mend_line(text)
    if not line:
        return
    word = _FOREIGN_BYLINE.get(draft.language or "")
    if word and line.startswith(f"{word} "):
        line = line[len(word) + 1 :]
    known = read_byline(line) or people(line)
    if known and any(known):
        draft.authors += known[0]
        draft.credits += known[1]
    elif is_name(line) and not is_agency(line):
        draft.authors.append(line)
    else:
        draft.credits.append(re.sub(r"^by\s+", "", line, flags=re.IGNORECASE))


def when_of(stamp: str | None) -> When | None:
    """The day and the moment of an ISO stamp, with or without hyphens, or of another date."""
    stamp = (stamp or "").strip()
    if not _STAMP.fullmatch(stamp):
        return find_date(stamp[:100])
    try:
        moment = datetime.fromisoformat(stamp)
        return When(moment.date(), moment.astimezone(UTC) if moment.tzinfo else None)
    except (ValueError, OverflowError):
        return find_date(stamp[:100])


def date_first(draft: Draft, stamps: list[str | None]) -> None:
    """Dates a draft by the first stamp that is a date, if it has none yet."""
    if draft.published is None and (when := next(filter(None, map(when_of, stamps)), None)):
        draft.date_it(when)


def language_code(tag: str | None) -> str | None:
    """The language of a tag such as "en-GB", or None where it is none."""
    code = re.split(r"[-_]", tag.strip().lower())[0] if tag else ""
    return code if re.fullmatch(r"[a-z]{2,3}", code) and code != "und" else None


def text_of_markup(element: Element) -> str:
    """All text in a document, from which its id is made."""
    return "".join(element.itertext())


def correction_in(note: str | None) -> list[str]:
    """A note to editors, if it says what was corrected; others are no part of the news."""
    line = mend_line(note)
    corrects = re.match(r"correct(?:s|ed|ing|ion)\b", line, re.IGNORECASE) if line else None
    kind = classify(line) if line else None
    return [line] if line and (corrects or (kind and kind.kind == "correction")) else []


class _Walk:
    """Gathers text into paragraphs while it goes through an element's children in order."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self._pieces: list[str] = []
        self._quotes: list[bool] = []

    def start(self, node: Element, name: str) -> None:
        if name in _BLOCKS or name in _CAPTIONS:
            self.flush()
        elif name == "br":
            self._pieces.append(_BREAK)
        elif name == "q":
            self._quotes.append(not self._is_marked(node))
            self._pieces.append("“" if self._quotes[-1] else "")
        self._pieces.append(node.text or "")

    def end(self, node: Element, name: str, *, top: bool) -> None:
        if name in _CAPTIONS:
            self.flush(self.blocks.captions)
        elif name in _BLOCKS:
            self.flush()
        elif name == "q" and self._quotes.pop():
            self._pieces.append("”")
        if not top:
            self._pieces.append(node.tail or "")

    def _is_marked(self, quote: Element) -> bool:
        """Whether quotation marks are written in or around a <q>, which else brings its own."""
        before = next((piece for piece in reversed(self._pieces) if piece), " ")
        return (quote.text or "").lstrip()[:1] in _SPEECH_MARKS or before[-1] in _SPEECH_MARKS

    def flush(self, into: list[str] | None = None) -> None:
        """Ends a paragraph; <br> ends one where it is doubled or follows a full stop."""
        paragraphs: list[list[str]] = []
        marked = [" ".join(piece.split()) for piece in _lines(self._pieces)]
        self._pieces = []
        goes_on = False
        for line in marked:
            if line and goes_on and not ends_sentence(paragraphs[-1][-1]):
                paragraphs[-1].append(line)
            elif line:
                paragraphs.append([line])
            goes_on = bool(line)
        target = self.blocks.paragraphs if into is None else into
        target += [mended for lines in paragraphs if (mended := mend_line(" ".join(lines)))]


def _lines(pieces: list[str]) -> list[str]:
    """The text between line breaks; only a piece that is nothing else stands for <br>."""
    lines = [""]
    parts: list[str] = []
    for piece in pieces:
        if piece == _BREAK:
            lines[-1] = "".join(parts)
            lines.append("")
            parts = []
        else:
            parts.append(piece)
    lines[-1] = "".join(parts)
    return lines


def _line(node: Element) -> str | None:
    return mend_line(text_in(node))


def _add_bylines(draft: Draft, head: Element) -> None:
    for byline in every(head, "byline"):
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
        stamps.append(pubdata.get("date.publication"))
    if data is not None:
        draft.id = draft.id or _attribute(data, "doc-id", "id-string")
        stamps += [_attribute(data, name, "norm") for name in ("date.issue", "date.release")]
        holder = mend_line(_attribute(data, "doc.copyright", "holder"))
        draft.outlet = draft.outlet or holder
        notes = [node.get("info") for node in every(data, "correction")]
        draft.corrections += [note for note in map(mend_line, notes) if note]
    subject = first(nitf, "tobject.subject")
    for name in ("tobject.subject.type", "tobject.subject.matter"):
        value = mend_line(subject.get(name)) if subject is not None else None
        draft.section = draft.section or value
    head = first(nitf, "body.head")
    stories = list(every(head, "story.date")) if head is not None else []
    date_first(draft, [*stamps, *(node.get("norm") for node in stories)])


def _attribute(data: Element, element: str, name: str) -> str | None:
    node = first(data, element)
    value = node.get(name) if node is not None else None
    return value.strip() or None if value else None


def _without_head(found: list[str], draft: Draft) -> list[str]:
    """The paragraphs without headline, byline and date on the first lines."""
    kept = []
    for index, line in enumerate(found):
        if index < _HEAD and len(found) > 1:
            names = read_byline(line)
            if names and any(names):
                draft.authors += names[0]
                draft.credits += names[1]
                continue
            if is_date_line(line) or (draft.title and bare(line) == bare(draft.title)):
                continue
        kept.append(line)
    return kept
