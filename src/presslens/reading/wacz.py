"""WACZ: web archives that are a zip with the crawl's WARCs, its indexes, lists and logs."""

from __future__ import annotations

import re

from presslens.reading.members import Entry

_PACKAGE = "datapackage.json"
_WARC = re.compile(r"archive/[^/]{1,300}\.warc(?:\.gz)?", re.IGNORECASE)


def crawled(entries: list[Entry]) -> list[Entry]:
    """The WARCs of a WACZ; all files of any other zip."""
    warcs = [entry for entry in entries if _WARC.fullmatch(entry.name)]
    return warcs if warcs and any(entry.name == _PACKAGE for entry in entries) else entries
