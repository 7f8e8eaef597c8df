"""Repeats: a flood of problems becomes some of them and a count, and costs no article."""

from __future__ import annotations

import zipfile
from pathlib import Path

from found import sort_out

from presslens.problems import Problem
from presslens.reading import read_all
from presslens.reading.repeats import MAX_ALIKE, MAX_KINDS, without_repeats


def problems(*reasons: str) -> list[Problem]:
    return [Problem(f"a:{n}", "reading", reason) for n, reason in enumerate(reasons, start=1)]


def test_a_thousand_broken_lines_are_shown_twenty_times_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("{broken\n" * 1000 + '{"text": "The ferry sailed."}\n')
    articles, found = sort_out(read_all([path]))
    assert [article.origin for article in articles] == [f"{path}:1001"]
    assert [problem.origin for problem in found[:-1]] == [
        f"{path}:{n}" for n in range(1, MAX_ALIKE + 1)
    ]
    assert found[-1].origin == str(path)
    assert found[-1].reason.startswith("it has 980 more problems like this: invalid JSON")


def test_a_flood_of_members_is_counted_for_the_whole_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as package:
        for number in range(100):
            package.writestr(f"{number}.txt", "")
            package.writestr(f"{number}.jsonl", "{broken\n" * 30)
    _, found = sort_out(read_all([path]))
    assert len(found) == 2 * MAX_ALIKE + 2
    assert {problem.reason.split(":")[0] for problem in found[-2:]} == {
        "it has 80 more problems like this",
        "it has 2,980 more problems like this",
    }


def test_as_many_as_are_shown_have_no_count() -> None:
    few = problems(*["it is empty"] * MAX_ALIKE)
    assert list(without_repeats(few, origin="a")) == few


def test_numbers_and_names_make_no_other_kind_and_other_words_do() -> None:
    alike = problems(*(f"broken row: it has {n} cells like '{n}x'" for n in range(100)))
    other = problems("the line is too long")
    found = list(without_repeats([*alike, *other], origin="a"))
    assert found[:-1] == [*alike[:MAX_ALIKE], *other]


def test_each_file_has_its_own_count(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_text("{broken\n" * MAX_ALIKE)
    assert len(sort_out(read_all([tmp_path]))[1]) == 2 * MAX_ALIKE


def test_kinds_without_end_are_bounded() -> None:
    words = (a + b + c for a in "abcdefgh" for b in "abcdefgh" for c in "abcdefgh")
    found = list(without_repeats(problems(*words), origin="a"))
    assert len(found) == MAX_KINDS + MAX_ALIKE + 1
    assert isinstance(found[-1], Problem)
    assert found[-1].reason == f"it has {8**3 - MAX_KINDS - MAX_ALIKE} more problems of other kinds"
