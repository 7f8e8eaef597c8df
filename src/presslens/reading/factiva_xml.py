"""Factiva's XML: result sets of its service, <ppsarticle> with headline, lead and tail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from presslens.reading.cleaning import mend_line
from presslens.reading.dates import When
from presslens.reading.factiva_document import Document
from presslens.reading.wire import language_code, shown_of_markup, text_of_markup, when_of
from presslens.reading.xml import Element, child, every, local, root_name, text_in
from presslens.reading.xml_items import parse_items

_ROOTS = frozenset({"PPSResponse", "ppsArticleResponse", "ppsarticleResultSet", "ppsarticle"})
_ITEM = "ppsarticle"


def is_factiva_xml(head: bytes) -> bool:
    """Whether a file begins as one of Factiva's result sets."""
    return root_name(head) in _ROOTS


def documents_of_xml(raw: bytes) -> Iterator[Document | str]:
    """The documents of a result set in order, or what is wrong with one.

    Raises:
        ReadingError: if the XML is broken outside its articles or hostile.
    """
    root, broken = parse_items(raw, (_ITEM,))
    items = [root] if local(root.tag) == _ITEM else list(every(root, _ITEM))
    whole = iter(items)
    for number in range(1, len(items) + len(broken) + 1):
        yield broken[number] if number in broken else _document(next(whole))


def _document(item: Element) -> Document:
    article = child(item, "article")
    node = item if article is None else article
    document = Document(text_of_markup(node), shown_of_markup(node))
    document.number = _text(node, "accessionNo")
    document.headline = _text(node, "headline")
    document.section = _text(node, "sectionName") or _text(node, "columnName")
    document.byline = _text(node, "byline")
    document.credit = _text(node, "credit")
    document.source = _text(node, "sourceName") or _text(node, "publisherName")
    document.code = language_code(_text(node, "baseLanguage"))
    count = _text(node, "wordCount")
    document.words = f"{count} words" if count else None
    document.when = _when(node)
    document.url = _text(node, "webURL") or _text(node, "url")
    document.lead = _paragraphs(child(node, "leadParagraph"))
    document.text = _paragraphs(child(node, "tailParagraphs"))
    document.captions = _paragraphs(child(node, "artWork"))
    document.corrections = _paragraphs(child(node, "corrections"))
    return document


def _text(node: Element, name: str) -> str | None:
    return mend_line(text_in(child(node, name)))


def _paragraphs(element: Element | None) -> list[str]:
    if element is None:
        return []
    paragraphs = list(every(element, "paragraph")) or [element]
    return [text for each in paragraphs if (text := mend_line(text_in(each)))]


def _when(node: Element) -> When | None:
    published = child(node, "publicationDate")
    if published is None:
        return None
    moment = child(published, "dateTime")
    if moment is not None:
        when = when_of(text_in(moment))
        # Midnight to the second stands for a day without a time
        midnight = when and when.moment and when.moment.time() == time.min
        return When(when.day) if when and midnight else when
    day, clock = text_in(child(published, "date")), text_in(child(published, "time"))
    stamp = f"{day}T{clock}" if day and clock and "T" not in day else day or text_in(published)
    return when_of(stamp)
