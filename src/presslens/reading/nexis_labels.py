"""Nexis's labels: the lines that begin a field of a document ("BYLINE: …", "Load-Date: …"), say
who has its rights or number a page, in the languages of the interface."""

from __future__ import annotations

import re

# What labels mean here; `aside` is kept out of the text.
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
_COPYRIGHT = re.compile(
    r"(?:copyright|copy|©|\(c\))\s+(?:©\s*|\(c\)\s*)?\d{4}\b|all rights reserved", re.IGNORECASE
)
_PAGE = re.compile(r"(?:Page|Seite) \d{1,5}(?: (?:of|von) \d{1,5})?")


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


def is_rights(line: str) -> bool:
    """Whether a line says who has the rights: "Copyright 2010 Harbour Papers Ltd"."""
    return bool(_COPYRIGHT.match(line.strip()))


def is_page_number(line: str) -> bool:
    """Whether a line is "Page 2 of 9", which stands in files that were printed."""
    return bool(_PAGE.fullmatch(line))
