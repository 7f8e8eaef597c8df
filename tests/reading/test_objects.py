"""Objects: keys without a text are looked at once, and keys beyond the bound are told of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from found import sort_out

from presslens.reading import objects, read_all


def test_why_objects_have_no_text_is_found_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    find = objects.find_columns
    monkeypatch.setattr(
        objects, "find_columns", lambda names, chosen: asked.append(names) or find(names, chosen)
    )
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1}\n' * 50)
    _, (problem,) = sort_out(read_all([path]))
    assert "none of its 50 objects" in problem.reason
    assert asked == [("id",)]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_keys_beyond_the_bound_are_told_of(tmp_path: Path, name: str) -> None:
    names = [f"k{n}" for n in range(3000)]
    row = {**dict.fromkeys(names, 1), "text": "The ferry sailed."}
    lines = (
        [json.dumps(row)] if name != "a.csv" else [",".join(row), ",".join(map(str, row.values()))]
    )
    (tmp_path / name).write_text("\n".join(lines))
    _, (problem,) = sort_out(read_all([tmp_path / name]))
    assert "only its first 2,000 columns were looked at" in problem.reason
    assert "--column text=NAME" in problem.reason


def test_few_keys_are_all_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 1}\n')
    _, (problem,) = sort_out(read_all([tmp_path / "a.jsonl"]))
    assert "were looked at" not in problem.reason
