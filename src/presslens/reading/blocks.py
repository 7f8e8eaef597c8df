"""Blocks: the paragraphs and captions of a body in NITF, XHTML or HTML, in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from presslens.reading.cleaning import mend, mend_line
from presslens.reading.lines import ends_sentence
from presslens.reading.wrapping import paragraphs as to_paragraphs
from presslens.reading.xml import Element, local

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
# Stands for <br> among the pieces of text; XML forbids it in any text.
_BREAK = "\x1e"
_SPEECH_MARKS = "\"'“”„«»‘’"
_TAG = re.compile(r"<(?:[a-z][a-z0-9]*|/[a-z][a-z0-9]*)\b[^<>]{0,2000}>", re.IGNORECASE)


@dataclass(slots=True)
class Blocks:
    """The text of a body: its paragraphs (headings and list items too) and its captions."""

    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)


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
