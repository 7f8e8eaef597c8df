"""The command `presslens read`, as people call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from presslens import cli
from presslens.paths import ROOT

SAMPLE = ROOT / "data" / "sample"
FERRY = (
    "Ferry runs aground off Kestrel Point\n\nBy Ana Lima\n\n3 March 2025\n\n"
    "The ferry Solveig ran aground off Kestrel Point on Monday, its operator said.\n\n"
    "Nobody was hurt, and all of the passengers walked ashore before noon.\n\n"
    "Divers will look at the hull when the tide is out, the coast guard said.\n\n"
    "Share this story\n\nSign up for our newsletter\n"
)


def read(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, ["read", *map(str, arguments)])


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(FERRY, "utf-8")
    return path


def test_people_see_fields_body_and_what_was_dropped(ferry: Path) -> None:
    done = read(ferry)
    assert done.exit_code == 0, done.output
    for line in (
        "  title        Ferry runs aground off Kestrel Point",
        "  published    Monday, 2025-03-03 (no time)",
        "  authors      Ana Lima",
        "  outlet       not found",
        "               [… 1 paragraph, 12 words …]",
        "  dropped as not the article: 2 lines",
        "    Share this story",
        "    Sign up for our newsletter",
    ):
        assert line in done.stdout.splitlines()


def test_full_shows_the_whole_body(ferry: Path) -> None:
    assert "walked ashore" not in read(ferry).stdout
    assert "walked ashore" in read("--full", ferry).stdout


def test_json_has_what_was_dropped(ferry: Path) -> None:
    (article,) = map(json.loads, read("--json", ferry).stdout.splitlines())
    assert article["title"] == "Ferry runs aground off Kestrel Point"
    assert article["dropped"] == ["Share this story", "Sign up for our newsletter"]


def test_several_articles_in_a_file_are_shown_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [{"id": name, "title": f"Story {name}", "text": f"{FERRY} {name}"} for name in "abc"]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    shown = read(path).stdout
    assert [line for line in shown.splitlines() if line.startswith("  id ")] == [
        f"  id           {name}" for name in "abc"
    ]
    assert f"{path}:3" in shown


def test_a_file_with_no_article_is_a_problem_and_exits_1(ferry: Path, tmp_path: Path) -> None:
    empty = tmp_path / "links.html"
    empty.write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>")
    done = read(ferry, empty)
    assert done.exit_code == 1
    assert "Ferry runs aground" in done.stdout
    assert "links.html: reading: " in done.stderr


@pytest.mark.parametrize("options", [[], ["--json"], ["--problems"]])
def test_an_empty_folder_is_a_problem_and_exits_1(options: list[str], tmp_path: Path) -> None:
    done = read(*options, tmp_path)
    assert done.exit_code == 1
    assert "holds no articles" in " ".join(done.output.split())


def test_hostile_text_reaches_the_terminal_escaped(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    evil = "\x1b]0;owned\x07 \u202eevil"
    row = {"id": evil, "title": evil, "text": FERRY + evil, "url": f"https://x.example/{evil}"}
    path.write_text(json.dumps(row), "utf-8")
    for options in ([], ["--full"], ["--verbatim"], ["--problems"]):
        shown = read(*options, path).output
        assert all(line.isprintable() for line in shown.split("\n"))


def test_problems_sums_up_a_folder(ferry: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text(FERRY, "utf-8")
    (tmp_path / "empty.txt").write_text("")
    done = read("--problems", tmp_path)
    assert done.exit_code == 1
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "dump .txt 1 1" in lines
    assert "all 3 1" in lines
    assert "without outlet 1 (100 %)" in lines
    assert "duplicates 1" in lines
    assert "1 reading: it is empty; expected an article" in lines
    assert str(tmp_path / "empty.txt") in lines


def test_problems_exits_0_where_nothing_failed() -> None:
    done = read("--problems", SAMPLE)
    assert done.exit_code == 0
    assert "no problems" in done.stdout


def test_problems_and_json_together_are_a_wrong_call(ferry: Path) -> None:
    assert read("--problems", "--json", ferry).exit_code == 2


def test_a_page_names_its_menus_as_dropped_and_no_line_of_its_body() -> None:
    (article,) = map(
        json.loads,
        read("--json", SAMPLE / "2025-03-05-herald-lead-study.html").stdout.splitlines(),
    )
    assert {"Copy link", "Subscribe"} <= set(article["dropped"])
    assert not set(article["dropped"]) & set(article["text"].split("\n\n"))
