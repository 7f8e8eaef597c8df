"""Links: titles of other stories between the paragraphs of a dump, with a label or without."""

from __future__ import annotations

import re
from collections.abc import Sequence

from presslens.reading.furniture import CALL_AT_END, call_weight
from presslens.reading.parts import Part
from presslens.reading.prose import shared

ITEM = re.compile(r"(?:[•◦▪*·–—-]|\(?\d{1,2}[.)]|[a-z]\)|\d{1,2}(?=\s+[A-Z]))\s")
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]?\s")
# Labels before a link or above one: "Editorial: The water under our feet", "READ | …".
_LABEL = (
    r"(?:(?:the )?(?:editorial|opinion|comment|column|explainers?|explained|analysis"
    r"|more|read|watch"
    r"|listen|see|gallery|galleries|in pictures|pictures|photos|videos?|podcasts?|in[ -]depth"
    r"|profile|background|timeline|live(?: updates?)?|trending|viral|exclusive|factbox|quiz"
    r"|interactive|next|previous|related|recommended|popular|big read|long read|special report"
    r"|in focus|focus|spotlight|must[ -]read|must[ -]watch|sponsored|promoted|partner content"
    r"|from the archives?|archive|flashback|breaking|latest|top stor(?:y|ies)|hot"
    r"|picks?|editor['’]s"
    r" picks?|stories|other (?:news|stories)|elsewhere|happening now|dig deeper|go deeper|deep dive"
    r"|catch up|keep reading|continue reading|what to know|fact ?check|first read"
    r"|earlier|full (?:report|interview|episode)|read the full (?:report|story"
    r"|article|interview)|feature|review"
    r"|newsletter|read this|read here|see here|more here|full story|story|link|links|also"
    r"|don['’]t miss|subscriber exclusive|for subscribers|premium|(?:photo|picture"
    r"|image|video)s? (?:gallery|galleries)|(?:promoted|sponsored|paid"
    r"|partner) (?:stories|content|links|posts)|advertorial|play|get|try|new)"
    r"(?: (?:here|now|this|also|more|next|news|stories|story|coverage|topics?))?)"
)
# "» The title", "The title (read more)"
_POINTED = re.compile(
    r"(?:[>»→►▶]+|-->)\s*(?P<title>.+)|(?P<before>.+?)\s*[(\[](?:read (?:more|on"
    r"|here)|more|watch|video|see"
    r" here|link)[)\]]|(?P<next>.+?)\s*[»→►▶]+",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"[\W_]*{_LABEL}\s*(?::|\||>+|»|→|[–—]|\s-)\s*(?P<title>.+)", re.IGNORECASE)
# "Te puede interesar: A title"
_FOREIGN_LABEL = re.compile(r"^[A-ZÀ-Þ]\w+(?: [a-zß-ÿ]\w*){1,3}\s?: (?=[A-ZÀ-Þ])")
_SOFT_LABEL = re.compile(
    r"(?:also|more|other|next|previous|elsewhere|latest|related|similar|see|read|mehr|lire|lea|leia"
    r"|leggi|lees|læs|les)\b(?: [\w'’]+){0,5}:?$",
    re.IGNORECASE,
)
POPULAR = re.compile(r"\b(?:most|popular|trending|latest|top|viewed|hot)\b", re.IGNORECASE)
_LABEL_ALONE = re.compile(rf"[\W_]*{_LABEL}[\W_]*", re.IGNORECASE)
# The longest label over links that no list knows, and how many words a link has.
_LABEL_WORDS, _LONGEST_LABEL = 4, 80
# A longer line is no link.
_LONGEST = 400
_LINK_WORDS = range(3, 26)
# A headline of another story without a label.
_HEADLINE_WORDS = range(7, 17)
_UNDER_A_WORD = 5
# A subhead's words are the text's.
_SUBHEAD_SHARED = 0.5
_PRONOUNS = frozenset("he she it they we i this that these those his her their".split())
# "[ Ana Lima: The goat that understood money ]"
_BRACKETED = re.compile(r"[\[(]\s?(?P<title>(?:\S+ ){3,20}\S+?)\s?[\])]")
# Lists and quotations are looked for no further than this, however long a text is.
LONGEST_LIST, _MOST_LINKS, QUOTE_REACH = 120, 40, 12


def is_label(part: Part) -> bool:
    """Whether a part is a label over links: "Related stories", "Most read", "More on this"."""
    if part.aside:
        return part.aside.kind == "related" and not part.aside.content
    short = len(part.text) <= _LONGEST_LABEL
    return short and bool(_LABEL_ALONE.fullmatch(part.text)) and not part.heading


def links_under(parts: Sequence[Part], place: int) -> list[str]:
    """The headlines right under a label, with a blank line before it and behind them."""
    part = parts[place]
    label = is_label(part)
    if part.kind not in {"line", "section", "menu", "aside"}:
        return []
    if ITEM.match(part.text) or len(part.text.split()) > _LABEL_WORDS or part.heading:
        return []
    links: list[str] = []
    for below in parts[place + 1 : place + 1 + _MOST_LINKS]:
        item = label and bool(ITEM.match(below.text))
        ends = below.kind == "prose" or below.is_sentence
        if (below.gap and (links or not label)) or (ends and not item):
            break
        if below.text[-1] == ":" or below.kind == "picture":
            break
        if len(below.text.split()) not in _LINK_WORDS and not (label and ITEM.match(below.text)):
            break
        links.append(below.text)
    around = parts[max(place - QUOTE_REACH, 0) : place + QUOTE_REACH]
    gaps = sum(one.gap for one in around) > len(around) / 2
    if not links or label:
        return links
    headline = (len(links) == 1 or bool(_SOFT_LABEL.match(part.text))) and len(
        links[0].split()
    ) >= _UNDER_A_WORD
    return links if headline and part.gap and gaps and not ITEM.match(links[0]) else []


def lists_popular(label: str, links: Sequence[str]) -> bool:
    """Whether links are the page's most read ones, which have nothing to do with the article."""
    return bool(POPULAR.search(label)) or bool(_NUMBERED.match(links[0]))


def link_of(part: Part, parts: Sequence[Part], place: int, known: set[str]) -> str | None:
    """The title of another story that a line between paragraphs is, or None."""
    if part.heading or part.kind not in {"line", "call", "paper"} or len(part.text) > _LONGEST:
        return None
    if (match := _LABELLED.fullmatch(part.text)) and len(match["title"].split()) in _LINK_WORDS:
        return match["title"].strip()
    if match := _POINTED.fullmatch(part.text):
        return (match["title"] or match["before"] or match["next"]).strip()
    words = part.text.split()
    if ITEM.match(part.text) or len(words) not in _HEADLINE_WORDS or part.kind != "line":
        return None
    if part.text[0] in "“\"‘'«" or words[0].lower() in _PRONOUNS:
        return None
    beside = [
        one.kind for one in (*parts[max(place - 1, 0) : place], *parts[place + 1 : place + 2])
    ]
    alone = len(beside) == 2 and set(beside) <= {"prose", "call", "aside", "menu"}
    ends = part.text[-1] in ':,;)]"”' or call_weight(part.text) >= CALL_AT_END
    found = alone and not ends and shared(part.text, known) < _SUBHEAD_SHARED
    return _FOREIGN_LABEL.sub("", part.text) if found else None


def bracketed_link(part: Part) -> str | None:
    """The title of another story in brackets on a line, or None."""
    match = _BRACKETED.fullmatch(part.text) if part.kind == "line" else None
    return match["title"].strip() if match else None


def labelled_link(part: Part) -> str | None:
    """The title on a line such as "Read more: A title", or None."""
    related = part.aside is not None and part.aside.kind == "related"
    # "Watch: Narwhals at the floe edge:" stands over a video.
    ends = part.aside is not None and not part.aside.content.endswith(":")
    return part.aside.content if part.aside and related and ends else None
