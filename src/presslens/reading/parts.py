"""Parts: what each block of a dump is by its form, before its place decides about it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from presslens.reading.furniture import (
    CALL_AT_EDGE,
    call_weight,
    is_bar,
    is_menu,
    is_ticker,
    may_call,
)
from presslens.reading.lines import Line, classify, ends_sentence
from presslens.reading.markdown import HEADING, PICTURE, marks_removed
from presslens.reading.mastheads import has_masthead_form, without_edition
from presslens.reading.metadata_lines import Facts, facts_of, is_count, is_section
from presslens.reading.prose import is_prose
from presslens.reading.urls import url_of_line
from presslens.reading.wrapping import Block

Kind = Literal[
    "picture",
    "url",
    "facts",
    "aside",
    "section",
    "crumbs",
    "menu",
    "call",
    "paper",
    "prose",
    "line",
]

# Paragraphs of this length that end as sentences do are prose, whatever words they have.
_LONGEST_CALL = 450
# Lines of metadata and menus are shorter, where they end as sentences do.
_NO_LABEL = 140
_CRUMB = re.compile(r"\s*[>»›→]\s*|\s+/\s+")
_HAS_CRUMBS = re.compile(r"[>»›→/|]|\s[—–-]\s")
_ENTERS = re.compile(r"(?:home|start|accueil|inicio|startseite|forside)\s*[>»›→/|]", re.IGNORECASE)
_MOST_CRUMBS = 7
_LONGEST_NAME = 90
_CRUMB_WORDS = 6
_ADVERT = re.compile(
    r"\b(?:advert|advertisement|anzeige|werbung|publicit[éà]|publicidade?|pubblicità|reklame?"
    r"|advertentie|sponsored)\b",
    re.IGNORECASE,
)
# A row of sections has so many, and this share of its words are.
_ROW_WORDS, _ROW_SHARE = 4, 0.6


class Part(NamedTuple):
    """A block and what it is: `facts` of a metadata line, `aside` of a line that `classify` knows.

    `heading` says that Markdown marks it as one.
    """

    text: str
    gap: bool
    kind: Kind
    facts: Facts | None = None
    aside: Line | None = None
    heading: bool = False

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as sentences do."""
        return ends_sentence(self.text)


def part_of(block: Block, country: str | None) -> Part:
    """What a block is by its form."""
    text = block.text
    if text[0] == PICTURE:
        text = marks_removed(text)
        line = classify(text) if text else None
        idle = not text or (line is not None and line.kind == "notice") or is_menu(text)
        return Part(text or " ", block.gap, "menu" if idle else "picture")
    heading = text[0] == HEADING
    if heading:
        text = marks_removed(text)
    if len(text) > _LONGEST_CALL and is_prose(text):
        return Part(text, block.gap, "prose")
    kind, facts, aside = _kind(text, country)
    return Part(text, block.gap, kind, facts, aside, heading)


def _kind(text: str, country: str | None) -> tuple[Kind, Facts | None, Line | None]:
    if len(text) > _NO_LABEL and is_prose(text):
        if aside := classify(text):
            return "aside", None, aside
        calls = may_call(text) and call_weight(text) >= CALL_AT_EDGE
        return ("call" if calls else "prose"), None, None
    if url_of_line(text):
        return "url", None, None
    if _ENTERS.match(text) and crumbs_of(text):
        return "crumbs", None, None
    facts = facts_of(text, country)
    # "SEE ALSO" has the form of a name in capitals.
    if facts and not (facts.kinds == {"name"} and text.isupper() and classify(text)):
        return "facts", facts, None
    if aside := classify(text):
        return "aside", None, aside
    return _plain_kind(text), None, None


def _plain_kind(text: str) -> Kind:
    if is_section(text):
        return "section"
    if crumbs_of(text):
        return "crumbs"
    if (
        is_menu(text)
        or is_bar(text)
        or is_count(text)
        or is_ticker(text)
        or _is_row(text)
        or _is_advert(text)
    ):
        return "menu"
    if call_weight(text) >= CALL_AT_EDGE:
        return "call"
    if len(text) <= _LONGEST_NAME and has_masthead_form(without_edition(text) or text):
        return "paper"
    return "prose" if is_prose(text) else "line"


def _is_advert(text: str) -> bool:
    """Whether a short line speaks of advertising."""
    return (
        len(text) <= _CRUMB_WORDS * 10
        and not ends_sentence(text)
        and (len(text.split()) <= _CRUMB_WORDS and _ADVERT.search(text) is not None)
    )


def _is_row(text: str) -> bool:
    """Whether a line is names of sections in a row: "HOME NATION REGIONS BUSINESS"."""
    words = [word for word in text.split() if word[0].isalpha()]
    if not _ROW_WORDS <= len(words) <= 3 * _ROW_WORDS or text[-1] in ".?!,:":
        return False
    return _ROW_SHARE * len(words) <= sum(is_section(word) or is_menu(word) for word in words)


def crumbs_of(text: str) -> list[str]:
    """The pieces of a breadcrumb: "Home > News > Courts", "Nusantara Letter — Culture"."""
    if len(text) > 160 or ends_sentence(text) or not _HAS_CRUMBS.search(text):
        return []
    pieces = [piece for piece in _CRUMB.split(text) if piece]
    if not 2 <= len(pieces) <= _MOST_CRUMBS:
        dashed = re.split(r"\s+[—–|-]\s+|\s*\|\s*", text)
        named = len(dashed) == 2 and any(map(is_section, dashed))
        masthead = any(has_masthead_form(piece) for piece in dashed)
        kicker = all(len(piece.split()) <= 3 for piece in dashed)
        return dashed if named and (masthead or kicker) else []
    known = any(is_section(piece) or has_masthead_form(piece) for piece in pieces[:-1])
    short = all(len(piece.split()) <= _CRUMB_WORDS for piece in pieces[:-1])
    known = known or bool(_ENTERS.match(text))
    return pieces if known and short else []
