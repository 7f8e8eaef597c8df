"""HTML: articles saved as web pages, their text and fields found by the modules `page_*`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from presslens.problems import Problem
from presslens.reading.charsets import page_text
from presslens.reading.cleaning import clean
from presslens.reading.credits import dateline_agencies
from presslens.reading.fetched import Noted, noted
from presslens.reading.files import Source, read_bytes
from presslens.reading.lines import ends_sentence
from presslens.reading.page import Page, parse_page
from presslens.reading.page_boxes import drop_boxes, take_captions, take_inline_links
from presslens.reading.page_fields import draft_of
from presslens.reading.page_lines import article_lines, with_standfirst
from presslens.reading.page_refusals import refusal
from presslens.reading.page_size import too_large
from presslens.reading.page_text import extract, lines_of
from presslens.reading.registry import Found, Reader

_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_MARKUP = re.compile(rb"<\0?[a-z!?/]", re.IGNORECASE)
# A line of so many characters is text even where its script has no full stops.
_LONG_LINE = 60
_NO_ARTICLE = "no article was found on the page; save the article's own page, with its text"
_NO_TEXT = "the page holds only links and notices; expected an article"


def _recognises(head: bytes, name: str) -> bool:
    start = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").replace(b"\0", b"")
    if start.startswith(b"<") and _TAG.search(start):
        return True
    return PurePath(name).suffix.lower() in _SUFFIXES and bool(_MARKUP.search(head))


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- a page has no text of its own
    known = noted(source.path.parent).get(source.path.name, Noted())
    page = page_text(read_bytes(source.path), known.charset)
    yield article_from_page(page, origin=source.origin, url=known.url)


READER = Reader("html", "web pages (.html)", _recognises, _read)


def article_from_page(
    page: str, *, origin: str, url: str | None = None, reader: str = "html"
) -> Found:
    """The article of a web page, or a Problem where it has none.

    `url` is where the page came from, for pages that don't say so themselves.
    """
    tree = parse_page(page)
    if tree is None:
        return Problem(origin, "reading", _NO_ARTICLE)
    if reason := too_large(tree):
        return Problem(origin, "reading", reason)
    stated = Page(page, tree, url)
    captions = take_captions(tree)
    related = take_inline_links(tree)
    drop_boxes(tree)
    document = extract(tree)
    found = lines_of(document, stated, page)
    if reason := refusal(stated, found, page) or (None if found else _NO_ARTICLE):
        return Problem(origin, "reading", reason)
    draft = draft_of(stated, document)
    draft.captions += captions
    draft.related += related
    body = clean(with_standfirst(article_lines(found, draft, stated), draft, stated), draft)
    if not any(ends_sentence(line) or len(line) >= _LONG_LINE for line in body):
        return Problem(origin, "reading", _NO_TEXT)
    draft.credits += dateline_agencies(body[0])
    return draft.finish(body, raw=page, origin=origin, reader=reader)
