"""Members: bounded copies, safe names, streams that are torn; nothing is left behind."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.article import Article
from presslens.problems import Problem, ReadingError
from presslens.reading import members
from presslens.reading.files import Source
from presslens.reading.members import (
    Budget,
    Inflater,
    TornError,
    Unpacker,
    read_member,
    shown_name,
    unpacked,
    within_ratio,
    write_bounded,
)

STORY = b"Ferry will run all night\n\nThe ferry will run around the clock, its operator said.\n"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def source(depth: int = 0) -> Source:
    return Source(Path("exports.zip"), "exports.zip", "exports.zip", depth)


def test_a_member_is_read_by_its_own_name_and_called_by_its_archive(temporary: Path) -> None:
    [found] = read_member([STORY[:9], STORY[9:]], "may/ferry.txt", source(), Budget(), False)
    assert isinstance(found, Article)
    assert found.origin == "exports.zip (may/ferry.txt)"
    assert found.title == "Ferry will run all night"


def test_the_copy_is_gone_afterwards_even_if_nobody_reads_on(temporary: Path) -> None:
    reading = read_member([STORY], "ferry.txt", source(), Budget(), False)
    next(reading)
    assert len(list(temporary.iterdir())) == 1
    reading.close()  # type: ignore[attr-defined]
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("name", ["../../escaped.txt", "/escaped.txt", "a\0\n/escaped.txt"])
def test_a_members_name_is_never_a_path(temporary: Path, name: str) -> None:
    [found] = read_member([STORY], name, source(), Budget(), False)
    assert isinstance(found, Article)
    assert found.origin is not None
    assert ".." not in found.origin
    assert "\n" not in found.origin
    assert not list(temporary.parent.rglob("escaped*"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("may/storm.html", "may/storm.html"),
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\news\\a.txt", "C:/news/a.txt"),
        ("/a//b", "a/b"),
        ("a\x1b[31m.txt", "a\\x1b[31m.txt"),
        ("\u202egpj.txt", "\\x202egpj.txt"),
        ("..", "nameless"),
    ],
)
def test_names_are_shown_without_ways_out_and_tricks(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@given(st.text(max_size=300))
def test_any_name_is_shown_on_one_short_line(name: str) -> None:
    shown = shown_name(name)
    assert shown
    assert len(shown) <= 201
    assert len(shown.splitlines()) == 1


def test_archives_in_archives_end_somewhere(temporary: Path) -> None:
    [found] = read_member([STORY], "a.txt", source(members.MAX_DEPTH), Budget(), False)
    assert isinstance(found, Problem)
    assert "archives deep" in found.reason


def test_a_member_takes_its_bytes_off_the_budget() -> None:
    budget = Budget(bytes_left=10)
    write_bounded([b"12345"], BytesIO(), budget)
    assert (budget.bytes_left, budget.spent) == (5, False)
    with pytest.raises(ReadingError, match="unpack it"):
        write_bounded([b"123456"], BytesIO(), budget)
    assert budget.spent


def test_a_member_has_a_largest_size() -> None:
    file = BytesIO()
    with pytest.raises(ReadingError, match="split"):
        write_bounded([b"1" * 60, b"1" * 60], file, Budget(), limit=100)
    assert len(file.getvalue()) <= 100


def test_zeros_out_of_all_proportion_are_refused() -> None:
    zeros = (bytes(2**20) for _ in range(1000))
    with pytest.raises(ReadingError, match="times its size"):
        list(within_ratio(zeros, packed=1000))
    assert len(list(within_ratio([bytes(2**20)], packed=1000))) == 1


FORMS: list[tuple[Callable[[bytes], bytes], Callable[[], Unpacker]]] = [
    (gzip.compress, Inflater),
    (bz2.compress, bz2.BZ2Decompressor),
    (lzma.compress, lzma.LZMADecompressor),
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
    data = bytearray(gzip.compress(STORY))
    data[-6] ^= 1
    with pytest.raises(ReadingError, match="checksum") as caught:
        list(unpacked([bytes(data)], Inflater))
    assert not isinstance(caught.value, TornError)
