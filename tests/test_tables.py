import pyarrow.parquet as pq
import pytest

from presslens.analysis import analyze
from presslens.article import Article
from presslens.corpus import Corpus
from presslens.schemas import TABLES
from presslens.tables import TableWriter

PROBLEM = {"origin": "a.txt", "stage": "reading", "reason": "it is empty"}


def write(folder, *reasons):
    with TableWriter(folder) as writer:
        for reason in reasons:
            writer.write({"problems": [{**PROBLEM, "reason": reason}], "articles": []})
    return writer


def names(folder):
    return sorted(path.name for path in folder.iterdir())


ALL = sorted(f"{name}.parquet" for name in TABLES)


def test_all_tables_are_written_even_empty_ones_and_nothing_else_stays(tmp_path):
    writer = write(tmp_path / "deep" / "out", "one", "two")
    assert names(tmp_path / "deep" / "out") == ALL
    assert writer.counts["problems"] == 2
    assert writer.counts["articles"] == 0
    for name, schema in TABLES.items():
        assert pq.read_schema(tmp_path / "deep" / "out" / f"{name}.parquet") == schema


def test_batches_come_one_after_the_other(tmp_path):
    write(tmp_path, "one", "two", "three")
    table = pq.read_table(tmp_path / "problems.parquet")
    assert table.column("reason").to_pylist() == ["one", "two", "three"]


@pytest.mark.parametrize("crash", [RuntimeError, KeyboardInterrupt])
def test_a_crash_in_the_middle_leaves_the_earlier_tables_as_they_were(tmp_path, crash):
    write(tmp_path, "before")
    with pytest.raises(crash), TableWriter(tmp_path) as writer:
        writer.write({"problems": [{**PROBLEM, "reason": "after"}]})
        raise crash
    assert names(tmp_path) == ALL
    assert pq.read_table(tmp_path / "problems.parquet").column("reason").to_pylist() == ["before"]


def test_a_full_disk_at_the_end_leaves_no_half_written_files(tmp_path, monkeypatch):
    def fail(writer):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"), TableWriter(tmp_path) as writer:
        writer.write({"problems": [PROBLEM]})
        monkeypatch.setattr(pq.ParquetWriter, "close", fail)
    monkeypatch.undo()
    assert names(tmp_path) == []


def test_a_row_that_doesnt_fit_leaves_no_tables(tmp_path):
    with pytest.raises(ValueError, match="no column colour"), TableWriter(tmp_path) as writer:
        writer.write({"problems": [{**PROBLEM, "colour": "red"}]})
    assert names(tmp_path) == []


def test_readers_see_the_earlier_tables_until_the_new_ones_are_whole(tmp_path):
    write(tmp_path, "before")
    with TableWriter(tmp_path) as writer:
        writer.write({"problems": [{**PROBLEM, "reason": "after"}]})
        assert Corpus(tmp_path).problems["reason"].tolist() == ["before"]
    assert Corpus(tmp_path).problems["reason"].tolist() == ["after"]


def test_other_files_in_the_folder_are_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    write(tmp_path, "one")
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_voices_of_tables_take_official_types_and_columns_to_group_by():
    article = Article(id="a", text="The ministry said it rained. Residents said it poured.")
    tables = analyze(article)
    assert tables.voices()["official"].tolist() == [2]
    assert tables.voices(official={"citizen"})["official"].tolist() == [2]
    assert tables.voices(official=())["official"].tolist() == [0]
    assert tables.voices(by=("article_id", "sentence"))["official"].tolist() == [2, 0]
