"""Body of a dump: what between the paragraphs of a text is not the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from presslens.reading.captions import depicts
from presslens.reading.cleaning import bare
from presslens.reading.dump_boxes import Boxes, links_in, without_section
from presslens.reading.dump_links import (
    ITEM,
    QUOTE_REACH,
    bracketed_link,
    is_label,
    labelled_link,
    link_of,
    links_under,
    lists_popular,
)
from presslens.reading.furniture import CALL, CALL_AT_EDGE, call_weight, has_page_word
from presslens.reading.lines import classify, ends_sentence, reads_like_a_title
from presslens.reading.parts import Part
from presslens.reading.prose import shared, stems

_BOX_LETTERS = 220
# A subhead has no more words of pages in it.
_FURNITURE = 1.5
_SIGN_UP = re.compile(
    r"\b(?:sign(?:ing)? up|subscribe|newsletters?|e-?mail|inbox)\b", re.IGNORECASE
)
# So many parts tell the words of an article.
_TELLING = 60
_TITLE_WORDS, _PAGE_WORDS = 3, 6
# A teaser has words of its own; one that points back belongs to the text above.
_TEASER_WORDS, _TEASER_STEMS, _TEASER = 4, 6, 0.15
_REFERS = re.compile(
    r"\b(?:he|she|they|his|her|their|it|its|this|these|said|says)\b", re.IGNORECASE
)
_MARKS_OF_SPEECH = '“"‘«'
_QUOTED_WORDS, _SHORT_QUOTE, _SPEAKER_WORDS = 6, 3, 8


def body_parts(parts: Sequence[Part], authors: Sequence[str]) -> tuple[list[Part], list[str]]:
    """The parts that are text or that `clean` knows, and links to other stories among them."""
    body = _Body(parts, authors)
    place = 0
    while place < len(parts):
        place += body.take(place)
    return body.kept, body.related


class _Body:
    """Goes through the parts in order; what some are shows only beside others."""

    def __init__(self, parts: Sequence[Part], authors: Sequence[str]) -> None:
        self.parts = parts
        self.authors = authors
        self.boxes = Boxes(parts)
        self.kept: list[Part] = []
        self.related: list[str] = []
        self._label: str | None = None
        self._known: set[str] | None = None

    def take(self, place: int) -> int:
        """Takes a part, and those that belong to it; returns how many."""
        part = self.parts[place]
        if length := self._furniture(place):
            return length
        if _depicts(self.parts, place):
            self.kept.append(part._replace(kind="picture"))
        elif link := bracketed_link(part) or labelled_link(part):
            self.related.append(link)
        elif _is_text(part):
            self.kept.append(part)
        elif under := links_under(self.parts, place):
            links = [ITEM.sub("", link) for link in under]
            self.related += [] if lists_popular(part.text, under) else links
            return 1 + len(under) + int(self._is_teaser(place + len(under)))
        elif self._is_about_page(part):
            pass
        elif link := link_of(part, self.parts, place, self._words()):
            self.related.append(link)
        elif _stays(part, self.authors):
            self.kept.append(part)
        return 1

    def _furniture(self, place: int) -> int:
        """How many parts from here on are another story's, a box's or a quotation set apart."""
        part = self.parts[place]
        if self._is_teaser(place):
            self.related.append(part.text)
            return 2
        if self._under(place):
            return 1
        if part.gap and (length := _box_length(self.parts, place)):
            return length
        if part.text[0] in _MARKS_OF_SPEECH and _is_pull_quote(self.parts, place):
            return 1 + int(_is_speaker(self.parts, place + 1))
        if length := self.boxes.length(place):
            self.related += links_in(self.parts[place : place + length])
            return length
        return int(self.boxes.repeats(place) and part.kind != "prose")

    def _under(self, place: int) -> bool:
        """Takes a headline below a label and a blank line; prose ends the links."""
        part = self.parts[place]
        if is_label(part):
            self._label = part.text
            return False
        title = without_section(part.text)
        fits = part.kind in {"line", "crumbs", "facts", "section", "paper"}
        if self._label is None or not part.gap or not fits or part.is_sentence or part.heading:
            self._label = None if part.gap and part.kind not in {"aside", "menu"} else self._label
            return False
        if len(title.split()) < _TITLE_WORDS or ITEM.match(title):
            return False
        if not lists_popular(self._label, [title]):
            self.related.append(title)
        return True

    def _is_teaser(self, place: int) -> bool:
        """Whether a headline and a paragraph below it are another story's: they share no words with
        the article."""
        part, below = self.parts[place], self.parts[place + 1 : place + 2]
        if part.kind != "line" or part.heading or len(part.text.split()) < _TEASER_WORDS:
            return False
        if (
            not part.text[0].isupper()
            or not below
            or below[0].kind != "prose"
            or len(below[0].text) > _BOX_LETTERS
        ):
            return False
        if not reads_like_a_title(part.text) or below[0].text[0] in _MARKS_OF_SPEECH:
            return False
        if _REFERS.search(below[0].text):
            return False
        around = self.parts[max(place - _TELLING, 0) : place + _TELLING]
        others = stems(one.text for one in around if one.kind == "prose" and one != below[0])
        own = len(stems([below[0].text]))
        return own >= _TEASER_STEMS and shared(f"{part.text} {below[0].text}", others) <= _TEASER

    def _is_about_page(self, part: Part) -> bool:
        """Whether a few words are a page's: a subhead's are in the text, too."""
        few = len(part.text.split()) <= _PAGE_WORDS and not part.heading
        if ":" in part.text or "|" in part.text:
            return False  # which is a link's label
        if not few or part.kind not in {"line", "call", "paper"} or not has_page_word(part.text):
            return False
        return shared(part.text, self._words()) == 0.0

    def _words(self) -> set[str]:
        """The words of the article, looked up only where they are asked for."""
        if self._known is None:
            self._known = stems(one.text for one in self.parts[:_TELLING] if one.kind == "prose")
        return self._known


def _depicts(parts: Sequence[Part], place: int) -> bool:
    """Whether a short line before the last paragraph says what a picture shows."""
    part = parts[place]
    if part.kind not in {"line", "prose"} or part.heading or place + 1 == len(parts):
        return False
    below = parts[place + 1]
    first = place == 0 and below.kind == "prose" and len(below.text) > len(part.text)
    return depicts(part.text, sentence=part.is_sentence, first=first)


def _is_text(part: Part) -> bool:
    """Whether a part is a paragraph, a sentence or a line that `clean` knows."""
    if part.kind == "prose" or (part.kind == "aside" and not is_label(part)):
        return True
    return part.is_sentence and part.kind not in {"call", "menu", "facts"}


def _box_length(parts: Sequence[Part], place: int) -> int:
    """How many parts a box to sign up has that begins here: lines without a blank one between."""
    end = place + 1
    while end < len(parts) and not parts[end].gap:
        end += 1
    box = parts[place:end]
    if len(box) < 2 or end == len(parts) or any(len(one.text) > _BOX_LETTERS for one in box):
        return 0
    calls = sum(one.kind == "call" or bool(_SIGN_UP.search(one.text)) for one in box)
    return len(box) if 2 * calls >= len(box) else 0


def _is_pull_quote(parts: Sequence[Part], place: int) -> bool:
    """Whether a quotation alone repeats words of a paragraph."""
    part, reach = parts[place], slice(max(place - QUOTE_REACH, 0), place + QUOTE_REACH)
    if part.text[0] not in '“"‘«' or part.text[-1] not in '”"’»' or len(part.text) > _BOX_LETTERS:
        return False
    own = bare(part.text)
    # A subhead may be a few quoted words; a pull quote has its speaker below.
    least = _SHORT_QUOTE if _is_speaker(parts, place + 1) else _QUOTED_WORDS
    return len(own.split()) >= least and any(
        own in bare(one.text)
        for one in parts[reach]
        if one is not part and len(one.text) > len(part.text)
    )


def _is_speaker(parts: Sequence[Part], place: int) -> bool:
    """Whether a part names the speaker under a quotation."""
    if place >= len(parts):
        return False
    text = parts[place].text
    if parts[place].gap and parts[place].kind not in {"line", "facts"}:
        return False
    return len(text.split()) <= _SPEAKER_WORDS and not ends_sentence(text)


def _stays(part: Part, authors: Sequence[str]) -> bool:
    """Whether another line between paragraphs is text: a subhead, an item, a short answer."""
    if part.aside or part.kind == "picture" or part.heading:
        return True
    if part.kind == "facts":
        # A name or a section may be a subhead, a date on its own is none.
        told = part.facts
        return bool(told and told.kinds <= {"name"} and not set(told.names) & set(authors))
    if part.kind == "call":
        least = CALL if part.is_sentence else CALL_AT_EDGE
        return call_weight(part.text) < least and classify(part.text) is None
    return part.kind in {"line", "section", "url", "paper"} and (
        part.is_sentence or call_weight(part.text) < _FURNITURE
    )
