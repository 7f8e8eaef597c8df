"""The older layout of Nexis's documents: parts apart by blank lines, with labels in capitals."""

from __future__ import annotations

from presslens.reading.nexis_dates import is_date
from presslens.reading.nexis_document import (
    Block,
    Document,
    Labels,
    add_to_field,
    foot_of,
    take_foot,
)
from presslens.reading.nexis_labels import is_page_number, is_rights, label_of
from presslens.reading.nexis_wrapping import joined


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
        add_to_field(document, name, joined(lines, width))
    foot = foot_of(blocks, labels, start)
    for block in blocks[start:foot]:
        document.body += joined(block, width)
    take_foot(document, blocks[foot:], labels[foot:], width)
    return document


def _head(document: Document, blocks: list[Block], labels: Labels, width: int) -> int:
    """Takes outlet, date and title over; where what has labels begins."""
    first = next((n for n, label in enumerate(labels) if label), None)
    dated = next((n for n, block in enumerate(blocks[:first]) if is_date(block[0])), None)
    if first is None:
        # Without a label, as where it was cut off, a block after the date is the title.
        first = min(len(blocks), 0 if dated is None else dated + 2)
    head = [
        block for block in blocks[: first if dated is None else dated] if not is_rights(block[0])
    ]
    document.outlet = head[0][0].strip() if head else None
    titles = head[1:] if dated is None else blocks[dated + 1 : first]
    document.date = None if dated is None else blocks[dated][0]
    document.title = [
        line for block in titles if not is_rights(block[0]) for line in joined(block, width)
    ]
    return first


def blocks_of_text(text: str) -> list[Block]:
    """The groups of lines between blank ones, each label and what follows the length apart."""
    blocks: list[Block] = [[]]
    after_length = False
    for line in map(str.strip, text.split("\n")):
        label = label_of(line, capitals=True)
        if not line or label or after_length:
            blocks.append([])
        after_length = label is not None and label[0] == "length"
        if line and not is_page_number(line):
            blocks[-1].append(line)
    return [block for block in blocks if block]
