"""Nexis's bylines: people without their offices and places, and agencies apart."""

from __future__ import annotations

import re

from presslens.reading.cleaning import mend_line
from presslens.reading.credits import is_agency, people
from presslens.reading.draft import Draft

_LONGEST_BYLINE = 300
_ROLE = (
    r"(?:correspondent|reporter|editor|writer|columnist|critic|journalist|staff|analyst)s?\b"
    r"(?: (?:in|at) [A-Z]\w+)?"
)
_ROLE_AFTER_COMMA = re.compile(rf"\s*,[^,;&]{{0,60}}?\b{_ROLE}", re.IGNORECASE)
_ROLE_AFTER_NAME = re.compile(
    rf"^(?P<name>(?:[\w.'’-]+ ){{2}})(?:[\w.'’-]+ ){{0,4}}?{_ROLE}.*", re.IGNORECASE
)
_BY = re.compile(r"(?:by|from|von|par|exclusive by)\s*:?\s+", re.IGNORECASE)
_SIGNED = re.compile(r"(?:^|[,\s])\s*--?\s*\(?(?P<agency>[^()]{2,60})\)?\s*$")
_BRACKET = re.compile(r"\s*\((?P<inside>[^()]{1,60})\)")
_REPORTING = re.compile(r"(?:additional )?reporting by\b", re.IGNORECASE)
_AND = re.compile(r"\s*[,/]\s*|\s+and\s+")
_NAMES = re.compile(r"\s*[,;&]\s*|\s+and\s+", re.IGNORECASE)
_SCOTS = re.compile(r"(Mc)([a-zß-ÿ]{3,})|(Mc|Mac)([A-ZÀ-Þ]{3,})")


def take_byline(byline: str, draft: Draft) -> None:
    """Takes people and agencies over: "By KIM SOLBERG, Marine Correspondent, --(Reuter)"."""
    byline = (mend_line(byline) or "")[:_LONGEST_BYLINE]
    if match := _SIGNED.search(byline):
        draft.credits += _agencies(match["agency"])
        byline = byline[: match.start()]
    for match in _BRACKET.finditer(byline):
        if is_agency(match["inside"]) or match["inside"].isupper():
            draft.credits += _agencies(match["inside"])
    byline = _BRACKET.sub("", byline).strip(" ,;.-")
    byline = _ROLE_AFTER_COMMA.sub("", _BY.sub("", byline, count=1))
    names = [_ROLE_AFTER_NAME.sub(r"\g<name>", name).strip() for name in _NAMES.split(byline)]
    found = people(", ".join(names)) if byline else None
    if found:
        draft.authors += map(_cased, found[0])
        draft.credits += found[1]


def _agencies(text: str) -> list[str]:
    text = text.strip(" .")
    return [text] if _REPORTING.match(text) else [name for name in _AND.split(text) if name]


def _cased(name: str) -> str:
    """A name without the capitals in which bylines are set: "SEAN McBRIDE", "TREVOR Lunn"."""
    words = name.split()
    # Of a name all in capitals short words are, too; of others they may be initials
    shortest = 3 if all(word.isupper() or _SCOTS.fullmatch(word) for word in words) else 4
    return " ".join(_cased_word(word, shortest) for word in words)


def _cased_word(word: str, shortest: int) -> str:
    if match := _SCOTS.fullmatch(word):
        return (match[1] or match[3]) + (match[2] or match[4]).capitalize()
    return word.title() if word.isupper() and len(word) >= shortest else word
