"""Rows' articles: languages, titles and authors as exports write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from presslens.article import Article
from presslens.reading import read

TEXT = "The ferry will run around the clock, its operator said."


def article_of(folder: Path, *, verbatim: bool = False, **row: Any) -> Article:
    path = folder / "a.jsonl"
    path.write_text(json.dumps({"text": TEXT, **row}))
    (article,) = read(path, verbatim=verbatim)
    return article


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("en", "en"), ("EN", "en"), ("en-GB", "en"), ("pt_BR", "pt"), ("zh-Hant", "zh"),
        ("Dutch", "nl"), ("English", "en"), ("Deutsch", "de"), ("eng", "en"), ("ger", "de"),
        ("eng_Latn", "en"), ("spa", "es"), ("gsw", "gsw"), ("und", None), ("English edition", None),
        ("12", None), (None, None),
    ],
)  # fmt: skip
def test_a_language_is_its_code_however_it_is_written(
    tmp_path: Path, written: str | None, code: str | None
) -> None:
    assert article_of(tmp_path, language=written).language == code


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Ferry will run all night - The Harbour Post", "Ferry will run all night"),
        ("Ferry will run all night | Harbour Post", "Ferry will run all night"),
        ("Ferry will run all night - Local - Harbour Post", "Ferry will run all night - Local"),
        ("Ferry will run all night - Nurses cheer", "Ferry will run all night - Nurses cheer"),
        ("The Harbour Post", "The Harbour Post"),
    ],
)
@pytest.mark.parametrize("outlet", ["Harbour Post", "The Harbour Post"])
def test_the_papers_name_is_no_part_of_the_title(
    tmp_path: Path, title: str, shown: str, outlet: str
) -> None:
    assert article_of(tmp_path, title=title, publication=outlet).title == shown


def test_verbatim_keeps_the_papers_name_in_the_title(tmp_path: Path) -> None:
    title = "Ferry will run all night - Harbour Post"
    assert (
        article_of(tmp_path, verbatim=True, title=title, publication="Harbour Post").title == title
    )


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("mira.holt@post.example", ()),
        ("<mira.holt@post.example>", ()),
        ("Mira Holt <mira.holt@post.example>", ("Mira Holt",)),
        ("mira.holt@post.example (Mira Holt)", ("Mira Holt",)),
        (["Mira Holt", "desk@post.example"], ("Mira Holt",)),
        ({"name": "mira@post.example"}, ()),
    ],
)
def test_an_address_is_no_author(tmp_path: Path, written: object, authors: tuple[str, ...]) -> None:
    article = article_of(tmp_path, authors=written)
    assert (article.authors, article.credits) == (authors, ())
