import json
import subprocess
import sys

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from presslens import corpus as corpus_module
from presslens.corpus import Corpus, CorpusError, build_corpus
from presslens.schemas import TABLES
from presslens.spans import Span

STORY = (
    "Vardania shut the port of Drenholm on Monday, the transport ministry said in a statement. "
    "Residents of the town said that nobody had warned them, and that the ships were waiting. "
)


def row(name, text=STORY, **more):
    return json.dumps({"id": name, "text": f"{text} This is story {name}.", **more})


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "stories.jsonl").write_text("\n".join(row(name) for name in "abc"), "utf-8")
    return folder


@pytest.fixture
def built(inbox, tmp_path):
    build_corpus([inbox], tmp_path / "corpus")
    return tmp_path / "corpus"


def test_articles_are_written_and_open_as_frames(built):
    opened = Corpus(built)
    assert opened.articles["article_id"].tolist() == ["a", "b", "c"]
    assert set(opened.statements["article_id"]) == {"a", "b", "c"}
    assert isinstance(opened.statements.loc[0, "content"][0], Span)
    assert opened.voices()["words"].tolist() == opened.articles["words"].tolist()
    assert repr(opened).endswith(": 3 articles")


def test_batches_dont_change_the_rows(inbox, built, tmp_path, monkeypatch):
    monkeypatch.setattr(corpus_module, "BATCH", 1)
    build_corpus([inbox], tmp_path / "one-by-one")
    for name in TABLES:
        assert Corpus(built).table(name).equals(Corpus(tmp_path / "one-by-one").table(name)), name


def test_an_input_that_fails_is_listed_and_the_others_go_on(inbox, tmp_path):
    (inbox / "empty.txt").write_text("")
    ledger = build_corpus([inbox, tmp_path / "gone.txt"], tmp_path / "corpus")
    assert ledger.rows["articles"] == 3
    assert {problem.origin for problem in ledger.failed} == {
        str(inbox / "empty.txt"),
        str(tmp_path / "gone.txt"),
    }
    problems = Corpus(tmp_path / "corpus").problems
    assert problems["origin"].tolist() == [problem.origin for problem in ledger.problems]
    assert problems["reason"].str.len().gt(10).all()


def test_what_is_set_aside_on_purpose_is_no_failure(inbox, tmp_path):
    (inbox / "again.jsonl").write_text(row("a"), "utf-8")
    ledger = build_corpus([inbox], tmp_path / "corpus")
    assert [problem.stage for problem in ledger.problems] == ["duplicate"]
    assert ledger.failed == ()


def test_an_article_that_breaks_the_analysis_doesnt_cost_the_others(inbox, tmp_path, monkeypatch):
    analyze_rows = corpus_module.analyze_rows

    def breaks_on_b(batch):
        if any(article.id == "b" for article in batch):
            raise ZeroDivisionError("odd text")
        return analyze_rows(batch)

    monkeypatch.setattr(corpus_module, "analyze_rows", breaks_on_b)
    ledger = build_corpus([inbox], tmp_path / "corpus")
    assert Corpus(tmp_path / "corpus").articles["article_id"].tolist() == ["a", "c"]
    (problem,) = ledger.failed
    assert problem.stage == "analysis"
    assert "ZeroDivisionError: odd text" in problem.reason


def test_a_crash_keeps_the_earlier_corpus(inbox, built, monkeypatch):
    def crash(batch):
        raise KeyboardInterrupt

    monkeypatch.setattr(corpus_module, "analyze_rows", crash)
    with pytest.raises(KeyboardInterrupt):
        build_corpus([inbox], built)
    assert len(Corpus(built).articles) == 3
    assert not [path for path in built.iterdir() if path.name.startswith(".")]


def test_verbatim_takes_the_text_word_for_word(tmp_path):
    text = "  A title\nRoe said that it rained, and everybody in the town heard him say so.  "
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"id": "x", "text": text, "title": "A title"}), "utf-8")
    build_corpus([path], tmp_path / "corpus", verbatim=True)
    assert Corpus(tmp_path / "corpus").articles.loc[0, "text"] == text


def test_what_depends_on_the_whole_corpus_is_written_with_it(inbox, tmp_path):
    ferry = STORY + "Ninety people were aboard the ferry when it ran aground off Kestrel Point. "
    later = {"published": "2025-03-02", "outlet": "Echo"}
    (inbox / "more.jsonl").write_text(
        json.dumps({"id": "z", "text": ferry, "published": "2025-03-01", "outlet": "Reuters"})
        + "\n"
        + json.dumps({"id": "d", "text": ferry + "Nobody was hurt on Monday night.", **later}),
        "utf-8",
    )
    ledger = build_corpus([inbox], tmp_path / "corpus")
    opened = Corpus(tmp_path / "corpus")
    stored = opened.table("articles").to_pandas().set_index("article_id")
    assert stored.loc["d", ["duplicate_of", "duplicate", "story"]].tolist() == ["z", "copy", "z"]
    assert 0.7 < stored.loc["d", "copied"] < 1
    found = opened.passages[opened.passages["article_id"] == "d"]
    assert found[["source", "kind", "agency"]].iloc[0].tolist() == ["z", "agency", "Reuters"]
    assert ledger.rows["passages"] == len(opened.passages)
    assert pq.read_schema(tmp_path / "corpus" / "articles.parquet") == TABLES["articles"]


def test_a_folder_of_an_earlier_version_opens_and_is_told_the_same(built):
    now = Corpus(built)
    columns = ["duplicate", "copied", "story"]
    assert now.articles["duplicate_of"].tolist()[1:] == ["a", "a"]
    articles, passages = now.articles, now.passages
    (built / "passages.parquet").unlink()
    path = built / "articles.parquet"
    table = pq.read_table(path).drop_columns([*columns, "duplicate_of"])
    pq.write_table(table.append_column("duplicate_of", pa.nulls(len(table))), path)
    before = Corpus(built)
    before.check()
    assert before.table("passages").num_rows == 0
    assert before.table("articles")["story"].null_count == 3
    pd.testing.assert_frame_equal(before.articles, articles)
    pd.testing.assert_frame_equal(before.passages, passages)


def test_a_folder_without_tables_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(CorpusError, match="presslens analyze INPUT --out"):
        Corpus(tmp_path)


def test_a_corpus_that_lacks_a_table_is_refused_and_the_table_named(built):
    (built / "frames.parquet").unlink()
    with pytest.raises(CorpusError, match=r"lacks frames\.parquet"):
        Corpus(built)


def test_tables_of_another_version_are_refused_with_the_column_that_lacks(built):
    path = built / "statements.parquet"
    table = pq.read_table(path)
    pq.write_table(table.drop_columns(["confidence"]), path)
    with pytest.raises(CorpusError, match=r"another version .*no column confidence"):
        _ = Corpus(built).statements


def test_a_column_of_another_type_is_refused_with_a_sentence(built):
    path = built / "statements.parquet"
    table = pq.read_table(path)
    index = table.column_names.index("words")
    words = pa.array(["many"] * len(table))
    pq.write_table(table.set_column(index, "words", words), path)
    with pytest.raises(CorpusError, match=r"another version"):
        _ = Corpus(built).statements


def test_a_broken_table_is_refused_with_its_path(built):
    (built / "statements.parquet").write_bytes(b"no parquet")
    with pytest.raises(CorpusError, match=r"statements\.parquet cannot be read"):
        _ = Corpus(built).statements


def test_more_columns_are_welcome(built):
    path = built / "problems.parquet"
    table = pq.read_table(path)
    pq.write_table(table.append_column("mine", pa.nulls(len(table))), path)
    assert list(Corpus(built).problems.columns) == TABLES["problems"].names


WATCHED = """
import sys
from concurrent import futures
from presslens import corpus

class Pool(futures.ThreadPoolExecutor):
    def __init__(self, *args):
        print("nltk.tokenize.punkt" in sys.modules, "nltk.sentiment.vader" in sys.modules)
        super().__init__(*args)

corpus.ThreadPoolExecutor = Pool
corpus.build_corpus([sys.argv[1]], sys.argv[2])
"""


def test_everything_is_loaded_before_there_are_threads(tmp_path):
    """Two threads that begin to import nltk at once fail, since its modules import one another."""
    (tmp_path / "a.txt").write_text(
        "It rained on Monday, Mayor Ann Oda said in Velm. " * 9, "utf-8"
    )
    command = [sys.executable, "-c", WATCHED, str(tmp_path / "a.txt"), str(tmp_path / "out")]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True", "True"]
