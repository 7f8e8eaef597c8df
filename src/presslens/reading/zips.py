"""Zips: the files in a zip, those of one whose directory is lost too."""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import IO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from presslens.problems import ReadingError
from presslens.reading.members import MAX_MEMBER_BYTES, MAX_MEMBERS, Entry
from presslens.reading.unpacking import (
    OUT_OF_RATIO,
    Inflater,
    Ratio,
    TornError,
    chunks_of,
    unpacked_once,
    within_ratio,
)

ZIP = b"PK\x03\x04"
_END = b"PK\x05\x06"
_LOCAL = struct.Struct("<4s5H3I2H")
# The directory of a zip is held in memory; 50,000 members take about 5 MB.
_MAX_DIRECTORY = 16 * 2**20
_MAX_COMMENT = 2**16
_OVERLAPPING = (
    "some of its files lie within others, as in archives made to fill disks, and were not read;"
    " unpack it yourself if you trust it"
)
_ENCRYPTED = "it is encrypted; unpack it with its password and give the files"
_CUT = "its checksum does not fit, so its text may be wrong; pack or fetch it again"


def is_zip(head: bytes) -> bool:
    """Whether a file that begins like this is a zip, an empty one too."""
    return head.startswith((ZIP, _END))


def first_names(head: bytes) -> list[str]:
    """The names of the members that begin within the first bytes of a zip."""
    return [name for name, *_ in _local_headers(head)]


def _local_headers(raw: bytes, most: int = 100) -> Iterator[tuple[str, int, int, int, int, int]]:
    """Name, flags, method, checksum, packed size (-1 unknown) and start of each member."""
    place = raw.find(ZIP)
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
        place = raw.find(ZIP, start + max(size, 0))


def zip_entries(file: IO[bytes]) -> tuple[list[Entry], str | None]:
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
    size = file.seek(0, 2)
    honest = [info.file_size for info in infos if not _blows_up(info)]
    if Ratio(size, sum(honest)).exceeded:
        return [], OUT_OF_RATIO
    apart = _apart(infos)
    entries = [
        Entry(info.filename, lambda info=info: _zip_chunks(archive, info))  # type: ignore[misc]
        for info in apart[:MAX_MEMBERS]
    ]
    if len(infos) > MAX_MEMBERS:
        return entries, f"it holds more than {MAX_MEMBERS} files; unpack it"
    return entries, _OVERLAPPING if len(apart) < len(infos) else None


def _blows_up(info: ZipInfo) -> bool:
    return Ratio(info.compress_size, info.file_size).exceeded


def _apart(infos: list[ZipInfo]) -> list[ZipInfo]:
    """The members without those that begin within another one, as in archives made to fill disks:
    a few bytes, listed a thousand times, are a thousand files."""
    apart, end = [], 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset >= end:
            apart.append(info)
            end = info.header_offset + _LOCAL.size + info.compress_size
    return apart


def _directory_size(file: IO[bytes]) -> int:
    """How large the directory says it is, or 0 where there is none."""
    file.seek(0, 2)
    file.seek(max(file.tell() - _MAX_COMMENT - 98, 0))
    tail = file.read()
    end = tail.rfind(_END)
    long_end = tail.rfind(b"PK\x06\x06")
    size = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if size == 0xFFFFFFFF and long_end >= 0:
        return int.from_bytes(tail[long_end + 40 : long_end + 48], "little")
    return size


def _zip_chunks(archive: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    _refuse(info.flag_bits, info.compress_type, {ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2})
    if _blows_up(info):
        raise ReadingError(OUT_OF_RATIO)
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


def _salvaged(file: IO[bytes]) -> list[Entry]:
    """The files of a zip without its directory, by what stands before each."""
    file.seek(0)
    raw = file.read(MAX_MEMBER_BYTES)
    return [
        Entry(header[0], lambda header=header: _salvaged_chunks(raw, *header[1:]))  # type: ignore[misc]
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
