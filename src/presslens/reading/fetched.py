"""Fetched: what `presslens fetch` noted about the pages in a folder, for those who read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache
from pathlib import Path

# The ledger that `presslens fetch` keeps in its folder.
LEDGER = "fetched.jsonl"
# A line has some 500 bytes: enough for 100,000 pages in one folder.
MAX_LEDGER = 64 * 2**20
# Files come folder by folder; a few ledgers are kept so that each is read once.
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Noted:
    """Where a file came from, and the charset that its server named; None for what is unknown."""

    url: str | None = None
    charset: str | None = None


def noted(folder: Path) -> Mapping[str, Noted]:
    """What the folder's ledger says of its files, by their names; nothing where there is none."""
    path = folder / LEDGER
    try:
        status = path.stat()
    except OSError:
        return {}
    return _read(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=_KEPT)
def _read(path: Path, changed: int, size: int) -> Mapping[str, Noted]:  # noqa: ARG001 -- the key
    found: dict[str, Noted] = {}
    left = MAX_LEDGER
    try:
        with path.open("rb") as lines:
            while left > 0 and (line := lines.readline(left)):
                left -= len(line)
                found.update(_of_line(line))
    except OSError:
        return {}
    return found


def _of_line(line: bytes) -> dict[str, Noted]:
    """What one line says of a file; a later line about the same file counts."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    file = row.get("file") if isinstance(row, dict) else None
    if not isinstance(file, str):
        return {}
    url = next((row[key] for key in ("final_url", "url") if isinstance(row.get(key), str)), None)
    kind = row.get("content_type")
    header = Message()
    header["Content-Type"] = " ".join(kind.split()) if isinstance(kind, str) else "text/html"
    return {file: Noted(url, header.get_content_charset())}
