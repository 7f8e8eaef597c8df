"""Unpacking: streams packed as gzip, bzip2, xz or zstd, piece by piece and in proportion."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Protocol

from presslens.problems import ReadingError

# Text packs to a third or a tenth, logs to a thirtieth, tables to a fiftieth, zeros to a
# thousandth. Small archives may do what they like.
MAX_RATIO = 100
RATIO_FROM = 16 * 2**20
_CHUNK = 64 * 2**10
# Packed bytes are taken in small pieces: what follows a stream's end in one is copied.
PACKED_CHUNK = 8 * 2**10
# xz says how much memory it wants; its highest level takes 65 MB.
_XZ_MEMORY = 128 * 2**20
_EARLY = "it ends too early, as a download that was cut off; fetch it again"
GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_XZ = b"\xfd7zXZ\0"


class TornError(ReadingError):
    """A member that ends too early; what came before is still worth reading."""


def unpacker(head: bytes) -> Callable[[], Unpacker] | None:
    """What unpacks a file that begins like this, or None if it is not packed."""
    if head.startswith(GZIP):
        return Inflater
    if _BZIP2.match(head):
        from bz2 import BZ2Decompressor

        return BZ2Decompressor
    if head.startswith(_XZ):
        from lzma import LZMADecompressor

        return lambda: LZMADecompressor(memlimit=_XZ_MEMORY)
    if head.startswith(ZSTD):
        from backports.zstd import ZstdDecompressor

        return ZstdDecompressor
    return None


OUT_OF_RATIO = (
    f"it unpacks to more than {MAX_RATIO} times its size, as archives do that are made to fill"
    " disks; unpack it yourself if you trust it"
)


@dataclass(slots=True)
class Ratio:
    """How much was unpacked of so many packed bytes, of one file or of a whole archive."""

    packed: int
    unpacked: int = 0

    @property
    def exceeded(self) -> bool:
        """Whether that is out of all proportion."""
        return self.unpacked > max(RATIO_FROM, MAX_RATIO * self.packed)

    def within(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The same bytes, as long as they are not out of all proportion to the packed ones.

        Raises:
            ReadingError: if they are.
        """
        for chunk in chunks:
            self.unpacked += len(chunk)
            if self.exceeded:
                raise ReadingError(OUT_OF_RATIO)
            yield chunk


def within_ratio(chunks: Iterable[bytes], packed: int) -> Iterator[bytes]:
    """The bytes of one packed file; raises like `Ratio.within`."""
    return Ratio(packed).within(chunks)


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
