"""End of a dump's text: where the page's links, calls and legal lines follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from presslens.reading.bios import is_bio
from presslens.reading.credits import trailing_agencies
from presslens.reading.dump_boxes import Boxes
from presslens.reading.dump_links import ITEM, LONGEST_LIST, is_label
from presslens.reading.furniture import CALL_AT_END, call_weight, opens_foot
from presslens.reading.lines import ends_sentence, strip_end_mark
from presslens.reading.parts import Part
from presslens.reading.prose import shared, stems
from presslens.reading.voice import Voice

# What follows a label such as "Most read" is the page's if so small a share of the prose is in it.
_FOOT_SHARE = 0.25
# A line of so many words is a paragraph that was cut off.
_CUT_OFF = 12
# Readers' comments may be longer.
_COMMENTS_SHARE = 0.6
_COMMENTS = re.compile(
    r"\W*(?:\d+ )?(?:comments?|responses|replies|kommentare|commentaires|comentarios)\W*(?:\d+\W*)?"
    r"|(?:leave|post|add) a (?:reply|comment).*|.{0,20}\d+ (?:comments|responses|thoughts)"
    r"(?: (?:on|to) .*)?|about (?:the )?(?:authors?|writer|columnist)|(?:join|read) the"
    r" (?:conversation|comments).*|comments (?:on this|from).*|(?:view|show"
    r"|read) (?:all )?(?:\d+ )?"
    r"comments.*",
    re.IGNORECASE,
)
_OF_COMMENT = re.compile(
    r".{2,40} (?:says|said|wrote):|reply|antworten|répondre|report abuse", re.IGNORECASE
)
# So many of the last lines are looked at with suspicion.
_END_PARTS = 8
# Calls and legal lines are short paragraphs.
_SHORT_PARAGRAPH = 220
_REPORTED = re.compile(r"\b(?:said|says|told|added|according)\b|[“”\"]")
# How many lines are the last, and the shortest name of a paper that no other word is.
_LAST, _SHORT_NAME = 3, 5
# A notice is shorter, and has so many words that could be the text's; what tells of somebody, or
# points back, is text.
_APART_WORDS, _APART_STEMS = 12, 3
# So many paragraphs tell the words of a text.
_TELLING = 5
_ARTICLE = re.compile(r"(?:the|an?|in|on|at|for|no|some|two|all)\b", re.IGNORECASE)
_NAMED = re.compile(r"\S\s[A-ZÀ-Þ]")
_OF_TEXT = re.compile(
    r"[“”\"‘«]|\b(?:he|she|they|it|we|i|you|his|her|their|its|him|them|that|those|was"
    r"|were|had|said|will|would|could|but|and|so|then)\b",
    re.IGNORECASE,
)


def body_end(parts: Sequence[Part], authors: Sequence[str], papers: Sequence[str]) -> int:
    """Where the text ends, and the page's links, calls and legal lines follow."""
    end = _label_of_foot(parts)
    boxes = Boxes(parts)
    voice = Voice(parts)
    while end > 1 and (
        boxes.holds(end - 1)
        or (len(parts) - end < _LAST and _is_apart(parts, end - 1))
        or voice.addresses_readers(parts[end - 1], last=len(parts) - end < _LAST)
        or _names_paper(parts, end - 1, papers)
        or not _ends_text(parts, end - 1, authors)
    ):
        end -= 1
    return end


def _is_apart(parts: Sequence[Part], place: int) -> bool:
    """Whether the last part is a short sentence that has no word of the text above it."""
    text = parts[place].text
    if parts[place].kind == "aside" or not parts[place].gap or len(text.split()) > _APART_WORDS:
        return False
    if (
        _OF_TEXT.search(text)
        or _ARTICLE.match(text)
        or _NAMED.search(text)
        or len(stems([text])) < _APART_STEMS
    ):
        return False
    prose = [part.text for part in parts[:place] if part.kind == "prose"]
    return len(prose) >= _TELLING and shared(text, stems(prose)) == 0.0


def _names_paper(parts: Sequence[Part], place: int, papers: Sequence[str]) -> bool:
    """Whether one of the last parts speaks of the paper and reports nothing."""
    text = parts[place].text
    if len(parts) - place > _LAST or len(text) > _SHORT_PARAGRAPH or _REPORTED.search(text):
        return False
    return any(len(paper) > _SHORT_NAME and paper in text for paper in papers)


def _ends_text(parts: Sequence[Part], place: int, authors: Sequence[str]) -> bool:
    """Whether a part is text, seen from the end."""
    part = parts[place]
    if is_bio(part, authors, parts[:place]):
        return False
    if part.kind == "call" or _is_call_at_end(parts, place):
        return False
    if part.kind == "prose":
        return True
    if ITEM.match(part.text):
        return _follows_text(parts, place)
    if part.kind not in {"line", "aside"}:
        return False
    if part.aside:
        return False
    if opens_foot(part.text):
        return False
    if len(part.text.split()) >= _CUT_OFF:
        return True
    # "… for months. — NNB", "… take the ferry. Enditem"
    return ends_sentence(trailing_agencies(strip_end_mark(part.text))[0])


def _is_call_at_end(parts: Sequence[Part], place: int) -> bool:
    """Whether one of the last parts is a call that would be text further up."""
    near = len(parts) - place <= _END_PARTS
    return near and call_weight(parts[place].text) >= CALL_AT_END


def _follows_text(parts: Sequence[Part], place: int) -> bool:
    """Whether a list belongs to the text above it, not to a label such as "Most read"."""
    lowest = place - LONGEST_LIST
    while place >= max(lowest, 0) and ITEM.match(parts[place].text):
        place -= 1
    above = parts[place] if place >= 0 else None
    return above is not None and above.kind not in {"aside", "menu"} and not is_label(above)


def _label_of_foot(parts: Sequence[Part]) -> int:
    """Where a label with links under it begins, if little of the text follows; else the end."""
    total = sum(len(part.text) for part in parts if part.kind == "prose")
    following = 0
    found = len(parts)
    for place in range(len(parts) - 1, 1, -1):
        part = parts[place]
        if part.kind == "prose":
            following += len(part.text)
            if following > _COMMENTS_SHARE * total:
                break
        elif len(part.text) < _SHORT_PARAGRAPH and _COMMENTS.fullmatch(part.text):
            found = found if _resumes(parts, place) else place
        elif following > _FOOT_SHARE * total:
            continue
        elif is_label(part) and _links_below(parts, place) and not _resumes(parts, place):
            found = place
    return found


def _links_below(parts: Sequence[Part], place: int) -> bool:
    """Whether headlines follow a label."""
    below = parts[place + 1 : place + 3]
    return bool(below) and all(
        part.kind in {"line", "call", "menu", "facts", "section", "paper"} and not part.is_sentence
        for part in below[:1]
    )


def _resumes(parts: Sequence[Part], place: int) -> bool:
    """Whether the text goes on behind a label's links: two paragraphs in a row, or the last one."""
    below = parts[place + 1 : place + 1 + LONGEST_LIST]
    prose = [n for n, part in enumerate(below) if part.kind == "prose"]
    if any(_OF_COMMENT.fullmatch(part.text) for part in below):
        return False
    in_row = any(b - a == 1 for a, b in pairwise(prose))
    return in_row or (len(prose) > 0 and prose[0] <= 4 and below[prose[0]].gap)
