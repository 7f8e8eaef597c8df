"""Archives: zip, tar and gzip files with articles in them; each member goes to its own reader."""

from __future__ import annotations

import re
import stat
import struct
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from tempfile import NamedTemporaryFile
from typing import IO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from presslens.problems import Problem, ReadingError
from presslens.reading.files import ABOUT, Source, read_head
from presslens.reading.members import (
    MAX_MEMBER_BYTES,
    MAX_MEMBERS,
    MAX_TOTAL_BYTES,
    PACKED_CHUNK,
    Budget,
    Inflater,
    TornError,
    Unpacker,
    budget_of,
    chunks_of,
    read_member,
    shown_name,
    unpacked,
    unpacked_once,
    within_ratio,
    write_bounded,
)
from presslens.reading.registry import Found, Reader
from presslens.reading.warc import is_warc

_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_LOCAL = struct.Struct("<4s5H3I2H")
# The directory of a zip is held in memory; 50,000 members take about 5 MB.
_MAX_DIRECTORY = 16 * 2**20
_MAX_COMMENT = 2**16
# xz says how much memory it wants; its highest level takes 65 MB.
_XZ_MEMORY = 128 * 2**20
# Office documents and books are zips too; these stand near their start.
_OFFICE = re.compile(
    r"\[Content_Types\]\.xml|mimetype|_rels/\.rels|META-INF/(?:container|manifest)\.xml"
    r"|word/document\.xml|xl/workbook\.xml|ppt/presentation\.xml"
)
# A torn tar is searched for the next member this often.
_MAX_TEARS = 200
# Places that look like a member's header and are none; more are made to take time.
_MAX_PLACES = 2_000
_BLOCK = 512
_PACKED_SUFFIX = re.compile(r"\.(?:gz|gzip|bz2|xz)$", re.IGNORECASE)
_PACKED_TAR_SUFFIX = re.compile(r"\.t(?:gz|bz2?|xz)$", re.IGNORECASE)
_ENCRYPTED = "it is encrypted; unpack it with its password and give the files"
_CUT = "its checksum does not fit, so its text may be wrong; pack or fetch it again"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A member: its name in the archive, and its bytes, which are unpacked when they are asked."""

    name: str
    chunks: Callable[[], Iterable[bytes]]


def _recognises(head: bytes, name: str) -> bool:
    if head.startswith((_ZIP, _ZIP_END)):
        return not any(map(_OFFICE.fullmatch, _first_names(head)))
    if _unpacker(head):
        return not is_warc(head)
    return _is_tar(head) or (name.lower().endswith(".zip") and _ZIP in head)


def _read(source: Source, verbatim: bool) -> Iterator[Found]:
    head = read_head(source.path)
    budget = budget_of(source)
    with source.path.open("rb") as file:
        if make := _unpacker(head):
            yield from _read_packed(file, make, source, budget, verbatim)
        elif _is_tar(head):
            yield from _read_entries(*_tar_entries(file), source, budget, verbatim)
        else:
            yield from _read_entries(*_zip_entries(file), source, budget, verbatim)


READER = Reader("archives", "archives (.zip, .tar, .tar.gz, .gz)", _recognises, _read)


def _read_entries(
    entries: list[_Entry], torn: str | None, source: Source, budget: Budget, verbatim: bool
) -> Iterator[Found]:
    """The articles of an archive's members in the order of names; `torn` is what is wrong."""
    read = 0
    for entry in sorted(entries, key=lambda entry: entry.name):
        if _passed_over(entry.name):
            continue
        if budget.spent:
            reason = (
                f"it holds more than {MAX_MEMBERS} files or {MAX_TOTAL_BYTES // 2**20} MB;"
                f" those from {shown_name(entry.name)} on were not read; unpack it"
            )
            yield Problem(source.origin, "reading", reason)
            return
        read += 1
        yield from read_member(entry.chunks(), entry.name, source, budget, verbatim)
    if torn:
        yield Problem(source.origin, "reading", torn)
    elif not read:
        reason = "the archive holds no files with articles; check what was packed"
        yield Problem(source.origin, "reading", reason)


def _passed_over(name: str) -> bool:
    parts = [part for part in re.split(r"[/\\]", name) if part not in {"", ".", ".."}]
    return any(
        part.startswith(".") or part == "__MACOSX" or ABOUT.fullmatch(part) for part in parts
    )


# One file, packed, which may be a tar


def _unpacker(head: bytes) -> Callable[[], Unpacker] | None:
    """What unpacks a file that begins like this, or None if it is not packed."""
    if head.startswith(b"\x1f\x8b\x08"):
        return Inflater
    if re.match(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", head):
        from bz2 import BZ2Decompressor

        return BZ2Decompressor
    if head.startswith(b"\xfd7zXZ\0"):
        from lzma import LZMADecompressor

        return lambda: LZMADecompressor(memlimit=_XZ_MEMORY)
    return None


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
        while len(start) < _BLOCK and (chunk := next(chunks, b"")):
            start += chunk
    except ReadingError as error:  # it is so short that this is all of it
        failed = error
    chunks = _again(start, chunks, failed)
    if not _is_tar(start):
        yield from read_member(chunks, _name_inside(source.name), source, budget, verbatim)
        return
    with NamedTemporaryFile(prefix="presslens-") as tar:
        try:
            write_bounded(chunks, tar, budget, MAX_TOTAL_BYTES)
        except ReadingError as error:
            torn = f"{error}; what lay before was read"
        tar.flush()
        entries, tear = _tar_entries(tar)
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


# Tar


def _is_tar(head: bytes) -> bool:
    if len(head) < _BLOCK or not head[:_BLOCK].strip(b"\0"):
        return False
    try:
        tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def _tar_entries(file: IO[bytes]) -> tuple[list[_Entry], str | None]:
    """A tar's files, and what is wrong with it; after a tear the next member is looked for."""
    entries: list[_Entry] = []
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


def _list_tar(file: IO[bytes], entries: list[_Entry]) -> int | None:
    """Adds a tar's files; where the tar is torn, or None if it ends as it should."""
    start = file.tell()
    try:
        archive = tarfile.open(fileobj=file, mode="r:")  # noqa: SIM115 -- lives as long as the file
    except (tarfile.TarError, ValueError, OSError, RecursionError):
        return start
    try:
        for info in archive:
            if info.isreg():
                entries.append(_Entry(info.name, lambda info=info: _tar_chunks(archive, info)))  # type: ignore[misc]
            if len(entries) > MAX_MEMBERS:
                return None
    except (tarfile.TarError, ValueError, OSError, RecursionError):
        return max(archive.offset, start + 1)
    file.seek(archive.offset)
    return archive.offset if file.read(_BLOCK).strip(b"\0") else None


def _next_header(file: IO[bytes], start: int) -> int | None:
    """Where the next member of a torn tar begins."""
    from mmap import ACCESS_READ, mmap

    with mmap(file.fileno(), 0, access=ACCESS_READ) as raw:
        place = start + 257
        for _ in range(_MAX_PLACES):
            place = raw.find(b"ustar", place)
            if place < 0:
                break
            if _is_tar(raw[place - 257 : place + 255]):
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


# Zip


def _first_names(head: bytes) -> list[str]:
    """The names of the members that begin within the first bytes of a zip."""
    return [name for name, *_ in _local_headers(head)]


def _local_headers(raw: bytes, most: int = 100) -> Iterator[tuple[str, int, int, int, int, int]]:
    """Name, flags, method, checksum, packed size (-1 unknown) and start of each member."""
    place = raw.find(_ZIP)
    while 0 <= place <= len(raw) - _LOCAL.size and most:
        fields = _LOCAL.unpack_from(raw, place)
        flags, method, checksum, packed = fields[2], fields[3], fields[6], fields[7]
        name_at = place + _LOCAL.size
        name = raw[name_at : name_at + fields[9]]
        start = name_at + fields[9] + fields[10]
        size = -1 if flags & 8 or packed == 0xFFFFFFFF else packed
        text = name.decode("utf-8" if flags & 0x800 else "cp437", "replace")
        yield text, flags, method, checksum, size, start
        most -= 1
        place = raw.find(_ZIP, start + max(size, 0))


def _zip_entries(file: IO[bytes]) -> tuple[list[_Entry], str | None]:
    """A zip's files, and what is wrong with it; without its directory they are looked for."""
    if _directory_size(file) > _MAX_DIRECTORY:
        return [], f"it holds more than {MAX_MEMBERS} files; unpack it and give the folder"
    try:
        archive = ZipFile(file)
    except (BadZipFile, ValueError, NotImplementedError, OSError, struct.error):
        reason = "the archive is cut off or damaged; what was found of it was read; fetch it again"
        return _salvaged(file), reason
    infos = [
        info
        for info in archive.infolist()
        if not info.is_dir() and not stat.S_ISLNK(info.external_attr >> 16)
    ]
    entries = [
        _Entry(info.filename, lambda info=info: _zip_chunks(archive, info))  # type: ignore[misc]
        for info in infos[:MAX_MEMBERS]
    ]
    too_many = len(infos) > MAX_MEMBERS
    return entries, f"it holds more than {MAX_MEMBERS} files; unpack it" if too_many else None


def _directory_size(file: IO[bytes]) -> int:
    """How large the directory says it is, or 0 where there is none."""
    file.seek(0, 2)
    file.seek(max(file.tell() - _MAX_COMMENT - 98, 0))
    tail = file.read()
    end = tail.rfind(_ZIP_END)
    long_end = tail.rfind(b"PK\x06\x06")
    size = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if size == 0xFFFFFFFF and long_end >= 0:
        return int.from_bytes(tail[long_end + 40 : long_end + 48], "little")
    return size


def _zip_chunks(archive: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    _refuse(info.flag_bits, info.compress_type, {ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2})
    try:
        with archive.open(info) as file:
            yield from within_ratio(chunks_of(file), info.compress_size)
    except BadZipFile as error:
        reason = _CUT if "CRC" in str(error) else f"it is damaged ({error}); fetch it again"
        raise ReadingError(reason) from error
    except (zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise TornError(f"it is damaged from some point on ({error}); fetch it again") from error


def _refuse(flags: int, method: int, known: set[int]) -> None:
    if flags & 1:
        raise ReadingError(_ENCRYPTED)
    if method not in known:
        raise ReadingError(f"it is packed in a rare way (method {method}); unpack the archive")


def _salvaged(file: IO[bytes]) -> list[_Entry]:
    """The files of a zip without its directory, by what stands before each."""
    file.seek(0)
    raw = file.read(MAX_MEMBER_BYTES)
    return [
        _Entry(header[0], lambda header=header: _salvaged_chunks(raw, *header[1:]))  # type: ignore[misc]
        for header in _local_headers(raw, MAX_MEMBERS)
        if not header[0].endswith("/")
    ]


def _salvaged_chunks(
    raw: bytes, flags: int, method: int, checksum: int, size: int, start: int
) -> Iterator[bytes]:
    _refuse(flags, method, {0, 8})
    end = start + size if size >= 0 else len(raw)
    if method == 0:
        if size < 0:
            raise ReadingError("the damaged archive does not tell how long it is; fetch it again")
        pieces: Iterable[bytes] = _slices(raw, start, end)
    else:
        packed = max(min(end, len(raw)) - start, 0)
        pieces = within_ratio(unpacked_once(_slices(raw, start, end), Inflater(-15)), packed)
    found = 0
    for piece in pieces:
        found = zlib.crc32(piece, found)
        yield piece
    if end > len(raw):
        raise TornError("it ends too early, as a download that was cut off; fetch it again")
    if not flags & 8 and found != checksum:
        raise ReadingError(_CUT)


def _slices(raw: bytes, start: int, end: int) -> Iterator[bytes]:
    step = 2**16
    return (raw[at : min(at + step, end)] for at in range(start, min(end, len(raw)), step))
