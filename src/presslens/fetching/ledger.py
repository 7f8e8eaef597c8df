"""Ledger: `fetched.jsonl`, a line for each page that was fetched or failed, and what is there."""

from __future__ import annotations

import fcntl
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self

from presslens.problems import PresslensError
from presslens.reading.fetched import LEDGER

# Names of files that are being written; what is left of an earlier run is removed.
_PART = ".part"

Outcome = Literal["fetched", "unchanged", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger.

    Attributes:
        url: as it was asked for.
        outcome: "fetched", "unchanged" (the file of an earlier run is still good) or "failed".
        time: when, in UTC, ISO 8601.
        final_url: after all redirects.
        status: of HTTP; None where there was no answer.
        file: name of the page in the folder.
        etag, last_modified: what the server named the version of the page, word for word.
        sha256, bytes: of the file.
        content_type: as the server gave it; its `charset` may be all that tells the encoding.
        reason: of a failure, with what to do.
    """

    url: str
    outcome: Outcome
    time: str
    final_url: str | None = None
    status: int | None = None
    file: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    content_type: str | None = None
    reason: str | None = None


_FIELDS = {entry.name for entry in fields(Entry)}
_NUMBERS = {"status", "bytes"}


def now() -> str:
    """The time as the ledger has it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def failure(url: str, reason: str, *, status: int | None = None) -> Entry:
    """The entry of a page that could not be fetched."""
    return Entry(url=url, outcome="failed", time=now(), status=status, reason=reason)


def read_ledger(folder: Path) -> list[Entry]:
    """The entries of a folder's ledger, oldest first; lines that are broken are passed over."""
    return list(_entries(folder / LEDGER))


def _entries(path: Path) -> Iterator[Entry]:
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        if (entry := _entry(line)) is not None:
            yield entry


def _entry(line: bytes) -> Entry | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):  # the last line of a run that was killed
        return None
    if not isinstance(row, dict):
        return None
    row = {name: value for name, value in row.items() if name in _FIELDS and value is not None}
    kinds = ((name, int if name in _NUMBERS else str) for name in row)
    if not {"url", "time"} <= row.keys() or any(
        type(row[name]) is not kind for name, kind in kinds
    ):
        return None
    known = row.get("outcome") in {"fetched", "unchanged", "failed"}
    file = row.get("file", "page")
    inside = bool(file) and "\0" not in file and Path(file).name == file
    return Entry(**row) if known and inside else None


class Ledger:
    """The ledger and the pages of a folder, open for one run; several threads may add to it."""

    def __init__(self, folder: Path) -> None:
        """Open the folder, made if need be.

        Raises:
            PresslensError: if another run has it open.
            OSError: if it cannot be written to.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        path = folder / LEDGER
        self._lines = path.open("ab")
        try:
            fcntl.flock(self._lines, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lines.close()
            raise PresslensError(
                f"another run is fetching to {folder}; wait for it, or choose another folder"
            ) from None
        self._lock = threading.Lock()
        self._torn = path.stat().st_size > 0 and not path.read_bytes().endswith(b"\n")
        # A failure does not take away what an earlier run fetched.
        self._known = {entry.url: entry for entry in _entries(path) if entry.file}
        for left in folder.glob(f".*{_PART}"):
            left.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()

    def known(self, url: str) -> Entry | None:
        """The entry of a page whose file is there, whole."""
        entry = self._known.get(url)
        if entry is None or entry.file is None:
            return None
        path = self.folder / entry.file
        whole = path.is_file() and entry.bytes in {None, path.stat().st_size}
        return entry if whole else None

    def add(self, entry: Entry) -> None:
        """Append a line, safe from a crash of this process once this returns."""
        row = {name: value for name, value in asdict(entry).items() if value is not None}
        line = json.dumps(row).encode() + b"\n"  # in ASCII: nothing of a URL can break it
        with self._lock:
            self._lines.write(b"\n" + line if self._torn else line)
            self._lines.flush()
            self._torn = False
            if entry.file:
                self._known[entry.url] = entry

    def save(self, name: str, body: bytes) -> None:
        """Write a page under its name, whole or not at all."""
        part = self.folder / f".{name}{_PART}"
        try:
            with part.open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.folder / name)
        finally:
            part.unlink(missing_ok=True)
