"""Cleaning: what all readers do to text: mend characters, then take out what is not the article."""

from __future__ import annotations

import html
import re

from presslens.reading.credits import is_agency, lone_agencies, trailing_agencies
from presslens.reading.dates import is_date_line
from presslens.reading.draft import Draft
from presslens.reading.lines import (
    Line,
    classify,
    ends_in_credit,
    ends_sentence,
    reads_like_a_title,
    strip_end_mark,
)
from presslens.reading.urls import url_of_line

_LINE_BREAKS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Soft hyphens, zero-width and direction marks, byte-order marks, other control characters.
_INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1b\x1f\x7f-\x9f]"
)
# Characters beyond ASCII, and how many around them may tell that they were decoded wrongly: all
# that ftfy looks for has one of them in it, and at most two others on a side.
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_AROUND = 3
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_BREAKING_TAG = re.compile(
    r"<\s*(?:br|/?p|/?div|/?h[1-6]|/?li|/?ul|/?ol|/?blockquote)\b[^<>]{0,300}>", re.IGNORECASE
)
_INLINE_TAG = re.compile(
    r"</?(?:u|b|i|em|strong|span|a|small|sup|sub|font|mark|cite|q|abbr|time|img|strike|s|figure"
    r"|figcaption"
    r"|center|section|article|header|footer|tt|code)(?:\s[^<>]{0,1000})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_BRACKETED_END = re.compile(r"(?P<text>.*[.!?…][\"”’']?)\s*\((?P<credit>[^()]{5,250})\)", re.DOTALL)
_BRACKET_LENGTH = 320
_WORD = re.compile(r"[^\W_]+")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
STANDFIRST_WORDS = 6
_CAPTION_WORDS = 35


def mend(text: str) -> str:
    """Text with its characters put right: line ends, blanks, invisible ones, tags, entities and
    text that was decoded wrongly (ftfy); spelling and typography stay as they are."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _is_plain(text):
        text = _SURROGATES.sub("\ufffd", _LINE_BREAKS.sub("\n", text))
    if not text.isascii() and _may_be_broken(text):
        from ftfy import fix_encoding

        text = _LINE_BREAKS.sub("\n", fix_encoding(text))
    if "<" in text:
        text = _INLINE_TAG.sub("", _BREAKING_TAG.sub("\n\n", text))
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
        text = _SURROGATES.sub("\ufffd", _LINE_BREAKS.sub("\n", text))
    return text if _is_plain(text) else _INVISIBLE.sub("", _BLANKS.sub(" ", text))


def _is_plain(text: str) -> bool:
    """Whether no line break but "\\n", blank but " " or invisible character is in a text: to Python
    none of these is printable."""
    return text.replace("\n", "").isprintable()


def _may_be_broken(text: str) -> bool:
    """Whether ftfy may find characters that were decoded wrongly; a tenth of the time that ftfy
    itself takes to find none."""
    from ftfy.badness import is_bad

    spans = [match.span() for match in _BEYOND_ASCII.finditer(text)]
    pieces = (text[max(start - _AROUND, 0) : end + _AROUND] for start, end in spans)
    return bool(is_bad("".join(pieces)))


def mend_line(text: str | None) -> str | None:
    """The same for a field of one line; None if nothing is left."""
    return " ".join(mend(text).split()) or None if text else None


def clean(paragraphs: list[str], draft: Draft) -> list[str]:
    """The paragraphs that are the article; what else is worth keeping goes to the draft."""
    body = _Body(draft)
    for index, paragraph in enumerate(paragraphs):
        body.take(paragraph, last=index == len(paragraphs) - 1)
    return _without_echoes(_without_tail(body.kept, draft), draft.title)


class _Body:
    """Goes through paragraphs in order, since what some are shows only beside others."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.kept: list[str] = []
        self.links = 0

    def take(self, paragraph: str, *, last: bool) -> None:
        if url := url_of_line(paragraph):
            self._url(url)
            return
        line = classify(paragraph)
        if line is not None:
            self._set_aside(line)
        elif self.links and reads_like_a_title(paragraph) and not ends_sentence(paragraph):
            self.links -= 1
            self.draft.related.append(paragraph)
        elif is_date_line(paragraph):
            self._teaser()
        elif not last and _captioned(paragraph):
            self.draft.captions.append(paragraph)
        else:
            self.links = 0
            self._keep(paragraph)

    def _keep(self, paragraph: str) -> None:
        if self.kept and self.kept[-1] == paragraph and not ends_sentence(paragraph):
            # A line said twice is a caption, once for the eye and once for the machine.
            self.draft.captions.append(self.kept.pop())
        else:
            self.kept.append(paragraph)

    def _url(self, url: str) -> None:
        if self.draft.url is None and not self.kept:
            self.draft.url = url
        elif url != self.draft.url:
            self.draft.related.append(url)

    def _set_aside(self, line: Line) -> None:
        self.links = 0
        if line.kind == "related":
            self.links = line.links
            if line.content:
                self.draft.related.append(line.content)
        elif line.kind == "caption":
            self.draft.captions.append(line.content)
        elif line.kind == "photo credit":
            self._photo_credit(line.content)
        elif line.kind == "credit":
            self.draft.credits.append(line.content)
        elif line.kind == "correction":
            self.draft.corrections.append(line.content)

    def _photo_credit(self, credit: str) -> None:
        if self.kept and reads_like_a_title(self.kept[-1]) and not ends_sentence(self.kept[-1]):
            credit = f"{self.kept.pop()} {credit}"
        self.draft.captions.append(credit)

    def _teaser(self) -> None:
        """A date alone in the text stands under the title of another story."""
        if self.kept and len(self.kept) > 1 and reads_like_a_title(self.kept[-1]):
            self.draft.related.append(self.kept.pop())


def _captioned(paragraph: str) -> bool:
    """A short paragraph before the last that ends in "— AFP", or in a name alone, is a caption."""
    if ends_in_credit(paragraph):
        return True
    if len(paragraph.split()) > _CAPTION_WORDS:
        return False
    agencies = trailing_agencies(paragraph)[1]
    return bool(agencies) and all(is_agency(agency) for agency in agencies)


def _without_tail(paragraphs: list[str], draft: Draft) -> list[str]:
    """The paragraphs without end marks and agencies after the last sentence."""
    while paragraphs:
        last = _without_credit(strip_end_mark(paragraphs[-1]), draft)
        last, agencies = trailing_agencies(last)
        draft.credits.extend(agencies)
        if lone := lone_agencies(last):
            draft.credits.extend(lone)
            paragraphs = paragraphs[:-1]
            continue
        return [*paragraphs[:-1], strip_end_mark(last)]
    return paragraphs


def _without_credit(paragraph: str, draft: Draft) -> str:
    """The paragraph without "(Reporting by Ana Lima; editing by Jo Roe)" at its end."""
    start = max(len(paragraph) - _BRACKET_LENGTH, 0)
    match = _BRACKETED_END.fullmatch(paragraph, start)
    line = classify(match["credit"]) if match else None
    if match is None or line is None or line.kind != "credit":
        return paragraph
    draft.credits.append(line.content)
    return paragraph[:start] + match["text"]


def _without_echoes(paragraphs: list[str], title: str | None) -> list[str]:
    """The paragraphs without the title said again and without a standfirst that the next
    paragraph begins with, or any paragraph that is said twice in a row."""
    kept: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else ""
        if title and index < 2 and len(paragraphs) > 1 and bare(paragraph) == bare(title):
            continue
        if not says_again(paragraph, following, from_start=index < 2):
            kept.append(paragraph)
    return kept


def says_again(paragraph: str, following: str, *, from_start: bool) -> bool:
    """Whether the next paragraph says a long one again, or `from_start` begins with it."""
    if not _first_word(following).startswith(_first_word(paragraph)):
        return False  # which is quick, and the rule
    if len(paragraph.split()) < STANDFIRST_WORDS:
        return False
    echo, again = bare(paragraph), bare(following)
    return again == echo or (from_start and again.startswith(echo))


def _first_word(text: str) -> str:
    match = _WORD.search(text)
    return match[0].casefold() if match else ""


def bare(text: str) -> str:
    """The words of a text without case and punctuation, to compare."""
    return _BETWEEN_WORDS.sub(" ", text).strip().casefold()
