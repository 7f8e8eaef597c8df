"""The command: progress, the report, and exit statuses."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from presslens.fetching import addresses
from presslens.fetching.command import fetch_command

app = typer.Typer()
app.command("fetch")(fetch_command)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def open_site(site, monkeypatch: pytest.MonkeyPatch):
    """The site, taken for one of the public Internet."""
    monkeypatch.setattr(addresses, "is_public", lambda text: True)
    return site


def test_pages_are_saved_and_reported(open_site, out: Path) -> None:
    done = run(open_site.serve("/a"), open_site.serve("/b"), "--out", out, "--delay", 0)
    assert done.exit_code == 0, done.output
    assert f"[1/2] fetched   {open_site.root}/a" in done.stderr
    assert done.stdout == f"{out}: 2 fetched, 0 unchanged, 0 already there, 0 failed\n"
    again = run(open_site.root + "/a", "--out", out, "--refresh", "--delay", 0)
    assert "1 unchanged" in again.stdout


def test_a_failure_is_named_and_exits_1(site, out: Path) -> None:
    done = run(site.serve("/a"), "--out", out)
    assert done.exit_code == 1
    assert "private or reserved address" in done.stdout
    assert site.asked == []


def test_the_limit_on_size_is_in_mb(open_site, out: Path) -> None:
    url = open_site.serve("/a", b"<html>" + b"a" * 2**19)
    options = ("--out", out, "--delay", 0, "--retries", 0, "--timeout", 5)
    assert "larger than 0.25 MB" in run(url, *options, "--max-mb", 0.25).stdout
    assert run(url, *options, "--max-mb", 1).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("https://harbour.example/",),
        ("--out", "pages"),
        ("https://harbour.example/", "--out", "pages", "--delay", "-1"),
        ("https://harbour.example/", "--out", "pages", "--delay", "nan"),
        ("https://harbour.example/", "--out", "pages", "--timeout", "0"),
        ("https://harbour.example/", "--out", "pages", "--retries", "-1"),
        ("https://harbour.example/", "--out", "pages", "--max-mb", "0"),
        ("https://harbour.example/", "--out", "pages", "--max-mb", "nan"),
        ("https://harbour.example/", "--out", "pages", "--max-mb", "much"),
        ("https://harbour.example/", "--out", "pages", "--allow-private"),
    ],
)
def test_bad_calls_exit_2(arguments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_an_error_with_advice(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("https://harbour.example/", "--out", tmp_path / "file")
    assert done.exit_code == 1
    assert "choose another folder" in done.stderr


def test_ctrl_c_says_how_to_go_on(open_site, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("presslens.fetching.command._print_progress", interrupt)
    done = run(open_site.serve("/a"), "--out", out, "--delay", 0)
    assert done.exit_code == 130
    assert "run the same command again" in done.stderr
