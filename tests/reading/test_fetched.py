"""Fetched: a saved page is read with the address and the charset that fetching noted."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from presslens.article import Article
from presslens.reading.fetched import LEDGER, Noted, noted
from presslens.reading.files import source_of
from presslens.reading.html import READER

PAGE = (
    "<html><head><title>Mostar mlýn</title></head><body><article><h1>Old mill opens again</h1>"
    "<p>Řeka Alma flooded the mill of Jiří Dvořák in the spring, and his neighbours rebuilt it.</p>"
    "<p>“Kolo se točí,” he said on Friday, and the wheel turned for the first time since then.</p>"
    "</article></body></html>"
)


def note(folder: Path, **row: object) -> None:
    with (folder / LEDGER).open("a") as ledger:
        ledger.write(json.dumps({"outcome": "fetched", "time": "2026-01-01", **row}) + "\n")


def read(page: Path) -> Article:
    [article] = READER.read(source_of(page), False)
    assert isinstance(article, Article)
    return article


def test_a_page_that_says_nothing_is_read_as_its_server_named_it(tmp_path: Path) -> None:
    (tmp_path / "mill.html").write_bytes(PAGE.encode("iso-8859-2", "ignore"))
    note(
        tmp_path,
        url="https://alma.example/1",
        final_url="https://alma.example/news/old-mill",
        file="mill.html",
        content_type="text/html; charset=ISO-8859-2",
    )
    article = read(tmp_path / "mill.html")
    assert (article.url, article.outlet) == ("https://alma.example/news/old-mill", "alma.example")
    assert "Jiří Dvořák" in article.text


def test_later_lines_count_and_broken_ones_are_passed_over(tmp_path: Path) -> None:
    note(tmp_path, url="https://alma.example/1", file="a.html", content_type=7)
    note(tmp_path, url="https://alma.example/2", file="a.html", content_type="text/html")
    note(tmp_path, url="https://alma.example/3")
    with (tmp_path / LEDGER).open("ab") as ledger:
        ledger.write(b'\xff\n[]\n{"file": 3}\n{"file": "b.html", "url": 4}\n{"file": "c')
    assert noted(tmp_path) == {"a.html": Noted("https://alma.example/2"), "b.html": Noted()}


def test_a_ledger_that_grows_is_read_again(tmp_path: Path) -> None:
    assert noted(tmp_path) == {}
    note(tmp_path, url="https://alma.example/1", file="a.html")
    assert noted(tmp_path).keys() == {"a.html"}
    note(tmp_path, url="https://alma.example/2", file="b.html")
    assert noted(tmp_path).keys() == {"a.html", "b.html"}


@pytest.mark.parametrize("charset", ["hex", "no-such", "utf-7", "utf-16"])
def test_a_charset_that_cannot_be_is_passed_over(tmp_path: Path, charset: str) -> None:
    (tmp_path / "mill.html").write_text(PAGE, "utf-8")
    note(tmp_path, url="https://alma.example/1", file="mill.html",
         content_type=f"text/html; charset={charset}")  # fmt: skip
    assert "Jiří Dvořák" in read(tmp_path / "mill.html").text


def test_a_huge_ledger_takes_bounded_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("presslens.reading.fetched.MAX_LEDGER", 2**20)
    (tmp_path / LEDGER).write_bytes(b"[" * 2**24)
    began = time.process_time()
    assert noted(tmp_path) == {}
    assert time.process_time() - began < 1
