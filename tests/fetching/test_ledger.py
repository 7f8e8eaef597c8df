"""Ledger: it outlives being killed, hostile lines and a second run at the same time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from presslens.fetching.ledger import Entry, Ledger, failure, now, read_ledger
from presslens.problems import PresslensError
from presslens.reading.fetched import LEDGER


def page(url: str = "https://harbour.example/a", file: str = "a.html") -> Entry:
    return Entry(url=url, outcome="fetched", time=now(), file=file, bytes=5, status=200)


def test_what_is_added_can_be_read_back(tmp_path: Path) -> None:
    entries = [page(), failure("https://harbour.example/\u2028ü", "no; try again", status=404)]
    with Ledger(tmp_path / "new" / "pages") as ledger:
        for entry in entries:
            ledger.add(entry)
            assert read_ledger(ledger.folder)[-1] == entry  # at once, not at the end
    assert read_ledger(tmp_path / "new" / "pages") == entries
    assert read_ledger(tmp_path) == []


def test_a_page_is_known_while_its_file_is_there_and_whole(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.save("a.html", b"ferry")
        ledger.add(page())
        ledger.add(failure(page().url, "busy; run again later"))
    with Ledger(tmp_path) as ledger:
        assert ledger.known(page().url) is not None
        (tmp_path / "a.html").write_bytes(b"fer")
        assert ledger.known(page().url) is None
        (tmp_path / "a.html").unlink()
        assert ledger.known(page().url) is None


def test_the_half_line_of_a_run_that_was_killed_is_passed_over(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.add(page("https://harbour.example/a"))
        ledger.add(page("https://harbour.example/b"))
    path = tmp_path / LEDGER
    path.write_bytes(path.read_bytes()[:-20])
    with Ledger(tmp_path) as ledger:
        ledger.add(page("https://harbour.example/c"))
    assert [entry.url[-1] for entry in read_ledger(tmp_path)] == ["a", "c"]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"url": "x"}',
        b'{"url": 1, "outcome": "fetched", "time": "t"}',
        b'{"url": "x", "outcome": "lost", "time": "t"}',
        b'{"url": "x", "outcome": ["fetched"], "time": "t"}',
        b'{"url": "x", "outcome": "fetched", "time": "t", "bytes": "5"}',
        b'{"url": "x", "outcome": "fetched", "time": "t", "bytes": true}',
        b'{"url": "x", "outcome": "fetched", "time": "t", "file": "../x"}',
        b'{"url": "x", "outcome": "fetched", "time": "t", "file": "/etc/passwd"}',
        b'{"url": "x", "outcome": "fetched", "time": "t", "file": ""}',
        b'{"url": "x", "outcome": "fetched", "time": "t", "file": "a\\u0000b"}',
    ],
)
def test_lines_that_are_broken_or_lead_elsewhere_are_passed_over(
    tmp_path: Path, line: bytes
) -> None:
    good = json.dumps({"url": "y", "outcome": "fetched", "time": "t", "later": "field"}).encode()
    (tmp_path / LEDGER).write_bytes(line + b"\n" + good + b"\n")
    assert [entry.url for entry in read_ledger(tmp_path)] == ["y"]


def test_leftovers_of_a_killed_run_are_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".a.html.part").write_text("half")
    (tmp_path / "b.html.part").write_text("mine")
    with Ledger(tmp_path):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"b.html.part", LEDGER}


def test_two_runs_do_not_write_to_the_same_folder(tmp_path: Path) -> None:
    message = r"another run is fetching to .*choose another"
    with Ledger(tmp_path), pytest.raises(PresslensError, match=message):
        Ledger(tmp_path)
    with Ledger(tmp_path):
        pass


def test_a_page_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with Ledger(tmp_path) as ledger:
        ledger.save("a.html", b"ferry")
        monkeypatch.setattr("presslens.fetching.ledger.os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            ledger.save("a.html", b"other")
    assert (tmp_path / "a.html").read_bytes() == b"ferry"
    assert {path.name for path in tmp_path.iterdir()} == {"a.html", LEDGER}
