"""Europresse: articles from its HTML exports, of the older interface and of the present one.

The present one was built from descriptions of its markup, without a real file of it at hand.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field

from presslens.problems import Problem, ReadingError
from presslens.reading.blocks import blocks_of
from presslens.reading.cleaning import bare, clean, mend_line
from presslens.reading.credits import dateline_agencies
from presslens.reading.database_pages import TOO_LONG, has_class, parse_html, pieces_of_page
from presslens.reading.databases import MAX_DOCUMENTS, TOO_MANY, byline_written, outlet_called
from presslens.reading.draft import Draft
from presslens.reading.files import Source, read_text
from presslens.reading.lines import ends_sentence
from presslens.reading.registry import Found, Reader
from presslens.reading.urls import url_of_line
from presslens.reading.wire import add_names
from presslens.reading.word_counts import count_problem, words_stated
from presslens.reading.written_dates import date_start, when_written
from presslens.reading.xml import Element, every, text_in

# What opens a document: the name of its paper, in the present interface within an <article>.
_NAMED = re.compile(
    r"<(?:span|div|p)\b[^<>]{0,200}?\bclass\s*=\s*[\"']?(?:[\w-]{1,40}\s)?(?:rdp__)?DocPublicationName\b",
    re.IGNORECASE,
)
_OPENED = re.compile(r"<article\b", re.IGNORECASE)
_TITLED = re.compile(r"\bclass\s*=\s*[\"']?[^\"'<>]{0,100}titreArticle", re.IGNORECASE)
_PROOF = re.compile(
    r"titreArticle|DocHeader|docOcurrContainer|europresse\.com|cedrom", re.IGNORECASE
)
_SITE = re.compile(
    r"(?:\bhref|\bsrc|\bxmlns:\w{1,8})\s*=\s*[\"'][^\"'<>]{0,80}(?:europresse|cedrom-sni)\.com",
    re.IGNORECASE,
)
_STYLED = re.compile(r"\.(?:rdp__)?DocPublicationName\b", re.IGNORECASE)

_PUBLICATION = re.compile(r"DocPublicationName", re.IGNORECASE)
_HEADER = re.compile(r"DocHeader|DocTitreSousSection", re.IGNORECASE)
_TITLE = re.compile(r"titreArticleVisu|rdp__articletitle", re.IGNORECASE)
_TITLE_BOX = re.compile(r"titreArticle", re.IGNORECASE)
_SUBTITLE = re.compile(r"rdp__subtitle", re.IGNORECASE)
_AUTHOR = re.compile(r"docAuthors?|rdp__auteur|sm-margin-bottomNews", re.IGNORECASE)
_TEXT = re.compile(r"docOcurrContainer|DocText", re.IGNORECASE)

_PROVIDER = re.compile(r"europresse|cedrom-sni|eureka\.cc", re.IGNORECASE)
_ISSUE = re.compile(
    r"(?:,\s{0,4}|\s)(?:no|n°|nº|num[ée]ro|vol)\.?\s{0,4}\d.{0,60}|\s{1,4}\((?:site web"
    r"|r[ée]f\. site web|web site|blogue?)\)|\s{2,}.{1,80}",
    re.IGNORECASE | re.DOTALL,
)
_WEEKDAY = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|(?:mon|diens|donners|frei|sams|sonn)tag"
    r"|mittwoch)\b",
    re.IGNORECASE,
)
# "07:30 - UTC +01:00", which no other date has between its time and its zone.
_ZONED = re.compile(r"(?P<clock>\d{1,2}:\d\d)\s?[-–—]\s?(?P<zone>UTC|GMT)\s?(?P<sign>[+−-])(?=\d)")
# What stands before the link to the article's own page.
_APPEARED = re.compile(
    r"(?:cet article (?:est paru|a [ée]t[ée] publi[ée])|this article (?:appeared|was published)"
    r"|este artículo (?:apareció|se publicó|fue publicado)|dieser artikel (?:ist )?erschien)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?P<number>(?:news|web|biz|rep|tele|radio)[·•](?P<day>(?:19|20)\d{6})[·•][\w·•-]{1,60})"
)
_CLOSING = re.compile(
    r"(?:num[ée]ro de document|document number|document no\.?)\b.{0,120}"
    r"|(?:news|web|biz)[·•](?:19|20)\d{6}[·•].{0,60}",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright).{0,300}|.{0,200}(?:tous droits réservés|all rights reserved).{0,60}",
    re.IGNORECASE,
)
# A thousand articles have some 30,000; many more are made to take time, a second for each 100,000.
MAX_BREAKS = 500_000
_AUTHOR_WORDS = 15
_LONGEST_NAME = 300


@dataclass(slots=True)
class _Found:
    """What a document has beside its fields: paragraphs and, perhaps, a line of its authors."""

    paragraphs: list[str] = field(default_factory=list)
    authors: str | None = None


def _recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 -- the content tells
    start = head.replace(b"\0", b"").decode("utf-8", "replace").lstrip("\ufeff\ufffd \t\r\n")
    if not start.startswith("<"):
        return False
    if _NAMED.search(start):
        return bool(_PROOF.search(start))
    return bool(_STYLED.search(start) and _SITE.search(start))


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- exports have fields
    page = read_text(source.path)
    if page.count("<br") + page.count("<BR") > MAX_BREAKS:
        raise ReadingError(f"it has more than {MAX_BREAKS:,} line breaks; split it")
    number = 0
    for number, piece in enumerate(_pieces(page), start=1):
        if number > MAX_DOCUMENTS:
            yield Problem(source.origin, "reading", TOO_MANY)
            return
        place = f"{source.origin}:{number}"
        yield from (
            [Problem(place, "reading", TOO_LONG)] if piece is None else _articles(piece, place)
        )
    if not number:
        reason = "it holds no documents of Europresse's; export the articles with their text"
        yield Problem(source.origin, "reading", reason)


READER = Reader("europresse", "Europresse exports (.html)", _recognises, _read)


def _pieces(page: str) -> Iterator[str | None]:
    """The HTML of each document, so that one that is broken takes no other with it."""
    titles = [match.start() for match in _TITLED.finditer(page)]
    starts: list[int] = []
    for match in _NAMED.finditer(page):
        # A second name before any title is that of a supplement, or the box around the first
        since = bisect(titles, starts[-1]) if starts else 0
        if not starts or (since < len(titles) and titles[since] < match.start()):
            starts.append(match.start())
    for piece in pieces_of_page(page, starts):
        opened = _OPENED.search(piece) if piece else None
        yield piece[: opened.start()] if piece and opened else piece


def _articles(piece: str, origin: str) -> Iterator[Found]:
    root = parse_html(f"<html><body><div>{piece}</div></body></html>")
    if root is None:
        yield Problem(origin, "reading", "the document's HTML is broken; export it again")
        return
    header = " ".join(filter(None, (_line(node) for node in _classed(root, _HEADER))))
    draft = _draft(root, header)
    found = _text(root)
    add_names(draft, byline_written(found.authors))
    body = clean(_without_end(found.paragraphs), draft)
    if not body:
        yield Problem(origin, "reading", "the document has no text; export it with its full text")
        return
    draft.credits += dateline_agencies(body[0])
    article = draft.finish(body, raw=piece, origin=origin, reader=READER.name)
    yield article
    problem = count_problem(article, words_stated(header))
    if problem:
        yield problem


def _draft(root: Element, header: str) -> Draft:
    number = _NUMBER.search(" ".join(" ".join(root.itertext()).split()))
    draft = Draft(id=number["number"] if number else None)
    title = _title_node(root)
    draft.title = _line(title) if title is not None else None
    names = ("".join(node.itertext()).strip() for node in _classed(root, _PUBLICATION))
    name = next(filter(None, names), "")[:_LONGEST_NAME]
    draft.outlet = outlet_called(mend_line(_ISSUE.sub("", name, count=1)))
    draft.section = _section(header)
    when = when_written(_ZONED.sub(_zoned, header)) or when_written(
        number["day"] if number else None
    )
    if when:
        draft.date_it(when)
    draft.url = _url(root)
    return draft


def _section(header: str) -> str | None:
    """What stands before the date: "Politique, jeudi 4 octobre 2012, p. 3" → "Politique"."""
    weekday = _WEEKDAY.search(header)
    end = weekday.start() if weekday else date_start(header)
    section = header[:end].strip(" ,;-–•") if end is not None else ""
    return section or None


def _zoned(match: re.Match[str]) -> str:
    return f"{match['clock']} {match['zone']}{match['sign'].replace('−', '-')}"


def _url(root: Element) -> str | None:
    """The address of a link that shows it, as documents from websites have, or of one that says
    where the article appeared."""
    links = [node for node in every(root, "a") if node.get("href")]
    shown = (url_of_line(_line(node) or "") for node in links)
    behind = (url_of_line(node.get("href").strip()) for node in links if _is_of_its_page(node))
    own = (url for url in (*shown, *behind) if url and not _PROVIDER.search(url))
    return next(own, None)


def _is_of_its_page(link: Element) -> bool:
    """Whether what stands before a link in its paragraph says that the article appeared there."""
    above = link.getparent()
    return above is not None and bool(_APPEARED.match((above.text or "").strip()))


def _text(root: Element) -> _Found:
    title = _title_node(root)
    container = next(_classed(root, _TEXT), None)
    if container is None:
        return _after_title(title) if title is not None else _Found()
    found = _Found(blocks_of(container).paragraphs)
    box = next(_classed(root, _TITLE_BOX), None)
    within = set(box.iter()) if box is not None else set()
    authors = (node for node in _classed(root, _AUTHOR)
               if node not in within and container not in node.iterancestors())  # fmt: skip
    found.authors = next((line for node in authors if (line := _line(node))), None)
    subtitle = next((line for node in _classed(root, _SUBTITLE) if (line := _line(node))), None)
    if subtitle and bare(subtitle) not in map(bare, found.paragraphs[:2]):
        found.paragraphs.insert(0, subtitle)
    return found


def _after_title(title: Element) -> _Found:
    """The text of the older interface, which follows the title without a box of its own.

    The line of authors is what a line break ends before the first <p>.
    """
    box = title.makeelement("div", {})
    box.text = title.tail
    opening: list[str] = [title.tail or ""]
    broken = paragraphed = False
    for node in list(title.itersiblings()):
        paragraphed = paragraphed or node.tag == "p"
        if not paragraphed and node.tag == "br":
            broken = not (node.tail or "").strip()
            opening.append(f" {node.tail or ''}")
        elif not paragraphed:
            broken = False
            opening += [*node.itertext(), node.tail or ""]
        box.append(node)
    found = _Found(blocks_of(box).paragraphs)
    line = mend_line("".join(opening)) or ""
    if (
        broken
        and paragraphed
        and 0 < len(line.split()) <= _AUTHOR_WORDS
        and not ends_sentence(line)
    ):
        found.authors = line
        if found.paragraphs[:1] == [line]:
            del found.paragraphs[0]
    return found


def _without_end(paragraphs: list[str]) -> list[str]:
    """The paragraphs before the document's number and the copyright over it."""
    end = next((n for n, line in enumerate(paragraphs) if _CLOSING.fullmatch(line)), None)
    kept = paragraphs[:end]
    while kept and _COPYRIGHT.fullmatch(kept[-1]):
        kept.pop()
    return kept


def _title_node(root: Element) -> Element | None:
    nodes = (node for pattern in (_TITLE, _TITLE_BOX) for node in _classed(root, pattern))
    return next(nodes, None)


def _classed(root: Element, pattern: re.Pattern[str]) -> Iterator[Element]:
    """Elements with a class that is what a pattern says, those within such elements left out."""
    for node in root.xpath("descendant::*[@class]"):
        if has_class(node, pattern):
            within = (has_class(above, pattern) for above in node.iterancestors())
            if not any(within):
                yield node


def _line(node: Element) -> str | None:
    return mend_line(text_in(node))
