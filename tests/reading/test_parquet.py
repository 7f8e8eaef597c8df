"""Parquet: rows in batches, nested columns and dates; tables are built here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from found import table_found

from presslens.reading import parquet
from presslens.reading.parquet import READER

TEXT = "The ferry will run around the clock, its operator said.\n\nNurses had asked for it."
ROW: dict[str, Any] = {
    "id": 7, "title": "Ferry will run all night", "text": TEXT, "authors": ["Mira Holt", "Jo Roe"],
    "source": {"name": "Harbour Post", "uri": "harbourpost.example"}, "embedding": [0.5, 0.25],
}  # fmt: skip


def save(path: Path, rows: list[dict[str, Any]], **options: Any) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path, **options)
    return path


def test_fields_come_from_flat_and_nested_columns(tmp_path: Path) -> None:
    path = save(tmp_path / "a.parquet", [ROW])
    ((article,), problems) = table_found(READER, path)
    assert problems == []
    assert article.text == f"Ferry will run all night\n\n{TEXT}"
    assert (article.id, article.outlet) == ("7", "Harbour Post")
    assert article.authors == ("Mira Holt", "Jo Roe")
    assert (article.origin, article.reader) == (f"{path}:1", "parquet")


def test_only_the_magic_counts(tmp_path: Path) -> None:
    head = save(tmp_path / "a.parquet", [ROW]).read_bytes()
    assert READER.recognises(head, "a.csv")
    assert not READER.recognises(b"title,text\n", "a.parquet")


@pytest.mark.parametrize(
    ("column", "day", "moment"),
    [
        (pa.array([date(2024, 6, 2)]), date(2024, 6, 2), None),
        (pa.array([datetime(2024, 6, 2, 23, 30)]), date(2024, 6, 2), None),
        (
            pa.array([datetime(2024, 6, 2, 23, 30, tzinfo=UTC)]),
            date(2024, 6, 2),
            datetime(2024, 6, 2, 23, 30, tzinfo=UTC),
        ),
        (pa.array([1717371000000000001], pa.timestamp("ns")), date(2024, 6, 2), None),
        (pa.array([10**18], pa.timestamp("ms")), None, None),
        (pa.array([1717371000]), date(2024, 6, 2), datetime(2024, 6, 2, 23, 30, tzinfo=UTC)),
        (pa.array(["2 June 2024"]), date(2024, 6, 2), None),
        (pa.array([None], pa.string()), None, None),
    ],
)
def test_dates_of_columns(
    tmp_path: Path, column: pa.Array, day: date | None, moment: datetime | None
) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [TEXT], "date": column}), path)
    ((article,), _) = table_found(READER, path)
    assert (article.published, article.published_time) == (day, moment)


def test_rows_of_many_batches_and_groups_are_numbered_through(tmp_path: Path) -> None:
    rows = [{"text": f"The mayor opened bridge number {n}."} for n in range(700)]
    path = save(tmp_path / "a.parquet", rows, row_group_size=300)
    articles, problems = table_found(READER, path)
    assert problems == []
    assert [article.origin for article in articles] == [f"{path}:{n}" for n in range(1, 701)]


def test_texts_as_bytes_are_decoded(tmp_path: Path) -> None:
    ((article,), _) = table_found(
        READER, save(tmp_path / "a.parquet", [{"text": "Ein Café.".encode()}])
    )
    assert article.text == "Ein Café."


def test_a_row_without_text_is_named(tmp_path: Path) -> None:
    path = save(tmp_path / "a.parquet", [{"text": None}, {"text": TEXT}])
    articles, (problem,) = table_found(READER, path)
    assert len(articles) == 1
    assert problem.origin == f"{path}:1"


def test_a_table_without_texts_lists_its_columns(tmp_path: Path) -> None:
    path = save(tmp_path / "a.parquet", [{"title": "Ferry", "url": "https://h.example/a"}])
    assert "columns found: 'title', 'url'" in table_found(READER, path)[1][0].reason


def test_the_user_names_columns_and_those_within(tmp_path: Path) -> None:
    path = save(tmp_path / "a.parquet", [{"doc": {"words": TEXT}, "Tag": "2024-06-02"}])
    ((article,), _) = table_found(READER, path, text="doc.words", published="Tag")
    assert (article.text, article.published) == (TEXT, date(2024, 6, 2))
    assert (
        "no column 'Dattum'"
        in table_found(READER, path, text="doc.words", published="Dattum")[1][0].reason
    )


@pytest.mark.parametrize("keep", [4, 100, -10])
def test_a_table_cut_off_is_named(tmp_path: Path, keep: int) -> None:
    path = save(tmp_path / "a.parquet", [ROW] * 100)
    path.write_bytes(path.read_bytes()[:keep])
    articles, (problem,) = table_found(READER, path)
    assert articles == []
    assert "broken or cut off" in problem.reason


def test_a_broken_group_costs_no_other(tmp_path: Path) -> None:
    rows = [{"text": f"The mayor opened bridge number {n}."} for n in range(60)]
    path = save(tmp_path / "a.parquet", rows, row_group_size=20, use_dictionary=False)
    raw = bytearray(path.read_bytes())
    start = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    raw[start : start + 60] = b"\xff" * 60
    path.write_bytes(raw)
    articles, (problem,) = table_found(READER, path)
    assert len(articles) == 40
    assert problem.origin == f"{path}:21"
    assert articles[-1].origin == f"{path}:60"


def test_a_group_of_rows_that_is_too_large_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "MAX_GROUP", 10)
    articles, (problem,) = table_found(READER, save(tmp_path / "a.parquet", [ROW]))
    assert articles == []
    assert "smaller groups" in problem.reason
