"""Bad input on the command line: named, with what to do; the rest goes through, nothing is lost."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from presslens import cli
from presslens.corpus import Corpus, CorpusError
from presslens.tables import TableWriter

GOOD = (
    "Ferry will run all night\n\nThe ferry will run around the clock, its operator said on Monday. "
    "Residents had asked for it for years.\n"
)


def presslens(*arguments: str | Path) -> Any:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD)
    return path


def test_names_that_are_no_text_are_shown_and_stored(tmp_path: Path, good: Path) -> None:
    folder = os.fsencode(tmp_path / "in")
    os.mkdir(folder)  # noqa: PTH102 -- pathlib has no names of bytes
    try:
        with open(folder + b"/caf\xe9.bin", "wb") as file:  # noqa: PTH123
            file.write(b"\0\1")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    result = presslens("analyze", tmp_path / "in", good, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert r"caf\xe9.bin: reading: it is a binary file" in result.stderr
    assert Corpus(tmp_path / "out").problems["origin"][0].endswith(r"caf\xe9.bin")


def test_halves_of_characters_in_any_field_cost_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    half = "x\ud800"
    row = {"text": GOOD, "id": half, "url": f"https://a.example/{half}", "language": half}
    path.write_text("\n".join(json.dumps(each) for each in (row, {"text": GOOD + "Again."})))
    assert presslens("analyze", path, "--out", tmp_path / "out").exit_code == 0
    assert pq.read_table(tmp_path / "out" / "articles.parquet").num_rows == 2


def test_control_characters_of_a_name_do_not_reach_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\n\x1b[31mb\u202ec.txt").write_bytes(b"")
    result = presslens("read", tmp_path)
    assert r"a\n\x1b[31mb\u202ec.txt: reading: it is empty" in result.stderr


def test_earlier_tables_stay_when_nothing_could_be_read(tmp_path: Path, good: Path) -> None:
    out = tmp_path / "out"
    assert presslens("analyze", good, "--out", out).exit_code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    result = presslens("analyze", tmp_path / "typo", "--out", out)
    assert result.exit_code == 1
    assert "stay as they were" in result.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_an_out_that_is_a_file_is_named_with_what_to_do(tmp_path: Path, good: Path) -> None:
    for out in (good, good / "deeper"):
        result = presslens("analyze", good, "--out", out)
        assert result.exit_code == 1
        assert f"{out}: " in result.stderr
        assert "choose another name" in result.stderr
    assert good.read_text() == GOOD


def test_what_a_killed_run_left_behind_is_cleared_by_the_next(tmp_path: Path, good: Path) -> None:
    (tmp_path / "out" / ".writing-dead").mkdir(parents=True)
    assert presslens("analyze", good, "--out", tmp_path / "out").exit_code == 0
    assert not list((tmp_path / "out").glob(".*"))


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    close = pq.ParquetWriter.close

    def full(writer: pq.ParquetWriter) -> None:
        if writer.is_open:
            close(writer)
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "close", full)
    with pytest.raises(OSError, match="No space"), TableWriter(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_damaged_tables_are_found_before_a_report_begins(tmp_path: Path, good: Path) -> None:
    out = tmp_path / "out"
    presslens("analyze", good, "--out", out)
    (out / "sentences.parquet").write_bytes(b"PAR1 and nothing more")
    with pytest.raises(CorpusError, match=r"sentences\.parquet cannot be read"):
        Corpus(out).check()
    result = presslens("report", "--corpus", out, "--reports", tmp_path / "reports")
    assert result.exit_code == 1
    assert "analyse its inputs anew" in result.stderr
    assert not (tmp_path / "reports").exists()
