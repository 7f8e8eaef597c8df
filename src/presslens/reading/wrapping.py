"""Wrapping: lines to paragraphs; lines that were broken at a fixed width are joined again."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from presslens.reading.credits import read_byline
from presslens.reading.dates import is_date_line
from presslens.reading.lines import classify, ends_sentence
from presslens.reading.urls import continues_url, url_of_line

# E-mail and terminals wrap at 60 to 80 characters, wide ones at 100 or 132; beyond that nobody
# wraps by hand and a line is a paragraph.
_WIDEST = 140
_NARROWEST = 40
# Share of line pairs inside a block that must look wrapped. In wrapped texts nearly all do (only
# paragraph ends do not); in lists and verses few.
_SHARE = 0.6
_MIN_PAIRS = 2
_ITEM = re.compile(r"[•◦▪*·–—-]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, without blank ones and without blanks around them.

    A line is a paragraph, as in most dumps, unless the text was wrapped at a fixed width: then a
    line goes on in the next one if that one's first word had no room in it.
    """
    blocks = [block for block in _blocks(text) if block]
    width = _width(blocks)
    result: list[str] = []
    words = _hyphen_free_words(text) if width else frozenset()
    for block in blocks:
        for index, line in enumerate(block):
            previous = block[index - 1] if index else None
            if (
                previous is not None
                and result
                and continues_url(result[-1], line.strip())
                and url_of_line(result[-1])
            ):
                result[-1] += line.strip()
            elif width and previous is not None and _goes_on(previous, line, width):
                result[-1] = _join(result[-1], line.strip(), words)
            else:
                result.append(line.strip())
    return [" ".join(paragraph.split()) for paragraph in result]


def _blocks(text: str) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            blocks[-1].append(line.rstrip())
        elif blocks[-1]:
            blocks.append([])
    return blocks


def _width(blocks: list[list[str]]) -> int:
    """The width at which the text was wrapped, or 0 if it was not."""
    pairs = [(a, b) for block in blocks for a, b in pairwise(block)]
    width = max((len(line) for pair in pairs for line in pair), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    pairs = [pair for pair in pairs if not _is_metadata(pair[0]) and not _is_metadata(pair[1])]
    width = max((len(line) for pair in pairs for line in pair), default=0)
    open_pairs = [(a, b) for a, b in pairs if not ends_sentence(a)]
    if width < _NARROWEST or len(open_pairs) < _MIN_PAIRS:
        return 0
    full = sum(_goes_on(a, b, width) for a, b in open_pairs)
    return width if full >= _SHARE * len(open_pairs) else 0


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether the following line's first word would not have fitted behind this line."""
    if _ITEM.match(following.lstrip()) or _indent(following) > _indent(line):
        return False
    first = following.split(maxsplit=1)[0]
    # Some wrap a few columns early; an open sentence tells that it goes on all the same.
    slack = 0 if ends_sentence(line) else max(6, width // 8)
    full = len(line) + 1 + len(first) > width - slack
    return full and not _is_metadata(line) and not _is_metadata(following)


@lru_cache(maxsize=1024)
def _is_metadata(line: str) -> bool:
    """Whether a line is a date, a byline, an address or the like, which no wrap broke."""
    line = line.strip()
    return bool(
        is_date_line(line) or read_byline(line) or url_of_line(line) or classify(line) is not None
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _join(before: str, after: str, words: frozenset[str]) -> str:
    if not re.search(r"\w-$", before):
        return f"{before} {after}"
    head, tail = before.split()[-1].strip("-\"“‘'("), after.split()[0].strip(".,;:!?\"”’'")
    # "govern-" + "ment" is one word if the text has it elsewhere; "Russian-" + "Israeli" is not.
    return (before[:-1] if (head + tail).lower() in words else before) + after


def _hyphen_free_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", text.lower()))
