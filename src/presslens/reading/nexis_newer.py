"""The layout of Nexis Uni and Lexis Advance: each document closed by "End of Document", its text
under "Body"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presslens.reading.cleaning import mend
from presslens.reading.nexis_dates import is_date
from presslens.reading.nexis_document import Block, Document, add_to_field, foot_of, take_foot
from presslens.reading.nexis_labels import is_page_number, label_of
from presslens.reading.nexis_wrapping import joined, wrapped_at

END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
# Where nothing parts the cover from the first headline, its lines do.
_ON_COVER = re.compile(
    r"(?:Client/Matter|Search (?:Terms|Type)|Narrowed by|Content Type|Job Number|Date and Time)\b"
    r"|\d{1,4}\. |[^:]{1,40}: .{1,80}; Content Type:"
)
_TITLE_LINES = 6


def newer_documents(text: str) -> Iterator[Document]:
    """The documents of the newer layout, each closed by "End of Document" but one cut off."""
    start, width = 0, wrapped_at(text)
    for end in (*(match.span() for match in END.finditer(text)), (len(text), len(text))):
        lines = [line.strip() for line in mend(text[start : end[0]]).split("\n")]
        if any(lines) and (end[0] < len(text) or any(map(_opens_fields, lines))):
            yield _newer_document(lines, width)
        start = end[1]


def _opens_fields(line: str) -> bool:
    label = label_of(line, capitals=False)
    return label is not None and label[0] in {"length", "section", "byline", "body"}


def _newer_document(found: list[str], width: int) -> Document:
    # "Page 2 of 9" stands in files that were PDF, above the headline said again.
    lines = [line for line in found if not is_page_number(line)]
    first = next((n for n, line in enumerate(lines) if _opens_fields(line)), len(lines))
    dated = next((n for n in range(first - 1, -1, -1) if is_date(lines[n])), first)
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
        add_to_field(document, name, [label[1] if label else block[0]])
    foot = foot_of(blocks, labels, start)
    document.body = joined(lines[start:foot], width)
    take_foot(document, blocks[foot:], labels[foot:], 0)
