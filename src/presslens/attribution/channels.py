"""Channels: where something was said, as far as the words beside a statement tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from presslens.attribution.statement import Attribution
from presslens.attribution.types import load_types
from presslens.codebooks import Codebook, CodebookError, load_codebook
from presslens.doc import Doc
from presslens.spans import Span, Spans

CHANNELS = (
    "statement", "interview", "press_conference", "speech", "parliament", "social_media", "video",
    "letter", "court", "document",
)  # fmt: skip

# What tells a channel stands at most this many characters from the cue or the source.
REACH = 80

_KINDS = ("nouns", "verbs", "hearers")
_TOLD = r"\b(?:told|tells?|telling|informed)\s+"
_A = (
    r"\b(?:an?|the|his|her|its|their|this|that|another|The|An?|His|Her|Its)\s+(?:[\w’'-]+\s+){0,2}?"
)
# "in a separate written statement": a preposition and at most four words before the noun.
_IN = r"\b(?:[Ii]n|at|on|during|via|through|by|from|over|into)\s+(?:[\w’'.-]+\s+){0,4}?"


@dataclass(frozen=True, slots=True)
class ChannelBook:
    """The codebook of channels, compiled: what channel a word of each kind tells."""

    meaning: dict[str, dict[str, str]]
    noun: re.Pattern[str]
    placed_noun: re.Pattern[str]
    verb: re.Pattern[str]
    hearer: re.Pattern[str]

    def channel(self, kind: str, word: str) -> str:
        """The channel of a word that the patterns found."""
        known = self.meaning[kind]
        word = " ".join(word.split())
        return known[word] if word in known else known[word.removesuffix("s")]


@cache
def load_channels() -> ChannelBook:
    """The codebook data/codebooks/channels.yaml, read once.

    Raises:
        CodebookError: if it is malformed.
    """
    book = load_codebook("channels")
    meaning: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    for channel, lists in book.section("channels").items():
        for kind, words in _checked(book, channel, lists).items():
            for word in words:
                meaning[kind].setdefault(" ".join(str(word).split()), channel)
    noun, verb, hearer = (_any_of(meaning[kind]) for kind in _KINDS)
    return ChannelBook(
        meaning,
        noun=re.compile(rf"{_A}(?P<word>{noun})s?\b"),
        placed_noun=re.compile(rf"{_IN}(?P<word>{noun})s?\b"),
        verb=re.compile(rf"\b(?P<word>{verb})\b"),
        hearer=re.compile(rf"{_TOLD}(?P<word>{hearer})\b"),
    )


def _checked(book: Codebook, channel: str, lists: Any) -> dict[str, list[Any]]:
    where = f"{book.path}: channels: '{channel}'"
    if channel not in CHANNELS:
        raise CodebookError(f"{where}: no such channel; expected {', '.join(CHANNELS)}")
    if not isinstance(lists, dict) or not set(lists) <= set(_KINDS):
        raise CodebookError(f"{where}: expected lists named {', '.join(_KINDS)}")
    for words in lists.values():
        if not isinstance(words, list):
            raise CodebookError(f"{where}: expected lists of words")
    return lists


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, longest_first)) or r"(?!)"


def channel_of(doc: Doc, found: Attribution) -> str | None:
    """Where a statement was made, or None where the text does not tell.

    The cue tells first ("tweeted"), then whom it is said to, the phrase nearest to the cue ("in a
    letter"), and last the source, if it is a paper ("the letter").
    """
    book = load_channels()
    cue = " ".join(span.of(doc.text) for span in found.cue)
    if verb := book.verb.search(cue):
        return book.channel("verbs", verb["word"])
    if noun := book.noun.search(cue):
        return book.channel("nouns", noun["word"])
    return _beside(doc, found, book) or _of_source(doc, found.source, book)


def _beside(doc: Doc, found: Attribution, book: ChannelBook) -> str | None:
    """What the words around cue and source, outside the content, tell."""
    parts = (*found.cue, *found.source)
    if not parts:
        return None
    start, end = min(span.start for span in parts), max(span.end for span in parts)
    sentence = doc.sentence_at(start).span
    reach = Span(max(sentence.start, start - REACH), min(max(sentence.end, end), end + REACH))
    text = _without(reach.of(doc.text), reach.start, found.content)
    near = Span(start - reach.start, end - reach.start)
    if hearer := book.hearer.search(text):
        return book.channel("hearers", hearer["word"])
    if _tells_media(text):
        return "interview"
    phrases = list(book.placed_noun.finditer(text))
    nearest = min(phrases, key=lambda phrase: _distance(near, phrase), default=None)
    return book.channel("nouns", nearest["word"]) if nearest else None


def _without(text: str, start: int, contents: Spans) -> str:
    """The text with what is attributed struck out, its length kept."""
    for piece in contents:
        first, last = max(piece.start - start, 0), min(piece.end - start, len(text))
        if first < last:
            text = text[:first] + "|" * (last - first) + text[last:]
    return text


def _tells_media(text: str) -> bool:
    """Whether "told" or its like stands right before a news organisation."""
    signs = load_types().signs
    ends = [verb.end() for verb in re.finditer(_TOLD, text)]
    first = chain.from_iterable(signs(text[end : end + REACH].split(",")[0])[:1] for end in ends)
    return any(sign.speaker_type == "media" and sign.is_body for sign in first)


def _distance(near: Span, word: re.Match[str]) -> int:
    return max(near.start - word.end(), word.start() - near.end, 0)


def _of_source(doc: Doc, source: Spans, book: ChannelBook) -> str | None:
    """What a source that is a paper tells: "the letter", "a statement by the ministry"."""
    if not source:
        return None
    head = re.split(r"\s(?:of|in|for|from|at|with|on|to|by|that|which|,)\s", source[0].of(doc.text))
    noun = list(book.noun.finditer(head[0]))
    at_end = noun and noun[-1].end() == len(head[0])
    return book.channel("nouns", noun[-1]["word"]) if at_end else None
