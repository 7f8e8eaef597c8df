"""Offline: nothing that is analysed leaves the machine, nor is anything fetched to do it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pyarrow.parquet as pq
from typer.testing import CliRunner

from presslens import cli
from presslens.paths import ROOT

if TYPE_CHECKING:
    import pytest

SAMPLE = ROOT / "data" / "sample"
STORIES = sum(path.suffix in {".txt", ".html"} for path in SAMPLE.iterdir()) + len(
    (SAMPLE / "ledger.jsonl").read_text("utf-8").splitlines()
)

# Python's own events: whatever opens a connection or asks for a name goes through them.
NO_NETWORK = """
import sys

def refuse(event, given):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
                 "socket.gethostbyaddr", "socket.sendmsg", "urllib.Request", "http.client.connect"}:
        raise SystemExit(f"{event}: {given}")

sys.addaudithook(refuse)
from presslens.cli import app
app(sys.argv[1:])
"""


def offline(home: Path) -> dict[str, str]:
    """An environment in which nothing that was fetched earlier is found."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}
    return {**kept, "HOME": str(home), "XDG_CACHE_HOME": str(home), "PRESSLENS_THREADS": "2"}


def check(out: Path) -> None:
    articles = pq.read_table(out / "articles.parquet")
    assert articles.num_rows == STORIES
    assert set(pq.read_table(out / "sentences.parquet")["article_id"].to_pylist()) == set(
        articles["article_id"].to_pylist()
    )


def test_the_sample_is_analysed_with_sockets_blocked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: object, **more: object) -> NoReturn:
        raise AssertionError(f"something asked for the network: {given}")

    for name in ("connect", "connect_ex", "sendto", "sendmsg"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    result = CliRunner().invoke(cli.app, ["analyze", str(SAMPLE), "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    check(tmp_path / "out")


def alone() -> list[str]:
    """What puts a command into a network of its own that reaches nothing, where a test may."""
    command = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare"):
        return []
    tried = subprocess.run([*command, "true"], capture_output=True, check=False)
    return [] if tried.returncode else command


def test_a_fresh_process_in_an_empty_home_asks_for_no_network(tmp_path: Path) -> None:
    command = [sys.executable, "-c", NO_NETWORK, "analyze", str(SAMPLE), "--out", "out"]
    (tmp_path / "home").mkdir()
    found = subprocess.run(
        [*alone(), *command],
        cwd=tmp_path,
        env=offline(tmp_path / "home"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    check(tmp_path / "out")
    assert list((tmp_path / "home").iterdir()) == []


def test_the_block_blocks() -> None:
    asking = "import socket; socket.create_connection(('127.0.0.1', 9))"
    blocked = NO_NETWORK.replace("from presslens.cli import app\napp(sys.argv[1:])", asking)
    assert asking in blocked
    found = subprocess.run([sys.executable, "-c", blocked], capture_output=True, text=True)
    assert found.returncode == 1
    assert found.stderr.startswith("socket.")
