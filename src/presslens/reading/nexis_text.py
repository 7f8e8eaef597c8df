"""The layouts of Nexis exports as text: the older ("1 of 10 DOCUMENTS", labels in capitals) and
that of Nexis Uni and Nexis Advance ("Body", "End of Document"), taken apart into documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from presslens.reading.cleaning import mend
from presslens.reading.databases import MAX_DOCUMENTS, when_written
from presslens.reading.dates import When

Block = list[str]


@dataclass(slots=True)
class Document:
    """A document of an export as it is laid out.

    Attributes:
        outlet, date: their lines at the head.
        title: the lines of the headline; a standfirst may be among them.
        fields: the lines of each labelled field, by its name in `_NAMES`.
        body: paragraphs.
        raw: all its lines without its number in the export, which differs between exports.
    """

    raw: str = ""
    outlet: str | None = None
    date: str | None = None
    title: list[str] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)


# What labels mean here, in the languages of the interface; `aside` is kept out of the text.
_NAMES = {
    "headline": "HEADLINE TITLE TITRE",
    "byline": "BYLINE AUTHOR AUTOR AUTEUR",
    "section": "SECTION RUBRIK RUBRIQUE",
    "length": "LENGTH LÄNGE LONGUEUR",
    "highlight": "HIGHLIGHT ENCART TEASER",
    "body": "BODY TEXT",
    "graphic": "GRAPHIC GRAFIK GRAPHIQUE",
    "correction": "CORRECTION",
    "language": "LANGUAGE SPRACHE LANGUE",
    "notes": "NOTES EDITOR-NOTE EDNOTE",
    "aside": (
        "DATELINE LOAD-DATE UPDATE DATE-CHARGEMENT CORRECTION-DATE PUBLICATION-TYPE PUB-TYPE TYPE"
        " TYPE-PUBLICATION JOURNAL-CODE SUBJECT PERSON COMPANY ORGANIZATION GEOGRAPHIC INDUSTRY"
        " TICKER STATE CITY COUNTRY ACC-NO DISTRIBUTION SERIES EDITION ISSN URL DOCUMENT-TYPE"
        " CATEGORY SOURCE COPYRIGHT CLASSIFICATION PUBLISHER VOLUME ISSUE REGION"
    ),
}
_LABELS = {label: name for name, labels in _NAMES.items() for label in labels.split()}
_LABEL = re.compile(r"(?P<label>[^\W\d_][^\W\d_ -]{2,15}(?:[ -][^\W\d_]{2,15})?):(?P<value>.*)")
# Headings of the newer layout that stand alone on a line.
_HEADINGS = {
    "Body": "body", "Classification": "aside", "Graphic": "graphic", "Notes": "notes",
    "Correction": "correction", "Link to Image": "aside", "Load-Date": "aside",
}  # fmt: skip
# Fields at the foot that may run over several paragraphs, and over how many at most.
_LONG_FIELDS = frozenset({"graphic", "correction", "notes"})
_MOST_PARAGRAPHS = 20
_COPYRIGHT = re.compile(
    r"(?:copyright|copy|©|\(c\))\s+(?:©\s*|\(c\)\s*)?\d{4}\b|all rights reserved", re.IGNORECASE
)

_COUNTER = re.compile(
    r"^[ \t]*(?:(\d{1,6}) (?:of|von|de|sur) (\d{1,6}) (?:DOCUMENTS?|DOKUMENTEN?)"
    r"|DOKUMENT (\d{1,6}) VON (\d{1,6}))[ \t]*$",
    re.MULTILINE,
)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_PAGE = re.compile(r"(?:Page|Seite) \d{1,5}(?: (?:of|von) \d{1,5})?")
_SELECTED = re.compile(
    r"(?:Selected Items|All Documents|Tagged Documents|Documents)[ ]?:[ ]?"
    r"(?P<ranges>\d{1,6}(?:[ ]?[-,][ ]?\d{1,6}){0,500})"
)
_LISTED = re.compile(r"^[ \t]*Documents? \((\d{1,6})\)[ \t]*$", re.MULTILINE)
_BLANKS = {0xA0: " ", 0x202F: " ", 0x0C: "\n", 0xFEFF: None}
# Where nothing parts the cover from the first headline, its lines do.
_ON_COVER = re.compile(
    r"(?:Client/Matter|Search (?:Terms|Type)|Narrowed by|Content Type|Job Number|Date and Time)\b"
    r"|\d{1,4}\. |[^:]{1,40}: .{1,80}; Content Type:"
)
_TITLE_LINES = 6
# Cover pages are shorter; what a document quotes further down is no cover.
_COVER = 20_000

# The widest at which exports wrap lines; of unwrapped ones more than one line in a hundred is
# longer. Some wrap a few columns early.
_WIDEST = 110
_SLACK = 8
# Of lines that are no labels, most are full in a wrapped text.
_LONG = 40
_SHARE = 0.5

_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag"
    r"|mittwoch|sonnabend|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:maan|dins|woens|donder"
    r"|vrij|zater|zon)dag|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì"
    r"|mercoledì|giovedì|venerdì|sabato|domenica)\b[.,]?",
    re.IGNORECASE,
)
_DATE_START = re.compile(
    r"\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b"
    r"|(?:spring|summer|autumn|fall|winter)\b",
    re.IGNORECASE,
)
_NO_DAY = re.compile(r"[^\W\d_]{3,9}(?:[ /-]{1,3}[^\W\d_]{3,9})?,? (?:19|20)\d\d\b")
_DATE_LENGTH = 120


def date_in(line: str) -> When | None:
    """The date that a line at a document's head gives; "July 1, 2019 Monday 9:20 AM GMT" has the
    day of the week within."""
    return when_written(" ".join(_DAY.sub(" ", line).split()))


def _is_date(line: str) -> bool:
    """Whether a line begins with a date, if only with a month and a year."""
    bare = _DAY.sub(" ", line[:_DATE_LENGTH]).strip()
    if len(line) > _DATE_LENGTH or not _DATE_START.match(bare):
        return False
    return bool(_NO_DAY.match(bare) or date_in(line))


def label_of(line: str, *, capitals: bool) -> tuple[str, str] | None:
    """The field that a line begins, by its name in `_NAMES`, and the rest of the line."""
    line = line.strip()
    if not capitals and line in _HEADINGS:
        return _HEADINGS[line], ""
    match = _LABEL.match(line)
    if match is None or (capitals and not match["label"].isupper()):
        return None
    name = _LABELS.get(match["label"].upper().replace(" ", "-"))
    return (name, match["value"].strip()) if name else None


def is_text_export(text: str) -> bool:
    """Whether a text is an export in one of the two layouts; quick on any other text."""
    if "DOCUMENT" in text or "DOKUMENT" in text:
        plain = text.replace("\r", "\n")
        if _COUNTER.search(plain) and _OLD_MARK.search(plain):
            return True
    if not any(mark in text for mark in ("End of Document", "Body", "Job Number:")):
        return False
    text = text.replace("\r", "\n").translate(_BLANKS)
    found = [bool(mark.search(text)) for mark in _NEW_MARKS]
    return sum(found) >= _ENOUGH_MARKS or all(found[:_SURE_MARKS])


_OLD_MARK = re.compile(
    r"^[ \t]*(?:LENGTH|LÄNGE|LONGUEUR|LOAD-DATE|UPDATE|DATE-CHARGEMENT|LANGUAGE|SPRACHE|LANGUE"
    r"|PUBLICATION-TYPE|PUB-TYPE|BYLINE|SECTION|HEADLINE):",
    re.MULTILINE,
)
# Any three of these are enough, and the first two together.
_NEW_MARKS = (
    re.compile(r"^[ \t]*Length:[ ]?[\d,.]{1,9} words?[ \t]*$", re.MULTILINE),
    re.compile(r"^[ \t]*Body[ \t]*$", re.MULTILINE),
    _END,
    re.compile(r"^[ \t]*Job Number:[ ]?\d+[ \t]*$", re.MULTILINE),
    re.compile(r"^[ \t]*Client/Matter:", re.MULTILINE),
    _LISTED,
    re.compile(r"^[ \t]*Load-Date:[ ]?\w", re.MULTILINE),
)
_ENOUGH_MARKS = 3
_SURE_MARKS = 2


def documents_of(text: str) -> tuple[list[Document], int]:
    """The documents of an export's text, and how many it announces (0 where it doesn't say)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BLANKS)
    counters = list(_COUNTER.finditer(text))
    if not counters:
        return list(islice(_newer(text), MAX_DOCUMENTS + 1)), _listed(text)
    numbers = [tuple(int(n) for n in match.groups() if n) for match in counters]
    announced = announced_by([(n[0], n[1]) for n in numbers], text[: counters[0].start()][:_COVER])
    width = _width(text)
    ends = [*(match.start() for match in counters[1:]), len(text)]
    return [
        older_document(_blocks(mend(text[match.end() : end])), width)
        for match, end in zip(counters[: MAX_DOCUMENTS + 1], ends, strict=False)
    ], announced


def announced_by(numbers: list[tuple[int, int]], cover: str) -> int:
    """How many documents an export announces: on its cover, else by its documents' numbers."""
    if selected := _SELECTED.search(cover):
        pairs = [part.split("-") for part in selected["ranges"].replace(" ", "").split(",")]
        return sum(max(int(pair[-1]) - int(pair[0]), 0) + 1 for pair in pairs if pair[0])
    if not numbers:
        return 0
    total = Counter(number[1] for number in numbers).most_common(1)[0][0]
    return max(total - numbers[0][0] + 1, 0)


def counter_in(line: str) -> tuple[int, int] | None:
    """The numbers of a line such as "3 of 10 DOCUMENTS"."""
    match = _COUNTER.fullmatch(line)
    if match is None:
        return None
    first, last = (int(number) for number in match.groups() if number)
    return first, last


def _listed(text: str) -> int:
    match = _LISTED.search(text, 0, _COVER)
    return int(match[1]) if match else 0


def older_document(blocks: list[Block], width: int = 0) -> Document:
    """A document of the older layout; its blocks are its parts, or its paragraphs and parts."""
    document = Document(raw="\n\n".join("\n".join(block) for block in blocks))
    labels = [label_of(block[0], capitals=True) for block in blocks]
    start = _head(document, blocks, labels, width)
    while start < len(blocks) and (label := labels[start]):
        name, value = label
        start += 1
        lines = [line for line in (value, *blocks[start - 1][1:]) if line]
        if name == "body":
            blocks, labels = [lines, *blocks[start:]], [None, *labels[start:]]
            start = 0
            break
        _add(document, name, _joined(lines, width))
    foot = _foot(blocks, labels, start)
    for block in blocks[start:foot]:
        document.body += _joined(block, width)
    _take_foot(document, blocks[foot:], labels[foot:], width)
    return document


def _head(
    document: Document, blocks: list[Block], labels: list[tuple[str, str] | None], width: int
) -> int:
    """Takes outlet, date and title over; where what has labels begins."""
    first = next((n for n, label in enumerate(labels) if label), None)
    dated = next((n for n, block in enumerate(blocks[:first]) if _is_date(block[0])), None)
    if first is None:
        # Without a label, as where it was cut off, a block after the date is the title.
        first = min(len(blocks), 0 if dated is None else dated + 2)
    head = [block for block in blocks[: first if dated is None else dated] if not _rights(block)]
    document.outlet = head[0][0].strip() if head else None
    titles = head[1:] if dated is None else blocks[dated + 1 : first]
    document.date = None if dated is None else blocks[dated][0]
    document.title = [
        line for block in titles if not _rights(block) for line in _joined(block, width)
    ]
    return first


def _rights(block: Block) -> bool:
    return bool(_COPYRIGHT.match(block[0].strip()))


def _foot(blocks: list[Block], labels: list[tuple[str, str] | None], start: int) -> int:
    """Where the labelled fields after the text begin, found from the end: a line in the text that
    looks like a label is followed by text."""
    foot, loose = len(blocks), 0
    for number in range(len(blocks) - 1, start - 1, -1):
        label = labels[number]
        if label and (label[0] in _LONG_FIELDS or not loose):
            foot, loose = number, 0
        elif label or loose == _MOST_PARAGRAPHS:
            break
        elif _rights(blocks[number]) and not loose:
            foot = number
        else:
            loose += 1
    return foot


def _take_foot(
    document: Document, blocks: list[Block], labels: list[tuple[str, str] | None], width: int
) -> None:
    name = "aside"
    for block, label in zip(blocks, labels, strict=True):
        lines = block
        if label:
            name = label[0]
            lines = [line for line in (label[1], *block[1:]) if line]
        if not _rights(block):
            _add(document, name, _joined(lines, width))


def _add(document: Document, name: str, lines: list[str]) -> None:
    document.fields.setdefault(name, []).extend(lines)


def _newer(text: str) -> Iterator[Document]:
    """The documents of the newer layout, each closed by "End of Document" but one cut off."""
    start, width = 0, _width(text)
    for end in (*(match.span() for match in _END.finditer(text)), (len(text), len(text))):
        lines = [line.strip() for line in mend(text[start : end[0]]).split("\n")]
        if any(lines) and (end[0] < len(text) or any(map(_opens_fields, lines))):
            yield _newer_document(lines, width)
        start = end[1]


def _opens_fields(line: str) -> bool:
    label = label_of(line, capitals=False)
    return label is not None and label[0] in {"length", "section", "byline", "body"}


def _newer_document(found: list[str], width: int) -> Document:
    # "Page 2 of 9" stands in files that were PDF, above the headline said again.
    lines = [line for line in found if not _PAGE.fullmatch(line)]
    first = next((n for n, line in enumerate(lines) if _opens_fields(line)), len(lines))
    dated = next((n for n in range(first - 1, -1, -1) if _is_date(lines[n])), first)
    named = next((n for n in range(dated - 1, -1, -1) if lines[n]), 0)
    top = next((n for n in range(named - 1, -1, -1) if lines[n]), named) + 1
    bottom = top
    while (
        top > 0
        and lines[top - 1]
        and bottom - top < _TITLE_LINES
        and not _ON_COVER.match(lines[top - 1])
    ):
        top -= 1
    document = Document(raw="\n".join(lines[top:]).strip())
    document.title = [" ".join(lines[top:bottom])] if top < bottom <= named else []
    if dated < first:
        document.date, document.outlet = lines[dated], lines[named] or None
    heads = set(lines[top:bottom]) if len(lines) < len(found) else set()
    _newer_fields(document, [line for line in lines[first:] if line and line not in heads], width)
    return document


def _newer_fields(document: Document, lines: list[str], width: int) -> None:
    blocks: list[Block] = [[line] for line in lines]
    labels = [label_of(line, capitals=False) for line in lines]
    start, name = 0, ""
    for number, label in enumerate(labels):
        if label and label[0] == "body":
            start = number + 1
            break
    else:
        start = next((n for n, label in enumerate(labels) if not label), len(labels))
    for block, label in zip(blocks[:start], labels[:start], strict=True):
        name = label[0] if label else name
        _add(document, name, [label[1] if label else block[0]])
    foot = _foot(blocks, labels, start)
    document.body = _joined(lines[start:foot], width)
    _take_foot(document, blocks[foot:], labels[foot:], 0)


def _blocks(text: str) -> list[Block]:
    """The groups of lines between blank ones, each label and what follows the length apart."""
    blocks: list[Block] = [[]]
    after_length = False
    for line in map(str.strip, text.split("\n")):
        label = label_of(line, capitals=True)
        if not line or label or after_length:
            blocks.append([])
        after_length = label is not None and label[0] == "length"
        if line and not _PAGE.fullmatch(line):
            blocks[-1].append(line)
    return [block for block in blocks if block]


def _width(text: str) -> int:
    """At how many characters an export's lines are wrapped, or 0 if they are not."""
    lengths = sorted(len(line.rstrip()) for line in text.split("\n") if line[:1].strip())
    long = [length for length in lengths if length >= _LONG]
    if not long or (width := lengths[len(lengths) * 99 // 100]) > _WIDEST:
        return 0
    full = sum(length > width - 2 * _SLACK for length in long)
    return width if full >= _SHARE * len(long) else 0


def _joined(block: Block, width: int) -> list[str]:
    """The paragraphs of a block: a line goes on where the next one's first word had no room."""
    found: list[str] = []
    previous = ""
    for line in block:
        if previous and len(previous) + 1 + len(line.split(maxsplit=1)[0]) > width - _SLACK > 0:
            found[-1] += f" {line}"
        else:
            found.append(line)
        previous = line
    return found
