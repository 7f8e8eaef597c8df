"""Titles: which of the lines above an article's text is its headline."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from presslens.reading.cleaning import bare, says_again
from presslens.reading.lines import reads_like_a_title
from presslens.reading.mastheads import (
    has_masthead_form,
    matches_host,
    squashed,
    without_edition,
)
from presslens.reading.metadata_lines import is_section
from presslens.reading.outlets import outlet_named
from presslens.reading.parts import Part
from presslens.reading.prose import shared
from presslens.reading.urls import slug_words

# Weights, set by hand on thirty dumps of our own and the two dozen real ones; the share of a line's
# words that the body has tells a headline from links to other stories, and so does the address.
_SLUG, _NOT_IN_SLUG = 5.0, -2.0
_BODY, _TEASER = 2.5, -4.0
# So many words tell what a text is about.
_TELLING = 30
# Two texts have so many words in common by chance.
_CHANCE = 0.15
_MARKED, _SAID_TWICE, _HAS_PAPER = 3.0, 2.5, 1.5
_FORM, _LENGTH, _SMALL_WORDS, _SENTENCE = 1.5, 1.0, 0.5, -2.0
_SHORT = -1.5
_LABEL_FIRST = -3.5
_MASTHEAD, _NAME, _CALL = -2.5, -3.0, -3.0
_ABOVE_FACTS, _ABOVE_PROSE = 1.5, 1.0
# Of the lines that are no metadata
_FIRST_LINE = 1.0
_BELOW_PROSE, _BELOW_TITLE, _PLACE = -1.5, -1.5, -0.08
# A later line must be so much better, for a standfirst has more of the body's words.
_BETTER = 1.5
# What a title needs.
LEAST = 2.6

_USUAL = range(4, 21)
_MOST_WORDS = 34
# A question or an exclamation opens many a body; as a title it is short.
_SHORT_SENTENCE = 14
_NEAR = 4
# Links to other stories above the title: "Latest: …"
_LABELLED = re.compile(
    r"(?:latest|live(?: now)?|trending|breaking(?: news)?|watch|read(?: more| also)?"
    r"|listen|also read|more"
    r"|related|just in|developing|top story|popular|don['’]t miss|see also|next"
    r"|previous|subject)\s*"
    r"(?::|\|)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:[A-ZÀ-Þ0-9][\w'’&.-]*|of|the|and|de|la)(?: (?:[A-ZÀ-Þ0-9&][\w'’&.-]*|of|the"
    r"|and|de|la)){0,3}"
)
_SUFFIX = re.compile(r"(?P<title>.{8,}?)\s(?:[|–—·•»-]|::)\s(?P<paper>[^|–—•»]{2,50})$")
_PREFIX = re.compile(r"(?P<section>[^|]{3,30}?)\s?\|\s*(?P<title>\S.{8,})")
_CLOSING_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]\.(?:[A-Z]\.)+|\b(?:Inc|Co|Ltd|Jr|Sr|Corp|St|No|a\.m|p\.m)\.|\.\.\.)$"
)
# A dateline opens the first paragraph of a body: "LEÓN.- A boy …", "Doha: …", "PORT ALMA, May 3 –".
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ ,.'’/-]{3,}(?:, \w+\.? \d+)?\s*(?:\([^)]*\))?\s*(?:[–—:]|\.?-)\s+\S"
)


class Title(NamedTuple):
    """Where the title stands, its words, and the paper's name behind it."""

    place: int
    text: str
    paper: str | None


def title_among(
    parts: Sequence[Part],
    *,
    following: Part | None,
    url: str | None,
    body: set[str],
    owners: Collection[str] = (),
) -> Title | None:
    """The title among the parts above the text, or None.

    Args:
        parts: what stands above the body's first paragraph.
        following: the body's first paragraph.
        url: the article's address, whose words echo the title.
        body: the stems of the body's words.
        owners: names of papers that copyright lines have, squashed.
    """
    slug = slug_words(url) if url else set()
    best: tuple[float, Title] | None = None
    for place, part in enumerate(parts):
        text, paper = split_title(part.text, url, owners)
        if not _may_be(part, text, slug, parts, place, following):
            continue
        weight = _weight(parts, place, text, slug, body) + _HAS_PAPER * (paper is not None)
        if place + 1 == len(parts) and following is not None:
            weight += _ABOVE_PROSE
        better = 0.0 if best is None or _is_link(best[1].text) else _BETTER
        if weight >= LEAST and (best is None or weight > best[0] + better):
            best = weight, Title(place, text, paper)
    return best[1] if best else None


def _is_link(text: str) -> bool:
    return bool(_LABELLED.match(text))


def kicker_of(text: str) -> tuple[str | None, str]:
    """The section before a bar and the title behind it: "OPINION | Who owns the reef?"."""
    match = _PREFIX.fullmatch(text)
    if match and is_section(match["section"]):
        return match["section"].strip(), match["title"]
    return None, text


def split_title(text: str, url: str | None, owners: Collection[str] = ()) -> tuple[str, str | None]:
    """A title and the paper's name behind it: "Storm cuts power | The Quelling Post".

    `owners` are names of papers that copyright lines have, squashed.
    """
    text = kicker_of(text)[1]
    if match := _SUFFIX.fullmatch(text):
        paper = without_edition(match["paper"])
        known = squashed(paper) in owners
        if known or has_masthead_form(paper) or outlet_named(paper) or matches_host(paper, url):
            return match["title"].rstrip(" |–—-"), paper
        # Behind a bar stands the name of a site or of a part of it
        barred = text[match.end("title") :].strip().startswith("|")
        if barred and _NAMED.fullmatch(paper) and len(match["title"].split()) >= _USUAL.start:
            return match["title"].rstrip(" |–—-"), paper
    return text, None


def echoes(line: str, slug: set[str]) -> int:
    """How many words of a URL's path a line has, by their first four letters."""
    if not slug:
        return 0
    found = {word[:4] for word in re.findall(r"[a-z]{4,}", line.lower())}
    return sum(word[:4] in found for word in slug)


def _may_be(
    part: Part,
    text: str,
    slug: set[str],
    parts: Sequence[Part],
    place: int,
    following: Part | None,
) -> bool:
    words = len(text.split())
    if "://" in text:
        return False
    known = echoes(text, slug)
    if part.kind in {"url", "picture", "crumbs"} or not 2 <= words <= _MOST_WORDS:
        return False
    if part.kind in {"facts", "menu", "section", "aside", "call"} and not (
        part.heading or (known >= 2 and known >= 0.6 * len(slug))
    ):
        return False
    after = parts[place + 1] if place + 1 < len(parts) else following
    if _DATELINE.match(text) or (after and says_again(text, after.text, from_start=True)):
        return False
    if part.heading or _CLOSING_ABBREVIATION.search(text[-20:]):
        return True
    short = words <= _SHORT_SENTENCE
    facts = any(one.kind == "facts" for one in parts)
    several = (short and known > 1) or (facts and words in _USUAL)
    if not reads_like_a_title(text.replace(". ", " ") if several else text):
        return False
    return not part.is_sentence or (short and (known > 1 or facts or not slug))


def _weight(parts: Sequence[Part], place: int, text: str, slug: set[str], body: set[str]) -> float:
    part, words = parts[place], text.split()
    weight = _BODY * shared(text, body) + _PLACE * place
    weight += _TEASER * _is_over_teaser(parts, place, text, body)
    if slug:
        known = echoes(text, slug)
        weight += _SLUG * known / len(slug) if known else _NOT_IN_SLUG
    weight += _MARKED * part.heading
    weight += _SENTENCE if part.kind == "prose" else _FORM
    weight += _LENGTH if len(words) in _USUAL else 0.0
    weight += _SHORT if len(words) <= 2 else 0.0
    weight += _SMALL_WORDS * any(word[0].islower() for word in words)
    weight += {"paper": _MASTHEAD, "facts": _NAME, "call": _CALL}.get(part.kind, 0.0)
    weight += _LABEL_FIRST * _is_link(text)
    weight += _FIRST_LINE * (not any(one.kind in {"line", "prose"} for one in parts[:place]))
    near = parts[place + 1 : place + 1 + _NEAR]
    weight += _ABOVE_FACTS * any(one.kind == "facts" for one in near)
    weight += _BELOW_PROSE * any(one.kind == "prose" for one in parts[:place])
    weight += _BELOW_TITLE * any(
        one.kind == "line" and len(one.text.split()) in _USUAL and shared(one.text, body) > 0.2
        for one in parts[:place]
    )
    return weight + _SAID_TWICE * _is_said_again(parts, place, text)


def _is_over_teaser(parts: Sequence[Part], place: int, text: str, body: set[str]) -> bool:
    """Whether a line and the paragraph below it have no word of the text: another story's."""
    below = parts[place + 1 : place + 2]
    if not below or below[0].kind != "prose" or len(body) < _TELLING:
        return False
    return shared(text, body) <= _CHANCE and shared(below[0].text, body) <= _CHANCE


def _is_said_again(parts: Sequence[Part], place: int, text: str) -> bool:
    own = bare(text)
    return len(own.split()) > 3 and any(
        bare(part.text).startswith(own) for n, part in enumerate(parts) if n != place
    )
