"""Mentions: the names of persons, organisations, places and groups in an article.

First version: capitals, titles and word lists (data/codebooks/names.yaml). A model replaces what
finds and labels names; linking mentions to entities and the words joined to them stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from presslens.doc import Doc
from presslens.names.descriptions import describe
from presslens.names.labels import label_names
from presslens.names.linking import link
from presslens.names.lists import name_lists
from presslens.names.runs import find_segments
from presslens.spans import Span

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


def find_mentions(doc: Doc) -> list[Mention]:
    """The names in an article, in order; pronouns and plain nouns are left out."""
    lists = name_lists()
    segments = find_segments(doc, lists)
    labels = label_names(segments, lists)
    entities = link(segments, labels, doc.text, lists)
    mentions = []
    for segment, entity in zip(segments, entities, strict=True):
        span = segment.span
        label = cast("Label", labels[segment.name])
        joined = describe(segment, doc.text, lists)
        mentions.append(Mention(span, span.of(doc.text), entity, label, joined))
    return mentions
