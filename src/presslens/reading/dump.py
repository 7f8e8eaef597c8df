"""Dumps: articles saved as plain text, with title, date, byline and leftovers of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading.captions import with_captions
from presslens.reading.cleaning import clean, mend
from presslens.reading.credits import dateline_agencies, people
from presslens.reading.dates import is_date_line, line_date
from presslens.reading.decoding import binary_format
from presslens.reading.draft import Draft
from presslens.reading.dump_body import body_parts
from presslens.reading.dump_end import body_end
from presslens.reading.dump_foot import take_foot
from presslens.reading.dump_head import body_start, take_head
from presslens.reading.dump_outlet import outlet_in
from presslens.reading.files import Source, read_text
from presslens.reading.forwarded import unforwarded
from presslens.reading.markdown import without_markdown
from presslens.reading.mastheads import has_masthead_form
from presslens.reading.outlets import country_of, find_outlet, outlet_named
from presslens.reading.parts import part_of
from presslens.reading.registry import Found, Reader
from presslens.reading.running_heads import without_running_heads
from presslens.reading.running_text import is_running_text
from presslens.reading.runs_in import taken_apart
from presslens.reading.urls import may_be_article, url_of_line
from presslens.reading.wrapping import Block, blocks_of

_SUFFIXES = frozenset({"", ".txt", ".text", ".asc", ".dump", ".raw", ".md", ".article", ".story"})
_OUTLET_LABELS = frozenset("outlet publication publisher newspaper paper site".split())
_PERSON_LABELS = frozenset("author authors byline by writer".split())
_DATE_LABELS = frozenset({
    "date", "published", "published on", "publication date", "publication-date", "date published",
    "published date", "pubdate",
})  # fmt: skip
# Fields of databases that no article has, or "Body:" over the text.
_IDLE_LABELS = frozenset({
    "length", "edition", "page", "document type", "load-date", "word count", "wordcount",
    "country", "language",
})  # fmt: skip
# Bylines, dates and captions stand among the first paragraphs; further down they are text.
_HEAD = 12
_TAIL = 5
_FIELD_WORDS = 6
# No article has more lines; what lies between the edges of a longer text stays as it is.
_EDGE = 10_000
_OMITTED = "The text that lies between these edges is not looked at, so that it stays as it is."
# Menus and notices may stand above the address.
_ADDRESS = 25

_LABEL = re.compile(
    r"(?P<label>title|headline|url|link|permalink|(?:original|source|article|canonical"
    r"|full)[ -]?(?:url|link)"
    r"|web ?address|retrieved from|available at|outlet|publication|publisher|newspaper|paper|source"
    r"|site|section|category|rubric|authors?|byline|by|writer|date|published(?: on)?"
    r"|publication[ -]date|date published|published date|pubdate|language|length|body|text"
    r"|full text|edition|page|document type|load-date|word ?count|country)\s*:\s*(?P<value>.*)",
    re.IGNORECASE,
)
# "Read the original at https://paper.example/story", "Retrieved from …"
_URL_WITHIN = re.compile(r"https?://\S{8,}")
_ADDRESS_WORDS = 12


def _recognises(head: bytes, name: str) -> bool:
    if PurePath(name).suffix.lower() in _SUFFIXES:
        return binary_format(head) is None
    return is_running_text(head)


def _read(source: Source, verbatim: bool) -> Iterator[Found]:
    raw = read_text(source.path)
    if verbatim:
        from presslens.reading.verbatim import whole

        yield whole(raw, origin=source.origin, reader="dump")
        return
    # Imported here, since exports end in single articles, too.
    from presslens.reading.exports import articles_of

    yield from articles_of(raw, Draft(), origin=source.origin, reader="dump")


READER = Reader("dump", "plain text (.txt)", _recognises, _read)


def article_from_text(raw: str, draft: Draft, *, origin: str, reader: str) -> Article | Problem:
    """The article in a plain text, its title, date and byline found in it where the draft has none.

    Returns a Problem where no text is left.
    """
    text = taken_apart(without_running_heads(without_markdown(unforwarded(mend(raw)))))
    blocks = _without_labels(blocks_of(text), draft)
    middle = blocks[_EDGE:-_EDGE] if len(blocks) > 2 * _EDGE else []
    if middle:
        blocks = [*blocks[:_EDGE], Block(_OMITTED), *blocks[-_EDGE:]]
    body = _body(blocks, text, draft)
    if _OMITTED in body:
        place = body.index(_OMITTED)
        body[place : place + 1] = [block.text for block in middle]
    if not body:
        reason = "it holds no text that could be an article" if text.strip() else "it is empty"
        return Problem(origin, "reading", f"{reason}; expected a title and paragraphs of text")
    draft.credits.extend(dateline_agencies(body[0]))
    return draft.finish(body, raw=raw, origin=origin, reader=reader)


def _body(blocks: list[Block], text: str, draft: Draft) -> list[str]:
    """The paragraphs of the article; what stands around them goes to the draft."""
    draft.url = draft.url or _url_at_edge(blocks)
    country = country_of(draft.url)
    parts = with_captions(part_of(block, country) for block in blocks)
    start = body_start(parts)
    head = take_head(parts[:start], parts[start:], draft)
    known = find_outlet(draft.url) if draft.url else None
    named = [*head.papers, *([known.name] if known else [])]
    end = start + body_end(parts[start:], draft.authors, named)
    middle, related = body_parts(parts[start:end], draft.authors)
    foot, papers = take_foot(parts[end:], draft)
    draft.related += related
    kept = [*head.asides, *head.kept, *middle, *foot]
    draft.captions += [part.text for part in kept if part.kind == "picture"]
    body = clean([part.text for part in kept if part.kind != "picture"], draft)
    draft.outlet = draft.outlet or outlet_in(
        head.papers + papers, url=draft.url, text=text, captions=draft.captions
    )
    return body


def _url_at_edge(blocks: list[Block]) -> str | None:
    """The address on one of the first lines, or on one of the last."""
    for block in (*blocks[:_ADDRESS], *reversed(blocks[-_TAIL:])):
        if (url := url_of_line(block.text)) and may_be_article(url):
            return url
    for block in (*reversed(blocks[-_TAIL:]), *blocks[:_HEAD]):
        words = block.text.split()
        if len(words) <= _ADDRESS_WORDS and (match := _URL_WITHIN.search(block.text)):
            url = url_of_line(match[0].rstrip(").,;>]"))
            if url and may_be_article(url):
                return url
    return None


def _without_labels(blocks: list[Block], draft: Draft) -> list[Block]:
    """The blocks without lines such as "Title: …" at both ends, which go to the draft."""
    edge = max(len(blocks) - _TAIL, _HEAD)
    head, middle, tail = blocks[:_HEAD], blocks[_HEAD:edge], blocks[edge:]
    return [*_unlabelled(head, draft), *middle, *_unlabelled(tail, draft)]


def _unlabelled(blocks: list[Block], draft: Draft) -> list[Block]:
    rest: list[Block] = []
    queue = list(blocks)
    while queue:
        block = queue.pop(0)
        if _labelled(block.text, queue, draft) is None:
            rest.append(block)
    return rest


def _labelled(line: str, queue: list[Block], draft: Draft) -> str | None:
    """Takes a line such as "Title: …" over; its value may stand on the next line."""
    match = _LABEL.fullmatch(line)
    if not match:
        return None
    label, value = match["label"].lower(), match["value"].strip()
    if not value and label in {"body", "text", "full text"}:
        return label
    if not value and queue and len(queue[0].text.split()) <= 25:
        value = queue[0].text
        if not _apply_label(label, value, draft):
            return None
        queue.pop(0)
        return value
    return value if value and _apply_label(label, value, draft) else None


def _apply_label(label: str, value: str, draft: Draft) -> bool:
    url = url_of_line(value)
    if url:
        draft.url = draft.url or url
        return True
    if label in _PERSON_LABELS:
        return _apply_people(value, draft)
    if label in _DATE_LABELS:
        return _apply_date(value, draft)
    return _apply_text(label, value, draft)


def _apply_text(label: str, value: str, draft: Draft) -> bool:
    """Takes a title, an outlet or a section over, and leaves fields out that no article has."""
    outlet = outlet_named(value)
    named = label == "source" and (outlet is not None or has_masthead_form(value))
    if label in {"title", "headline"}:
        draft.title = draft.title or value
    elif label in _OUTLET_LABELS or named:
        draft.outlet = draft.outlet or outlet or value
    elif label in {"section", "category", "rubric"}:
        draft.section = draft.section or re.split(r"\s*[|;]\s*", value)[0]
    else:
        return label in _IDLE_LABELS and len(value.split()) <= _FIELD_WORDS
    return True


def _apply_people(value: str, draft: Draft) -> bool:
    names = people(value)
    if names:
        draft.authors += names[0]
        draft.credits += names[1]
    return names is not None


def _apply_date(value: str, draft: Draft) -> bool:
    dated = line_date(value, country=country_of(draft.url))
    if not dated or not is_date_line(value):
        return False
    if draft.published is None:
        draft.date_it(dated[0])
    return True
