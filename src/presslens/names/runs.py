"""Runs of capitals in a sentence, cut into titles and names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from presslens.doc import Doc, Sentence
from presslens.names.lists import NameLists
from presslens.spans import Span

_CAPITAL = re.compile(
    r"(?:[^\W\d_a-z]|(?:al|el|ar|as|ash|an|de|d|l|ul|ur)-?['’]?(?=[A-Z]))", re.UNICODE
)
_INITIAL = re.compile(r"[A-Z]\.?$|(?:[A-Z]\.){2,}$")
_COMPOUND = re.compile(
    r"[-‑–](?:led|based|born|backed|controlled|run|owned|funded|linked|style|era|wide|listed|made|"
    r"occupied|held|affiliated|allied|aligned|brokered|administered|bound|trained|supported)$"
)
_OPENS = frozenset(
    {"“", '"', "‘", "``", ":", "—", "–", "-", "•", "*", "|", ">", "(", "[", "…", "/"}
)
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_AFTER_NAMES = frozenset("said says told was is has had who also will would , (".split())
_JOINED_BY_S = frozenset(
    "people women children workers men teachers farmers students king queen".split()
)
_OF_HEADS = frozenset(
    "republic gulf rights strait bay sea states kingdom people friends doctors house".split()
)
# A given name and a surname.
_TWO_NAMES = 2
_BEFORE_MONTHS = frozenset("in on since last this next until by from early late mid".split())
_LINKS = frozenset({"of", "for", "on"})
_LONG = 4  # letters from which a capital counts when a headline is recognised
_HEADLINE = 0.6  # share of long words with a capital that makes a sentence a headline


@dataclass(frozen=True, slots=True)
class Segment:
    """A name in a sentence as token numbers `start` to `end`; `title` is where its title begins."""

    sentence: Sentence
    words: tuple[str, ...]
    start: int
    end: int
    title: int | None = None

    @property
    def name(self) -> tuple[str, ...]:
        """The words of the name."""
        words = (word for word in self.words[self.start : self.end] if word != "]")
        return tuple(_COMPOUND.sub("", word) for word in words)

    @property
    def span(self) -> Span:
        """Where it stands in the article; an inserted "[Maxim] Kharkin" with its bracket."""
        closed = "]" in self.words[self.start : self.end]
        opened = self.start > 0 and self.words[self.start - 1] == "["
        first = self.start - (closed and opened)
        start, end = self.sentence.tokens[first].start, self.sentence.tokens[self.end - 1].end
        compound = _COMPOUND.search(self.words[self.end - 1])
        return Span(start, end - len(compound[0]) if compound else end)


@dataclass(frozen=True)
class Vocabulary:
    """Which words an article writes in lower case, and which with a capital inside sentences."""

    lower: frozenset[str]
    upper: frozenset[str]


def find_segments(doc: Doc, lists: NameLists) -> list[Segment]:
    """All stretches of the article that look like names, in order."""
    sentences = [
        (sentence, tuple(token.of(doc.text) for token in sentence.tokens))
        for sentence in doc.sentences
    ]
    vocabulary = _vocabulary([words for _, words in sentences])
    found: list[Segment] = []
    for sentence, words in sentences:
        runs = _Runs(words, lists, vocabulary)
        for start, end in runs.find():
            pieces = (Segment(sentence, words, *p) for p in cut(words, start, end, lists))
            found += [piece for piece in pieces if piece.name and piece.name[-1] not in _LINKS]
    return found


def _vocabulary(sentences: Sequence[tuple[str, ...]]) -> Vocabulary:
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for words in sentences:
        if is_headline(words):
            continue
        for index, word in enumerate(words):
            if word.islower():
                lower[word] += 1
            elif index and words[index - 1] not in _OPENS and word[0].isupper():
                upper[word] += 1
    names = {word for word in upper if upper[word] >= lower[word.lower()]}
    return Vocabulary(frozenset(lower), frozenset(names))


def is_headline(words: Sequence[str]) -> bool:
    """Whether most long words have a capital and no full stop ends it: capitals tell nothing."""
    if "." in words[-2:]:
        return False
    long = [word for word in words if len(word) >= _LONG and word[0].isalpha()]
    return len(long) >= _LONG and sum(w[0].isupper() for w in long) >= _HEADLINE * len(long)


class _Runs:
    """Finds the runs of one sentence."""

    def __init__(self, words: tuple[str, ...], lists: NameLists, vocabulary: Vocabulary) -> None:
        self.words, self.lists, self.vocabulary = words, lists, vocabulary
        self.headline = is_headline(words)

    def find(self) -> Iterator[tuple[int, int]]:
        index = 0
        while index < len(self.words):
            end = self._run(index)
            if end > index and self._is_name(index, end):
                yield index, end
            index = max(end, index + 1)

    def _run(self, start: int) -> int:
        phrase = self.lists.phrase_at(self.words, start)
        if phrase is None and not self._may_begin(start):
            return start
        end = start + (phrase[0] if phrase else 1)
        while (longer := self._extended(start, end)) > end:
            end = longer
        return end

    def _extended(self, start: int, end: int) -> int:
        words, lists = self.words, self.lists
        if end >= len(words) or _COMPOUND.search(words[end - 1]):
            return end
        if self._is_capital(end):
            phrase = lists.phrase_at(words, end)
            return end + (phrase[0] if phrase else 1)
        if end + 1 >= len(words):
            return end
        word, last = words[end], words[end - 1].lower()
        if word == "]" and start and words[start - 1] == "[" and self._is_capital(end + 1):
            return end + 2
        after = end + 2 if words[end + 1] == "the" else end + 1
        follows = after < len(words) and self._is_capital(after)
        if word in _LINKS and follows and self._links(start, end, word):
            return after + 1
        if not self._is_capital(end + 1):
            return end
        if word in lists.particles or word == "&" or (word in _POSSESSIVE and last in _JOINED_BY_S):
            return end + 2
        return end + 2 if word == "and" and self._and_joins(start, end) else end

    def _links(self, start: int, end: int, link: str) -> bool:
        run = [word.lower() for word in self.words[start:end]]
        heads = self.lists.organisation_words | (_OF_HEADS if link == "of" else frozenset())
        if link == "of" and (run[-1] in heads or run[-1] in self.lists.place_openers):
            return True
        if run[-1] in {"minister", "secretary"} and link in {"of", "for"}:
            after = self.words[end + 1 : end + 3]
            return any(word.lower() in self.lists.title_modifiers for word in after)
        following = self.words[end + 1 : end + 3]
        return link != "of" and run[-1] in heads and not any(w.lower() in heads for w in following)

    def _and_joins(self, start: int, end: int) -> bool:
        """ "Ministry of Trade and Industry", "Securities and Futures Commission"."""
        run, heads = self.words[start:end], self.lists.organisation_words
        if self.lists.phrase_at(self.words, end + 1) or run[-1].lower() in heads:
            return False
        if run[0].lower() in heads and _LINKS & set(run):
            return not self.lists.title_at(self.words, end + 1)
        rest = end + 1
        while rest < len(self.words) and self._is_capital(rest):
            rest += 1
        short = len(run) == 1 and self.lists.phrase_at(run, 0) is None
        return short and self.words[rest - 1].lower() in heads and rest - end > 2

    def _is_capital(self, index: int) -> bool:
        word = self.words[index]
        if not _CAPITAL.match(word) or self._is_adjective(word):
            return False
        if word in self.lists.not_names and not self._is_given_name(index):
            return False
        if self.headline and self._is_common(word):
            return word.lower() in self.lists.organisation_words | self.lists.place_words
        return word.lower() not in {"the", "a", "an", "and", "in", "of", "to", "is"}

    def _is_given_name(self, index: int) -> bool:
        """ "Bill Clinton", "April Ryan", but neither "in April Mr Ryan" nor "Bill Passes House"."""
        word, before = self.words[index], self.words[max(index - 1, 0)].lower()
        following = self.words[index + 1 : index + 2]
        if word not in self.lists.given_names or not following or before in _BEFORE_MONTHS:
            return False
        surname = following[0]
        return (
            bool(_CAPITAL.match(surname))
            and surname not in self.lists.not_names
            and not self.lists.title_at(self.words, index + 1)
            and not self._is_adjective(surname)
            and surname not in self.lists.demonyms
            and not (self.headline and self._is_common(surname))
        )

    def _is_adjective(self, word: str) -> bool:
        """ "Russian-Israeli", "anti-American": made of peoples, naming nobody."""
        parts = word.split("-")
        return len(parts) > 1 and all(part in self.lists.demonyms for part in parts)

    def _is_common(self, word: str) -> bool:
        lower = word.lower()
        if word in self.vocabulary.upper and lower not in self.vocabulary.lower:
            return False
        return lower in self.lists.common or lower in self.vocabulary.lower

    def _may_begin(self, index: int) -> bool:
        if not self._is_capital(index):
            return False
        return not (self._opens(index) and self.words[index].lower() in self.lists.openers)

    def _opens(self, index: int) -> bool:
        return index == 0 or self.words[index - 1] in _OPENS or self.headline

    def _is_name(self, start: int, end: int) -> bool:
        words, lists = self.words[start:end], self.lists
        known = lists.phrase_at(words, 0)
        if known and known[0] == len(words):
            return True
        if len(words) == 1 and (len(words[0]) == 1 or _INITIAL.match(words[0])):
            return bool(re.fullmatch(r"(?:[A-Z]\.){2,}", words[0]))
        if len(words) == 1:
            return self._stands_alone(start)
        if not self._opens(start) or not self._is_common(words[0]):
            return True
        return not (self.headline and all(map(self._is_common, words)))

    def _stands_alone(self, index: int) -> bool:
        """Whether a single unlisted word is a name, by how the article writes it elsewhere."""
        word, lists = self.words[index], self.lists
        if word in lists.peoples:
            return True
        if self._is_common(word):
            determined = index > 0 and self.words[index - 1] == "the"
            return determined and word.lower() in lists.organisation_words and not self.headline
        if not self._opens(index) or word in self.vocabulary.upper or word in lists.given_names:
            return True
        following = self.words[index + 1].lower() if index + 1 < len(self.words) else "."
        named = following in _AFTER_NAMES or following in _POSSESSIVE
        return named or (word.isupper() and not self.headline)


Piece = tuple[int, int, int | None]


def cut(words: Sequence[str], start: int, end: int, lists: NameLists) -> list[Piece]:
    """A run's names as (start, end, start of its title): "US | President Joe Biden"."""
    run = words[start:end]
    known = lists.phrase_at(run, 0)
    if known and known[0] == len(run):
        return [(start, end, None)]
    last = run[-1].lower()
    if last in lists.organisation_words and not lists.title_at(run, 0):
        return _without_people(words, start, end, lists)
    for index in range(len(run)):
        length = lists.title_at(run, index)
        if not length or (index and run[index - 1] in _LINKS | {"and"}):
            continue
        first = start + index + length
        while first < end and words[first].lower() in _LINKS | lists.title_modifiers | {"the"}:
            first += 1
        if index == 0 and (last in lists.organisation_words or last in lists.place_words):
            return [(start, end, None)]
        before = _without_people(words, start, start + index, lists)
        return before + ([(first, end, start + index)] if first < end else [])
    office = _office_of(run, lists)
    if office and _ends_title(words, start, lists):
        return [(start + office, end, start)]
    return _without_people(words, start, end, lists)


def _office_of(run: Sequence[str], lists: NameLists) -> int:
    """How many words at the beginning of a run are what somebody is head of: 2 of "South Korea Han
    Duck-soo"; 0, if no given name and surname follow.
    """
    known = lists.phrase_at(run, 0)
    plain = lists.common | lists.place_words | lists.organisation_words
    length = known[0] if known else 1 if run[0].lower() in plain else 0
    return length if length and len(run) - length >= _TWO_NAMES else 0


def _ends_title(words: Sequence[str], start: int, lists: NameLists) -> bool:
    """Whether "President of the" stands before a run: "Republic" is no name of Pedro Castillo's."""
    link = start - 2 if words[start - 1 : start] == ("the",) else start - 1
    if link < 1 or words[link] != "of":
        return False
    return any(
        lists.title_at(words, first) == link - first for first in range(max(0, link - 3), link)
    )


def _without_people(words: Sequence[str], start: int, end: int, lists: NameLists) -> list[Piece]:
    """The run without a demonym or a group before or after what it names."""
    first, last = start, end
    while first < last and words[first] in lists.demonyms:
        first += 1
    rest = words[first:last]
    if first > start and first < last and (rest[-1].lower() not in lists.organisation_words):
        return [(first, last, None)]
    return [(start, end, None)] if first < last else []
