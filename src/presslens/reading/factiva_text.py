"""Factiva's exports as text, which RTF, Word and PDF files hold: with the codes of their fields or
as its pages show articles.

Built from the format's description, without a real file of it at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from presslens.reading.cleaning import mend
from presslens.reading.factiva_document import (
    DOCUMENT_LINE,
    Document,
    fill_from_head,
    fill_from_top,
    starts_head,
)
from presslens.reading.word_counts import is_count, words_stated
from presslens.reading.wrapping import paragraphs as to_paragraphs
from presslens.reading.written_dates import when_written

_HEAD = frozenset("SE HD BY CR WC PD ET SN SC ED PG VOL LA CY NGC GC CLM URL DLN".split())
_TEXT = frozenset({"LP", "TD"})
_TAIL = frozenset("ART CT RF CO IN NS RE IPC IPD PUB AN".split())
# A field's code at the start of a line, apart from its value by a cell's bar, a tab or blanks.
_CODE = re.compile(r"(?P<code>[A-Z]{2,3})(?P<gap>\s{0,8}\|\s{0,8}|\s{0,4}\t\s{0,8}| {1,40}|$)")
_INDEXED = re.compile(r"[a-z0-9]{2,10}\s?:\s?\S")
_TAIL_WORDS = 12
# A head has most of these.
_USUAL = frozenset({"WC", "PD", "SN", "SC", "LA", "CY"})
_USUAL_NEEDED = 3
# Section, headline and bylines are few; more lines over the count belong to the export's own front.
_TOP = 6
# Lines of the export rather than of an article: page numbers, its contents, its own copyright.
_OWN_LINE = re.compile(
    r"page \d{1,5} (?:of|sur|von|de) \d{1,5}\b.{0,120}"
    r"|(?:©|\(c\)|copyright).{0,20}\bfactiva\b.{0,80}|(?:dow jones )?factiva|dow jones"
    r"|search summary",
    re.IGNORECASE,
)
# A line of its contents: "Ferry to run all night........ 2".
_CONTENTS = re.compile(r"\.{4}\s{0,8}\d{1,5}$")
_CONTENTS_LENGTH = 500
# In each document's own
_LONG_NUMBER = re.compile(r"\d{8}")
_BREAKS = re.compile(r"\r\n?|[\f\v\u2028\u2029]")

Fields = dict[str, list[str]]


def is_export(text: str) -> bool:
    """Whether a text is an export: it has an article's head as only Factiva writes it.

    That is the codes HD, WC, PD and their like with the values they have, or a count of words over
    a date with a line such as "Document ABCD000020210503eh5300001" further down.
    """
    if "HD" not in text and not _LONG_NUMBER.search(text):
        return False  # which is quick, and the rule
    return any(_is_coded(part) or _is_displayed(part, ended) for part, ended in _parts(text))


def begins_part(line: str) -> bool:
    """Whether a printed line begins a field, ends a document or belongs to none."""
    code = _CODE.match(line)
    if code and code["code"] in _HEAD | _TEXT | _TAIL and not _is_blank(code["gap"]):
        return True
    return bool(DOCUMENT_LINE.fullmatch(line) or is_count(line) or _is_own(line))


def _is_blank(gap: str) -> bool:
    return bool(gap) and not gap.strip(" ")


def documents_of_text(text: str) -> Iterator[Document]:
    """The documents of an export in order."""
    for part, number in _parts(text):
        if _is_coded(part):
            document = _coded(part)
        elif _anchor(part) is not None:
            document = _displayed(part)
        else:
            continue
        document.number = number or document.number
        yield document


def _parts(text: str) -> Iterator[tuple[list[str], str | None]]:
    """The lines of each document and its number; that of the last is None if it breaks off."""
    part: list[str] = []
    seen_text = False
    for raw in _BREAKS.sub("\n", text).split("\n"):
        line = raw.strip().strip("|").rstrip()
        if end := DOCUMENT_LINE.fullmatch(line):
            yield part, end["number"]
            part, seen_text = [], False
            continue
        code = _CODE.match(line)
        if code and seen_text and code["code"] in {"HD", "SE"} and not _is_weak(code["gap"]):
            # The one before has lost its end
            yield part, None
            part, seen_text = [], False
        seen_text = seen_text or bool(code and code["code"] in _TEXT)
        if not _is_own(line):
            part.append(raw.strip("|\n") if "|" in raw else raw)
    yield part, None


def _is_own(line: str) -> bool:
    """Whether a line is the export's rather than a document's."""
    contents = len(line) <= _CONTENTS_LENGTH and bool(_CONTENTS.search(line))
    return contents or bool(_OWN_LINE.fullmatch(line))


def _is_weak(gap: str) -> bool:
    """Whether a gap may as well stand between two words."""
    return gap == " "


def _is_coded(part: list[str]) -> bool:
    fields = _fields(part)
    dated = when_written(_value(fields, "PD")) or words_stated(_value(fields, "WC"))
    return "HD" in fields and len(_USUAL & fields.keys()) >= _USUAL_NEEDED and bool(dated)


def _fields(part: list[str]) -> Fields:
    """The lines of each field; a line without a code goes on with the field before."""
    heads = (_CODE.match(line.strip()) for line in part)
    gap = next((head["gap"] for head in heads if head and head["code"] == "HD"), None)
    if gap is None:
        return {}
    fields: Fields = {}
    current = ""
    for line in part:
        stripped = line.strip()
        match = _CODE.match(stripped)
        if match and _begins(match, stripped, current, weak=_is_weak(gap)):
            current = match["code"]
            fields.setdefault(current, []).append(stripped[match.end() :])
        elif current:
            fields[current].append(line.rstrip())
    return fields


def _begins(match: re.Match[str], line: str, current: str, *, weak: bool) -> bool:
    """Whether a line that begins with capitals begins a field, after the field that is current.

    With single blanks behind codes, "IN the end" and "TD Bank" look like fields as well; the order
    of fields and the form of their values tell.
    """
    code, value = match["code"], line[match.end() :]
    if code in _HEAD:
        return current not in _TEXT | _TAIL and (weak or not _is_weak(match["gap"]))
    if code in _TEXT:
        after = current not in _TAIL and code != current and (code == "TD" or current != "TD")
        return after and (weak or not _is_weak(match["gap"]))
    if code not in _TAIL or (not current and code != "AN"):
        return False
    if not _is_weak(match["gap"]):
        return True
    if not weak or current not in _TEXT | _TAIL:
        return False
    if code in {"CO", "IN", "NS", "RE"}:
        return bool(_INDEXED.match(value))
    return " | " in value or len(value.split()) <= _TAIL_WORDS


def _value(fields: Fields, code: str, between: str = " ") -> str | None:
    lines = [line for each in fields.get(code, []) if (line := " ".join(each.split()))]
    return between.join(lines) or None


def _coded(part: list[str]) -> Document:
    fields = _fields(part)
    return Document(
        raw="\n".join(part),
        headline=_value(fields, "HD"),
        section=_value(fields, "SE") or _value(fields, "CLM"),
        byline=_value(fields, "BY", "; "),
        credit=_value(fields, "CR"),
        words=_value(fields, "WC"),
        date=_value(fields, "PD"),
        time=_value(fields, "ET"),
        source=_value(fields, "SN"),
        language=_value(fields, "LA"),
        url=_value(fields, "URL"),
        lead=_paragraphs(fields.get("LP", [])),
        text=_paragraphs(fields.get("TD", [])),
        captions=_paragraphs(fields.get("ART", [])),
    )


def _paragraphs(lines: list[str]) -> list[str]:
    return to_paragraphs(mend("\n".join(lines)))


def _is_displayed(part: list[str], ended: str | None) -> bool:
    return ended is not None and _anchor(part) is not None


def _anchor(part: list[str]) -> int | None:
    """Where the count of words stands among a document's lines, over the date."""
    filled = [index for index, line in enumerate(part) if line.strip()]
    for index, following in pairwise(filled):
        if starts_head(part[index].strip(), part[following].strip()):
            return index
    return None


def _displayed(part: list[str]) -> Document:
    anchor = _anchor(part) or 0
    document = Document(raw="\n".join(part), words=part[anchor].strip())
    top = [line for each in part[:anchor] if (line := " ".join(each.split()))]
    fill_from_top(document, top[-_TOP:])
    after = [index for index in range(anchor + 1, len(part)) if part[index].strip()]
    taken = fill_from_head(document, [" ".join(part[index].split()) for index in after])
    document.text = _paragraphs(part[after[taken] :]) if taken < len(after) else []
    return document
