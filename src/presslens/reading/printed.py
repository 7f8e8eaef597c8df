"""Printed exports: the lines of a database's export in a PDF as its text, a paragraph a line, with
a blank line where the page has a gap and without what each page repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from presslens.reading.layout import MARGIN, Piece, is_page_number, merged
from presslens.reading.lines import ends_sentence
from presslens.reading.reflow import INDENT, LARGER, LEADING, healed, words_of
from presslens.reading.written_dates import when_written

# A document's head, which its later pages may repeat, and the lines that these have for it.
_HEAD_LINES = 12
_REPEATED_LINES = 6
# A line that begins with a date and says little else shows that a head begins a document.
_DATE_WORDS = 10
_DATE_BEGINS = 4
_DATE_WITHIN = 5
# "Page 2 of 9 © 2019 Factiva, Inc. All rights reserved."
_PAGE_OF = re.compile(r"page \d{1,5} (?:of|von|sur|de) \d{1,5}\b.{0,120}", re.IGNORECASE)
# Between text and foot is a gap, in heights of letters.
_FOOT_APART = 1.2
# A field's code stands in a column of its own.
_CODE = re.compile(r"[A-Z]{2,3}")
# Of lines this share ends left of the column's edge; the rest are tables and slips.
_EDGE = 0.98
# A word's width is told by its letters' number, which for short and thin ones is too much.
_ROOM = 1.3
_ROOM_IN_SENTENCE = 1.5
# A word that takes so much of the column is an address, which no line would have room for.
_LONGEST_WORD = 0.4
# Both margins of a centred line differ by less, in heights of its letters.
_OFF_CENTRE = 0.15

BeginsPart = Callable[[str], bool]


class _Column(NamedTuple):
    """The edges of all pages' text, the usual distance of its lines and height of its letters."""

    left: float
    right: float
    leading: float
    size: float


def lines_of(pages: list[list[Piece]]) -> str:
    """What pages say, line by line, to see whether it is an export."""
    return "\n".join(line.text for pieces in pages for line in merged(pieces))


def text_of(pages: list[list[Piece]], heights: list[float], begins_part: BeginsPart) -> str:
    """The text of an export's pages.

    Args:
        pages: the pieces of each page; an export has one column.
        heights: the pages' heights.
        begins_part: whether a line begins a field or the like, whatever its place.
    """
    sheets = _without_repeated_heads(_sheets(pages, heights, begins_part), begins_part)
    lines = [line for sheet in sheets for line in sheet]
    if not lines:
        return ""
    words = words_of(line.text for line in lines)
    paragraphs = _paragraphs(sheets, _column(lines), begins_part)
    return "\n".join(healed(paragraph, words) if paragraph else "" for paragraph in paragraphs)


def _sheets(
    pages: list[list[Piece]], heights: list[float], begins_part: BeginsPart
) -> list[list[Piece]]:
    """The lines of each page without its number and the foot that it shares with others."""
    sheets = [
        merged([
            _with_tab(piece) for piece in pieces
            if not (_is_at_edge(piece, height) and _numbers_page(piece.text))
        ])
        for pieces, height in zip(pages, heights, strict=True)
    ]  # fmt: skip
    seen = Counter(_mark(line) for sheet in sheets for line in sheet)
    least = max(2, len(sheets) // 3)
    for sheet, height in zip(sheets, heights, strict=True):
        while len(sheet) > 1 and sheet[-1].base < MARGIN * height:
            apart = sheet[-2].base - sheet[-1].base > _FOOT_APART * sheet[-1].size
            if seen[_mark(sheet[-1])] < least or not apart or begins_part(sheet[-1].text):
                break
            sheet.pop()
    return sheets


def _numbers_page(text: str) -> bool:
    return is_page_number(text) or bool(_PAGE_OF.fullmatch(text))


def _mark(line: Piece) -> tuple[int, str]:
    """Where a line stands and what it says, numbers as one."""
    return round(line.base), re.sub(r"\d+", "#", line.text)


def _is_at_edge(piece: Piece, height: float) -> bool:
    return not MARGIN * height <= piece.base <= (1 - MARGIN) * height


def _with_tab(piece: Piece) -> Piece:
    """The piece; a field's code with a tab behind it, or its value would look like more words."""
    if not _CODE.fullmatch(piece.text):
        return piece
    return Piece(f"{piece.text}\t", piece.left, piece.right, piece.base, piece.size)


def _without_repeated_heads(
    sheets: list[list[Piece]], begins_part: BeginsPart
) -> list[list[Piece]]:
    """The pages without their document's title where later pages say it again."""
    kept: list[list[Piece]] = []
    head: list[Piece] = []
    for sheet in sheets:
        count = _repeated(sheet, head)
        kept.append(sheet[count:])
        if not count:
            head = _head(sheet, begins_part) or head
    return kept


def _head(sheet: list[Piece], begins_part: BeginsPart) -> list[Piece]:
    """The lines of a document's head that a page begins with, to the date or the fields below."""
    dated = next((n for n, line in enumerate(sheet[:_HEAD_LINES]) if _is_date(line)), None)
    if dated is None:
        return []
    after = range(dated + 1, min(len(sheet), _HEAD_LINES))
    return sheet[: next((n for n in after if begins_part(sheet[n].text)), dated + 1)]


def _repeated(sheet: list[Piece], head: list[Piece]) -> int:
    """How many lines at a page's top say nothing but whole lines of its document's head.

    Another document of the same title has its title in the same size and a date of its own.
    """
    for count in range(min(_REPEATED_LINES, len(sheet)), 0, -1):
        top = sheet[:count]
        if not _says(_letters(top), [_letters([line]) for line in head]):
            continue
        if _letters(_title(head)) not in _letters(top):
            continue
        smaller = top[0].size < (1 - LARGER) * max(line.size for line in head)
        dated = any(map(_is_date, sheet[: count + _DATE_WITHIN]))
        return count if smaller or not dated else 0
    return 0


def _title(head: list[Piece]) -> list[Piece]:
    """The largest lines of a head; where all are as large, the longest one."""
    size = max(line.size for line in head)
    largest = [line for line in head if line.size > (1 - LARGER) * size]
    return largest if len(largest) < len(head) else [max(head, key=lambda line: len(line.text))]


def _says(letters: str, lines: list[str]) -> bool:
    """Whether letters are those of some of the lines, each taken whole and once."""
    lines = [line for line in lines if line]
    while letters:
        taken = next((line for line in lines if letters.startswith(line)), None)
        if taken is None:
            return False
        lines.remove(taken)
        letters = letters.removeprefix(taken)
    return True


def _letters(lines: list[Piece]) -> str:
    """What lines say without blanks and hyphens, which differ with their breaks."""
    return "".join(re.sub(r"\W+", "", line.text.casefold()) for line in lines)


def _is_date(line: Piece) -> bool:
    words = line.text.split()
    return len(words) <= _DATE_WORDS and when_written(" ".join(words[:_DATE_BEGINS])) is not None


def _column(lines: list[Piece]) -> _Column:
    size = Counter(round(line.size, 1) for line in lines).most_common(1)[0][0]
    usual = [line for line in lines if abs(line.size - size) <= LARGER * size]
    rights = sorted(line.right for line in usual)
    lefts = Counter(round(line.left) for line in usual)
    # What is set in, or centred, stands to the right of most; codes to the left
    often = [left for left, count in lefts.items() if count >= len(usual) / 20]
    gaps = sorted(
        above.base - line.base for above, line in pairwise(usual) if above.base > line.base
    )
    return _Column(
        min(often, default=lefts.most_common(1)[0][0]),
        rights[int((len(rights) - 1) * _EDGE)],
        # Of several distances, the smallest that is common
        gaps[len(gaps) // 4] if gaps else size,
        size,
    )


def _paragraphs(
    sheets: list[list[Piece]], column: _Column, begins_part: BeginsPart
) -> Iterator[list[str]]:
    """The lines of each paragraph; none of them for a gap between two."""
    current: list[str] = []
    above: Piece | None = None
    for sheet in sheets:
        for number, line in enumerate(sheet):
            turned = not number
            gap = above is not None and (turned or _is_apart(above, line, column))
            if above is None or _begins(above, line, column, begins_part, turned=turned):
                if current:
                    yield current
                if gap:
                    yield []
                current = []
            current.append(line.text)
            above = line
    yield current


def _is_apart(above: Piece, line: Piece, column: _Column) -> bool:
    """Whether there is a gap between two lines of a page."""
    farthest = LEADING * column.leading * max(line.size / column.size, 1)
    return above.base - line.base > farthest


def _begins(
    above: Piece, line: Piece, column: _Column, begins_part: BeginsPart, *, turned: bool
) -> bool:
    """Whether a line is not the rest of the one above, which may stand on the page before."""
    if begins_part(line.text) or abs(above.size - line.size) > LARGER * above.size:
        return True
    if not turned and _is_apart(above, line, column):
        return True
    ended = ends_sentence(above.text)
    if not turned and above.text.endswith("-") and line.text[:1].islower():
        return False
    if _has_room(above, line, column, ended=ended):
        return True
    return ended and "\t" not in above.text and _is_set_in(line, column, above)


def _is_set_in(line: Piece, column: _Column, above: Piece) -> bool:
    inset = INDENT * line.size
    return line.left - column.left > inset and above.left - column.left <= inset


def _has_room(above: Piece, line: Piece, column: _Column, *, ended: bool) -> bool:
    """Whether the line's first word would have fitted behind the line above."""
    room = column.right - above.right
    inset = above.left - column.left
    if inset > above.size and abs(inset - room) < _OFF_CENTRE * above.size:
        room += inset
    letter = (line.right - line.left) / max(len(line.text), 1)
    word = min(
        letter * (len(line.text.split(maxsplit=1)[0]) + 1),
        _LONGEST_WORD * (column.right - column.left),
    )
    if ended:
        return room > _ROOM * word
    return room > _ROOM_IN_SENTENCE * word + above.size
