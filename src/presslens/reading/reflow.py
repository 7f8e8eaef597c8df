"""Reflow: paragraphs from printed lines, over the ends of columns and pages, with the words healed
that a line's end broke."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from presslens.reading.layout import Piece
from presslens.reading.lines import ends_sentence
from presslens.reading.metadata_lines import facts_of

# A difference of letters' heights that is one of type, not of the box that a font draws.
LARGER = 0.12
# Lines of one paragraph stand at most so many usual distances apart; lines of a headline so many
# heights of their own letters.
LEADING = 1.35
_LARGE_LEADING = 1.25
# A first line is set in by an em or more.
INDENT = 0.45
# A last line that ends a sentence and leaves so much of the column empty ends a paragraph.
_SHORT_LINE = 0.82
_FULL = 0.88
# An article's byline and date stand among so many lines of the first page, menus of a printed web
# page counted, and are no longer than this.
_HEAD_LINES = 40
_LONGEST_FACT = 160
_BROKEN = re.compile(r"(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)[-\u00ad\u2010]$")
_LONGEST_WORD = 60
_SOFT = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Before a hyphen these make compounds that stay ("well-known", "co-operate" said in one word).
_PREFIXES = frozenset(
    "well self ex non anti pro half long short high low so-called all first second third mid much"
    " cross post pre then far near left right".split()
)


@dataclass(slots=True)
class Paragraph:
    """A paragraph, the height of its letters and the page that it begins on; `indented` is its
    first line, `full` its last one up to the column's edge."""

    lines: list[str]
    size: float
    page: int
    indented: bool = False
    full: bool = False
    text: str = ""


class _Measures(NamedTuple):
    """A block's edges, its lines' usual distance and its letters' usual height."""

    left: float
    right: float
    leading: float
    size: float


def to_paragraphs(pages: Iterable[list[list[Piece]]]) -> list[Paragraph]:
    """The paragraphs of pages' blocks; one that a column's or page's end broke is whole again."""
    found: list[Paragraph] = []
    seen = 0
    for number, blocks in enumerate(pages):
        for lines in blocks:
            fresh = _of_block(lines, number, 0 if number else _HEAD_LINES - seen)
            seen += len(lines)
            indents = any(paragraph.indented for paragraph in found)
            if found and _goes_on(found[-1], fresh[0], indents=indents):
                found[-1].lines += fresh[0].lines
                found[-1].full = fresh[0].full
                fresh = fresh[1:]
            found += fresh
    words = words_of(line for paragraph in found for line in paragraph.lines)
    for paragraph in found:
        paragraph.text = healed(paragraph.lines, words)
    return found


def _of_block(lines: list[Piece], page: int, head: int) -> list[Paragraph]:
    """The paragraphs of a block; among its first lines, `head` of them, bylines and dates are
    paragraphs of their own."""
    measures = _measures(lines)
    found: list[Paragraph] = []
    alone = _facts_among(lines, head)
    for index, line in enumerate(lines):
        apart = index in alone or index - 1 in alone
        if not index or apart or _begins(lines[index - 1], line, measures):
            indented = _is_indented(line, measures)
            found.append(Paragraph([line.text], line.size, page, indented))
        else:
            found[-1].lines.append(line.text)
        found[-1].full = line.right - measures.left > _FULL * (measures.right - measures.left)
    return found


def _facts_among(lines: list[Piece], head: int) -> set[int]:
    """The numbers of the lines at a block's start that give an author, a date or a paper."""
    found: set[int] = set()
    for index, line in enumerate(lines[: max(head, 0)]):
        following = lines[index + 1].text[:1] if index + 1 < len(lines) else ""
        if len(line.text) > _LONGEST_FACT or following.islower():
            continue
        facts = facts_of(line.text)
        if facts and facts.kinds & {"byline", "date", "paper"}:
            found.add(index)
    return found


def _measures(lines: list[Piece]) -> _Measures:
    gaps = sorted(above.base - line.base for above, line in pairwise(lines))
    sizes = sorted(line.size for line in lines)
    return _Measures(
        min(line.left for line in lines),
        max(line.right for line in lines),
        # Of several distances, the smallest that is common
        gaps[len(gaps) // 4] if gaps else 0.0,
        sizes[len(sizes) // 2],
    )


def _begins(above: Piece, line: Piece, block: _Measures) -> bool:
    """Whether a paragraph begins with a line, by its distance, size, indent or the end above."""
    if abs(above.size - line.size) > LARGER * max(above.size, line.size):
        return True
    farthest = LEADING * block.leading
    if line.size > (1 + LARGER) * block.size:
        farthest = max(farthest, _LARGE_LEADING * line.size)
    if above.base - line.base > farthest:
        return True
    if _is_indented(line, block) and not _is_indented(above, block):
        return ends_sentence(above.text) or above.right < block.right - 2 * line.size
    short = above.right - block.left < _SHORT_LINE * (block.right - block.left)
    return short and ends_sentence(above.text)


def _is_indented(line: Piece, block: _Measures) -> bool:
    return line.left - block.left > INDENT * line.size


def _goes_on(before: Paragraph, after: Paragraph, *, indents: bool) -> bool:
    """Whether a block's first paragraph is the rest of the last one of the block before.

    `indents` says that paragraphs of this document begin with an indent.
    """
    last, first = before.lines[-1], after.lines[0]
    if abs(before.size - after.size) > LARGER * before.size:
        return False
    if ends_sentence(last):
        return indents and before.full and not after.indented
    return first[:1].islower() or (len(before.lines) > 1 and len(last.split()) > 2)


def words_of(lines: Iterable[str]) -> Counter[str]:
    """How often lines have each word, in small letters."""
    return Counter(word.lower() for line in lines for word in _WORD.findall(line))


def healed(lines: list[str], words: Counter[str]) -> str:
    """A paragraph's lines as one; `words` tell which hyphens at their ends belong to a word."""
    parts = [lines[0].strip()]
    for line in map(str.strip, lines[1:]):
        match = _BROKEN.search(parts[-1][-_LONGEST_WORD:])
        following = _WORD.match(line)
        if match is None:
            parts.append(" ")
        elif following and _was_broken(parts[-1], match["word"], following[0], words):
            parts[-1] = parts[-1][:-1]
        else:
            parts[-1] = f"{parts[-1][:-1]}-"
        parts.append(line)
    return "".join(parts)


def _was_broken(text: str, head: str, tail: str, words: Counter[str]) -> bool:
    """Whether a hyphen at a line's end belongs to the line ("govern-ment"), not to the word."""
    if text.endswith(_SOFT) or not tail[0].islower():
        return tail[0].islower()
    whole, compound = (head + tail).lower(), f"{head}-{tail}".lower()
    if words[whole] or words[compound]:
        return words[whole] >= words[compound]
    return head.lower() not in _PREFIXES and not head.isupper()
