"""Rows: exports with an article per line or row: JSONL, a JSON array, CSV and TSV."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import PurePath

from presslens.reading.bounded_lines import in_utf_8
from presslens.reading.csv_rows import DELIMITERS, is_table, names_articles, read_csv
from presslens.reading.decoding import binary_format
from presslens.reading.files import Source, read_head
from presslens.reading.json_rows import LINES, read_json
from presslens.reading.registry import Found, Reader
from presslens.reading.running_text import is_running_text

_JSON = LINES | {".json"}
# Fields that the header of a table must name which is called JSON.
_FEWEST = 2
_JSON_START = re.compile(rb"\s*(?:\[\s*)?\{\s*(?:\"|\})")


def _recognises(head: bytes, name: str) -> bool:
    suffix = PurePath(name).suffix.lower()
    if binary_format(head):
        return False
    plain = in_utf_8(head)
    if _is_json(plain) or names_articles(plain):
        return True
    if suffix not in _JSON and suffix not in DELIMITERS:
        return False
    return not is_running_text(head) or _is_table(plain, suffix)


def _is_table(head: bytes, suffix: str) -> bool:
    """Whether a file with sentences, which is no JSON, is the table that its name says."""
    if suffix in _JSON:
        return names_articles(head, _FEWEST)
    return suffix in DELIMITERS and is_table(head)


def _is_json(head: bytes) -> bool:
    return bool(_JSON_START.match(head.removeprefix(codecs.BOM_UTF8)))


def _read(source: Source, verbatim: bool) -> Iterator[Found]:
    head = in_utf_8(read_head(source.path))
    json = _is_json(head) or (source.suffix in _JSON and not names_articles(head, _FEWEST))
    read = read_json if json else read_csv
    yield from read(source, reader=READER.name, verbatim=verbatim)


READER = Reader("rows", "JSONL, JSON, CSV or TSV with a column of texts", _recognises, _read)
