"""Bios: paragraphs at the end of a text that say who wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from presslens.reading.parts import Part

_BIO_WORDS = 80
_BIO = re.compile(
    r"(?P<name>(?:[Tt]he (?:author|writer|columnist|reviewer)s?|(?:(?:Dr|Prof"
    r"|Professor|Mr|Ms|Mrs|Rev|DR|PROF|DRS)"
    r"\.? )?[A-ZÀ-Þ][\w.'’-]+(?: (?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|da|bin|al|el)){1,4}))"
    r"(?:,? [^.]{3,80},)? (?:is|was|are|covers|writes|reports|teaches|has (?:written|covered|been"
    r"|worked|reported)|joined|works|edits|leads|serves|holds|can be (?:reached|contacted))\b"
)
_BY_ONE_NAME = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w'’-]+) (?:is an?|has (?:written|covered|been|worked|reported)|joined"
    r"|covers|writes"
    r"|reports|works|lives|teaches|edits|leads)\b"
)
_OF_BIO = re.compile(
    r"\b(?:is an? |is the |is (?:chief|senior|professor|editor|director|founder)"
    r"|covers|writes|reports"
    r"|teaches|author of|books?|columnist|correspondent|reporter|journalist|editor"
    r"|professor|lecturer"
    r"|researcher|fellow|based in|freelance|novelist|historian|economist|sociologist"
    r"|twitter|email)\b",
    re.IGNORECASE,
)


def _begins_with_author(text: str, authors: Sequence[str]) -> bool:
    """Whether a paragraph calls its author by one name: "Ana joined the Gazette in 2015"."""
    match = _BY_ONE_NAME.match(text)
    return match is not None and any(match["name"] in author.split() for author in authors)


def is_bio(part: Part, authors: Sequence[str], before: Sequence[Part]) -> bool:
    """Whether a paragraph at the end says who the author is."""
    if part.kind not in {"prose", "line", "call"} or len(part.text.split()) > _BIO_WORDS:
        return False
    if _begins_with_author(part.text, authors):
        return True
    match = _BIO.match(part.text.lstrip("*_—– (•"))
    if not match or not _OF_BIO.search(part.text[:300]):
        return False
    name = match["name"]
    if name.lower().startswith("the ") or any(
        author.casefold() in name.casefold() for author in authors
    ):
        return True
    if authors:
        return False
    last = name.split()[-1]
    return not any(last in one.text for one in before)
