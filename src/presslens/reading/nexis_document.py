"""Nexis's documents: the parts of one in any layout, and the labelled fields after its text."""

from __future__ import annotations

from dataclasses import dataclass, field

from presslens.reading.nexis_labels import is_rights
from presslens.reading.nexis_wrapping import joined

# The lines of a part of a document.
Block = list[str]


@dataclass(slots=True)
class Document:
    """A document of an export as it is laid out.

    Attributes:
        outlet, date: their lines at the head.
        title: the lines of the headline; a standfirst may be among them.
        fields: the lines of each labelled field, by its name in `nexis_labels`.
        body: paragraphs.
        raw: all its lines without its number in the export, which differs between exports.
    """

    raw: str = ""
    outlet: str | None = None
    date: str | None = None
    title: list[str] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)


# What `label_of` says of each part.
Labels = list[tuple[str, str] | None]

# Fields at the foot that may run over several paragraphs, and over how many at most.
_LONG_FIELDS = frozenset({"graphic", "correction", "notes"})
_MOST_PARAGRAPHS = 20


def add_to_field(document: Document, name: str, lines: list[str]) -> None:
    """Adds lines to a labelled field."""
    document.fields.setdefault(name, []).extend(lines)


def foot_of(blocks: list[Block], labels: Labels, start: int) -> int:
    """Where the labelled fields after the text begin, found from the end: a line in the text that
    looks like a label is followed by text."""
    foot, loose = len(blocks), 0
    for number in range(len(blocks) - 1, start - 1, -1):
        label = labels[number]
        if label and (label[0] in _LONG_FIELDS or not loose):
            foot, loose = number, 0
        elif label or loose == _MOST_PARAGRAPHS:
            break
        elif is_rights(blocks[number][0]) and not loose:
            foot = number
        else:
            loose += 1
    return foot


def take_foot(document: Document, blocks: list[Block], labels: Labels, width: int) -> None:
    """Takes the fields after the text over, from lines wrapped at a width."""
    name = "aside"
    for block, label in zip(blocks, labels, strict=True):
        lines = block
        if label:
            name = label[0]
            lines = [line for line in (label[1], *block[1:]) if line]
        if not is_rights(block[0]):
            add_to_field(document, name, joined(lines, width))
