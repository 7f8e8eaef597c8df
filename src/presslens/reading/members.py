"""Members: hands what lies in an archive to the readers, a member at a time and within bounds.

A member's bytes go to a temporary file with a name of our own; the member's name is only shown.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Protocol

from presslens.problems import Problem, ReadingError
from presslens.reading.files import Source
from presslens.reading.registry import Found

# An archive in an archive in an archive (a year's zip of a month's zips of .html.gz) is seen; more
# is a trap.
MAX_DEPTH = 3
# The largest export that is one file, a JSONL of a hundred thousand articles, has about 500 MB.
MAX_MEMBER_BYTES = 512 * 2**20
# All that one archive unpacks to, with the archives in it (a tar.gz counts twice, as the tar and as
# its members).
MAX_TOTAL_BYTES = 2 * 2**30
# A zip of a paper's archive holds a page per article; more than this is better a JSONL.
MAX_MEMBERS = 50_000
# Text packs to a fifth, tables to a fiftieth, zeros to a thousandth. Small archives may do what
# they like.
MAX_RATIO = 150
RATIO_FROM = 16 * 2**20
# A name of more characters makes messages unreadable.
_MAX_NAME = 200
_CHUNK = 64 * 2**10
# Packed bytes are taken in small pieces: what follows a stream's end in one is copied.
PACKED_CHUNK = 8 * 2**10
_EARLY = "it ends too early, as a download that was cut off; fetch it again"
# Control characters, and those that turn the direction of a line or are not seen at all.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(slots=True)
class Budget:
    """What an archive, with the archives in it, may still unpack."""

    bytes_left: int = MAX_TOTAL_BYTES
    members_left: int = MAX_MEMBERS

    @property
    def spent(self) -> bool:
        """Whether nothing more may be unpacked."""
        return self.bytes_left <= 0 or self.members_left <= 0


@dataclass(frozen=True, slots=True)
class Member(Source):
    """A member of an archive; shares the budget of the archive that it lies in."""

    budget: Budget = field(default_factory=Budget)


def budget_of(source: Source) -> Budget:
    """The budget of the archive that a source lies in, else a new one."""
    return source.budget if isinstance(source, Member) else Budget()


def shown_name(name: str) -> str:
    """A member's name as messages show it: no way out of the archive, nothing unprintable.

    `../../etc/passwd` becomes `etc/passwd`, an escape character becomes `\\x1b`.
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    text = _UNSAFE.sub(lambda match: f"\\x{ord(match[0]):02x}", "/".join(parts)) or "nameless"
    return text if len(text) <= _MAX_NAME else f"…{text[-_MAX_NAME:]}"


def read_member(
    chunks: Iterable[bytes], name: str, source: Source, budget: Budget, verbatim: bool
) -> Iterator[Found]:
    """The articles of a member of the archive `source`.

    Args:
        chunks: the member's bytes; a ReadingError that they raise becomes a Problem, and what came
            before it is read where the error says so (`TornError`).
        name: the member's name in the archive.
        budget: what may still be unpacked; the member is taken off it.
    """
    from presslens.reading.sources import read_source

    shown = shown_name(name)
    origin = f"{source.origin} ({shown})"
    if source.depth >= MAX_DEPTH:
        reason = f"it lies more than {MAX_DEPTH} archives deep; unpack the outer ones"
        yield Problem(origin, "reading", reason)
        return
    budget.members_left -= 1
    with NamedTemporaryFile(prefix="presslens-") as copy:
        problem = None
        try:
            write_bounded(chunks, copy, budget)
        except TornError as torn:
            problem = Problem(origin, "reading", str(torn))
            if not copy.tell():
                yield problem
                return
        except ReadingError as error:
            yield Problem(origin, "reading", str(error))
            return
        copy.flush()
        own_name = shown.rsplit("/", 1)[-1]
        member = Member(
            path=Path(copy.name),
            origin=origin,
            name=own_name,
            depth=source.depth + 1,
            columns=source.columns,
            budget=budget,
        )
        yield from read_source(member, verbatim)
        if problem:
            yield problem


class TornError(ReadingError):
    """A member that ends too early; what came before is still worth reading."""


def write_bounded(
    chunks: Iterable[bytes], file: IO[bytes], budget: Budget, limit: int = MAX_MEMBER_BYTES
) -> None:
    """Writes a member's bytes to a file and takes them off the budget.

    Raises:
        ReadingError: if it is larger than a member may be, or than the budget allows.
    """
    written = 0
    for chunk in chunks:
        written += len(chunk)
        budget.bytes_left -= len(chunk)
        if written > limit:
            reason = f"it unpacks to more than {limit // 2**20} MB; unpack and split it"
            raise ReadingError(reason)
        if budget.bytes_left < 0:
            total = MAX_TOTAL_BYTES // 2**20
            reason = f"the archive unpacks to more than {total} MB; unpack it and give the folder"
            raise ReadingError(reason)
        file.write(chunk)


def within_ratio(chunks: Iterable[bytes], packed: int) -> Iterator[bytes]:
    """The same bytes, as long as they are not out of all proportion to their packed size.

    Raises:
        ReadingError: if they are.
    """
    unpacked = 0
    for chunk in chunks:
        unpacked += len(chunk)
        if unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed:
            reason = (
                f"it unpacks to more than {MAX_RATIO} times its size, as archives do that are"
                " made to fill disks; unpack it yourself if you trust it"
            )
            raise ReadingError(reason)
        yield chunk


def chunks_of(file: IO[bytes], size: int = _CHUNK) -> Iterator[bytes]:
    """The bytes of an open file, piece by piece."""
    while chunk := file.read(size):
        yield chunk


class Unpacker(Protocol):
    """What unpacks a stream; those of bz2 and lzma are some."""

    @property
    def eof(self) -> bool: ...  # noqa: D102
    @property
    def needs_input(self) -> bool: ...  # noqa: D102
    @property
    def unused_data(self) -> bytes: ...  # noqa: D102
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...  # noqa: D102


class Inflater:
    """zlib's unpacker with the interface of bz2's; `wbits` as in zlib: 31 gzip, -15 bare."""

    def __init__(self, wbits: int = 31) -> None:
        self._stream = zlib.decompressobj(wbits)

    @property
    def eof(self) -> bool:
        """Whether the end of the packed stream was reached, and its checksum was right."""
        return self._stream.eof

    @property
    def needs_input(self) -> bool:
        """Whether all that was given is unpacked."""
        return not self._stream.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        """What came after the end."""
        return self._stream.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Unpacks at most `max_length` bytes more."""
        return self._stream.decompress(self._stream.unconsumed_tail + data, max(max_length, 0))


class _Pieces:
    """Pieces of a stream, of which one can be put back."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._first = b""

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece, self._first = self._first or next(self._pieces), b""
        return piece

    def put_back(self, piece: bytes) -> None:
        self._first = piece + self._first

    def peek(self) -> bytes:
        """The next piece, which stays; empty at the end."""
        self._first = self._first or next(self._pieces, b"")
        return self._first


def unpacked(packed: Iterable[bytes], make: Callable[[], Unpacker]) -> Iterator[bytes]:
    """Unpacks a stream, or several one after the other; what follows them is passed over.

    Raises:
        TornError: if the stream ends early or breaks in the middle.
        ReadingError: if its checksum does not fit.
    """
    pieces = _Pieces(packed)
    magic = b""
    while True:
        part = make()
        magic = magic or pieces.peek()[:2]
        yield from unpacked_once(pieces, part)
        # The stream that ended may be followed by another one, or by padding
        pieces.put_back(part.unused_data)
        while (data := pieces.peek()) and not data.strip(b"\0"):
            next(pieces)
        if not data or not magic.startswith(data.lstrip(b"\0")[:2]):
            return
        next(pieces)
        pieces.put_back(data.lstrip(b"\0"))


def unpacked_once(packed: Iterable[bytes], part: Unpacker) -> Iterator[bytes]:
    """Unpacks one stream and leaves what follows it; raises like `unpacked`."""
    try:
        for piece in packed:
            data = piece
            while (data or not part.needs_input) and not part.eof:
                if out := part.decompress(data, _CHUNK):
                    yield out
                data = b""
            if part.eof:
                return
        while not part.eof and (out := part.decompress(b"", _CHUNK)):
            yield out
    except ReadingError:
        raise
    except Exception as error:  # zlib.error, LZMAError, OSError of bz2, EOFError
        raise _broken(error) from error
    if not part.eof:
        raise TornError(_EARLY)


def _broken(error: Exception) -> ReadingError:
    if "data check" in str(error) or "length check" in str(error):
        return ReadingError("its checksum does not fit, so its text may be wrong; fetch it again")
    return TornError(f"it is damaged from some point on ({error}); fetch it again")
