"""Boxes: blocks of short lines between the paragraphs of a dump, as pages set links and calls."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from presslens.reading.dump_links import ITEM, is_label, lists_popular
from presslens.reading.lines import reads_like_a_title
from presslens.reading.parts import Part

# Lines of a box are shorter, and a box has no more of them.
_LETTERS, _MOST_LINES = 120, 40
# A label over links and a link have so many words.
_LABEL_WORDS, _LINK_WORDS = 6, 4
# In a text whose paragraphs have blank lines between them, so many parts have one above.
_GAPS = 0.5
# A line that is said more than once and is no longer is furniture.
_REPEATED_WORDS = 8
# "Population: 300", "Greek cuisine – Santorini" are a list's
_PAIR = re.compile(r"^\S+(?: \S+){0,2}(?::| [–—-]) ")
_SECTION_BEFORE = re.compile(r"^[^|]{3,25} \| ")
_NO_END = ",;\"”’'»—–-"


class Boxes:
    """The boxes among the parts of a text, and lines that are said again and again."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._gaps = sum(part.gap for part in parts) >= _GAPS * len(parts)
        short = (one.text for one in parts if one.kind in {"line", "call", "menu", "section"})
        self._said = Counter(text for text in short if len(text) <= _LETTERS)

    def length(self, place: int) -> int:
        """How many parts the box has that begins here; 0 if none does."""
        parts = self._parts
        if not self._gaps or not parts[place].gap or len(parts[place].text) > _LETTERS:
            return 0
        end = place + 1
        while end < len(parts) and not parts[end].gap and end - place <= _MOST_LINES:
            if len(parts[end].text) > _LETTERS:
                return 0
            end += 1
        return end - place if _is_box(parts[place:end]) else 0

    def holds(self, place: int) -> bool:
        """Whether a part is in a box."""
        start = place
        while start > 0 and not self._parts[start].gap and place - start < _MOST_LINES:
            start -= 1
        return start + self.length(start) > place

    def repeats(self, place: int) -> bool:
        """Whether a short line stands elsewhere in the text, too, as buttons do."""
        text = self._parts[place].text
        return (
            self._said[text] > 1
            and len(text.split()) <= _REPEATED_WORDS
            and ":" not in text
            and not any(map(str.isdigit, text))
        )


def links_in(box: Sequence[Part]) -> list[str]:
    """The titles of other stories in a box; those of the page's most read ones are left out."""
    label, links = box[0], box[1:]
    if is_label(label) or len(label.text.split()) <= _LABEL_WORDS:
        if lists_popular(label.text, [links[0].text]):
            return []
    else:
        links = box
    titles = [
        without_section(ITEM.sub("", one.text))
        for one in links
        if one.kind in {"line", "prose", "facts"}
    ]
    return [title for title in titles if reads_like_a_title(title)]


def without_section(title: str) -> str:
    """The title of a story without the section before it: "Local News | A title"."""
    return _SECTION_BEFORE.sub("", title)


def _is_box(box: Sequence[Part]) -> bool:
    """Whether lines without blank ones between them are a label and links, or links alone."""
    if len(box) < 2 or any(part.kind in {"picture", "url"} or part.heading for part in box[1:]):
        return False
    if box[0].kind == "aside" and not is_label(box[0]):
        return False
    if is_label(box[0]):
        return all(_is_link(part) for part in box[1:])
    if box[0].kind not in {"line", "section", "paper"} or any(ITEM.match(p.text) for p in box):
        return False
    links = box[1:] if len(box[0].text.split()) <= _LABEL_WORDS else box
    told = sum(_is_link(part) and len(part.text.split()) >= _LINK_WORDS for part in links)
    numbers = sum(any(map(str.isdigit, part.text)) for part in links)
    asks = any(part.text[-1] == "?" for part in links)
    listed = not asks and 2 * sum(bool(_PAIR.search(part.text)) for part in links) > len(links)
    return told == len(links) and 2 * numbers <= len(links) and not listed


def _is_link(part: Part) -> bool:
    text = part.text
    return not (text[-1] in _NO_END or text[-1] == ":" or text[0] in '"“«') and (
        not part.is_sentence or text[-1] in "?…" or bool(ITEM.match(text))
    )
