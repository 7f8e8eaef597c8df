"""Factiva's HTML: articles as its pages show them, with the codes of their fields or without."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presslens.reading.blocks import blocks_of
from presslens.reading.cleaning import mend_line
from presslens.reading.database_pages import TOO_LONG, has_class, parse_html, pieces_of_page
from presslens.reading.factiva_document import (
    DOCUMENT_LINE,
    Document,
    fill_from_head,
    fill_from_top,
)
from presslens.reading.word_counts import is_count
from presslens.reading.xml import Element, every, text_in

# <div class="article enArticle">, two letters or more for the language.
_ARTICLE = re.compile(
    r"<div\b[^<>]{0,200}?\bclass\s*=\s*[\"']?article\s+[a-z]{2,6}Article\b", re.IGNORECASE
)
_PARAGRAPH = re.compile(r"articleParagraph", re.IGNORECASE)
_HEADLINE = re.compile(r"[a-z]{2,6}Headline")
_ARTICLE_CLASS = re.compile(r"article")
_AUTHOR = re.compile(r"author")
_INDEX = re.compile(r"index")
_TITLE = re.compile(r"<title>[^<]{0,60}\bFactiva\b[^<]{0,60}</title>", re.IGNORECASE)
# Classes and ids of its style sheet, behind which the articles may lie too far for a file's head.
_STYLES = ("dedupDropdown", "dedupMenu", "fcpNavContainer", "articleParagraph", "companylink",
           "translateArticleDiv", "relInfoBody", "Headline", "ShowLatestBox")  # fmt: skip
_STYLES_NEEDED = 2
_FIELD = re.compile(r"[A-Z]{2,4}")


def is_factiva_page(head: str) -> bool:
    """Whether a page begins as one of Factiva's."""
    if not head.lstrip("\ufeff \t\r\n").startswith("<"):
        return False
    if _ARTICLE.search(head) and (_PARAGRAPH.search(head) or "Headline" in head):
        return True
    return bool(_TITLE.search(head)) and sum(n in head for n in _STYLES) >= _STYLES_NEEDED


def documents_of_page(page: str) -> Iterator[Document | str]:
    """The documents of a page in order, or what is wrong with one.

    Each is parsed alone, so that one that is broken takes no other with it.
    """
    starts = [match.start() for match in _ARTICLE.finditer(page)]
    for piece in pieces_of_page(page, starts):
        if piece is None:
            yield TOO_LONG
            continue
        root = parse_html(piece)
        nodes = every(root, "div") if root is not None else ()
        node = next((each for each in nodes if has_class(each, _ARTICLE_CLASS)), None)
        if node is None:
            yield "the document's HTML is broken; export it again"
            continue
        rows = _rows(node)
        yield _coded(piece, rows) if rows else _displayed(piece, node)


def _rows(article: Element) -> dict[str, Element]:
    """The cells of a document with codes by their code, rows of tables in its text left out."""
    rows: dict[str, Element] = {}
    for row in every(article, "tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        if len(cells) < 2 or not has_class(cells[0], _INDEX):
            continue
        code = text_in(cells[0]) or ""
        if _FIELD.fullmatch(code) and next(row.iterancestors("td"), None) is None:
            rows.setdefault(code, cells[1])
    return rows


def _coded(raw: str, rows: dict[str, Element]) -> Document:
    def line(code: str, between: str = " ") -> str | None:
        return between.join(_paragraphs(rows.get(code))) or None

    document = Document(raw)
    document.headline, document.byline, document.credit = line("HD"), line("BY", "; "), line("CR")
    document.section = line("SE") or line("CLM")
    document.words, document.date, document.time = line("WC"), line("PD"), line("ET")
    document.source, document.language, document.url = line("SN"), line("LA"), line("URL")
    number = DOCUMENT_LINE.search(line("AN") or "")
    document.number = number["number"] if number else None
    document.lead, document.text = _paragraphs(rows.get("LP")), _paragraphs(rows.get("TD"))
    document.captions = _paragraphs(rows.get("ART"))
    return document


def _paragraphs(cell: Element | None) -> list[str]:
    return blocks_of(cell).paragraphs


def _displayed(raw: str, article: Element) -> Document:
    """A document without codes: a <div> for each field, then the paragraphs."""
    document = Document(raw)
    top: list[str] = []
    head: list[str] = []
    for node in article.iterdescendants("div", "p"):
        line = mend_line(text_in(node))
        if has_class(node, _PARAGRAPH):
            break
        if not line or node.tag == "p" or next(node.iterdescendants("div"), None) is not None:
            continue
        if document.headline is None and _is_headline(node):
            document.section = top[-1] if top else None
            document.headline, top = line, []
        elif has_class(node, _AUTHOR) and not head:
            document.byline = line
        else:
            (head if head or is_count(line) else top).append(line)
    document.words = head[0] if head else None
    fill_from_head(document, head[1:])
    fill_from_top(document, top)
    _fill_text(document, article)
    return document


def _is_headline(node: Element) -> bool:
    return node.get("id") == "hd" or any(has_class(each, _HEADLINE) for each in node.iter())


def _fill_text(document: Document, article: Element) -> None:
    for node in every(article, "p"):
        line = text_in(node) or ""
        if number := DOCUMENT_LINE.fullmatch(line):
            document.number = document.number or number["number"]
        elif has_class(node, _PARAGRAPH):
            document.text += blocks_of(node).paragraphs
