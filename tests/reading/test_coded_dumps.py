"""Coded dumps: the reader gets at least so much of those right that it was mended on.

Those of another author only measure (`benchmarks/reading.py`), and no test looks at them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from presslens.article import Article
from presslens.reading import read

CODED = Path(__file__).parent / "dumps" / "coded"
FLOOR = 56


def golds() -> list[dict[str, Any]]:
    lines = (CODED / "gold.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def article_of(gold: dict[str, Any]) -> Article:
    (article,) = read(CODED / gold["file"])
    return article


@pytest.mark.parametrize("field", ["title", "url", "published", "authors", "section", "related"])
def test_fields_of_nearly_all_dumps_are_right(field: str) -> None:
    found = [(getattr(article_of(gold), field), gold[field]) for gold in golds()]
    right = [
        sorted(value) == sorted(expected)
        if isinstance(expected, list)
        else (str(value) if value else None) == expected
        for value, expected in found
    ]
    assert sum(right) >= FLOOR


def test_no_line_around_nearly_any_article_stands_in_its_text() -> None:
    clean = 0
    for gold in golds():
        paragraphs = article_of(gold).text.split("\n\n")
        clean += not any(line in paragraphs for line in gold["drop"])
    assert clean >= FLOOR


def test_nearly_all_texts_end_where_they_should() -> None:
    marks = str.maketrans("“”’", '""\'')
    ends = [
        article_of(gold).text.translate(marks).endswith(gold["last"].translate(marks))
        for gold in golds()
    ]
    assert sum(ends) >= FLOOR
