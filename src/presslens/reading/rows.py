"""Rows: exports with an article per line or row: JSONL, a JSON array, CSV and TSV."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import PurePath

from presslens.reading.csv_rows import DELIMITERS, names_articles, read_csv
from presslens.reading.decoding import binary_format
from presslens.reading.files import Source, read_head
from presslens.reading.json_rows import LINES, read_json
from presslens.reading.registry import Found, Reader

_JSON = LINES | {".json"}
_JSON_START = re.compile(rb"\s*(?:\[\s*)?\{\s*(?:\"|\})")


def _recognises(head: bytes, name: str) -> bool:
    suffix = PurePath(name).suffix.lower()
    if binary_format(head):
        return False
    if suffix in _JSON or suffix in DELIMITERS:
        return True
    return _is_json(head) or names_articles(head)


def _is_json(head: bytes) -> bool:
    return bool(_JSON_START.match(head.removeprefix(codecs.BOM_UTF8)))


def _read(source: Source, verbatim: bool) -> Iterator[Found]:
    suffix = source.suffix
    json = suffix in _JSON or (suffix not in DELIMITERS and _is_json(read_head(source.path)))
    read = read_json if json else read_csv
    yield from read(source, reader=READER.name, verbatim=verbatim)


READER = Reader("rows", "JSONL, JSON, CSV or TSV with a column of texts", _recognises, _read)
