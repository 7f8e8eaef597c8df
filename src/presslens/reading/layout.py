"""Layout: the lines of printed pages in reading order, from where each piece of text stands: column
after column, without running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(slots=True)
class Piece:
    """Text on one line without a gap as wide as a gutter. Measures are in points from the page's
    lower left corner; `size` is the letters' height."""

    text: str
    left: float
    right: float
    base: float
    size: float


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
# Headlines and pictures' captions may cross the gutter, most lines don't.
_MAX_CROSSING = 0.4
_MAX_DEPTH = 4
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


def in_reading_order(pieces: list[Piece]) -> list[list[Piece]]:
    """The lines of a page, block by block: a block is a column, or what stands above several."""
    return [lines for block in _blocks(pieces, 0) if (lines := merged(block))]


def _blocks(pieces: list[Piece], depth: int) -> Iterator[list[Piece]]:
    gutter = _gutter(pieces) if depth < _MAX_DEPTH else None
    if gutter is None:
        yield pieces
        return
    crossing = sorted(
        (piece for piece in pieces if piece.left < gutter < piece.right),
        key=lambda piece: -piece.base,
    )
    beside = [piece for piece in pieces if not piece.left < gutter < piece.right]
    above: list[Piece] = []
    for wide in crossing:
        upper = [piece for piece in beside if piece.base > wide.base + wide.size / 2]
        if upper:
            if above:
                yield above
            above = []
            yield from _columns(upper, gutter, depth)
            beside = [piece for piece in beside if piece.base <= wide.base + wide.size / 2]
        above.append(wide)
    if above:
        yield above
    yield from _columns(beside, gutter, depth)


def _columns(pieces: list[Piece], gutter: float, depth: int) -> Iterator[list[Piece]]:
    for side in (
        [piece for piece in pieces if piece.right <= gutter],
        [piece for piece in pieces if piece.right > gutter],
    ):
        if side:
            yield from _blocks(side, depth + 1)


def _gutter(pieces: list[Piece]) -> float | None:
    """Where a gap runs down between columns, or None where there is but one column."""
    if len(pieces) < 2 * _SIDE_BY_SIDE:
        return None
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    width = (right - left) / _BINS
    if width <= 0:
        return None
    size = sorted(piece.size for piece in pieces)[len(pieces) // 2]
    start, end = _emptiest(pieces, left, width)
    if (end - start) * width < _GUTTER * size:
        return None
    gutter = left + (start + end) / 2 * width
    crossing = sum(piece.left < gutter < piece.right for piece in pieces)
    if crossing > _MAX_CROSSING * len(pieces):
        return None
    return gutter if _are_columns(pieces, gutter, size) else None


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


def _are_columns(pieces: list[Piece], gutter: float, size: float) -> bool:
    """Whether both sides are of lines long enough, and enough of them stand side by side."""
    sides = (
        [piece for piece in pieces if piece.right <= gutter],
        [piece for piece in pieces if piece.left >= gutter],
    )
    for side in sides:
        widths = sorted(piece.right - piece.left for piece in side)
        if len(side) < _SIDE_BY_SIDE or widths[len(widths) // 2] < _NARROWEST_COLUMN * size:
            return False
    low = max(min(piece.base for piece in side) for side in sides)
    high = min(max(piece.base for piece in side) for side in sides)
    return all(
        sum(low - size <= piece.base <= high + size for piece in side) >= _SIDE_BY_SIDE
        for side in sides
    )


def merged(pieces: list[Piece]) -> list[Piece]:
    """The pieces of a page or a block as lines, downwards; those on one base line are one."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.base, piece.left)):
        first = rows[-1][0] if rows else None
        if first and abs(first.base - piece.base) < 0.3 * max(first.size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [row[0] if len(row) == 1 else _joined(row) for row in rows]


def _joined(row: list[Piece]) -> Piece:
    text = " ".join(piece.text for piece in sorted(row, key=lambda piece: piece.left))
    size = max(row, key=lambda piece: len(piece.text)).size
    left, right = min(piece.left for piece in row), max(piece.right for piece in row)
    return Piece(text, left, right, row[0].base, size)
