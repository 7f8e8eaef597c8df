"""Database pages: the HTML of a database's export, parsed document by document within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from presslens.reading.xml import Element

# Of HTML; the longest features have some 100,000 with all their markup.
MAX_DOCUMENT_LETTERS = 400_000
# Line breaks join lines one by one, which takes the square of their number.
_MAX_BREAKS = 2_000
# Where a page's own foot begins behind its last document.
_FOOT = re.compile(r"<script\b|</form\s{0,9}>|</body\s{0,9}>|<div id=\"pageFooter\"", re.IGNORECASE)

TOO_LONG = (
    f"the document has more than {MAX_DOCUMENT_LETTERS:,} letters of HTML or {_MAX_BREAKS:,} line"
    " breaks, too much for an article; export it again"
)


def parse_html(page: str) -> Element | None:
    """The root of a page or a piece of one, or None where it cannot be parsed."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    raw = page.replace("\0", "").encode("utf-8", "replace")
    try:
        return etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError):
        return None


def pieces_of_page(page: str, starts: list[int]) -> Iterator[str | None]:
    """The HTML of each document by where they start; None for one that is too long to be one."""
    for start, end in pairwise([*starts, len(page)]):
        foot = _FOOT.search(page, start, end) if end == len(page) else None
        piece = page[start : foot.start() if foot else end]
        long = len(piece) > MAX_DOCUMENT_LETTERS or piece.lower().count("<br") > _MAX_BREAKS
        yield None if long else piece


def has_class(element: Element, pattern: re.Pattern[str]) -> bool:
    """Whether one of an element's classes is what a pattern says."""
    return any(pattern.fullmatch(name) for name in (element.get("class") or "").split())
