"""Foot of a dump: what stands below the text, of which only metadata are worth keeping."""

from __future__ import annotations

import re
from collections.abc import Sequence

from presslens.reading.draft import Draft
from presslens.reading.dump_boxes import Boxes, links_in
from presslens.reading.dump_links import ITEM, POPULAR
from presslens.reading.lines import Line, classify
from presslens.reading.mastheads import copyright_owner, without_edition
from presslens.reading.metadata_lines import Facts
from presslens.reading.parts import Part
from presslens.reading.urls import may_be_article, url_of_line

_URL = re.compile(r"https?://[^\s<>\"]+")
# Bylines at the end are people's, those further down other stories'.
_NEAR = 4
_KEPT_ASIDES = frozenset({"credit", "correction", "caption", "photo credit"})


def take_foot(parts: Sequence[Part], draft: Draft) -> tuple[list[Part], list[str]]:
    """Takes dates, bylines and the address over into the draft.

    Returns the lines that `clean` knows, with the links under their labels, and names that may be
    the outlet's.
    """
    foot = _Foot(draft)
    boxes = Boxes(parts)
    boxed = 0
    for place, part in enumerate(parts):
        if place < boxed:
            continue
        if (length := boxes.length(place)) and (links := links_in(parts[place : place + length])):
            draft.related += links
            boxed = place + length
        else:
            foot.take(part, place)
    return foot.kept, foot.papers


class _Foot:
    """Goes through the lines in order, since links follow their label."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.kept: list[Part] = []
        self.papers: list[str] = []
        self._links = self._taken = 0

    def take(self, part: Part, place: int) -> None:
        """Takes one of the parts, `place` below the text."""
        if url := url_of_line(part.text) or _url_in(part):
            self.draft.url = self.draft.url or (url if may_be_article(url) else None)
        if owner := copyright_owner(part.text):
            self.papers.append(owner)
        if part.facts:
            self.take_facts(part.facts, place)
        elif part.aside:
            self.take_aside(part, part.aside)
        elif part.kind == "paper":
            self.papers.append(without_edition(part.text))
        elif part.kind == "picture":
            self.kept.append(part)
        elif part.kind in {"line", "call"} and not part.is_sentence:
            self.take_link(part)

    def take_facts(self, facts: Facts, place: int) -> None:
        self._links = 0
        self.papers += facts.papers
        if facts.when and self.draft.published is None:
            self.draft.date_it(facts.when)
        if place < _NEAR:
            self.draft.credits += facts.credits
            if not self.draft.authors:
                self.draft.authors += facts.authors or ([] if place else facts.names)

    def take_aside(self, part: Part, aside: Line) -> None:
        related = aside.kind == "related" and not POPULAR.search(part.text)
        self._links, self._taken = aside.links if related else 0, 0
        if aside.kind in _KEPT_ASIDES or related:
            self.kept += [] if copyright_owner(part.text) else [part]

    def take_link(self, part: Part) -> None:
        """A title right under a label; a blank line behind the first ends the list."""
        if part.gap and self._taken:
            self._links = 0
        if self._links:
            self.kept.append(part._replace(text=ITEM.sub("", part.text) or part.text))
            self._links -= 1
            self._taken += 1


def _url_in(part: Part) -> str | None:
    """The address in a line such as "© 2024 The Paper. https://paper.example/story"."""
    match = _URL.search(part.text)
    if match is None or part.kind == "prose":
        return None
    line = classify(part.text)
    return url_of_line(match[0]) if line and line.kind == "notice" else None
