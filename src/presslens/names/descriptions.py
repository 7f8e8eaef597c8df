"""What an article calls a name right where it stands: titles, adjectives, appositions."""

from __future__ import annotations

from presslens.names.lists import NameLists
from presslens.names.runs import Segment
from presslens.spans import Span

_DETERMINERS = frozenset("the a an this that these those his her its their our my".split())
_STARTS = _DETERMINERS | frozenset("former one".split())
_STOPS = frozenset(
    "of in for from at on with by to against between who which that whose where when while as and "
    "or but is was were has have had said says told , . ; : ( ) — – - “ ” \" ' ’ 's ’s".split()
)
_JOINS = frozenset("of in for from at on to by and or".split())
_LONGEST_APART = 10
_LONGEST = 6  # words of a description; what is longer is a clause


def describe(segment: Segment, text: str, lists: NameLists) -> tuple[str, ...]:
    """Descriptions joined to a name, before it and in an apposition after it, as they stand."""
    found = (_before(segment, lists), _apart(segment), _after(segment))
    return tuple(_text(segment, text, start, end) for start, end in found if start < end)


def _before(segment: Segment, lists: NameLists) -> tuple[int, int]:
    """ "the bearded X", "former President X", "Palestinian militant group X"."""
    words, end = segment.words, segment.start
    begin = end if segment.title is None else segment.title
    start = begin
    while start > 0 and begin - start < _LONGEST and _modifies(words[start - 1], lists):
        start -= 1
    bounded = start > 0 and words[start - 1].lower() in _DETERMINERS
    if not bounded:
        start = _certain(words, start, begin, lists)
    return start, end


def _apart(segment: Segment) -> tuple[int, int]:
    """ "the deputy minister of fisheries, X": back to the determiner that begins the phrase."""
    words, end = segment.words, segment.start - 1
    if end < 1 or words[end] != ",":
        return 0, 0
    start = end
    while start > 0 and end - start < _LONGEST_APART and words[start - 1][0].isalnum():
        start -= 1
        if words[start].lower() in _DETERMINERS and words[start - 1].lower() not in _JOINS:
            return start + 1, end
    return 0, 0


def _modifies(word: str, lists: NameLists) -> bool:
    lower = word.lower()
    if lower in _STOPS or lower in _DETERMINERS or lower in lists.openers - lists.descriptors:
        return False
    return word[0].isalpha() and (word.islower() or word in lists.demonyms)


def _certain(words: tuple[str, ...], start: int, begin: int, lists: NameLists) -> int:
    """Without a determiner a verb may stand among the words: trust them from a sure one on."""
    for index in range(start, begin):
        if words[index] in lists.demonyms or words[index].lower() in lists.descriptors:
            return index
    return begin


def _after(segment: Segment) -> tuple[int, int]:
    """ "X, a Palestinian militant group allied with …": up to where a clause hangs on it."""
    words, start = segment.words, segment.end + 1
    if start + 1 >= len(words) or words[segment.end] != "," or words[start].lower() not in _STARTS:
        return 0, 0
    begin = start + 1 if words[start].lower() in _DETERMINERS else start
    end = begin
    while end < len(words) and end - begin <= _LONGEST and words[end].lower() not in _STOPS:
        if words[end].endswith(("ed", "ing")) and end > begin and _hangs(words, end):
            break
        end += 1
    closed = end < len(words) and end - begin <= _LONGEST
    return (begin, end) if closed else (0, 0)


def _hangs(words: tuple[str, ...], index: int) -> bool:
    """Whether a participle opens a clause: "group allied with", not "former detained leader"."""
    return index + 1 >= len(words) or words[index + 1].lower() in _STOPS | _DETERMINERS


def _text(segment: Segment, text: str, start: int, end: int) -> str:
    tokens = segment.sentence.tokens
    return " ".join(Span(tokens[start].start, tokens[end - 1].end).of(text).split())
