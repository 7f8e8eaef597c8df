import json
import os
import signal
import subprocess
import sys
import time

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from presslens import cli, codebooks
from presslens.corpus import Corpus
from presslens.problems import PresslensError
from presslens.schemas import TABLES

STORY = (
    "Vardania shut the port of Drenholm on Monday, the transport ministry said in a statement. "
    "Residents of the town said that nobody had warned them, and that the ships were waiting. "
)

runner = CliRunner()


def presslens(*arguments):
    return runner.invoke(cli.app, [str(argument) for argument in arguments])


@pytest.fixture
def stories(tmp_path):
    path = tmp_path / "stories.jsonl"
    rows = [{"id": name, "text": f"{STORY} This is story {name}."} for name in "abc"]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


def test_help_lists_the_commands_and_each_has_help():
    shown = presslens("--help")
    assert shown.exit_code == 0
    for command in ("analyze", "read", "report"):
        assert command in shown.output
        assert presslens(command, "--help").exit_code == 0


def test_analyze_writes_seven_tables_with_their_schemas(stories, tmp_path):
    done = presslens("analyze", stories, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "articles 3" in done.output
    files = {path.name for path in (tmp_path / "out").iterdir()}
    assert files == {f"{name}.parquet" for name in TABLES}
    for name, schema in TABLES.items():
        assert pq.read_schema(tmp_path / "out" / f"{name}.parquet") == schema
    assert set(Corpus(tmp_path / "out").statements["article_id"]) == set("abc")


def test_an_input_that_fails_is_named_and_exits_1_but_the_tables_are_written(stories, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    done = presslens("analyze", stories, tmp_path / "empty.txt", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "empty.txt: reading:" in done.stderr
    assert len(Corpus(tmp_path / "out").articles) == 3


def test_what_is_set_aside_on_purpose_is_named_and_exits_0(stories, tmp_path):
    done = presslens("analyze", stories, stories, "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert "duplicate" in done.stderr


def test_when_nothing_could_be_analysed_a_sentence_says_so_and_exits_1(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    done = presslens("analyze", tmp_path / "empty.txt", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "presslens: nothing could be analysed" in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    "arguments", [["analyze"], ["analyze", "x.txt"], ["read", "--colour", "x"], ["analyse", "x"]]
)
def test_a_wrong_call_exits_2(arguments):
    assert presslens(*arguments).exit_code == 2


def test_an_output_folder_that_cant_be_made_is_a_sentence(stories, tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = presslens("analyze", stories, "--out", tmp_path / "file")
    assert done.exit_code == 1
    assert done.stderr.startswith("presslens: ")
    assert str(tmp_path / "file") in done.stderr


def test_a_malformed_codebook_is_a_sentence_that_names_it(stories, tmp_path, monkeypatch):
    def broken(batch):
        raise codebooks.CodebookError("cues.yaml: expected a mapping")

    monkeypatch.setattr("presslens.corpus.analyze_rows", broken)
    done = presslens("analyze", stories, "--out", tmp_path / "out")
    assert (done.exit_code, done.stderr) == (1, "presslens: cues.yaml: expected a mapping\n")


def test_read_prints_json_for_programs_an_article_a_line(stories):
    done = presslens("read", "--json", stories)
    assert done.exit_code == 0
    articles = [json.loads(line) for line in done.stdout.splitlines()]
    assert [article["id"] for article in articles] == ["a", "b", "c"]
    assert articles[0]["text"].startswith("Vardania shut the port")
    assert articles[0]["title"] is None
    assert articles[0]["dropped"] == []


def test_read_names_what_it_couldnt_read(stories, tmp_path):
    done = presslens("read", "--json", stories, tmp_path / "gone.txt")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 3
    assert "gone.txt: reading: there is no such file" in done.stderr


def test_read_turns_an_error_that_a_person_can_mend_into_a_sentence(stories, monkeypatch):
    def broken(inputs, **_):
        raise PresslensError("outlets.yaml: expected a mapping")

    monkeypatch.setattr("presslens.reading.read_all", broken)
    done = presslens("read", stories)
    assert (done.exit_code, done.stderr) == (1, "presslens: outlets.yaml: expected a mapping\n")


def test_verbatim_takes_texts_word_for_word(tmp_path):
    text = f"  {STORY}\n\n\n{STORY}"
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"id": "x", "text": text}), "utf-8")
    (line,) = presslens("read", "--json", "--verbatim", path).stdout.splitlines()
    assert json.loads(line)["text"] == text
    (line,) = presslens("read", "--json", path).stdout.splitlines()
    assert json.loads(line)["text"] != text


def test_many_problems_are_cut_short_on_the_screen_but_not_in_the_table(tmp_path):
    for number in range(25):
        (tmp_path / f"empty{number:02}.txt").write_text("")
    done = presslens("analyze", tmp_path, "--out", tmp_path / "out")
    assert "… and 5 more, in problems.parquet" in done.stderr
    assert len(Corpus(tmp_path / "out").problems) == 25


def command(*arguments):
    return [sys.executable, "-m", "presslens.cli", *map(str, arguments)]


@pytest.mark.parametrize("options", [[], ["--json"], ["--problems", "--full"]])
def test_a_reader_that_stops_early_gets_no_traceback(options, tmp_path):
    path = tmp_path / "many.jsonl"
    rows = [{"id": str(n), "text": f"{STORY * 20} Story {n}."} for n in range(100)]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    with subprocess.Popen(
        command("read", *options, path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
    assert "Traceback" not in errors
    assert "BrokenPipeError" not in errors


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_ctrl_c_gives_no_traceback_and_leaves_nothing_half_written(tmp_path):
    path = tmp_path / "many.jsonl"
    rows = [{"id": str(n), "text": f"{STORY * 20} Story {n}."} for n in range(2_000)]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    out = tmp_path / "out"
    with subprocess.Popen(
        command("analyze", path, "--out", out), stderr=subprocess.PIPE, text=True
    ) as process:
        while not out.is_dir() and process.poll() is None:
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        errors = process.stderr.read()
    assert process.returncode != 0
    assert "Traceback" not in errors
    assert list(out.iterdir()) == []


def test_a_wrong_parameter_is_a_wrong_call_and_nothing_runs(stories, tmp_path):
    reports = tmp_path / "reports"
    done = presslens("report", stories, "--reports", reports, "-p", "outlet=Herald")
    assert done.exit_code == 2
    assert "did you mean outlets" in done.output
    assert not reports.exists()


def test_a_report_needs_inputs_or_a_corpus_and_not_both(stories, tmp_path):
    assert presslens("report").exit_code == 2
    assert presslens("report", stories, "--corpus", tmp_path).exit_code == 2
