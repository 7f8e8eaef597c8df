"""Quote marks: tables without quoting keep the quotations that their texts begin with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from found import sort_out

from presslens.reading import read, read_all
from presslens.reading.quote_marks import are_text

HEADER = "title\ttext"


def table(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def texts_of(path: Path) -> list[str]:
    return [article.text.rpartition("\n")[2] for article in read(path)]


def test_a_text_that_begins_with_a_quotation_keeps_its_marks(tmp_path: Path) -> None:
    said = ['"We will go," the mayor said.', '"No," a nurse said, "we stay."', "All stayed."]
    path = table(tmp_path / "a.tsv", HEADER, *(f"Ferry plan\t{text}" for text in said))
    assert texts_of(path) == said


def test_a_quotation_that_is_not_closed_costs_no_row(tmp_path: Path) -> None:
    said = ['"We will go. We have to.', "The nurses stayed.", "The ferry left."]
    path = table(tmp_path / "a.tsv", HEADER, *(f"Ferry plan\t{text}" for text in said))
    articles, problems = sort_out(read_all([path]))
    assert (len(articles), problems) == (3, [])
    assert texts_of(path) == said


def test_marks_round_whole_cells_are_no_part_of_the_text(tmp_path: Path) -> None:
    quoted = ['"""We will go,"" the mayor said."', '"A tab\there."', '"Two\n\nparagraphs."']
    path = table(tmp_path / "a.tsv", HEADER, *(f"Ferry plan\t{text}" for text in quoted))
    assert texts_of(path)[0] == '"We will go," the mayor said.'
    assert len(read(path)) == 3


def test_what_stands_above_the_header_does_not_count(tmp_path: Path) -> None:
    row = 'Ferry plan\t"We will go," the mayor said.'
    path = table(tmp_path / "a.tsv", "All about ferries", "", HEADER, row)
    assert texts_of(path) == ['"We will go," the mayor said.']


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (['a\t"We go," she said.'], True),
        (['a\t"We go'], True),
        (['a\t"We go," she said.', "\n", "b\tNo quotation."], True),
        (['a\t"We go."'], False),
        (['a\tThe "Tern" sails.'], False),
        (['a\t"We go," she said.', "b\tc\td"], False),
        (['a\t"We ""go""."', 'b\t"He ""stays""."', 'c\t"One "broken" cell."'], False),
        ([], False),
    ],
)
def test_marks_are_text_where_most_break_the_rules_and_lines_are_rows(
    rows: list[str], text: bool
) -> None:
    assert are_text([HEADER, *rows], "\t") is text


def test_a_lone_column_tells_nothing() -> None:
    assert not are_text(["text", json.dumps("We go") + " she said."], "\t")
