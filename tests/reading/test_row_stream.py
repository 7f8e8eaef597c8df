"""Row stream: a column as a whole tells how its dates are read, and rows come one by one."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from found import sort_out
from openpyxl import Workbook

from presslens.article import Article
from presslens.problems import Problem, ReadingError
from presslens.reading import read_all, row_stream
from presslens.reading.columns import find_columns
from presslens.reading.registry import Found
from presslens.reading.row_stream import Item, TableRow, articles_of_rows

MARCH_4, APRIL_3 = date(2024, 3, 4), date(2024, 4, 3)
TEXT = "The mayor of Sundby opened bridge number {}."

Rows = list[dict[str, str]]


def rows_of(*dates: str, column: str = "date", **more: str) -> Rows:
    return [{"text": TEXT.format(n), column: day, **more} for n, day in enumerate(dates)]


def write(path: Path, rows: Rows) -> Path:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    elif path.suffix == ".json":
        path.write_text(json.dumps(rows))
    elif path.suffix == ".jsonl":
        path.write_text("\n".join(map(json.dumps, rows)))
    elif path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    else:
        book = Workbook()
        for cells in (list(rows[0]), *(list(row.values()) for row in rows)):
            book.worksheets[0].append(cells)
        book.save(path)
    return path


def days_in(path: Path, **columns: str) -> tuple[list[date | None], list[Problem]]:
    articles, problems = sort_out(read_all([path], columns=columns))
    return [article.published for article in articles], problems


@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl", "parquet", "xlsx"])
@pytest.mark.parametrize(
    ("telling", "day", "told"),
    [("04/25/2024", MARCH_4, date(2024, 4, 25)), ("25/04/2024", APRIL_3, date(2024, 4, 25))],
    ids=["month first", "day first"],
)
def test_one_date_settles_the_order_of_the_column(
    tmp_path: Path, suffix: str, telling: str, day: date, told: date
) -> None:
    path = write(tmp_path / f"a.{suffix}", rows_of("03/04/2024", telling, "03/04/2024"))
    assert days_in(path) == ([day, told, day], [])


@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl", "parquet", "xlsx"])
def test_a_column_that_never_tells_leaves_its_dates_out_and_says_so_once(
    tmp_path: Path, suffix: str
) -> None:
    path = write(tmp_path / f"a.{suffix}", rows_of("03/04/2024", "05/05/2024", "05/06/2024"))
    days, (problem,) = days_in(path)
    assert days == [None, date(2024, 5, 5), None]
    assert problem.origin == (f"{path} (Sheet)" if suffix == "xlsx" else str(path))
    assert "'03/04/2024' in its column 'date' were left out" in problem.reason
    assert "none of them tells whether the day or the month stands first" in problem.reason


def test_a_column_with_both_orders_leaves_out_what_could_be_either_and_says_so_once(
    tmp_path: Path,
) -> None:
    dates = ("03/04/2024", "25/04/2024", "04/26/2024", "05/04/2024")
    days, (problem,) = days_in(write(tmp_path / "a.csv", rows_of(*dates)))
    assert days == [None, date(2024, 4, 25), date(2024, 4, 26), None]
    assert "day first ('25/04/2024') and the month first ('04/26/2024')" in problem.reason


def test_dates_in_iso_or_of_one_order_alone_are_no_problem(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", rows_of("2024-04-03", "2024-03-04", "", "2024-04-25"))
    assert days_in(path) == ([APRIL_3, MARCH_4, None, date(2024, 4, 25)], [])
    path = write(tmp_path / "b.csv", rows_of("04/25/2024", "25/04/2024"))
    assert days_in(path) == ([date(2024, 4, 25)] * 2, [])


@pytest.mark.parametrize(
    ("more", "day"),
    [
        ({"url": "https://www.nytimes.com/a"}, MARCH_4),
        ({"source": "The New York Times"}, MARCH_4),
        ({"source": "The Guardian"}, APRIL_3),
        ({"url": "https://harbourpost.example/a", "source": "Harbour Post"}, None),
    ],
)
def test_where_no_row_tells_the_country_of_the_outlet_does(
    tmp_path: Path, more: dict[str, str], day: date | None
) -> None:
    days, problems = days_in(write(tmp_path / "a.csv", rows_of("03/04/2024", **more)))
    assert (days, len(problems)) == ([day], day is None)


def test_what_the_column_shows_counts_more_than_the_country(tmp_path: Path) -> None:
    rows = rows_of("03/04/2024", "04/25/2024", source="The Guardian")
    assert days_in(write(tmp_path / "a.csv", rows))[0] == [MARCH_4, date(2024, 4, 25)]


def test_each_column_has_its_own_order(tmp_path: Path) -> None:
    rows = rows_of("", "04/25/2024", pubdate="03/04/2024")
    days, (problem,) = days_in(write(tmp_path / "a.csv", rows))
    assert days == [None, date(2024, 4, 25)]
    assert "column 'pubdate'" in problem.reason


def test_a_column_that_the_user_named_is_looked_at_as_well(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", rows_of("03/04/2024", "04/25/2024", column="When out"))
    assert days_in(path, published="When out") == ([MARCH_4, date(2024, 4, 25)], [])
    assert days_in(path) == ([None, None], [])


def rows_one_by_one(*dates: str, taken: list[int]) -> Iterator[Item]:
    for n, day in enumerate(dates):
        taken.append(n)
        cells = {"text": TEXT.format(n), "date": day}
        yield TableRow(cells, find_columns(list(cells)), f"a:{n}")


def test_no_more_rows_are_held_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_stream, "MAX_HELD", 5)
    taken: list[int] = []
    rows = rows_one_by_one(*["03/04/2024"] * 20, taken=taken)
    next(articles_of_rows(rows, origin="a", reader="rows", verbatim=False))
    assert len(taken) == 5
    monkeypatch.setattr(row_stream, "MAX_LETTERS", 200)
    taken.clear()
    rows = rows_one_by_one(*["03/04/2024"] * 20, taken=taken)
    next(articles_of_rows(rows, origin="a", reader="rows", verbatim=False))
    assert len(taken) == 2


def test_rows_whose_dates_are_sure_are_not_held() -> None:
    taken: list[int] = []
    rows = rows_one_by_one("2024-04-03", "2024-04-04", taken=taken)
    next(articles_of_rows(rows, origin="a", reader="rows", verbatim=False))
    assert taken == [0]


def test_a_date_that_tells_the_order_too_late_dates_what_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(row_stream, "MAX_HELD", 2)
    dates = ["03/04/2024"] * 2 + ["04/25/2024", "03/04/2024"]
    found = articles_of_rows(
        rows_one_by_one(*dates, taken=[]), origin="a", reader="rows", verbatim=False
    )
    articles, (problem,) = sort_out(found)
    assert [article.published for article in articles] == [
        None, None, date(2024, 4, 25), MARCH_4,
    ]  # fmt: skip
    assert "'04/25/2024', stands far below" in problem.reason


def test_rows_before_a_broken_one_are_read_in_their_order() -> None:
    def rows() -> Iterator[Item]:
        yield from rows_one_by_one("03/04/2024", "04/25/2024", taken=[])
        yield Problem("a:2", "reading", "broken row")
        raise ReadingError("the rest is lost")

    found: list[Found] = []
    with pytest.raises(ReadingError, match="the rest is lost"):
        found.extend(articles_of_rows(rows(), origin="a", reader="rows", verbatim=True))
    assert [item.origin for item in found] == ["a:0", "a:1", "a:2"]
    assert isinstance(found[0], Article)
    assert found[0].published == MARCH_4
