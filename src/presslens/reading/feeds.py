"""Feeds: RSS and Atom saved as files, for the articles that they hold in full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from presslens.problems import Problem, ReadingError
from presslens.reading.blocks import Blocks, blocks_of_html
from presslens.reading.cleaning import mend_line
from presslens.reading.draft import Draft
from presslens.reading.files import Source, read_bytes
from presslens.reading.lines import ends_sentence
from presslens.reading.outlets import find_outlet
from presslens.reading.registry import Found, Reader
from presslens.reading.wire import add_names, article_from_blocks, date_first, language_code
from presslens.reading.xml import Element, local, root_name, text_in
from presslens.reading.xml_items import parse_items

_ITEMS = ("item", "entry")
# Archives of a paper's years have some 10,000, which take five seconds.
MAX_ITEMS = 20_000
_ATOM = re.compile(rb"www\.w3\.org/2005/Atom|purl\.org/atom", re.IGNORECASE)
_RSS_1 = re.compile(rb"purl\.org/rss/1\.0|netscape\.com/rdf/simple", re.IGNORECASE)
_MEDIA = "http://search.yahoo.com/mrss"
# Summaries have some 20 to 50 words, the shortest reports of a paper about 60.
_SUMMARY_WORDS = 60
# A brief of two paragraphs and more that both end in a full stop is no teaser from here on.
_BRIEF_WORDS = 30
# Where a text is cut off, or says that it goes on elsewhere.
_CUT_OFF = re.compile(
    r"(?:\[?(?:…|\.\.\.|&hellip;)\]?|(?:continue reading|read (?:more|on|the (?:full|rest)"
    r"[\w ]{0,30}))[^.!?]{0,100})\W*$",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(?:the post .{1,300} (?:appeared first|first appeared) on .{1,100}"
    r"|(?:continue reading|read more|read on|read the (?:full|rest)\b).{0,150})",
    re.IGNORECASE,
)
# "Harbour Post - World" and "World | Harbour Post": which part is the paper cannot be told.
_TITLE_PARTS = re.compile(r"\s[|–—:»>-]\s|:\s")


def _recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 -- the root element tells
    root = root_name(head)
    plain = head.replace(b"\0", b"") if root in {"feed", "RDF"} else b""
    return (
        root == "rss"
        or (root == "feed" and bool(_ATOM.search(plain)))
        or (root == "RDF" and bool(_RSS_1.search(plain)))
    )


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- it has markup
    root, broken = parse_items(read_bytes(source.path), _ITEMS)
    for number, reason in broken.items():
        yield Problem(f"{source.origin}:{number}", "reading", reason)
    if (more := _drop_more(root)) > 0:
        reason = f"it has {MAX_ITEMS + more:,} items, of which {more:,} were not read; split it"
        yield Problem(source.origin, "reading", reason)
    captions = _take_captions(root)
    feed = _parsed(root)
    if not feed.entries and not broken:
        raise ReadingError("the feed holds no items; save it again when it has some")
    total = len(feed.entries) + len(broken)
    numbers = [number for number in range(1, total + 1) if number not in broken]
    for index, (number, entry) in enumerate(zip(numbers, feed.entries, strict=True)):
        beside = captions[index] if len(captions) == len(feed.entries) else []
        yield _from_entry(entry, feed.feed, beside, f"{source.origin}:{number}")


READER = Reader("feeds", "RSS and Atom feeds (.xml, .rss, .atom)", _recognises, _read)


def _drop_more(root: Element) -> int:
    """Takes the items out that are more than are read; how many these were."""
    more = [node for node in root.iter() if local(node.tag) in _ITEMS][MAX_ITEMS:]
    for node in more:
        if (parent := node.getparent()) is not None:
            parent.remove(node)
    return len(more)


def _take_captions(root: Element) -> list[list[str]]:
    """The captions of each item's media, whose elements go: they would be taken for its own."""
    items = [node for node in root.iter() if local(node.tag) in _ITEMS]
    captions = []
    for item in items:
        media = [node for node in item.iterdescendants() if _is_media(node)]
        words = [text_in(node) for node in media if local(node.tag) == "description"]
        captions.append([line for word in words if (line := _plain(word))])
        for node in media:
            if (parent := node.getparent()) is not None:
                parent.remove(node)
    return captions


def _is_media(node: Element) -> bool:
    return isinstance(node.tag, str) and node.tag.startswith("{" + _MEDIA)


def _parsed(root: Element) -> Any:
    import feedparser
    from lxml import etree

    raw = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    # Given as a stream, since feedparser would open what it takes for an address or a path.
    return feedparser.parse(
        BytesIO(raw),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )


def _from_entry(entry: Any, feed: Any, captions: list[str], origin: str) -> Found:
    draft = _fields(entry, feed)
    blocks, markup, is_content = _body(entry)
    cut_off = bool(blocks.paragraphs) and bool(_CUT_OFF.search(blocks.paragraphs[-1][-200:]))
    blocks.paragraphs = [line for line in blocks.paragraphs if not _FOOTER.fullmatch(line)]
    if not blocks.paragraphs:
        return Problem(origin, "reading", _save_page("the feed holds no text", draft.url))
    cut_off = cut_off or bool(_CUT_OFF.search(blocks.paragraphs[-1][-200:]))
    if cut_off or not _is_full(blocks.paragraphs, is_content=is_content):
        return Problem(origin, "reading", _save_page("the feed holds only a summary", draft.url))
    draft.captions += captions
    raw = f"{draft.title or ''}\n{markup}"
    return article_from_blocks(blocks, draft, raw=raw, origin=origin, reader=READER.name)


def _save_page(what: str, url: str | None) -> str:
    return f"{what}; save the article's page" + (f": {url}" if url else "")


def _is_full(paragraphs: list[str], *, is_content: bool) -> bool:
    """Whether a text is an article rather than a summary of one."""
    words = sum(len(line.split()) for line in paragraphs)
    ended = [line for line in paragraphs if ends_sentence(line)]
    if words >= _SUMMARY_WORDS:
        return True
    brief = len(paragraphs) > 1 and len(ended) == len(paragraphs) and words >= _BRIEF_WORDS
    return brief or (is_content and bool(ended) and words >= _BRIEF_WORDS)


def _body(entry: Any) -> tuple[Blocks, str, bool]:
    """An item's text, its markup, and whether the feed calls it the content, not the summary."""
    summary = str(entry.get("summary") or "")
    contents = [str(part.get("value") or "") for part in entry.get("content") or []]
    content = max(contents, key=len, default="")
    # Feeds that say the same in both fields have the summary alone.
    is_content = bool(content.strip()) and content.strip() != summary.strip()
    markup = content if len(content) >= len(summary) else summary
    return blocks_of_html(markup), markup, is_content


def _fields(entry: Any, feed: Any) -> Draft:
    link = str(entry.get("link") or "")
    draft = Draft(url=link if link.startswith(("http://", "https://")) else None)
    draft.title = _plain(entry.get("title"))
    named = find_outlet(draft.url) if draft.url else None
    title = _plain((entry.get("source") or {}).get("title")) or _plain(feed.get("title"))
    if named:
        draft.outlet = named.name
    elif title and (draft.url is None or not _TITLE_PARTS.search(title)):
        draft.outlet = title
    draft.language = language_code(_language(entry) or feed.get("language"))
    for author in _authors(entry):
        add_names(draft, author)
    tags = (mend_line(tag.get("label") or tag.get("term")) for tag in entry.get("tags") or [])
    draft.section = next(filter(None, tags), None)
    date_first(draft, [entry.get("published") or entry.get("updated")])
    return draft


def _language(entry: Any) -> str | None:
    parts = entry.get("content") or []
    return next((part["language"] for part in parts if part.get("language")), None)


def _authors(entry: Any) -> list[str]:
    """The names of an item's authors; RSS 2.0 writes "desk@paper.example (Ana Lima)"."""
    stated = [author.get("name") for author in entry.get("authors") or []]
    names = [str(name) for name in stated if name]
    return [name for name in names if "@" not in name]


def _plain(markup: Any) -> str | None:
    paragraphs = blocks_of_html(str(markup)).paragraphs if markup else []
    return " ".join(paragraphs) or None
