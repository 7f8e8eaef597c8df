"""Factiva: articles from its exports, in HTML or XML, and as text in RTF, Word and PDF files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from presslens.problems import Problem
from presslens.reading.databases import MAX_DOCUMENTS, TOO_MANY
from presslens.reading.factiva_document import READER_NAME, Document, articles_of
from presslens.reading.factiva_html import documents_of_page, is_factiva_page
from presslens.reading.factiva_text import begins_part, documents_of_text, is_export
from presslens.reading.factiva_xml import documents_of_xml, is_factiva_xml
from presslens.reading.files import Source, read_bytes, read_head, read_text
from presslens.reading.registry import Found, Reader

__all__ = ["READER", "articles_from_text", "begins_part", "is_export"]

_NO_DOCUMENTS = (
    "it holds no documents of Factiva's; save the articles themselves, in the format"
    ' "Article Format", rather than a list of headlines'
)


def _recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 -- the content tells
    return is_factiva_xml(head) or is_factiva_page(_start(head))


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- exports have fields
    if is_factiva_xml(read_head(source.path)):
        documents = documents_of_xml(read_bytes(source.path))
    else:
        documents = documents_of_page(read_text(source.path))
    yield from _articles(documents, source.origin)


READER = Reader(READER_NAME, "Factiva exports (.html, .xml)", _recognises, _read)


def articles_from_text(text: str, *, origin: str) -> Iterator[Found]:
    """The articles of an export as text, and a Problem for each document that gives none.

    Built from the format's description, without a real file of it at hand: documents end with a
    line such as "Document ABCD000020210503eh5300001"; their fields stand behind two-letter codes
    ("HD  Storm hits coast"), or as pages show them: section, headline, byline, "512 words", date,
    time, source, its code, language, copyright, text.

    Args:
        text: what the file says, line by line.
        origin: how messages call the file; documents are its `:1`, `:2` and so on.
    """
    yield from _articles(documents_of_text(text), origin)


def _articles(documents: Iterable[Document | str], origin: str) -> Iterator[Found]:
    number = 0
    for number, document in enumerate(documents, start=1):
        place = f"{origin}:{number}"
        if number > MAX_DOCUMENTS:
            yield Problem(origin, "reading", TOO_MANY)
            return
        if isinstance(document, str):
            yield Problem(place, "reading", document)
            continue
        yield from articles_of(document, place)
    if not number:
        yield Problem(origin, "reading", _NO_DOCUMENTS)


def _start(head: bytes) -> str:
    """A file's first bytes as text, whatever their encoding: what recognises is ASCII."""
    return head.replace(b"\0", b"").decode("utf-8", "replace").lstrip("\ufeff\ufffd")
