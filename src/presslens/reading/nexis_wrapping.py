"""Wrapping in Nexis's exports as text: at what width lines were broken, and the paragraphs that
they make."""

from __future__ import annotations

# The widest at which exports wrap lines; of unwrapped ones more than one line in a hundred is
# longer. Some wrap a few columns early.
_WIDEST = 110
_SLACK = 8
# Of lines that are no labels, most are full in a wrapped text.
_LONG = 40
_SHARE = 0.5


def wrapped_at(text: str) -> int:
    """At how many characters an export's lines are wrapped, or 0 if they are not."""
    lengths = sorted(len(line.rstrip()) for line in text.split("\n") if line[:1].strip())
    long = [length for length in lengths if length >= _LONG]
    if not long or (width := lengths[len(lengths) * 99 // 100]) > _WIDEST:
        return 0
    full = sum(length > width - 2 * _SLACK for length in long)
    return width if full >= _SHARE * len(long) else 0


def joined(block: list[str], width: int) -> list[str]:
    """The paragraphs of a block: a line goes on where the next one's first word had no room."""
    found: list[str] = []
    previous = ""
    for line in block:
        if previous and len(previous) + 1 + len(line.split(maxsplit=1)[0]) > width - _SLACK > 0:
            found[-1] += f" {line}"
        else:
            found.append(line)
        previous = line
    return found
