"""Layout: the lines of printed pages in reading order, from where each piece of text stands: column
after column, without running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple


@dataclass(slots=True)
class Piece:
    """Text on one line without a gap as wide as a gutter. Measures are in points from the page's
    lower left corner; `size` is the letters' height."""

    text: str
    left: float
    right: float
    base: float
    size: float


class _Gutter(NamedTuple):
    """Where a gap runs down between columns, how wide it is, and where the lines of the columns
    beside it begin."""

    place: float
    width: float
    left: float
    right: float


# Where a piece stands (above or not), its size and its words.
_Mark = tuple[bool, int, str]

# A gutter is looked for between these shares of the page's width; margins are none.
_MIDDLE = (0.15, 0.85)
_BINS = 400
# A gutter is wider than blanks in a line, in letters' heights (about 1.4 of the type size).
_GUTTER = 0.6
# So many lines must stand side by side before they are columns, not a list or a table.
_SIDE_BY_SIDE = 4
# Columns hold words; a table's cells are short. In letters' heights.
_NARROWEST_COLUMN = 6.0
# A blank in a justified line of a narrow column may be so many letters' heights wide.
_WIDEST_BLANK = 3.0
# Where pieces begin or end at one place within more than this share of lines, they are a table's.
_CELLS = 0.2
# Headlines and pictures' captions may cross the gutter, most lines don't.
_MAX_CROSSING = 0.4
_MAX_DEPTH = 4
_MAX_COLUMNS = 8
# Running heads and feet stand in this share of the page's height, above and below.
MARGIN = 0.12
_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:(?:page|p\.|pg\.?|seite|página)\s{0,2})?\d{1,4}(?:\s{0,2}(?:of|/|von|de)\s{0,2}\d{1,4})?"
    r"\W{0,3}",
    re.IGNORECASE,
)


def is_page_number(text: str) -> bool:
    """Whether a text is a page's number, as in "- 3 -" or "Page 3 of 5"."""
    return bool(_PAGE_NUMBER.fullmatch(text))


def without_running_lines(
    pages: list[list[Piece]], heights: list[float]
) -> tuple[list[list[Piece]], list[str]]:
    """The pages without running heads, feet and page numbers, and what these say."""
    seen: Counter[_Mark] = Counter()
    edges: list[dict[int, _Mark]] = []
    for pieces, height in zip(pages, heights, strict=True):
        edge = dict(_edge(pieces, height))
        edges.append(edge)
        seen.update(set(edge.values()))
    least = max(2, len(pages) // 3)
    kept: list[list[Piece]] = []
    dropped: dict[str, None] = {}
    for pieces, edge in zip(pages, edges, strict=True):
        kept.append([])
        for index, piece in enumerate(pieces):
            mark = edge.get(index)
            if mark and (seen[mark] >= least or is_page_number(piece.text)):
                dropped[piece.text] = None
            else:
                kept[-1].append(piece)
    return kept, list(dropped)


def _edge(pieces: list[Piece], height: float) -> Iterator[tuple[int, _Mark]]:
    """The pieces in the page's upper and lower margin, with digits as one, by their number.

    Their size counts too, or a title that later pages repeat would be lost on the first.
    """
    for index, piece in enumerate(pieces):
        upper = piece.base > height * (1 - MARGIN)
        if upper or piece.base < height * MARGIN:
            words = re.sub(r"\d+", "#", " ".join(piece.text.split())).casefold()
            yield index, (upper, round(piece.size), words)


def in_reading_order(pages: Iterable[list[Piece]]) -> Iterator[list[list[Piece]]]:
    """The lines of each page, block by block: a block is a column, or what stands above several.

    A page with too few lines to show its columns has those of the page before.
    """
    before: list[_Gutter] = []
    for pieces in pages:
        found: list[_Gutter] = []
        yield [lines for block in _blocks(pieces, 0, before, found) if (lines := merged(block))]
        before = list({round(gutter.place): gutter for gutter in found}.values())[:_MAX_COLUMNS]


def _blocks(
    pieces: list[Piece], depth: int, before: list[_Gutter], found: list[_Gutter]
) -> Iterator[list[Piece]]:
    """The blocks of a page or of a part of it; its gutters are added to `found`."""
    gutter = None
    if depth < _MAX_DEPTH:
        gutter = _gutter(pieces) or next((old for old in before if _has(pieces, old)), None)
    if gutter is None:
        yield pieces
        return
    found.append(gutter)
    place = gutter.place
    crossing = _downwards(piece for piece in pieces if piece.left < place < piece.right)
    beside = _downwards(piece for piece in pieces if not piece.left < place < piece.right)
    above: list[Piece] = []
    start = 0
    for wide in crossing:
        end = start
        while end < len(beside) and beside[end].base > wide.base + wide.size / 2:
            end += 1
        if end > start:
            if above:
                yield above
            above = []
            for side in _sides(beside[start:end], place):
                yield from _blocks(side, depth + 1, before, found)
            start = end
        above.append(wide)
    if above:
        yield above
    for side in _sides(beside[start:], place):
        yield from _blocks(side, depth + 1, before, found)


def _downwards(pieces: Iterable[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda piece: -piece.base)


def _sides(pieces: list[Piece], place: float) -> list[list[Piece]]:
    """What stands left and right of a gutter, where anything does."""
    left = [piece for piece in pieces if piece.right <= place]
    right = [piece for piece in pieces if piece.right > place]
    return [side for side in (left, right) if side]


def _gutter(pieces: list[Piece]) -> _Gutter | None:
    """The gap that runs down between columns, or None where there is but one column."""
    if len(pieces) < 2 * _SIDE_BY_SIDE:
        return None
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    width = (right - left) / _BINS
    if width <= 0:
        return None
    size = sorted(piece.size for piece in pieces)[len(pieces) // 2]
    start, end = _emptiest(pieces, left, width)
    gap = (end - start) * width
    if gap < _GUTTER * size:
        return None
    place = left + (start + end) / 2 * width
    if _most_cross(pieces, place) or not _are_columns(pieces, place, size):
        return None
    return _Gutter(place, gap, *(_edge_of(side) for side in _beside(pieces, place)))


def _most_cross(pieces: list[Piece], place: float) -> bool:
    crossing = sum(piece.left < place < piece.right for piece in pieces)
    return crossing > _MAX_CROSSING * len(pieces)


def _beside(pieces: list[Piece], place: float) -> tuple[list[Piece], list[Piece]]:
    """The pieces left and right of a place, without those that cross it."""
    return (
        [piece for piece in pieces if piece.right <= place],
        [piece for piece in pieces if piece.left >= place],
    )


def _edge_of(side: list[Piece]) -> float:
    """Where most lines of a column begin."""
    return Counter(round(line[0].left) for line in _rows(side)).most_common(1)[0][0]


def _has(pieces: list[Piece], gutter: _Gutter) -> bool:
    """Whether the columns of the page before go on here: lines begin where theirs began."""
    sides = _beside(pieces, gutter.place)
    return not _most_cross(pieces, gutter.place) and all(
        any(abs(piece.left - edge) < piece.size / 4 for piece in side)
        for side, edge in zip(sides, (gutter.left, gutter.right), strict=True)
    )


def _emptiest(pieces: list[Piece], left: float, width: float) -> tuple[int, int]:
    """The widest stretch of bins in the middle that the fewest pieces cross."""
    steps = [0] * (_BINS + 2)
    for piece in pieces:
        steps[max(int((piece.left - left) / width), 0)] += 1
        steps[min(int((piece.right - left) / width) + 1, _BINS + 1)] -= 1
    crossed, counts = 0, []
    for step in steps[:_BINS]:
        crossed += step
        counts.append(crossed)
    low, high = (int(share * _BINS) for share in _MIDDLE)
    fewest = min(counts[low:high])
    best, start = (low, low), None
    for index in range(low, high + 1):
        if index < high and counts[index] == fewest:
            start = index if start is None else start
        elif start is not None:
            best = max(best, (start, index), key=lambda span: span[1] - span[0])
            start = None
    return best


def _are_columns(pieces: list[Piece], place: float, size: float) -> bool:
    """Whether both sides are of lines long enough, and enough of them stand side by side."""
    sides = [_whole_lines(side) for side in _beside(pieces, place)]
    for side in sides:
        widths = sorted(line.right - line.left for line in side)
        if len(side) < _SIDE_BY_SIDE or widths[len(widths) // 2] < _NARROWEST_COLUMN * size:
            return False
    low = max(min(line.base for line in side) for side in sides)
    high = min(max(line.base for line in side) for side in sides)
    return all(
        sum(low - size <= line.base <= high + size for line in side) >= _SIDE_BY_SIDE
        for side in sides
    )


def _whole_lines(side: list[Piece]) -> list[Piece]:
    """Where a column's lines stand, those whole again that wide blanks cut in justified words.

    Cells of a table stay apart: they begin or end below each other, line after line.
    """
    rows = _rows(side)
    begins = Counter(round(piece.left) for row in rows for piece in row[1:])
    ends = Counter(round(piece.right) for row in rows for piece in row[:-1])
    least = _CELLS * len(rows)
    lines: list[Piece] = []
    for row in rows:
        lines.append(replace(row[0], text=""))
        for before, piece in pairwise(row):
            cell = begins[round(piece.left)] > least or ends[round(before.right)] > least
            if cell or piece.left - before.right > _WIDEST_BLANK * piece.size:
                lines.append(replace(piece, text=""))
            else:
                lines[-1].right = max(lines[-1].right, piece.right)
    return lines


def merged(pieces: list[Piece]) -> list[Piece]:
    """The pieces of a page or a block as lines, downwards; those on one base line are one."""
    return [row[0] if len(row) == 1 else _joined(row) for row in _rows(pieces)]


def _rows(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces by base line, downwards, those of each from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.base, piece.left)):
        first = rows[-1][0] if rows else None
        if first and abs(first.base - piece.base) < 0.3 * max(first.size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _joined(row: list[Piece]) -> Piece:
    text = " ".join(piece.text for piece in row)
    size = max(row, key=lambda piece: len(piece.text)).size
    left, right = min(piece.left for piece in row), max(piece.right for piece in row)
    return Piece(text, left, right, row[0].base, size)
