"""Mentions: the names of persons, organisations, places and groups in an article.

Capitals, titles and word lists (data/codebooks/names.yaml) find most names and where they end; the
encoder finds others and has a strong voice in what they name. Either alone is worse: see the table
in benchmarks/README.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from presslens.doc import Doc
from presslens.names.descriptions import describe
from presslens.names.labels import label_names
from presslens.names.linking import link
from presslens.names.lists import NameLists, name_lists
from presslens.names.runs import Segment, find_segments
from presslens.names.tagged import OTHER, Tagged, tag_names
from presslens.spans import Span, SpanIndex

Label = Literal["person", "organisation", "place", "group"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in an article.

    Attributes:
        span: where it stands, without title, article or possessive.
        text: the words of the span.
        entity: the fullest name that the article gives it anywhere.
        label: what it names.
        labels: what the article calls it right here: "former President", "bearded",
            "Palestinian militant group".
    """

    span: Span
    text: str
    entity: str
    label: Label
    labels: tuple[str, ...] = ()


def find_mentions(docs: Sequence[Doc]) -> list[list[Mention]]:
    """The names in each article, in order; pronouns and plain nouns are left out."""
    lists = name_lists()
    tagged = tag_names(docs, lists)
    return [_in_doc(doc, found, lists) for doc, found in zip(docs, tagged, strict=True)]


def _in_doc(doc: Doc, tagged: Sequence[Tagged], lists: NameLists) -> list[Mention]:
    segments = _with_tagged(find_segments(doc, lists), tagged)
    labels = label_names(segments, lists, tagged)
    entities = link(segments, labels, doc.text, lists)
    mentions = []
    for segment, entity in zip(segments, entities, strict=True):
        span = segment.span
        label = cast("Label", labels[segment.name])
        joined = describe(segment, doc.text, lists)
        mentions.append(Mention(span, span.of(doc.text), entity, label, joined))
    return mentions


def _with_tagged(segments: Sequence[Segment], tagged: Sequence[Tagged]) -> list[Segment]:
    """The names that capitals and lists found, and those that only the encoder did."""
    places = SpanIndex([segment.span for segment in segments])
    new = [
        one.segment
        for one in tagged
        if one.kind != OTHER and not places.numbers(one.segment.span) and one.segment.name
    ]
    return sorted([*segments, *new], key=lambda segment: segment.span)
