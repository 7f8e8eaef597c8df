import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from presslens.reporting.manifest import describe_inputs, git_state, write_json


def git(folder, *arguments):
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    command = [shutil.which("git") or "git", *who, "-C", str(folder), *arguments]
    subprocess.run(command, check=True, capture_output=True)


def test_every_file_of_an_input_folder_is_hashed(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_bytes(b"")
    [described] = describe_inputs([tmp_path])
    [file] = described["files"]
    assert file["path"].endswith("deep/a.txt")
    assert (file["bytes"], file["sha256"][:8]) == (0, "e3b0c442")


def test_an_input_that_vanished_has_no_hash(tmp_path):
    [described] = describe_inputs([tmp_path / "gone.txt"])
    assert described["files"][0]["sha256"] is None


def test_a_commit_and_changes_are_told(tmp_path):
    git(tmp_path, "init")
    (tmp_path / "a").write_text("1")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-m", "a")
    state = git_state(tmp_path)
    assert len(state["commit"]) == 40
    assert state["dirty"] is False
    (tmp_path / "a").write_text("2")
    assert git_state(tmp_path)["dirty"] is True


def test_a_folder_inside_somebody_elses_repository_has_no_commit(tmp_path, monkeypatch):
    git(tmp_path, "init")
    (tmp_path / "inner").mkdir()
    assert git_state(tmp_path / "inner") == {"commit": None, "dirty": None}
    monkeypatch.setenv("PATH", "")
    assert git_state(tmp_path) == {"commit": None, "dirty": None}


def test_json_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "m.json"
    write_json(path, {"a": "é"})
    assert json.loads(path.read_text("utf-8")) == {"a": "é"}
    with pytest.raises(TypeError):
        write_json(path, {("not", "a key"): 1})
    assert json.loads(path.read_text("utf-8")) == {"a": "é"}
    assert [each.name for each in tmp_path.iterdir()] == ["m.json"]


def test_pipes_and_links_to_themselves_are_described_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "a.txt").write_text("x")
    (described,) = describe_inputs([tmp_path])
    hashes = {Path(file["path"]).name: file["sha256"] for file in described["files"]}
    assert hashes["a.txt"] is not None
    assert hashes["pipe.txt"] is None
    assert describe_inputs([tmp_path / "loop"])[0]["files"][0]["sha256"] is None
