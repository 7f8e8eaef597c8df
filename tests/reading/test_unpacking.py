"""Unpacking: packed streams one after the other, torn ones, and those made to fill disks."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable, Iterator

import pytest
from backports import zstd

from presslens.problems import ReadingError
from presslens.reading.unpacking import (
    Inflater,
    Ratio,
    TornError,
    Unpacker,
    unpacked,
    unpacker,
    within_ratio,
)

TEXT = b"Ferry will run all night\n\nThe ferry will run around the clock, its operator said.\n"


def test_zeros_out_of_all_proportion_are_refused() -> None:
    zeros = (bytes(2**20) for _ in range(1000))
    with pytest.raises(ReadingError, match="times its size"):
        list(within_ratio(zeros, packed=1000))
    assert len(list(within_ratio([bytes(2**20)], packed=1000))) == 1


def test_what_a_whole_archive_unpacks_to_counts_together() -> None:
    ratio = Ratio(packed=100_000)
    for _ in range(4):
        assert len(list(ratio.within([bytes(2**20)] * 4))) == 4
    with pytest.raises(ReadingError, match="times its size"):
        list(ratio.within([bytes(2**20)] * 4))
    assert ratio.exceeded


FORMS: list[tuple[Callable[[bytes], bytes], Callable[[], Unpacker]]] = [
    (gzip.compress, Inflater),
    (bz2.compress, bz2.BZ2Decompressor),
    (lzma.compress, lzma.LZMADecompressor),
    (zstd.compress, zstd.ZstdDecompressor),
]


def pieces(data: bytes, size: int = 7) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


@pytest.mark.parametrize(("pack", "make"), FORMS)
def test_streams_after_one_another_are_one(
    pack: Callable[[bytes], bytes], make: Callable[[], Unpacker]
) -> None:
    data = pack(b"first, ") + pack(b"second") + bytes(9)
    assert b"".join(unpacked(pieces(data), make)) == b"first, second"
    assert b"".join(unpacked(pieces(data + b"garbage"), make)) == b"first, second"


@pytest.mark.parametrize(("pack", "make"), FORMS)
def test_a_stream_that_ends_early_gives_what_there_was(
    pack: Callable[[bytes], bytes], make: Callable[[], Unpacker]
) -> None:
    data = pack(bytes(range(256)) * 4000)
    found = []
    with pytest.raises(TornError):
        found += list(unpacked(pieces(data[:-12], 4096), make))
    with pytest.raises(TornError):
        list(unpacked([], make))


def test_many_tiny_streams_need_no_deep_stack() -> None:
    data = gzip.compress(b"a") * 20_000
    assert len(b"".join(unpacked(pieces(data, 8192), Inflater))) == 20_000


def test_a_wrong_checksum_is_no_torn_stream() -> None:
    data = bytearray(gzip.compress(TEXT))
    data[-6] ^= 1
    with pytest.raises(ReadingError, match="checksum") as caught:
        list(unpacked([bytes(data)], Inflater))
    assert not isinstance(caught.value, TornError)


@pytest.mark.parametrize(("pack", "make"), FORMS)
def test_what_unpacks_a_file_is_known_by_its_beginning(
    pack: Callable[[bytes], bytes], make: Callable[[], Unpacker]
) -> None:
    found = unpacker(pack(TEXT))
    assert found is not None
    assert type(found()) is type(make())
    assert unpacker(TEXT) is None
