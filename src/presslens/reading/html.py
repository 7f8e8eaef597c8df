"""HTML: articles saved as web pages; trafilatura finds the text, `page_fields` what it states."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import PurePath
from typing import Any

from presslens.problems import Problem
from presslens.reading.cleaning import STANDFIRST_WORDS, bare, clean, mend, mend_line
from presslens.reading.credits import dateline_agencies, read_byline
from presslens.reading.dates import is_date_line
from presslens.reading.draft import Draft
from presslens.reading.files import Source, read_text
from presslens.reading.jsonld import text_of
from presslens.reading.page_fields import Page, draft_of, texts
from presslens.reading.registry import Found, Reader

_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HEAD = 4
# Of the words that JSON-LD gives as the article's text, trafilatura finds more than nine in ten on
# pages where it works, and next to none where the text comes by script.
_MUCH_LESS = 0.6
_SHORT = 40

# Posts of social networks in the text, which are whole articles of others to an extractor.
_EMBEDDED = re.compile(
    r"\b(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|reddit-(?:card|embed)"
    r"|fb-(?:post|video)|threads-embed|text-post-media)\b"
)
_CAPTION = re.compile(r"caption(?:$|[\s_-])", re.IGNORECASE)
_CAPTION_WORDS = 80
# Boxes between the paragraphs; class names that say so are given to whole articles too.
_BOX = re.compile(
    r"(?:^|[\s_-])(?:newsletters?|related|recirc\w*|read-?(?:more|also|next)|most-?(?:read|popular)"
    r"|trending|promo\w*|info-?box|comments?|share|sharing|social|cookies?|author-?bio|about-?author"
    r"|taboola|outbrain|sponsored|donat\w+|sign-?up|subscribe|advert\w*|inline-?links)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BOX_TAGS = ("aside", "div", "section", "ul", "form", "details")
_BOX_WORDS = 150
_BOX_SHARE = 0.2
_STANDFIRST = re.compile(
    r"(?:stand-?first|sub-?title|sub-?head(?:line|ing)?|(?:^|[\s_-])dek(?:$|[\s_-]))", re.IGNORECASE
)
_STANDFIRST_LONGEST = 80
# Elements between a heading and the text: share buttons and a picture take a hundred or two.
_NEAR = 400
_GAP_WORDS = 12
_SENTENCE_ENDS = (".", "!", "?", "”", '"', "’", "…")
# What holds a paragraph of text, if nothing like it lies within.
_TEXT_TAGS = ("p", "h2", "h3", "h4", "li", "blockquote")
_MARKED = ("p", "h2", "h3", "h4", "li", "div", "span")
_LINK_WORDS = range(3, 31)

# What papers say under and between paragraphs, where lines alone show it.
_NOTICE = re.compile(
    r"(?:article|story) content|\W*advertisement\W*\d*\W*(?:(?:story|article) continues.*)?"
    r"|anzeige|werbung|publicité|publicidade?|pubblicità|advertentie|reklame?|annons[e]?"
    r"|for more (?:stories|news|articles)\b.{0,60}\b(?:check|visit|read|see|click)\b.{0,80}"
    r"|(?:for|get) (?:all )?the (?:latest|best|top|biggest)\b.{0,160}\b(?:newsletters?|inbox"
    r"|sign up|subscribe|follow us)\b.{0,80}"
    r"|get in touch (?:with|by|at)\b.{0,160}@.{0,80}"
    r"|.{0,120}\bget in touch (?:at|by email\w*|on) \S+@\S+"
    r"|our (?:web)?site is the place for\b.{0,300}|\W*e-?mail\s*:\s*\S+@\S+"
    r"|follow [\w. ]{2,40} on (?:twitter|facebook|x|instagram|whatsapp)\b.{0,200}"
    r"|you can (?:unsubscribe|check out) at any time\b.{0,200}|our community members\b.{0,300}"
    r"|(?:newsletter|jetzt) (?:abonnieren|anmelden)\b.{0,160}|(?:melden sie sich|inscrivez-vous"
    r"|abonnez-vous|suscr[ií]bete|ap[uú]ntate|inscreva-se|iscriviti|meld je aan)\b.{0,200}",
    re.IGNORECASE,
)
_NOTICE_LENGTH = 400
_ALSO = re.compile(
    r"(?:lesen sie (?:auch|mehr|dazu)|mehr zum thema|auch interessant|lire aussi|à lire aussi"
    r"|lea? tambi[eé]n|te puede interesar|leia (?:também|mais)|leggi anche|lees ook"
    r"|læs (?:også|mere)|les (?:også|mer)|läs (?:också|även|mer)|czytaj (?:też|także))"
    r"\s*(?:[:|–—-]\s*(?P<rest>.*))?",
    re.IGNORECASE,
)
_MORE_CREDITS = re.compile(
    r"(?:additional |with )?reporting (?:by|from) (?P<names>.{2,80})", re.IGNORECASE
)


def _recognises(head: bytes, name: str) -> bool:
    start = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").replace(b"\0", b"")
    if start.startswith(b"<") and _TAG.search(start):
        return True
    return PurePath(name).suffix.lower() in _SUFFIXES and b"<" in head


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- a page has no text of its own
    yield article_from_page(read_text(source.path), origin=source.origin)


READER = Reader("html", "web pages (.html)", _recognises, _read)


def article_from_page(
    page: str, *, origin: str, url: str | None = None, reader: str = "html"
) -> Found:
    """The article of a web page, or a Problem where it has none.

    `url` is where the page came from, for pages that don't say so themselves.
    """
    reason = "no article was found on the page; save the article's own page, with its text"
    tree = _parse(page)
    if tree is None:
        return Problem(origin, "reading", reason)
    stated = Page(page, tree, url)
    captions = _take_captions(tree)
    _drop_boxes(tree)
    marked = _marked_body(tree)
    document = _extract(tree)
    found = _lines(getattr(document, "text", None) or "")
    found = _fuller(found, marked, _lines_stated(stated))
    if not found:
        return Problem(origin, "reading", reason)
    found = _without_gaps(found, tree)
    draft = draft_of(stated, document)
    draft.captions += captions
    lines = _with_standfirst(_article_lines(found, draft, stated), draft, stated)
    body = clean(lines, draft)
    if not body:
        return Problem(
            origin, "reading", "the page holds only links and notices; expected an article"
        )
    draft.credits += dateline_agencies(body[0])
    return draft.finish(body, raw=page, origin=origin, reader=reader)


def _parse(page: str) -> Any:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    page = page.replace("\0", "")
    parser = HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=False)
    try:
        return document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _extract(tree: Any) -> Any:
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return bare_extraction(
            deepcopy(tree),
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            # Only dates that the page states; guesses take a copyright notice for a date.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:  # noqa: BLE001 -- lxml and date parsers fail in many ways on hostile pages
        return None


def _lines(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in mend(text).split("\n"))
    return [line for line in lines if line]


def _fuller(found: list[str], *others: list[str]) -> list[str]:
    """What was found, or one of the others if that is very much more, or as much in paragraphs."""
    words = sum(len(line.split()) for line in found)
    for other in others:
        theirs = sum(len(line.split()) for line in other)
        as_much = len(found) == 1 < len(other) and words <= 1.1 * theirs
        if theirs >= _SHORT and (words < _MUCH_LESS * theirs or as_much):
            return other
    return found


def _lines_stated(page: Page) -> list[str]:
    """The text that JSON-LD has."""
    text = text_of(page.stated.get("articleBody")) or ""
    return _lines(html.unescape(text) if "&lt;" in text else text)


def _marked_body(tree: Any) -> list[str]:
    """The paragraphs of the element that the page marks as the article's text."""
    marked = tree.xpath('//*[contains(concat(" ", @itemprop, " "), " articleBody ")]')
    nodes = marked[0].iter(*_TEXT_TAGS) if marked else ()
    inner = [node for node in nodes if next(node.iterchildren(*_TEXT_TAGS), None) is None]
    return [line for node in inner for line in texts([node])]


def _without_gaps(found: list[str], tree: Any) -> list[str]:
    """The lines with the paragraphs between them that were taken for something else.

    Such a paragraph is whole sentences and stands in the same elements as those that were found.
    """
    places = {_squeezed(line): index for index, line in enumerate(found)}
    nodes = [(node, mend_line(node.text_content()) or "") for node in tree.iter("p")]
    known = [places.get(_squeezed(line), -1) if line else -1 for _, line in nodes]
    paths = {_path(node) for (node, _), place in zip(nodes, known, strict=True) if place >= 0}
    last = max((number for number, place in enumerate(known) if place >= 0), default=-1)
    missing: dict[int, list[str]] = {}
    place = -1
    for (node, line), own in zip(nodes[:last], known[:last], strict=True):
        place = max(place, own)
        fits = len(line.split()) >= _GAP_WORDS and line.endswith(_SENTENCE_ENDS)
        if own < 0 and fits and _path(node) in paths and (place >= 0 or not missing):
            missing.setdefault(place, []).append(line)
    text = "".join(_squeezed(line) for line in found)
    filled = [line for line in missing.get(-1, []) if _squeezed(line) not in text]
    for index, line in enumerate(found):
        filled.append(line)
        filled += [gap for gap in missing.get(index, []) if _squeezed(gap) not in text]
    return filled


def _squeezed(text: str) -> str:
    """The letters of a text alone: blanks are lost and found at line breaks within paragraphs."""
    return bare(text).replace(" ", "")


def _path(node: Any) -> tuple[tuple[str, str], ...]:
    """What an element is and lies in, by tags and classes."""
    chain = (node, *node.iterancestors())
    return tuple((str(each.tag), each.get("class") or "") for each in chain)


def _take_captions(tree: Any) -> list[str]:
    """The captions of pictures, taken out of the page."""
    nodes = [node for node in tree.iter("figcaption", "p", "div", "span", "small", "amp-caption")
             if node.tag == "figcaption" or _CAPTION.search(node.get("class") or "")]  # fmt: skip
    found: list[str] = []
    for node in nodes:
        lines = texts([node])
        if lines and len(lines[0].split()) <= _CAPTION_WORDS:
            found += lines
            _drop(node)
    return list(dict.fromkeys(found))


def _drop_boxes(tree: Any) -> None:
    """Takes posts of networks out, and small boxes that say that they are no article."""
    for node in [
        n for n in tree.iter("blockquote", "div") if _EMBEDDED.search(n.get("class") or "")
    ]:
        _drop(node)
    boxes = [node for node in tree.iter(*_BOX_TAGS) if _BOX.search(_naming(node))]
    whole = sum(len((p.text_content() or "").split()) for p in tree.iter("p")) if boxes else 0
    words = [len(node.text_content().split()) for node in boxes]
    # What wraps each paragraph of an article by the same name is no box, small as each one is.
    alike: Counter[str] = Counter()
    for node, count in zip(boxes, words, strict=True):
        alike[_naming(node)] += count
    for node, count in zip(boxes, words, strict=True):
        small = count <= _BOX_WORDS and alike[_naming(node)] <= _BOX_SHARE * whole
        if small and node.find(".//h1") is None:
            _drop(node)


def _naming(node: Any) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''}"


def _drop(node: Any) -> None:
    """Removes an element but not the text after it."""
    if node.getparent() is not None:
        node.drop_tree()


def _article_lines(found: list[str], draft: Draft, page: Page) -> list[str]:
    """The lines without captions, links and notices, and without what heads the text."""
    headings = {bare(heading) for heading in page.headings}
    captions = {bare(caption) for caption in (*draft.captions, *_under_pictures(page.tree))}
    links = _lone_links(page.tree)
    kept: list[str] = []
    for index, line in enumerate(found):
        known = bare(line)
        if index < _HEAD and (
            known in headings or is_date_line(line) or _is_own_byline(line, draft)
        ):
            continue
        if known in page.about_authors:
            continue
        if known in captions:
            draft.captions.append(line)
            continue
        if known in links:
            draft.related.append(line.removeprefix("- "))
        elif not _is_notice(line, draft):
            kept.append(line)
    return kept


def _is_notice(line: str, draft: Draft) -> bool:
    if len(line) > _NOTICE_LENGTH:
        return False
    line = line.removeprefix("- ")
    if also := _ALSO.fullmatch(line):
        draft.related += [also["rest"]] if also["rest"] else []
    elif credit := _MORE_CREDITS.fullmatch(line):
        draft.credits.append(credit["names"])
    else:
        return bool(_NOTICE.fullmatch(line))
    return True


def _lone_links(tree: Any) -> set[str]:
    """Paragraphs and list items that are a link to another story and nothing else, bare."""
    found = set()
    for node in tree.iter("p", "li"):
        link = node.find(".//a[@href]")
        if link is None or link.get("href").startswith("#"):
            continue
        text = " ".join(node.text_content().split())
        if len(text.split()) in _LINK_WORDS and not text.endswith((".", ",", ":", ";", "”", '"')):
            linked = " ".join(" ".join(a.text_content() for a in node.iter("a")).split())
            if bare(linked) == bare(text):
                found.add(bare(mend_line(text) or ""))
    return found


def _under_pictures(tree: Any) -> list[str]:
    """What stands in a paragraph with a picture and is no sentence."""
    held = (node for node in tree.iter("p") if node.find(".//img") is not None)
    return [
        line for line in texts(held) if len(line.split()) <= 30 and not line.endswith((".", "”"))
    ]


def _with_standfirst(lines: list[str], draft: Draft, page: Page) -> list[str]:
    """The lines with the standfirst before them, which stands between heading and picture."""
    text = {bare(line) for line in lines[: _HEAD + 4]}
    headings = list(page.tree.iter("h1"))
    title = bare(draft.title or "")
    own = [node for node in headings if title and bare(node.text_content()) == title] or headings
    for node in own[0].xpath("following::*")[:_NEAR] if own else ():
        if node.tag not in _MARKED or len(node) > 6:
            continue
        line = mend_line(node.text_content()) or ""
        known = bare(line)
        if known and known in text:
            return lines
        marked = node.get("itemprop") == "description" or _STANDFIRST.search(
            node.get("class") or ""
        )
        if not STANDFIRST_WORDS <= len(line.split()) <= _STANDFIRST_LONGEST:
            continue
        if (marked or known in page.descriptions) and known != title:
            joined = " ".join(bare(each) for each in lines)
            return lines if known in joined else [line, *lines]
    return lines


def _is_own_byline(line: str, draft: Draft) -> bool:
    found = read_byline(line)
    if not found or not any(found):
        return False
    if not draft.authors:
        draft.authors += found[0]
    draft.credits += found[1]
    return True
