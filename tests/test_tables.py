from datetime import date

import pyarrow.parquet as pq
import pytest

from presslens.corpus import Corpus
from presslens.schemas import TABLES, to_table
from presslens.tables import Tables, TableWriter

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


class Rows(Tables):
    """Tables of rows that a test gives."""

    def __init__(self, **rows):
        self.rows = rows

    def table(self, name):
        return to_table(name, self.rows.get(name, ()))


def test_voices_of_tables_take_official_types_and_columns_to_group_by():
    # Two sentences of five words of one letter; the last two words of each are attributed.
    tables = Rows(
        sentences=[
            {"article_id": "a", "sentence": number, "word_starts": [*range(start, start + 10, 2)]}
            for number, start in enumerate((0, 10))
        ],
        statements=[
            {"article_id": "a", "speaker_type": kind, "source": [], "cue": [], "quoted": []}
            | {"content": [{"start": end - 4, "end": end}]}
            for kind, end in (("government", 10), ("citizen", 20))
        ],
    )
    assert tables.voices()["official"].tolist() == [2]
    assert tables.voices(official={"citizen"})["official"].tolist() == [2]
    assert tables.voices(official=())["official"].tolist() == [0]
    assert tables.voices(by=("article_id", "sentence"))["official"].tolist() == [2, 0]
    by_sentence = tables.voices(by=("article_id", "sentence"), official={"citizen"})
    assert by_sentence["official"].tolist() == [0, 2]


def test_what_tables_do_not_hold_of_the_whole_corpus_is_worked_out_over_their_articles():
    text = "The ferry Solveig ran aground off Kestrel Point on Monday night with ninety aboard."
    rows = [
        {"article_id": name, "text": text, "published": date(2025, 3, day), "outlet": outlet}
        for name, day, outlet in (("b", 2, "Post"), ("a", 1, "Echo"))
    ]
    tables = Rows(articles=rows)
    assert tables.table("articles")["story"].null_count == 2
    assert tables.articles["duplicate_of"].tolist()[0] == "a"
    assert tables.articles["story"].tolist() == ["b", "b"]
    assert tables.passages["source"].tolist() == ["a"]


def test_what_tables_hold_of_the_whole_corpus_is_taken_as_it_stands():
    rows = [
        {"article_id": name, "text": "Rain.", "story": "x", "duplicate_of": None} for name in "ab"
    ]
    passage = {"article_id": "b", "start": 0, "end": 4, "words": 1, "source": "a", "kind": "own"}
    tables = Rows(articles=rows, passages=[passage])
    assert tables.articles["story"].tolist() == ["x", "x"]
    assert tables.passages["source"].tolist() == ["a"]


def test_relations_are_filled_in_once_all_articles_are_written(tmp_path):
    text = "The ferry Solveig ran aground off Kestrel Point on Monday night with ninety aboard."
    with TableWriter(tmp_path) as writer:
        for name, day in (("a", 1), ("b", 2)):
            row = {"article_id": name, "text": text, "published": date(2025, 3, day)}
            writer.write({"articles": [row]})
        writer.relate()
    assert writer.counts["passages"] == 1
    assert names(tmp_path) == ALL
    stored = pq.read_table(tmp_path / "articles.parquet")
    assert stored.schema == TABLES["articles"]
    assert stored.column("duplicate_of").to_pylist() == [None, "a"]
    assert stored.column("story").to_pylist() == ["a", "a"]
