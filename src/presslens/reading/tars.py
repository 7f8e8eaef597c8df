"""Tars: the files in a tar, those behind a torn place too."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import IO

from presslens.reading.members import MAX_MEMBERS, Entry
from presslens.reading.unpacking import TornError, chunks_of

# A torn tar is searched for the next member this often.
_MAX_TEARS = 200
# Places that look like a member's header and are none; more are made to take time.
_MAX_PLACES = 2_000
# A tar is made of blocks; a member's header is one.
BLOCK = 512


def is_tar(head: bytes) -> bool:
    """Whether a file that begins like this is a tar, unpacked."""
    if len(head) < BLOCK or not head[:BLOCK].strip(b"\0"):
        return False
    try:
        tarfile.TarInfo.frombuf(head[:BLOCK], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def tar_entries(file: IO[bytes]) -> tuple[list[Entry], str | None]:
    """A tar's files, and what is wrong with it; after a tear the next member is looked for."""
    entries: list[Entry] = []
    torn = None
    offset: int | None = 0
    for _ in range(_MAX_TEARS):
        file.seek(offset or 0)
        offset = _list_tar(file, entries)
        if len(entries) > MAX_MEMBERS:
            return entries[:MAX_MEMBERS], f"it holds more than {MAX_MEMBERS} files; unpack it"
        if offset is None:
            break
        torn = f"it is damaged or cut off at byte {offset}; files around there are missing"
        offset = _next_header(file, offset + 1)
        if offset is None:
            break
    return entries, torn


def _list_tar(file: IO[bytes], entries: list[Entry]) -> int | None:
    """Adds a tar's files; where the tar is torn, or None if it ends as it should."""
    start = file.tell()
    try:
        archive = tarfile.open(fileobj=file, mode="r:")  # noqa: SIM115 -- lives as long as the file
    except (tarfile.TarError, ValueError, OSError, RecursionError):
        return start
    try:
        for info in archive:
            if info.isreg():
                entries.append(Entry(info.name, lambda info=info: _tar_chunks(archive, info)))  # type: ignore[misc]
            if len(entries) > MAX_MEMBERS:
                return None
    except (tarfile.TarError, ValueError, OSError, RecursionError):
        return max(archive.offset, start + 1)
    file.seek(archive.offset)
    return archive.offset if file.read(BLOCK).strip(b"\0") else None


def _next_header(file: IO[bytes], start: int) -> int | None:
    """Where the next member of a torn tar begins."""
    from mmap import ACCESS_READ, mmap

    with mmap(file.fileno(), 0, access=ACCESS_READ) as raw:
        place = start + 257
        for _ in range(_MAX_PLACES):
            place = raw.find(b"ustar", place)
            if place < 0:
                break
            if is_tar(raw[place - 257 : place + 255]):
                return place - 257
            place += 1
    return None


def _tar_chunks(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[bytes]:
    try:
        file = archive.extractfile(info)
        yield from chunks_of(file) if file else ()
    except (tarfile.TarError, EOFError) as error:
        raise TornError(
            "it ends too early, as a download that was cut off; fetch it again"
        ) from error
