"""Quotations: stretches in quotation marks, as the marks tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from presslens.doc import Doc
from presslens.spans import Span

# Opening mark → the marks that may close it (typists mix curly and straight ones).
_CLOSING = {
    "“": '”"',
    "„": '”“"',
    "«": "»",
    '"': '"”',
    "``": "''",
    "''": "''",
    "‘": "’",
    "'": "'",
}

# First characters of what opens a quotation.
OPENING = frozenset(mark[0] for mark in _CLOSING)

# Double marks that open; single ones are apostrophes too, so they open only before a word that
# they don't belong to and close only where no letter or digit follows.
_DOUBLE = re.compile(r"''|``|[“„«]|(?<![\w.,!?])\"(?=\S)")
_SINGLE = re.compile(r"(?<![\w.,!?'’])[‘'](?=\w)")
_SINGLE_END = r"(?<=[\w.,!?…])[{marks}](?!\w)"


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch in quotation marks.

    Attributes:
        span: with its marks.
        closed: whether the closing mark stands; a quotation that runs over paragraphs is opened
            anew in each of them and closed in the last.
    """

    span: Span
    closed: bool


def is_quotation(text: str) -> bool:
    """Whether a text is one quotation from its first to its last mark.

    So apostrophes inside do not matter, as they do where ends are searched for: ‘The growers’
    losses will be paid.’
    """
    opening = next((mark for mark in _CLOSING if text.startswith(mark)), None)
    if opening is None or len(text) <= 2 * len(opening):
        return False
    ends = any(text.endswith(mark) for mark in _CLOSING[opening])
    again = re.compile(rf"(?<!\w){re.escape(opening)}(?=\w)")
    return ends and not again.search(text, len(opening))


def find_quotations(doc: Doc) -> tuple[Quotation, ...]:
    """All quotations of an article in order, the outermost only.

    One that is opened anew in each paragraph and closed in the last is one quotation.
    """
    found: list[Quotation] = []
    for paragraph in doc.paragraphs:
        for quotation in _within(doc.text, paragraph):
            last = found[-1] if found else None
            if last and not last.closed and quotation.span.start == paragraph.start:
                span = Span(last.span.start, quotation.span.end)
                found[-1] = Quotation(span, quotation.closed)
            else:
                found.append(quotation)
        if found and found[-1].span.end < paragraph.start:
            found[-1] = Quotation(found[-1].span, closed=True)
    return tuple(found)


def _within(text: str, paragraph: Span) -> Iterator[Quotation]:
    position = paragraph.start
    while opening := _opening(text, position, paragraph.end):
        mark, single = opening[0], opening.re is _SINGLE
        if end := _end(text, mark, single, opening.end(), paragraph.end):
            yield Quotation(Span(opening.start(), end), closed=True)
            position = end
        elif single:
            position = opening.end()
        else:
            yield Quotation(Span(opening.start(), paragraph.end), closed=False)
            return


def _opening(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first mark that opens a quotation."""
    found = [match for mark in (_DOUBLE, _SINGLE) if (match := mark.search(text, start, end))]
    return min(found, key=lambda match: match.start(), default=None)


def _end(text: str, mark: str, single: bool, start: int, end: int) -> int | None:
    """Where the quotation that `mark` opens ends, its closing mark included."""
    closing = _CLOSING[mark]
    if single:
        pattern = _SINGLE_END.format(marks=closing)
    elif len(closing) == 2 and closing[0] == closing[1]:
        pattern = re.escape(closing)
    else:
        pattern = f"[{closing}]"
    match = re.compile(pattern).search(text, start, end)
    return match.end() if match else None
