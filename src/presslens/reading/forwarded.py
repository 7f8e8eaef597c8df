"""Forwarded: texts that came by mail, without its header, the marks of a quotation and the note
above the forwarded text."""

from __future__ import annotations

import re

_HEADER = re.compile(
    r"(?:from|to|cc|bcc|date|sent|subject|reply-to)\s?:\s?(?P<value>.*)", re.IGNORECASE
)
_MARKER = re.compile(
    r"[\s>]*-{2,}\s?(?:forwarded message|original message|forwarded by .{0,60}|begin forwarded"
    r".{0,20})\s?-{0,20}\s*|[\s>]*begin forwarded message:?\s*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s?>[ >]?(?P<line>.*)")
# A forward is one where so many of its lines are quoted.
_QUOTED_SHARE = 0.5
# A header has at least so many lines, among the first ones of a text.
_FIELDS, _WITHIN = 2, 12
_MOST_HEAD = 60
# A mail's header stands among so many letters.
_HEAD_LENGTH = 4_000


def unforwarded(text: str) -> str:
    """A text without what mail put around it; other texts stay as they are."""
    head = text[:_HEAD_LENGTH].lower()
    if (
        "from:" not in head
        and "subject:" not in head
        and "\n>" not in text
        and ("forwarded message" not in head)
    ):
        return text
    lines = text.split("\n")
    start = _after_marker(lines)
    lines = _without_quotes(lines[start:])
    return "\n".join(_without_header(lines))


def _after_marker(lines: list[str]) -> int:
    """The line after the last mark of a forwarded message in the head of a text."""
    places = [n for n, line in enumerate(lines[:_MOST_HEAD]) if _MARKER.fullmatch(line)]
    return places[-1] + 1 if places else 0


def _without_quotes(lines: list[str]) -> list[str]:
    """Lines without "> " if most of them have it; a note among quoted ones goes, too."""
    filled = [line for line in lines if line.strip()]
    quoted = sum(line.lstrip().startswith(">") for line in filled)
    if not filled or quoted < _QUOTED_SHARE * len(filled):
        return lines
    first = next(n for n, line in enumerate(lines) if line.lstrip().startswith(">"))
    kept: list[str] = []
    for number, line in enumerate(lines):
        if match := _QUOTED.fullmatch(line):
            kept.append(
                match["line"].lstrip("> ") if match["line"].startswith(">") else match["line"]
            )
        elif number > first or not kept:
            kept.append(line)
    return kept


def _without_header(lines: list[str]) -> list[str]:
    """Lines without the fields of a mail's head at their beginning."""
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    names = []
    number = start
    while number < min(start + _WITHIN, len(lines)):
        if _HEADER.fullmatch(lines[number].strip()):
            names.append(lines[number].split(":")[0].strip().lower())
        elif not lines[number].startswith((" ", "\t")) or not names:
            break
        number += 1
    mail = "from" in names and len(names) >= _FIELDS and {"to", "subject", "sent"} & set(names)
    return lines[number:] if mail else lines
