"""Wrapping: lines to paragraphs; lines that were broken at a fixed width are joined again."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from presslens.reading.furniture import CALL_AT_EDGE, call_weight
from presslens.reading.lines import classify, ends_sentence
from presslens.reading.metadata_lines import facts_of
from presslens.reading.reflow import healed, words_of
from presslens.reading.urls import continues_url, url_of_line

# E-mail and terminals wrap at 60 to 80 characters, wide ones at 100 or 132; beyond that nobody
# wraps by hand and a line is a paragraph.
_WIDEST = 140
_NARROWEST = 40
# Share of line pairs inside a block that must look wrapped. In wrapped texts nearly all do (only
# paragraph ends do not); in lists and verses few.
_SHARE = 0.6
_MIN_PAIRS = 2
# So many pairs of lines tell how a text was wrapped.
_TELLING_PAIRS = 2_000
_WIDE_GAP = re.compile(r"\s{3,}")
# Lines this far from the margin are centred.
_CENTRED = 6
# Shorter lines of small letters are buttons and addresses.
_SHORTEST = 12
_ITEM = re.compile(r"[•◦▪*·–—-]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s")


class Block(NamedTuple):
    """A paragraph or another line, and whether a blank line stands before it."""

    text: str
    gap: bool = True


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, without blank ones and without blanks around them.

    A line is a paragraph, as in most dumps, unless the text was wrapped at a fixed width: then a
    line goes on in the next one if that one's first word had no room in it.
    """
    return [block.text for block in blocks_of(text)]


def blocks_of(text: str) -> list[Block]:
    """The same, with the gaps between them."""
    groups = _groups(text)
    width = _width(groups)
    words = words_of(text.split("\n")) if width else Counter[str]()
    result: list[Block] = []
    for group in groups:
        for index, lines in enumerate(_paragraph_lines(group, width)):
            joined = _apart(lines[0]) if len(lines) == 1 else healed(lines, words)
            result.append(Block(" ".join(joined.split()), index == 0))
    return result


def _groups(text: str) -> list[list[str]]:
    """The lines between blank lines."""
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            groups[-1].append(line.rstrip())
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _paragraph_lines(group: list[str], width: int) -> list[list[str]]:
    """The lines of each paragraph; an address that was cut is whole again."""
    result: list[list[str]] = []
    for index, line in enumerate(group):
        if index and len(result[-1]) == 1 and _goes_on_as_url(result[-1][0], line):
            result[-1][0] += line.strip()
        elif index and (
            _goes_on(group[index - 1], line, width) if width else _is_one_headline(result[-1], line)
        ):
            result[-1].append(line)
        else:
            result.append([line])
    return result


def _apart(line: str) -> str:
    """A line with bars for wide gaps, if it is a running head or another line of metadata."""
    line = line.strip()
    if "   " not in line or len(line) > _WIDEST:
        return line
    barred = _WIDE_GAP.sub(" | ", line)
    return barred if facts_of(barred) else line


def _goes_on_as_url(url: str, line: str) -> bool:
    if "/" not in url and "." not in url:
        return False  # which is quick, and the rule
    return continues_url(url, line.strip()) and url_of_line(url) is not None


def _width(groups: list[list[str]]) -> int:
    """The width at which the text was wrapped, or 0 if it was not."""
    pairs = list(islice(((a, b) for group in groups for a, b in pairwise(group)), _TELLING_PAIRS))
    width = max((len(line) for pair in pairs for line in pair), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    pairs = [pair for pair in pairs if not _is_apart(pair[0]) and not _is_apart(pair[1])]
    # A line that goes on in small letters was wrapped; others may be wider than the text.
    broken = [a for a, b in pairs if b.lstrip()[:1].islower() and not ends_sentence(a)]
    wide = broken if len(broken) >= _MIN_PAIRS else [line for pair in pairs for line in pair]
    width = max(map(len, wide), default=0)
    open_pairs = [(a, b) for a, b in pairs if not ends_sentence(a)]
    if width < _NARROWEST or len(open_pairs) < _MIN_PAIRS:
        return 0
    full = sum(_goes_on(a, b, width) for a, b in open_pairs)
    return width if full >= _SHARE * len(open_pairs) else 0


def _is_centred(line: str, following: str) -> bool:
    """Whether two lines in the middle of the page are one headline."""
    if line[:1] != " " or following[:1] != " ":
        return False  # which is quick, and the rule
    both = min(_indent(line), _indent(following)) >= _CENTRED
    return both and following.lstrip()[:1].islower() and not ends_sentence(line)


def _is_one_headline(lines: list[str], following: str) -> bool:
    """Whether a short line goes on in small letters in the next one, which is short, too."""
    line = lines[-1]
    if _is_centred(line, following):
        return True
    if len(line) < _SHORTEST or len(following) < _SHORTEST:
        return False
    if len(lines) > 1 or not following[:1].islower() or len(line) + len(following) > _WIDEST:
        return False
    if not line[:1].isupper() or ends_sentence(line) or line[-1] in ":;|)":
        return False
    return not (_ITEM.match(line) or _is_apart(line) or _is_apart(following))


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether the following line's first word would not have fitted behind this line."""
    if _is_centred(line, following):
        return True
    if _ITEM.match(following.lstrip()) or _indent(following) > _indent(line):
        return False
    first = following.split(maxsplit=1)[0]
    # Some wrap a few columns early; an open sentence tells that it goes on all the same.
    slack = 0 if ends_sentence(line) else max(6, width // 8)
    small = following.lstrip()[:1].islower() and not ends_sentence(line)
    if len(line) + 1 + len(first) <= width - slack and not (small and len(line) > width // 2):
        return False
    # A call to readers was wrapped like the rest.
    if small and (facts_of(following.strip()) or url_of_line(following.strip())):
        return False
    return small or not (_is_apart(line) or _is_apart(following))


@lru_cache(maxsize=1024)
def _is_apart(line: str) -> bool:
    """Whether a line is a date, a byline, an address or the like, which no wrap broke."""
    line = line.strip()
    if "   " in line and _apart(line) != line:
        return True
    facts = facts_of(line)
    # Two words of a headline in capitals have the form of a name.
    told = facts is not None and not (facts.kinds == {"name"} and line.isupper())
    if told or bool(url_of_line(line)) or classify(line) is not None:
        return True
    return (line[:1] == "[" and line[-1:] == "]") or call_weight(line) >= CALL_AT_EDGE


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
