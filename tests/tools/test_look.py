"""tools/look.py: what Chromium reports and what the page holds become sentences."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from look import BROWSERS, faults, trouble

from presslens.paths import ROOT

PIXEL = base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><circle r="50"/></svg>'
).decode()
FIGURE = f'<img alt="a disc" src="data:image/svg+xml;base64,{PIXEL}">'

SOUND: dict[str, Any] = {
    "title": "Who speaks",
    "text": 400,
    "figures": 2,
    "broken": [],
    "silent": 0,
    "lost": [],
    "links": [],
    "excess": 0,
}


def event(method: str, **told: Any) -> dict[str, Any]:
    return {"method": method, "params": told}


def test_a_sound_page_has_no_faults() -> None:
    assert faults(SOUND, figures=True) == []


@pytest.mark.parametrize(
    ("lack", "told"),
    [
        ({"title": " "}, "has no title"),
        ({"text": 0}, "shows no text"),
        ({"figures": 0}, "shows no figure"),
        ({"broken": ["share of voices"]}, "picture does not show: share of voices"),
        ({"silent": 1}, "alternative text"),
        ({"lost": ["s12"]}, "#s12"),
        ({"links": ["file:///nowhere/at%20all.html#x"]}, "/nowhere/at all.html"),
        ({"excess": 40}, "40 pixels wider"),
    ],
)
def test_each_lack_is_told(lack: dict[str, Any], told: str) -> None:
    (sentence,) = faults({**SOUND, **lack}, figures=True)
    assert told in sentence


def test_a_page_that_needs_no_figure_may_have_none() -> None:
    assert faults({**SOUND, "figures": 0}, figures=False) == []


@pytest.mark.parametrize("url", ["https://fonts.example/a.css", "http://h.example/", "ws://h/"])
def test_a_request_to_another_machine_is_told(url: str) -> None:
    sent = event("Network.requestWillBeSent", requestId="1", request={"url": url})
    assert trouble([sent]) == [f"asks another machine for {url}"]


def test_local_requests_and_console_notes_are_no_trouble() -> None:
    sent = event("Network.requestWillBeSent", requestId="1", request={"url": "file:///a.html"})
    note = event("Runtime.consoleAPICalled", type="log", args=[{"value": "hello"}])
    assert trouble([sent, note]) == []


def test_failed_requests_and_console_errors_are_told() -> None:
    told = trouble(
        [
            event("Network.requestWillBeSent", requestId="7", request={"url": "file:///b.png"}),
            event("Network.loadingFailed", requestId="7", errorText="ERR_FILE_NOT_FOUND"),
            event("Runtime.consoleAPICalled", type="error", args=[{"value": "boo"}]),
            event("Runtime.exceptionThrown", exceptionDetails={"text": "Uncaught"}),
            event("Log.entryAdded", entry={"level": "error", "text": "blocked"}),
        ]
    )
    assert told == [
        "file:///b.png: ERR_FILE_NOT_FOUND",
        "console: boo",
        "script error: Uncaught",
        "console: blocked",
    ]


@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chromium here")
@pytest.mark.parametrize(("body", "code"), [(FIGURE, 0), ('<img alt="x" src="no.png">', 1)])
def test_the_pages_that_an_index_links_to_are_looked_at(
    tmp_path: Path, body: str, code: int
) -> None:
    index, report = tmp_path / "index.html", tmp_path / "report.html"
    run_index = tmp_path / "run" / "index.html"
    run_index.parent.mkdir()
    run_index.write_text("<!doctype html><title>Run</title><p>Of one day</p>")
    links = '<a href="report.html">one</a><a href="run/index.html">two</a>'
    index.write_text(f"<!doctype html><title>Reports</title>{links}")
    report.write_text(f"<!doctype html><title>Voices</title><p>Text</p>{body}")
    command = [sys.executable, ROOT / "tools" / "look.py", "--screenshots", tmp_path / "s", index]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert run.returncode == code, run.stdout + run.stderr
    assert "'Voices'" in run.stdout
    assert len(list((tmp_path / "s").glob("*.png"))) == 3
