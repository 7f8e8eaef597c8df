"""Quote marks: whether those of a table go round its cells or belong to the texts in them, as where
a table was written without any quoting."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from itertools import islice

# What so many rows show is so throughout, and these may have so many characters.
_MAX_ROWS = 100_000
_MAX_LETTERS = 64 * 2**20


def are_text(lines: Iterable[str], delimiter: str) -> bool:
    """Whether the quotation marks of a table are its texts' own: `"We will go," she said.` in a
    cell that begins so.

    That is so where each line alone has as many cells as the header, and most of those with a cell
    that begins with a mark break the rules of CSV, under which marks go round a whole cell.

    Args:
        lines: from the header on.
        delimiter: what parts the cells.
    """
    opening = re.compile(rf'(?:^|{re.escape(delimiter)})"')
    lines = iter(lines)
    marks = next(lines, "").count(delimiter)
    if not marks:  # a lone column tells nothing
        return False
    kept = broken = letters = 0
    for line in islice(lines, _MAX_ROWS):
        if not line.strip():
            continue
        if line.count(delimiter) != marks:
            return False
        if opening.search(line):
            if follows_rules([line], delimiter):
                kept += 1
            else:
                broken += 1
        letters += len(line)
        if letters > _MAX_LETTERS:
            break
    return broken > kept


def follows_rules(lines: Iterable[str], delimiter: str) -> bool:
    """Whether the quotation marks of a row's lines are as CSV wants them."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True
