"""Dumps: articles saved as plain text, with title, date, byline and leftovers of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading.cleaning import clean, mend, says_again
from presslens.reading.credits import (
    dateline_agencies,
    is_name,
    lone_agencies,
    people,
    read_byline,
)
from presslens.reading.dates import is_date_line, line_date
from presslens.reading.decoding import binary_format
from presslens.reading.draft import Draft
from presslens.reading.files import Source, read_text
from presslens.reading.lines import classify, ends_sentence, reads_like_a_title
from presslens.reading.outlets import country_of, outlet_named
from presslens.reading.registry import Found, Reader
from presslens.reading.urls import slug_words, url_of_line
from presslens.reading.wrapping import paragraphs as to_paragraphs

_SUFFIXES = frozenset({"", ".txt", ".text", ".asc", ".dump", ".raw", ".md", ".article", ".story"})
# Bylines, dates and captions stand among the first paragraphs; further down they are text.
_HEAD = 12
_TAIL = 5

_LABEL = re.compile(
    r"(?P<label>title|headline|url|link|permalink|(?:original|source|article|canonical"
    r"|full)[ -]?(?:url|link)"
    r"|web ?address|retrieved from|available at|outlet|publication|publisher|newspaper|source"
    r"|section|category|rubric|authors?|byline|by|date|published|publication[ -]date|date published"
    r"|language)\s*:\s*(?P<value>.*)",
    re.IGNORECASE,
)
_SECTIONS = re.compile(
    r"(?:(?:home|latest|top|local|world|national|international|regional|breaking)?\s*(?:news"
    r"|stories)"
    r"|home|politics|world|business|economy|sports?|opinion|culture|national|international|local"
    r"|regional?|health|science|technology|tech|environment|climate|education|crime|courts?"
    r"|entertainment|lifestyle|society|editorial|africa|asia|europe|americas?|middle east|oceania"
    r"|features?|analysis|comment|commentary|letters|security|defen[cs]e|energy|travel|weather)",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"\s*(?:>|»|›|→|/|\|)\s*")
_CRUMB_END = re.compile(r"[>»›→/|]")
_PIECE_END = re.compile(r"[|•·●–—-]")
_PIECES = re.compile(
    r"\s*[|•·●]\s*|\s+[–—-]\s+(?=\d|[A-Z][a-z]+\.? \d|by\b|updated|published)", re.IGNORECASE
)
_NAME_AND_DATE = re.compile(
    r"((?:[Bb]y )?[A-ZÀ-Þ][^\d,|]{3,60}?),?\s+((?:[Pp]ublished|[Uu]pdated|[Pp]osted)?(?: on)?:?\s*"
    r"(?:\d{1,2}|[A-Z][a-z]{2,8}\.?,? (?:\d{1,2}|[A-Z])).*)"
)
# A dateline opens the first paragraph of a body: "LEÓN.- A boy …", "Doha: …", "PORT ALMA, May 3 –".
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ ,.'’/-]{3,}(?:, \w+\.? \d+)?\s*(?:\([^)]*\))?\s*(?:[–—:]|\.?-)\s+\S"
)
_CLOSING_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]\.(?:[A-Z]\.)+|\b(?:Inc|Co|Ltd|Jr|Sr|Corp|St|No|a\.m|p\.m)\.|\.\.\.)$"
)
# A question or an exclamation opens many a body; as a title it is short.
_SHORT_TITLE = 14
_COMPOUND_LENGTH = 160


def _recognises(head: bytes, name: str) -> bool:
    return PurePath(name).suffix.lower() in _SUFFIXES and binary_format(head) is None


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
    found = to_paragraphs(mend(raw))
    body = clean(_without_foot(_without_head(found, draft), draft), draft)
    if not body:
        reason = "it holds no text that could be an article" if found else "it is empty"
        return Problem(origin, "reading", f"{reason}; expected a title and paragraphs of text")
    draft.credits.extend(dateline_agencies(body[0]))
    return draft.finish(body, raw=raw, origin=origin, reader=reader)


def _without_head(found: list[str], draft: Draft) -> list[str]:
    """The paragraphs without URL, labels, date, byline and title, which go to the draft."""
    rest: list[str] = []
    has_title = draft.title is not None
    queue = list(found[:_HEAD])
    updated = None
    while queue:
        line = queue.pop(0)
        if _labelled(line, queue, draft) is not None:
            continue
        if draft.url is None and (url := url_of_line(line)):
            draft.url = url
        elif is_date_line(line):
            dated = line_date(line, country=country_of(draft.url))
            if dated and not dated[1] and draft.published is None:
                draft.date_it(dated[0])
            elif dated:
                updated = updated or dated[0]
        elif not _credit_line(line, draft) and not _compound(line, draft, bool(rest)):
            rest.append(line)
    if updated and draft.published is None and draft.url is None:
        draft.date_it(updated)
    rest += found[_HEAD:]
    return rest if has_title or draft.title else _take_title(rest, draft)


def _labelled(line: str, queue: list[str], draft: Draft) -> str | None:
    """Takes a line such as "Title: …" over; its value may stand on the next line."""
    match = _LABEL.fullmatch(line)
    if not match:
        return None
    label, value = match["label"].lower(), match["value"].strip()
    if not value and queue and len(queue[0].split()) <= 25:
        value = queue[0]
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
    if label in {"title", "headline"}:
        draft.title = draft.title or value
    elif label in {"outlet", "publication", "publisher", "newspaper"}:
        draft.outlet = draft.outlet or value
    elif label in {"section", "category", "rubric"}:
        draft.section = draft.section or value
    elif label in {"author", "authors", "byline", "by"}:
        names = people(value)
        if not names:
            return False
        draft.authors += names[0]
        draft.credits += names[1]
    elif label in {"date", "published", "publication date", "publication-date", "date published"}:
        dated = line_date(value, country=country_of(draft.url))
        if not dated or not is_date_line(value):
            return False
        if draft.published is None:
            draft.date_it(dated[0])
    else:
        return False
    return True


def _credit_line(line: str, draft: Draft) -> bool:
    """Takes a byline or a lone agency over."""
    names = read_byline(line)
    if names is None or not any(names):
        agencies = lone_agencies(line)
        draft.credits += agencies
        return bool(agencies)
    draft.authors += names[0]
    draft.credits += names[1]
    return True


def _compound(line: str, draft: Draft, after_title: bool) -> bool:
    """Takes a line like "By Ana Lima | 3 May 2024 | Politics" over, if all its pieces are known."""
    if len(line) > _COMPOUND_LENGTH:
        return False
    pieces = [piece for piece in _PIECES.split(line) if piece] if _PIECE_END.search(line) else []
    if len(pieces) < 2:
        pieces = _name_and_date(line)
    crumbs = [piece for piece in _CRUMBS.split(line) if piece] if _CRUMB_END.search(line) else []
    if len(crumbs) > 1 and _SECTIONS.fullmatch(crumbs[0]) and len(line.split()) <= 12:
        named = [
            crumb for crumb in crumbs if _SECTIONS.fullmatch(crumb) and crumb.lower() != "home"
        ]
        draft.section = draft.section or (named[-1] if named else None)
        return True
    kinds = [_piece(piece) for piece in pieces]
    if len(pieces) < 2 or None in kinds or not {"date", "byline"} & set(kinds):
        return False
    for piece, kind in zip(pieces, kinds, strict=True):
        if (
            kind == "date"
            and draft.published is None
            and (dated := line_date(piece, country=country_of(draft.url)))
        ):
            draft.date_it(dated[0])
        elif kind in {"byline", "name"} and after_title:
            names = read_byline(piece) or people(piece)
            draft.authors += names[0] if names else []
            draft.credits += names[1] if names else []
        elif kind == "outlet":
            draft.outlet = outlet_named(piece)
        elif kind == "section":
            draft.section = draft.section or piece
    return True


def _name_and_date(line: str) -> list[str]:
    """ "Ana Lima, 3 May 2024" and "By Ana Lima May 3, 2024" in two pieces."""
    match = _NAME_AND_DATE.fullmatch(line)
    return [match[1], match[2]] if match else []


def _piece(piece: str) -> str | None:
    if is_date_line(piece):
        return "date"
    if outlet_named(piece):
        return "outlet"
    if read_byline(piece):
        return "byline"
    if _SECTIONS.fullmatch(piece):
        return "section"
    if is_name(piece) or lone_agencies(piece):
        return "name"
    kind = classify(piece)
    return (
        kind.kind
        if kind
        else "time"
        if re.fullmatch(r"[\d:.]+\s*(?:[ap]\.?m\.?)?", piece)
        else None
    )


def _take_title(rest: list[str], draft: Draft) -> list[str]:
    """Takes the title, and a name right under it, out of what is left of the head."""
    if len(rest) > 1 and _SECTIONS.fullmatch(rest[0]):
        draft.section = draft.section or rest[0]
        rest = rest[1:]
    for _ in range(min(_HEAD, len(rest) - 1)):
        line = classify(rest[0])
        if line is None or line.kind not in {"notice", "caption"}:
            break
        clean([rest[0], "."], draft)
        rest = rest[1:]
    if len(rest) < 2:
        return rest
    slug = slug_words(draft.url) if draft.url else set()
    first = rest[0]
    if _is_byline_without_by(first, slug):
        draft.authors += (people(first) or ([], []))[0]
        return rest[1:]
    if says_again(first, rest[1], from_start=True) or not _is_title(
        first, slug, dated=draft.published is not None or bool(draft.authors)
    ):
        return rest
    draft.title, rest = first, rest[1:]
    if len(rest) > 1 and is_name(rest[0]) and not ends_sentence(rest[0]):
        draft.authors += (people(rest[0]) or ([], []))[0]
        rest = rest[1:]
    return rest


def _is_title(line: str, slug: set[str], *, dated: bool) -> bool:
    """Whether a text's first line is its title; an address that echoes it is evidence."""
    echoes = _echoes(line, slug)
    # "Sorry is a small word. Try it, minister" has the form of a title for its address alone.
    short = len(line.split()) <= _SHORT_TITLE
    title = reads_like_a_title(line.replace(". ", " ") if short and echoes > 1 else line)
    if not title and not _CLOSING_ABBREVIATION.search(line[-20:]):
        return False
    if _DATELINE.match(line) or classify(line):
        return False
    if ends_sentence(line) and not _CLOSING_ABBREVIATION.search(line[-20:]):
        return short and (echoes > 1 or dated or not slug)
    return echoes > 0 or not slug or dated


def _echoes(line: str, slug: set[str]) -> int:
    """How many words of a URL's path a line has, by their first four letters."""
    stems = {word[:4] for word in re.findall(r"[a-z]{4,}", line.lower())}
    return sum(word[:4] in stems for word in slug)


def _is_byline_without_by(line: str, slug: set[str]) -> bool:
    """A name alone at the top, where the address shows that it is not the headline."""
    return is_name(line) and len(line.split()) <= 4 and bool(slug) and not _echoes(line, slug)


def _without_foot(rest: list[str], draft: Draft) -> list[str]:
    """The paragraphs without the address, the byline and the labels at the end."""
    start = max(len(rest) - _TAIL, 0)
    kept, queue = rest[:start], rest[start:]
    while queue:
        line = queue.pop(0)
        if _labelled(line, queue, draft) is not None:
            continue
        names = None if queue and not url_of_line(queue[0]) else read_byline(line)
        url = url_of_line(line) or _url_in_notice(line)
        if url and draft.url is None:
            draft.url = url
        elif names and any(names):
            draft.authors += names[0]
            draft.credits += names[1]
        elif (
            is_date_line(line)
            and draft.published is None
            and not any(queued for queued in queue if ends_sentence(queued))
        ):
            dated = line_date(line, country=country_of(draft.url))
            if dated:
                draft.date_it(dated[0])
        else:
            kept.append(line)
    return kept


def _url_in_notice(line: str) -> str | None:
    """The address in a line such as "© 2024 The Paper. https://paper.example/story"."""
    match = re.search(r"https?://\S+", line)
    if not match or (kind := classify(line)) is None or kind.kind != "notice":
        return None
    return url_of_line(match[0])
