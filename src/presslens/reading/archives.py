"""Archives: zip, tar and packed files with articles in them; each member goes to its own reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from tempfile import NamedTemporaryFile
from typing import IO

from presslens.problems import Problem, ReadingError
from presslens.reading.files import ABOUT, Source, read_head
from presslens.reading.members import (
    MAX_MEMBERS,
    MAX_TOTAL_BYTES,
    Budget,
    Entry,
    budget_of,
    read_member,
    shown_name,
    write_bounded,
)
from presslens.reading.registry import Found, Reader
from presslens.reading.saved_pages import beside_a_page
from presslens.reading.tars import BLOCK, is_tar, tar_entries
from presslens.reading.unpacking import (
    OUT_OF_RATIO,
    PACKED_CHUNK,
    Ratio,
    Unpacker,
    chunks_of,
    unpacked,
    unpacker,
    within_ratio,
)
from presslens.reading.wacz import crawled
from presslens.reading.warc import is_warc
from presslens.reading.zips import ZIP, first_names, is_zip, zip_entries

# Office documents and books are zips too; these stand near their start.
_OFFICE = re.compile(
    r"\[Content_Types\]\.xml|mimetype|_rels/\.rels|META-INF/(?:container|manifest)\.xml"
    r"|word/document\.xml|xl/workbook\.xml|ppt/presentation\.xml"
)
_PACKED_SUFFIX = re.compile(r"\.(?:gz|gzip|bz2|xz|zst|zstd)$", re.IGNORECASE)
_PACKED_TAR_SUFFIX = re.compile(r"\.t(?:gz|bz2?|xz|zst)$", re.IGNORECASE)


def _recognises(head: bytes, name: str) -> bool:
    if is_zip(head):
        return not any(map(_OFFICE.fullmatch, first_names(head)))
    if unpacker(head):
        return not is_warc(head)
    return is_tar(head) or (name.lower().endswith(".zip") and ZIP in head)


def _read(source: Source, verbatim: bool) -> Iterator[Found]:
    head = read_head(source.path)
    budget = budget_of(source)
    with source.path.open("rb") as file:
        if make := unpacker(head):
            yield from _read_packed(file, make, source, budget, verbatim)
        elif is_tar(head):
            yield from _read_entries(*tar_entries(file), source, budget, verbatim)
        else:
            entries, torn = zip_entries(file)
            yield from _read_entries(crawled(entries), torn, source, budget, verbatim)


READER = Reader(
    "archives", "archives (.zip, .tar, .tar.gz, .gz, .bz2, .xz, .zst)", _recognises, _read
)


def _read_entries(
    entries: list[Entry], torn: str | None, source: Source, budget: Budget, verbatim: bool
) -> Iterator[Found]:
    """The articles of an archive's members in the order of names; `torn` is what is wrong."""
    read = 0
    names = {_path(entry.name).lower() for entry in entries}
    ratio = Ratio(source.path.stat().st_size)
    for entry in sorted(entries, key=lambda entry: entry.name):
        if _passed_over(entry.name) or beside_a_page(_path(entry.name), names):
            continue
        if budget.spent:
            reason = (
                f"it holds more than {MAX_MEMBERS} files or {MAX_TOTAL_BYTES // 2**20} MB;"
                f" those from {shown_name(entry.name)} on were not read; unpack it"
            )
            yield Problem(source.origin, "reading", reason)
            return
        read += 1
        yield from read_member(ratio.within(entry.chunks()), entry.name, source, budget, verbatim)
        if ratio.exceeded:
            yield Problem(source.origin, "reading", OUT_OF_RATIO)
            return
    if torn:
        yield Problem(source.origin, "reading", torn)
    elif not read:
        reason = "the archive holds no files with articles; check what was packed"
        yield Problem(source.origin, "reading", reason)


def _path(name: str) -> str:
    return name.replace("\\", "/")


def _passed_over(name: str) -> bool:
    parts = [part for part in _path(name).split("/") if part not in {"", ".", ".."}]
    return any(
        part.startswith(".") or part == "__MACOSX" or ABOUT.fullmatch(part) for part in parts
    )


def _read_packed(
    file: IO[bytes],
    make: Callable[[], Unpacker],
    source: Source,
    budget: Budget,
    verbatim: bool,
) -> Iterator[Found]:
    size = source.path.stat().st_size
    chunks = within_ratio(unpacked(chunks_of(file, PACKED_CHUNK), make), size)
    start, torn, failed = b"", None, None
    try:
        while len(start) < BLOCK and (chunk := next(chunks, b"")):
            start += chunk
    except ReadingError as error:  # it is so short that this is all of it
        failed = error
    chunks = _again(start, chunks, failed)
    if not is_tar(start):
        yield from read_member(chunks, _name_inside(source.name), source, budget, verbatim)
        return
    with NamedTemporaryFile(prefix="presslens-") as tar:
        try:
            write_bounded(chunks, tar, budget, MAX_TOTAL_BYTES)
        except ReadingError as error:
            torn = f"{error}; what lay before was read"
        tar.flush()
        entries, tear = tar_entries(tar)
        yield from _read_entries(entries, torn or tear, source, budget, verbatim)


def _again(start: bytes, rest: Iterator[bytes], failed: ReadingError | None) -> Iterator[bytes]:
    """A stream of which the start was read already, perhaps with an error."""
    if start:
        yield start
    if failed:
        raise failed
    yield from rest


def _name_inside(name: str) -> str:
    return _PACKED_SUFFIX.sub("", _PACKED_TAR_SUFFIX.sub(".tar", name))
