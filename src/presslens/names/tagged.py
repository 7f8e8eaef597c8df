"""Names as the encoder tags them, without the titles and articles that belong to none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from presslens.doc import Doc, Sentence
from presslens.names.lists import NameLists
from presslens.names.runs import Segment
from presslens.nlp.choosing import Chosen, Stake, choose_spans
from presslens.nlp.encoder import encode, vectors_of
from presslens.nlp.heads import tag_scores, transitions
from presslens.nlp.marginals import span_marginals
from presslens.nlp.tagging import NAMES

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_EDGES = frozenset("the a an , . ; : ( ) [ ] “ ” \" ' ‘ ’ - – —".split()) | _POSSESSIVE


# What is a name, but of no kind that we keep: products, events, works, nationalities.
OTHER = "other"

# What there is to gain by marking a name of any kind.
STAKES = (Stake(0.4),) * len(NAMES.kinds)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A name with the kind that the encoder gives it and how probable exactly this name is."""

    segment: Segment
    kind: str
    share: float


def tag_names(docs: Sequence[Doc], lists: NameLists) -> list[list[Tagged]]:
    """The tagged names of each article, in order; those of no kind that we keep as "other"."""
    encoded = encode(docs)
    scores = [tag_scores("names", vectors_of(doc).tokens) for doc in encoded]
    found = span_marginals(scores, transitions("names"), NAMES)
    return [
        list(_in_doc(doc, choose_spans(marginals, STAKES), lists))
        for doc, marginals in zip(encoded, found, strict=True)
    ]


def _in_doc(doc: Doc, spans: Sequence[Chosen], lists: NameLists) -> Iterator[Tagged]:
    place = begin = 0
    for sentence in doc.sentences:
        stop = begin + len(sentence.tokens)
        words: tuple[str, ...] | None = None
        while place < len(spans) and spans[place][0] < stop:
            start, end, number, share = spans[place]
            kind = NAMES.kinds[number]
            words = words or tuple(token.of(doc.text) for token in sentence.tokens)
            inside = max(start, begin) - begin, min(end, stop) - begin
            if (segment := _trimmed(sentence, words, *inside, kind, lists)) is not None:
                yield Tagged(segment, kind, share)
            if end > stop:
                break
            place += 1
        begin = stop


def _trimmed(
    sentence: Sentence, words: tuple[str, ...], start: int, end: int, kind: str, lists: NameLists
) -> Segment | None:
    while start < end and words[start].lower() in _EDGES:
        start += 1
    while start < end and (words[end - 1].lower() in _EDGES and not words[end - 1].isupper()):
        end -= 1
    if start == end or not any(character.isalnum() for character in "".join(words[start:end])):
        return None
    title = None
    if kind == "person":
        length = lists.title_at(words[start:end], 0)
        if 0 < length < end - start:
            title, start = start, start + length
        else:
            title = _title_before(words, start, lists)
    return Segment(sentence, words, start, end, title)


def _title_before(words: tuple[str, ...], start: int, lists: NameLists) -> int | None:
    """Where the title begins that ends right before a name; the longest there is."""
    for begin in range(max(start - 4, 0), start):
        if begin + lists.title_at(words[:start], begin) == start:
            return begin
    return None
