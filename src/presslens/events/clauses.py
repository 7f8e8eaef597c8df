"""Verb groups, subjects and objects by word order, for plain news sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

BE = frozenset("am is are was were be been being 's ’s 're ’re get gets got getting".split())
HAVE = frozenset("have has had having 've ’ve".split())
_UNREAL = frozenset(
    "to will would can could may might must shall should 'll ’ll 'd ’d wo ca not n't n’t never do "
    "did does if without no".split()
)
_NEGATIVE = frozenset("not n't n’t never nobody none no longer".split())
_ADVERBS = frozenset(
    "also again later already just even once often then now first previously soon always recently "
    "earlier only still reportedly ever more longer".split()
)
_DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your some any no every each another "
    "such both all many several few most one two three".split()
)
_OBJECT_PRONOUNS = frozenset("him her them it us me himself herself themselves itself".split())
_SUBJECT_PRONOUNS = frozenset("he she they it we i you".split())
_RELATIVES = frozenset("who which that".split())
_PREPOSITIONS = frozenset(
    "in for from at on with by to against between among under near around into during through "
    "within without across behind toward towards outside inside upon after before since until "
    "amid despite like as because over about via per alongside along".split()
)
_BORDERS = frozenset(
    "who which that whom whose where when while if because although though but or so than what how "
    "why whether as after before since until including".split()
)
# Verbs that no ending betrays; between a subject and its verb they mean that another clause begins.
_FINITE = frozenset(
    "said says told made took became left went came saw began held met led found gave lost won "
    "built sent brought kept put ran fell grew rose knew thought felt owns runs makes "
    "takes has".split()
)
_SPEECH = frozenset(
    "said says saying told added reported reports stated confirmed announced".split()
)
_AMOUNT = frozenset(
    "more less fewer than at least most about some nearly almost over up to around".split()
)
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight "
    "last this next early late earlier later january february march april may june july august "
    "september october november december jan. feb. mar. apr. aug. sept. oct. nov. dec.".split()
)
_PUNCTUATION = frozenset(
    {",", "-", ";", ":", "(", ")", "[", "]", "—", "–", "--", "“", "”", '"', "``", "''", "‘"}
)
_LONGEST = 14  # tokens of a subject or an object; what is longer holds a clause
_LONGEST_APPOSITION = 10  # tokens between the commas of "X, the mayor of Hythe, was killed"
_DETERMINER_REACH = 4  # tokens between a determiner and its noun, that noun counted


class Range(NamedTuple):
    """Tokens `start` to `end` of a sentence, half-open."""

    start: int
    end: int


class VerbGroup(NamedTuple):
    """Where a verb's auxiliaries begin, the nearest of them, and whether it happened at all."""

    start: int
    auxiliary: str | None
    negated: bool
    unreal: bool


class Reading:
    """A sentence's tokens, as they stand and lower-case."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.lower = [word.lower() for word in words]

    def ends_phrase(self, index: int) -> bool:
        """Whether a noun phrase cannot go over this token, or the sentence is over before it."""
        if index >= len(self.lower):
            return True
        word = self.lower[index]
        return (
            word in _PUNCTUATION
            or word in _BORDERS
            or word in _PREPOSITIONS
            or word in BE - {"'s", "’s"}
            or word in HAVE
            or word in _UNREAL
            or word in {".", "?", "!", "…", "and"}
        )

    def determined(self, index: int) -> bool:
        """Whether a determiner stands shortly before, with no border between."""
        for before in range(index - 1, max(index - 1 - _DETERMINER_REACH, -1), -1):
            if self.lower[before] in _DETERMINERS:
                return True
            if self.ends_phrase(before):
                return False
        return False


def verb_group(reading: Reading, index: int) -> VerbGroup:
    """The auxiliaries before a verb: "has been" in "has been brutally killed"."""
    start, auxiliary, negated, unreal = index, None, False, False
    position = index - 1
    while position >= 0:
        word = reading.lower[position]
        if word in BE or word in HAVE or word in _UNREAL:
            before = reading.lower[position - 1] if position else ""
            if word in {"'s", "’s"} and not (auxiliary or before in _SUBJECT_PRONOUNS):
                break
            negated = negated or word in _NEGATIVE
            unreal = unreal or word in _UNREAL
            auxiliary = auxiliary or (word if word in BE or word in HAVE else None)
            start = position
        elif not (word in _ADVERBS or (word.endswith("ly") and word.isalpha() and word.islower())):
            break
        position -= 1
    return VerbGroup(start if auxiliary or unreal else position + 1, auxiliary, negated, unreal)


def noun_phrase_after(reading: Reading, start: int) -> Range | None:
    """The noun phrase that begins at a token: "more than 43,000 people", "two of the men"."""
    size = len(reading.words)
    if start < size and reading.lower[start] in _OBJECT_PRONOUNS:
        following = reading.lower[start + 1] if start + 1 < size else "."
        if (
            reading.lower[start] != "her"
            or not following[0].isalpha()
            or following in _PREPOSITIONS
        ):
            return Range(start, start + 1)
    end = start
    while end < size and end - start < _LONGEST and reading.lower[end] in _AMOUNT:
        end += 1
    if (
        end > start
        and (end == size or not reading.words[end][0].isdigit())
        and not _quantity(reading, end)
    ):
        end = start
    while end < size and end - start < _LONGEST and _continues(reading, start, end):
        end += 1
    while end > start and reading.lower[end - 1] in {"and", "of", "'s", "’s"} | _DETERMINERS:
        end -= 1
    return Range(start, end) if end > start else None


def _quantity(reading: Reading, index: int) -> bool:
    return index < len(reading.words) and reading.lower[index] in {
        "a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozen",
        "dozens", "half", "hundreds", "thousands", "hundred",
    }  # fmt: skip


def _continues(reading: Reading, start: int, index: int) -> bool:
    word = reading.lower[index]
    if word == "of":
        return index > start
    if word == "and":
        after = reading.words[index + 1] if index + 1 < len(reading.words) else "."
        named = after[0].isupper() and reading.words[index - 1][0].isupper()
        return index > start and (named or after[0].isdigit())
    if (
        reading.ends_phrase(index)
        or word in _TIMES
        or not (word[0].isalnum() or word[0] in "$€£'’")
    ):
        return word == "that" and index == start
    if index > start + 1 and word.endswith("ed") and reading.ends_phrase(index + 1):
        return False  # "a booklet titled “…”"
    if index > start and word in _FINITE | _ADVERBS - {"more", "first"}:
        return False
    return not (index == start and (word.endswith("ly") or word in _ADVERBS | _SUBJECT_PRONOUNS))


def subject_before(reading: Reading, end: int) -> Range | None:
    """The subject of a verb group that begins at `end`, without what hangs on it."""
    end = _over_relative(reading, end)
    end = _over_apposition(reading, end)
    if end <= 0 or reading.ends_phrase(end - 1) or reading.lower[end - 1] in _DETERMINERS - {"one"}:
        return None
    if reading.lower[end - 1] in {"'s", "’s"}:
        return None
    if reading.lower[end - 1].endswith("ing") and end > 1 and reading.ends_phrase(end - 2):
        return None
    if reading.lower[end - 1] in _SUBJECT_PRONOUNS:
        return Range(end - 1, end)
    start = end
    while start > 0 and end - start < _LONGEST and _belongs(reading, start - 1):
        start -= 1
    if _inside_clause(reading, start - 1):
        return None
    return _without_phrases(reading, start, end)


def _inside_clause(reading: Reading, border: int) -> bool:
    """ "the company that owns the plane was fined": the words after "that" are no subject."""
    word = reading.lower[border] if border >= 0 else "."
    if (word in _FINITE or word.endswith("ed")) and word not in _SPEECH:
        return True  # what follows is that verb's object
    if word == "to":
        return True  # an infinitive, or the end of a longer subject
    if word not in _RELATIVES | {"whose", "whom"}:
        return False
    return border == 0 or reading.lower[border - 1] not in _SPEECH | {","}


def _over_relative(reading: Reading, end: int) -> int:
    if end > 0 and reading.lower[end - 1] in _RELATIVES:
        return end - 2 if end > 1 and reading.lower[end - 2] == "," else end - 1
    return end


def _over_apposition(reading: Reading, end: int) -> int:
    """ "Trufanov's father, Vitaly, was killed": from the second comma to before the first."""
    if end < 3 or reading.lower[end - 1] != ",":
        return end
    for index in range(end - 2, max(end - 2 - _LONGEST_APPOSITION, 0), -1):
        if reading.lower[index] == ",":
            return index
    return 0


def _belongs(reading: Reading, index: int) -> bool:
    word = reading.lower[index]
    if word == "to":
        return index > 0 and reading.lower[index - 1] == "up"
    if word in _PREPOSITIONS or word == "of":
        following = reading.lower[index + 1]
        return index > 0 or following in {"least", "most"} or following[0].isdigit()
    if word == "and":
        return index > 0 and not reading.ends_phrase(index - 1) and _belongs(reading, index - 1)
    if (
        word in _FINITE
        or word in _SPEECH
        or (word.endswith("ed") and not _adjective(reading, index))
    ):
        return False
    return not reading.ends_phrase(index) and word not in _SUBJECT_PRONOUNS


def _adjective(reading: Reading, index: int) -> bool:
    """Whether a participle stands where adjectives do: "the injured woman", "Hamas-led"."""
    if "-" in reading.lower[index]:
        return True
    before = reading.lower[index - 1] if index else "."
    if index + 1 < len(reading.lower) and reading.ends_phrase(index + 1):
        return False
    return before in _DETERMINERS or reading.ends_phrase(index - 1) or index == 0


def _without_phrases(reading: Reading, start: int, end: int) -> Range | None:
    """The head of the stretch: no opening adverbial, nothing after a preposition but "of"."""
    words = reading.lower
    if start < end and words[start] in _PREPOSITIONS and words[start] not in _AMOUNT:
        return None
    while start < end and (words[start] in {"and", "then"} or words[start].endswith("ly")):
        start += 1
    head = start
    while head < end and not (words[head] in _PREPOSITIONS and words[head] not in _AMOUNT):
        head += 1
    if head == start or words[head - 1] in _TIMES | _DETERMINERS:
        return None
    return Range(start, head)
