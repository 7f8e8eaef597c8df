"""Members: bounded copies and safe names; nothing is left behind."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.article import Article
from presslens.problems import Problem, ReadingError
from presslens.reading import members
from presslens.reading.files import Source
from presslens.reading.members import Budget, read_member, shown_name, write_bounded

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
