import json
import re
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from presslens.problems import PresslensError
from presslens.reporting.notebooks import known_parameters
from presslens.reporting.parameters import ParameterError
from presslens.reporting.run import run_job
from presslens.tables import TableWriter

PARAMETERS = """corpus: str = "nowhere"  # folder of tables
out: str | None = None  # where tables go
outlets: list[str] | None = None  # a=b
top_n: int = 3  # rows
"""

SHOW = """import sys
from pathlib import Path
from presslens import display
import pandas as pd
print(sys.executable, Path(corpus).name, outlets, top_n, "<b>plain</b>")
display.table(pd.DataFrame({"a": ["<i>x</i>"]}), caption="Table", out=out, name="table")
"""

NOTHING = """from presslens.corpus import Corpus
from presslens.selection import select
selection = select(Corpus(corpus), query="zebra")
selection.save(out)
selection.require()
"""


class Requests(HTMLParser):
    """Addresses that a browser would fetch by itself for a page."""

    def __init__(self, html):
        super().__init__()
        self.found, self.tags = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag != "a":
            self.found += [value for key, value in attrs if key in {"src", "href", "srcset"}]


@pytest.fixture
def corpus(tmp_path):
    article = {
        "article_id": "a1",
        "title": "Rents rise",
        "text": "Rents rise\n\nThe mayor said so.",
        "outlet": "Post",
        "published": date(2024, 5, 1),
        "words": 6,
        "models": ["rules@1"],
        "codebooks": ["cues@1+abc"],
    }
    with TableWriter(tmp_path / "corpus") as writer:
        writer.write({"articles": [article]})
        reason = "the file is <empty>"
        writer.write({"problems": [{"origin": "b.txt", "stage": "reading", "reason": reason}]})
    return tmp_path / "corpus"


def notebook(folder, name, *cells, parameters=PARAMETERS):
    first = new_code_cell(parameters, metadata={"tags": ["parameters"]})
    title = new_markdown_cell(f"# Who speaks in {name}")
    book = new_notebook(cells=[title, first, *cells])
    path = folder / f"{name}.ipynb"
    nbformat.write(book, path)
    return path


@pytest.fixture
def job(corpus, tmp_path):
    def run(*notebooks, parameters=None, **options):
        return run_job(
            "weekly", notebooks, parameters, corpus=corpus, reports=tmp_path / "reports", **options
        )

    return run


def test_a_job_leaves_pages_tables_and_a_manifest(job, corpus, tmp_path):
    cells = [new_markdown_cell("## First part"), new_code_cell(SHOW), new_markdown_cell("## Rest")]
    one = notebook(tmp_path, "one", *cells)
    before = one.read_bytes()
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    (inputs / "a.txt").write_text("abc")
    result = job(one, parameters={"outlets": ["Post $"]}, inputs=[inputs])
    assert not result.failed
    assert one.read_bytes() == before
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ", result.folder.name)
    assert (result.folder / "one" / "table.csv").is_file()

    page = (result.folder / "one.html").read_text()
    assert "Who speaks in one" in page
    assert "&lt;b&gt;plain&lt;/b&gt;" in page
    assert "&lt;i&gt;x&lt;/i&gt;" in page
    assert "import pandas" not in page
    assert f"{sys.executable} corpus ['Post $'] 3" in page
    assert '<html lang="en">' in page
    assert 'href="#part-1"' in page
    assert page.count("data-presslens") == 0
    shape = Requests(page)
    assert [url for url in shape.found if not url.startswith("data:")] in ([], ["#main"])
    assert "script" not in shape.tags
    assert {"main", "header", "footer", "nav"} <= set(shape.tags)

    manifest = json.loads((result.folder / "manifest.json").read_text())
    assert manifest["job"] == "weekly"
    assert manifest["models"] == ["rules@1"]
    assert manifest["codebooks"] == ["cues@1+abc"]
    assert manifest["notebooks"][0]["outcome"] == "complete"
    assert manifest["notebooks"][0]["parameters"] == {"outlets": ["Post $"]}
    assert manifest["notebooks"][0]["seconds"] > 0
    assert manifest["corpus"]["tables"]["articles"]["rows"] == 1
    assert manifest["problems"][0]["reason"] == "the file is <empty>"
    [described] = manifest["inputs"]
    assert described["files"][0]["sha256"].startswith("ba7816bf")
    assert set(manifest["git"]) == {"commit", "dirty"}
    assert manifest["versions"]["presslens"]

    executed = (result.folder / "one.ipynb").read_text()
    assert ".partial" not in executed
    assert str(result.folder / "one") in executed
    index = (result.folder / "index.html").read_text()
    assert 'href="one.html"' in index
    assert "the file is &lt;empty&gt;" in index
    assert f'href="weekly/{result.folder.name}/one.html"' in result.index.read_text()


def test_a_failed_notebook_is_kept_and_the_others_still_run(job, tmp_path):
    cells = [
        new_markdown_cell("## The broken part"),
        new_code_cell("print('so far so good')\nraise ValueError('<script>no</script>')"),
        new_markdown_cell("## Never reached"),
        new_code_cell("print('never')"),
    ]
    result = job(notebook(tmp_path, "bad", *cells), notebook(tmp_path, "good", new_code_cell(SHOW)))
    assert result.failed
    bad, good = result.notebooks
    assert (bad.outcome, good.outcome) == ("failed", "complete")
    assert bad.message == "ValueError: <script>no</script>"
    page = (result.folder / "bad.html").read_text()
    assert "This report is not complete." in page
    assert "It stopped in the part “The broken part”" in page
    assert "ValueError: &lt;script&gt;no&lt;/script&gt;" in page
    assert "An Exception was encountered" not in page
    assert "Never reached" not in page
    assert page.index("not complete") < page.index("so far so good") < page.index("Traceback")
    assert "script" not in Requests(page).tags
    assert (result.folder / "bad.ipynb").is_file()
    assert "failed" in result.index.read_text()


def test_a_kernel_that_dies_is_a_failed_notebook(job, tmp_path):
    result = job(notebook(tmp_path, "dead", new_code_cell("import os\nos._exit(1)")))
    assert result.failed
    assert "DeadKernelError" in result.notebooks[0].message
    assert "not complete" in (result.folder / "dead.html").read_text()


def test_nothing_selected_is_told_and_is_no_failure(job, tmp_path):
    result = job(notebook(tmp_path, "none", new_code_cell(NOTHING)))
    assert not result.failed
    [run] = result.notebooks
    assert run.outcome == "nothing selected"
    assert run.selection["excluded"][0]["reason"] == "not matching zebra"
    page = (result.folder / "none.html").read_text()
    assert "Nothing to report." in page
    assert "Traceback" not in page


def test_two_runs_never_share_a_folder(job, tmp_path):
    path = notebook(tmp_path, "one")
    first, second = job(path), job(path)
    assert first.folder != second.folder
    listing = second.index.read_text()
    assert listing.index(second.folder.name) < listing.index(f"{first.folder.name}/")


def test_parameters_are_checked_before_anything_runs(job, tmp_path):
    path = notebook(tmp_path, "one")
    for given in ({"outlet": ["Post"]}, {"top_n": "3"}):
        with pytest.raises(ParameterError):
            job(path, parameters=given)
    assert not (tmp_path / "reports").exists()


def test_a_parameter_goes_to_the_notebooks_that_have_it(job, tmp_path):
    plain = notebook(tmp_path, "plain", new_code_cell("print(level)"), parameters="level: int = 1")
    other = notebook(tmp_path, "other", new_code_cell("print(top_n)"))
    assert [p.name for p in known_parameters([plain, other])][:2] == ["level", "corpus"]
    result = job(plain, other, parameters={"level": 7})
    assert [run.parameters for run in result.notebooks] == [{"level": 7}, {}]
    assert "7" in (result.folder / "plain.html").read_text()


def test_a_broken_user_kernel_does_not_win(job, tmp_path, monkeypatch):
    kernel = tmp_path / "home" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    spec = {
        "argv": ["/nowhere/python", "{connection_file}"],
        "display_name": "x",
        "language": "python",
    }
    (kernel / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "home"))
    assert not job(notebook(tmp_path, "one", new_code_cell(SHOW))).failed


def test_a_run_that_is_broken_off_leaves_nothing(job, tmp_path, monkeypatch):
    def interrupted(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("papermill.execute_notebook", interrupted)
    with pytest.raises(KeyboardInterrupt):
        job(notebook(tmp_path, "one"))
    assert list((tmp_path / "reports" / "weekly").iterdir()) == []


@pytest.mark.parametrize("name", ["", "..", "a/b", ".hidden", "a b"])
def test_a_job_needs_a_name_for_a_folder(name, corpus, tmp_path):
    with pytest.raises(PresslensError, match="no name for a job"):
        run_job(name, [], corpus=corpus, reports=tmp_path)


def test_notebooks_of_one_name_are_refused(job, tmp_path):
    (tmp_path / "b").mkdir()
    with pytest.raises(PresslensError, match="one name"):
        job(notebook(tmp_path, "one"), notebook(tmp_path / "b", "one"))


def test_a_folder_that_is_no_corpus_is_refused(tmp_path):
    with pytest.raises(PresslensError, match="not a folder of Presslens tables"):
        run_job("weekly", [notebook(tmp_path, "one")], corpus=tmp_path, reports=tmp_path / "r")
    assert not Path(tmp_path / "r").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken", '{"cells": [{"cell_type": "code"}], "metadata": {}, "nbformat": 4}'),
        ("future", '{"cells": [], "metadata": {}, "nbformat": 99, "nbformat_minor": 0}'),
    ],
)
def test_what_is_no_notebook_is_refused_before_the_run(tmp_path, corpus, name, content):
    path = tmp_path / f"{name}.ipynb"
    path.write_text(content)
    with pytest.raises(PresslensError, match=rf"{name}\.ipynb is not a notebook"):
        run_job("job", [path], corpus=corpus, reports=tmp_path / "reports")
    assert not (tmp_path / "reports").exists()


def test_a_notebook_may_not_take_the_place_of_the_index(tmp_path, corpus):
    path = tmp_path / "index.ipynb"
    nbformat.write(new_notebook(), path)
    with pytest.raises(PresslensError, match="may not be called index"):
        run_job("job", [path], corpus=corpus, reports=tmp_path / "reports")


def test_what_a_killed_run_left_behind_is_cleared_by_the_next(tmp_path, corpus):
    path = tmp_path / "empty.ipynb"
    nbformat.write(new_notebook(), path)
    dead = tmp_path / "reports" / "job" / ".2025-01-01T00-00-00Z.partial"
    dead.mkdir(parents=True)
    done = run_job("job", [path], corpus=corpus, reports=tmp_path / "reports")
    assert list(dead.parent.iterdir()) == [done.folder]
