"""Run-in lines: texts of few long lines, in which title, byline and the page's calls have run into
the paragraphs, are taken apart again."""

from __future__ import annotations

import re

from presslens.reading.furniture import CALL, CALL_AT_END, call_weight, is_menu, opens_foot
from presslens.reading.prose import is_prose

# A text of more lines than this has its own.
_FEW_LINES = 14
_LONG_LINE = 400
_LABELS = (
    r"(?:ADVERTISE?MENT|Advertisement|SPONSORED|RELATED(?: STORIES| ARTICLES?| NEWS)?"
    r"|Related (?:stories"
    r"|articles|news)|READ (?:MORE|ALSO)|Read (?:more|also):|ALSO READ|Also read:"
    r"|MORE:|WATCH:|LISTEN:"
    r"|Share this|SHARE THIS|SHARE|Follow us|FOLLOW US|Sign up|SIGN UP|Subscribe"
    r"|SUBSCRIBE|Most (?:read"
    r"|popular)|MOST (?:READ|POPULAR)|Tags:|TAGS:|Topics:|Filed under|Copyright ©|Copyright \d{4}|©"
    r"|Comments\b|COMMENTS|Story continues|Article continues|Click here|Download our|Support our)"
)
_AFTER_SENTENCE = re.compile(rf"(?<=[.!?”\"’)])\s+(?={_LABELS})")
_AFTER_LABEL = re.compile(
    r"(?P<label>\b(?:ADVERTISE?MENT|Advertisement|(?:Story"
    r"|Article) continues below(?: this ad)?))\s+"
    r"(?=[“\"A-ZÀ-Þ])"
)
# A last line of this length may have the foot in it.
_TAIL_LINE = 60
_FOOT_LENGTH = 200
_BOUNDARY = re.compile(r"(?<=[.!?”\"’)])\s+(?=[©@(\dA-ZÀ-Þ])")
_WIDE = re.compile(
    rf"(?<=\S)\s{{2,}}(?={_LABELS}|(?:By|BY) [A-Z]|[A-Z]{{4,}}\b"
    rf"|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})"
    r"|(?<=[.!?”\"’\d])\s{3,}(?=\S)|(?<=[A-Z][a-z])\s{3,}(?=[A-Z])"
)


def taken_apart(text: str) -> str:
    """A text with blank lines between what had run into each other; others stay as they are."""
    text = _without_tail(text)
    if not _has_long_lines(text):
        return text
    lines = text.split("\n")
    return "\n".join(_parted(line) if len(line) > _LONG_LINE else line for line in lines)


def _without_tail(text: str) -> str:
    """A text with the page's foot parted from the last sentence that it ran into."""
    start = text.rfind("\n", 0, len(text.rstrip())) + 1
    if len(text) - start < _TAIL_LINE:
        return text
    # A sentence is looked for no further up.
    nearest = max(start, len(text) - 2 * _LONG_LINE)
    for match in _BOUNDARY.finditer(text, max(start, len(text) - _LONG_LINE)):
        rest = text[match.end() :].strip()
        if rest and _is_foot(rest) and _is_sentence(text[nearest : match.start()]):
            return f"{text[: match.start()]}\n\n{rest}"
    return text


def _is_sentence(text: str) -> bool:
    return is_prose(text) and not opens_foot(text.lstrip()) and call_weight(text) < CALL_AT_END


def _is_foot(text: str) -> bool:
    """Whether what follows a sentence is a page's foot."""
    if opens_foot(text):
        return True
    if len(text) > _FOOT_LENGTH or any(mark in text for mark in '“”"'):
        return False
    first = _BOUNDARY.split(text)[0]
    return is_menu(first) or call_weight(first) >= CALL


def _has_long_lines(text: str) -> bool:
    lines = text.count("\n") + 1
    few = lines < _FEW_LINES or len(text) > _LONG_LINE * lines
    return len(text) > _LONG_LINE and few


def _parted(line: str) -> str:
    if "  " in line:
        line = _WIDE.sub("\n\n", line)
    line = _AFTER_SENTENCE.sub("\n\n", line)
    return _AFTER_LABEL.sub(lambda match: f"{match['label']}\n\n", line)
