"""Nexis's exports as text: which texts are one, and its documents in either layout, the older
("1 of 10 DOCUMENTS") or that of Nexis Uni and Lexis Advance ("End of Document")."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from presslens.reading.cleaning import mend
from presslens.reading.databases import MAX_DOCUMENTS
from presslens.reading.nexis_document import Document
from presslens.reading.nexis_newer import END, newer_documents
from presslens.reading.nexis_older import blocks_of_text, older_document
from presslens.reading.nexis_wrapping import wrapped_at

_COUNTER = re.compile(
    r"^[ \t]*(?:(\d{1,6}) (?:of|von|de|sur) (\d{1,6}) (?:DOCUMENTS?|DOKUMENTEN?)"
    r"|DOKUMENT (\d{1,6}) VON (\d{1,6}))[ \t]*$",
    re.MULTILINE,
)
_SELECTED = re.compile(
    r"(?:Selected Items|All Documents|Tagged Documents|Documents)[ ]?:[ ]?"
    r"(?P<ranges>\d{1,6}(?:[ ]?[-,][ ]?\d{1,6}){0,500})"
)
_LISTED = re.compile(r"^[ \t]*Documents? \((\d{1,6})\)[ \t]*$", re.MULTILINE)
_BLANKS = {0xA0: " ", 0x202F: " ", 0x0C: "\n", 0xFEFF: None}
# Cover pages are shorter; what a document quotes further down is no cover.
_COVER = 20_000
_OLD_MARK = re.compile(
    r"^[ \t]*(?:LENGTH|LÄNGE|LONGUEUR|LOAD-DATE|UPDATE|DATE-CHARGEMENT|LANGUAGE|SPRACHE|LANGUE"
    r"|PUBLICATION-TYPE|PUB-TYPE|BYLINE|SECTION|HEADLINE):",
    re.MULTILINE,
)
# Any three of these are enough, and the first two together.
_NEW_MARKS = (
    re.compile(r"^[ \t]*Length:[ ]?[\d,.]{1,9} words?[ \t]*$", re.MULTILINE),
    re.compile(r"^[ \t]*Body[ \t]*$", re.MULTILINE),
    END,
    re.compile(r"^[ \t]*Job Number:[ ]?\d+[ \t]*$", re.MULTILINE),
    re.compile(r"^[ \t]*Client/Matter:", re.MULTILINE),
    _LISTED,
    re.compile(r"^[ \t]*Load-Date:[ ]?\w", re.MULTILINE),
)
_ENOUGH_MARKS = 3
_SURE_MARKS = 2


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


def documents_of(text: str) -> tuple[list[Document], int]:
    """The documents of an export's text, and how many it announces (0 where it doesn't say)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BLANKS)
    counters = list(_COUNTER.finditer(text))
    if not counters:
        return list(islice(newer_documents(text), MAX_DOCUMENTS + 1)), _listed(text)
    numbers = [tuple(int(n) for n in match.groups() if n) for match in counters]
    announced = announced_by([(n[0], n[1]) for n in numbers], text[: counters[0].start()][:_COVER])
    width = wrapped_at(text)
    ends = [*(match.start() for match in counters[1:]), len(text)]
    return [
        older_document(blocks_of_text(mend(text[match.end() : end])), width)
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


def is_mark(line: str) -> bool:
    """Whether a line parts documents: "3 of 10 DOCUMENTS", "End of Document"."""
    return bool(_COUNTER.fullmatch(line) or END.fullmatch(line))


def _listed(text: str) -> int:
    match = _LISTED.search(text, 0, _COVER)
    return int(match[1]) if match else 0
