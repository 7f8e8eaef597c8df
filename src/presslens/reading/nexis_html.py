"""The older HTML exports of Nexis: pages that hold many documents in parts without names."""

from __future__ import annotations

import re
from typing import Any

from presslens.reading.cleaning import mend
from presslens.reading.databases import MAX_DOCUMENTS
from presslens.reading.nexis_document import Block, Document
from presslens.reading.nexis_older import older_document
from presslens.reading.nexis_text import announced_by, counter_in

# What marks an export; an ordinary page that speaks of one has hardly two of them as markup.
_MARKS = (
    re.compile(rb"<DOCFULL>", re.IGNORECASE),
    re.compile(rb"<a\s[^<>]{0,40}\b(?:name|id)=[\"']?DOC_ID_\d+_\d+", re.IGNORECASE),
    re.compile(rb"<meta\s[^<>]{0,60}\bDOCUMENTS=[\"']?\d+", re.IGNORECASE),
    re.compile(rb"<!--\s{0,4}LXNComment\b", re.IGNORECASE),
    re.compile(rb">\s{0,9}\d{1,6} (?:of|von|de|sur) \d{1,6} DO[CK]UMENT(?:S|E|EN)?\s{0,9}<"),
    re.compile(rb"<DOC NUMBER=\d+>", re.IGNORECASE),
)
_ENOUGH_MARKS = 2

# Where documents begin; what a broken page has most of, the first where all are there.
_STARTS = (
    re.compile(r"<a\s[^<>]{0,40}\b(?:name|id)=[\"']?DOC_ID_\d+_\d+[^<>]{0,20}>", re.IGNORECASE),
    re.compile(r"<DOCFULL>(?:\s{0,9}-->)?", re.IGNORECASE),
    re.compile(r"(?<!\d)(?=\d{1,6} (?:of|von|de|sur) \d{1,6} DO[CK]UMENT(?:S|E|EN)?\s{0,9}<)"),
)
_END = re.compile(r"(?:<!--[^<>]{0,80})?</DOCFULL>|</body", re.IGNORECASE)
_ANNOUNCED = re.compile(r"<meta\s[^<>]{0,60}\bDOCUMENTS=[\"']?(\d{1,6})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_LEFT_OUT = frozenset({"style", "script", "title", "head"})
_PARAGRAPHS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "tr", "blockquote", "pre"})
_PARTS = frozenset({"div", "table", "center", "hr"})
_CELLS = frozenset({"td", "th"})


def is_html_export(head: bytes) -> bool:
    """Whether a page is an export, by its first bytes."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return (
        start.startswith(b"<") and sum(bool(mark.search(start)) for mark in _MARKS) >= _ENOUGH_MARKS
    )


def documents_of(page: str) -> tuple[list[Document], int]:
    """The documents of an export, and how many it announces (0 where it doesn't say)."""
    starts = max((list(mark.finditer(page)) for mark in _STARTS), key=len)
    ends = [*(match.start() for match in starts[1:]), len(page)]
    documents: list[Document] = []
    numbers: list[tuple[int, int]] = []
    for start, end in zip(starts[: MAX_DOCUMENTS + 1], ends, strict=False):
        close = _END.search(page, start.end(), end)
        blocks = _blocks(page[start.end() : close.start() if close else end])
        number = counter_in(blocks[0][0]) if blocks else None
        if number:
            numbers.append(number)
            blocks = [block for block in (blocks[0][1:], *blocks[1:]) if block]
        documents.append(older_document(blocks))
    cover = _TAG.sub(" ", page[: starts[0].start()]) if starts else ""
    stated = _ANNOUNCED.search(page)
    return documents, int(stated[1]) if stated else announced_by(numbers, cover)


def _blocks(page: str) -> list[Block]:
    """The parts of a document, each its lines."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(remove_pis=True, encoding="utf-8", huge_tree=False)
    try:
        # The first element must not be one that the parser would put into a head
        source = f"<html><body><div>{page.replace(chr(0), '')}</div></body></html>"
        tree = document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return []
    blocks = _Blocks()
    blocks.walk(tree)
    return blocks.found


class _Blocks:
    """Goes through a page in order and gathers lines to parts."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self._part: Block = []
        self._pieces: list[str] = []
        self._cells = 0

    def walk(self, tree: Any) -> None:
        from lxml import etree

        depth = 0
        for event, node in etree.iterwalk(tree, events=("start", "end", "comment")):
            name = node.tag if isinstance(node.tag, str) else ""
            left_out = name in _LEFT_OUT
            if event == "start":
                depth += left_out
                self._open(name)
                text = node.text
            else:
                depth -= left_out and event == "end"
                self._close(name)
                text = node.tail
            if text and not depth:
                self._pieces.append(re.sub(r"\s+", " ", text.replace("\xa0", " ")))
        self._end_part()

    def _open(self, name: str) -> None:
        if name == "br":
            self._pieces.append("\n")
        elif name in _CELLS:
            self._cells += 1
        elif name in _PARTS:
            self._end_part()

    def _close(self, name: str) -> None:
        if name in _CELLS:
            self._cells -= 1
            self._pieces.append(" ")
        elif name in _PARTS:
            self._end_part()
        elif name in _PARAGRAPHS and not self._cells:
            # A row of a table is one paragraph, whatever its cells hold
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        lines = mend("".join(self._pieces)).split("\n")
        self._part += [line for line in (" ".join(line.split()) for line in lines) if line]
        self._pieces = []

    def _end_part(self) -> None:
        self._end_paragraph()
        if self._part:
            self.found.append(self._part)
            self._part = []
