"""HTML: articles saved as web pages; trafilatura finds the text, JSON-LD and meta tags the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from presslens.problems import Problem
from presslens.reading.cleaning import clean, mend, mend_line
from presslens.reading.credits import dateline_agencies, is_agency, people, read_byline
from presslens.reading.dates import find_date, is_date_line
from presslens.reading.draft import Draft
from presslens.reading.files import Source, read_text
from presslens.reading.jsonld import article_fields, names, text_of, url_of
from presslens.reading.outlets import find_outlet
from presslens.reading.registry import Found, Reader

_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".mhtml"})
_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HEAD = 4
# What a title is followed by in the page's <title>: " | The Paper", " - The Paper".
_SITE_IN_TITLE = re.compile(r"\s+[|–—·-]\s+(?P<site>[^|–—·]{2,40})$")


def _recognises(head: bytes, name: str) -> bool:
    start = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").replace(b"\0", b"")
    if start.startswith(b"<") and _TAG.search(start):
        return True
    return PurePath(name).suffix.lower() in _SUFFIXES and b"<" in head


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- a page has no text of its own
    yield article_from_page(read_text(source.path), origin=source.origin)


READER = Reader("html", "web pages (.html)", _recognises, _read)


def article_from_page(page: str, *, origin: str) -> Found:
    """The article of a web page, or a Problem where it has none."""
    document = _extract(page)
    found = [line.strip() for line in mend(document.text or "").split("\n")] if document else []
    found = [" ".join(line.split()) for line in found if line.strip()]
    if not found:
        reason = "no article was found on the page; save the article's own page, with its text"
        return Problem(origin, "reading", reason)
    draft = _fields(page, document)
    draft.captions += _texts_of(page, "figcaption")
    body = clean(_without_known(found, draft, _texts_of(page, "h1")), draft)
    if not body:
        return Problem(
            origin, "reading", "the page holds only links and notices; expected an article"
        )
    draft.credits += dateline_agencies(body[0])
    return draft.finish(body, raw=page, origin=origin, reader="html")


def _extract(page: str) -> Any:
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            # Only dates that the page states; guesses take a copyright notice for a date.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:  # noqa: BLE001 -- lxml and date parsers fail in many ways on hostile pages
        return None


def _fields(page: str, document: Any) -> Draft:
    """Title, date, authors, outlet, section and address: JSON-LD's, else trafilatura's."""
    stated = article_fields(page)
    draft = Draft(url=_url(stated, document))
    outlet = find_outlet(draft.url) if draft.url else None
    site = mend_line(document.sitename) or next(iter(names(stated.get("publisher"))), None)
    draft.outlet = outlet.name if outlet else mend_line(site)
    draft.title = _title(stated, document, [draft.outlet, site])
    for value in (text_of(stated.get("datePublished")), document.date):
        if value and (when := find_date(value)):
            draft.date_it(when)
            break
    draft.section = mend_line(next(iter(names(stated.get("articleSection"))), None)) or mend_line(
        next(iter(document.categories or []), None)
    )
    _add_authors(draft, names(stated.get("author")) or _split_authors(document.author), site)
    return draft


def _url(stated: dict[str, Any], document: Any) -> str | None:
    for url in (document.url, url_of(stated)):
        if isinstance(url, str) and url.startswith(("http://", "https://")):
            return url
    return None


def _title(stated: dict[str, Any], document: Any, sites: list[str | None]) -> str | None:
    title = mend_line(text_of(stated.get("headline"))) or mend_line(document.title)
    match = _SITE_IN_TITLE.search(title) if title else None
    if title and match and match["site"].casefold() in {(site or "").casefold() for site in sites}:
        return title[: match.start()]
    return title


def _split_authors(author: str | None) -> list[str]:
    return [name.strip() for name in (author or "").split(";") if name.strip()]


def _add_authors(draft: Draft, authors: list[str], site: str | None) -> None:
    for author in authors:
        named = mend_line(author)
        if not named or named.casefold() == (site or "").casefold():
            continue
        known = read_byline(named) or people(named)
        if known and any(known):
            draft.authors += known[0]
            draft.credits += known[1]
        elif is_agency(named):
            draft.credits.append(named)
        else:
            draft.authors.append(named)
    distinct = {_bare(author): author for author in reversed(draft.authors)}
    draft.authors = list(reversed(distinct.values()))


def _texts_of(page: str, tag: str) -> list[str]:
    from lxml import etree
    from lxml.html import document_fromstring

    try:
        tree = document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", page))
        found = [" ".join(node.itertext()) for node in tree.iter(tag)]
    except (etree.LxmlError, ValueError, AssertionError):
        return []
    return [line for text in found[:200] if (line := mend_line(text))]


def _without_known(found: list[str], draft: Draft, headings: list[str]) -> list[str]:
    """The lines without captions, and without heading, byline and date at the top."""
    known = {_bare(heading) for heading in headings}
    captions = {_bare(caption) for caption in draft.captions}
    kept = []
    for index, line in enumerate(found):
        if _bare(line) in captions:
            continue
        if index < _HEAD and (
            _bare(line) in known or is_date_line(line) or _is_own_byline(line, draft)
        ):
            continue
        kept.append(line)
    return kept


def _is_own_byline(line: str, draft: Draft) -> bool:
    found = read_byline(line)
    if not found or not any(found):
        return False
    if not draft.authors:
        draft.authors += found[0]
    draft.credits += found[1]
    return True


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
