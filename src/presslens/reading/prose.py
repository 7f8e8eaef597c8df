"""Prose: whether a paragraph is written in sentences, and how much of a line's words a text has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from presslens.reading.lines import ends_sentence

# Headlines and captions rarely have as many words, and they capitalise more of them.
_FEWEST, _LONG, _SURE = 6, 20, 35
# A sentence in capitals throughout
_SHOUTED = 10
_SMALL_SHARE = 0.4
_SMALL_WORD = re.compile(r"(?:(?<=\s)|^)[a-zß-öø-ÿа-яα-ω]")
# A longer text has enough words.
_LONGEST = 2_000
_WITHIN = re.compile(r"[a-zß-ÿ0-9)”\"’][.!?][”\"’)]*\s+[“\"‘(]?[A-ZÀ-Þ]")
# The first letters of a word stand for its forms.
_STEM = 5
_CONTENT = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(
    "that this with from have been were will they their would which after about there said when"
    " more than over into also what first years year people could other some them then only just"
    " before because against between during under where while being such like your".split()
)


def is_prose(text: str) -> bool:
    """Whether a block is sentences rather than a headline, a label or a list of names."""
    if len(text) > _LONGEST:
        return " " in text[:_LONGEST].strip()
    words = text.split()
    if len(words) < _FEWEST:
        return False
    if len(words) >= _SURE or (len(words) >= _LONG and ends_sentence(text)):
        return True
    small = len(_SMALL_WORD.findall(text))
    if small < _SMALL_SHARE * len(words):
        return (not _is_cased(words) or len(words) >= _SHOUTED) and ends_sentence(text)
    if ends_sentence(text):
        return True
    return len(words) >= 12 and (text.endswith(":") or bool(_WITHIN.search(text)))


def _is_cased(words: list[str]) -> bool:
    """Whether a script has capitals, which some have not; texts in capitals have no small ones."""
    return any(word[:1].isupper() or word[:1].islower() for word in words)


def stems(texts: Iterable[str]) -> set[str]:
    """The words of texts by their first letters, without the commonest."""
    return set[str]().union(*map(_stems_of, texts))


@lru_cache(maxsize=512)
def _stems_of(text: str) -> frozenset[str]:
    words = set(_CONTENT.findall(text.casefold())) - _COMMON
    return frozenset(word[:_STEM] for word in words)


def shared(line: str, known: set[str]) -> float:
    """The share of a line's words that are among stems."""
    own = _stems_of(line)
    return len(own & known) / len(own) if own else 0.0
