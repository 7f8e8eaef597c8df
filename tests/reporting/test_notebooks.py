import ast
import json

import nbformat
import pytest

from presslens.corpus import build_corpus
from presslens.paths import NOTEBOOKS
from presslens.problems import PresslensError
from presslens.reporting.notebooks import find_notebooks
from presslens.reporting.parameters import read_parameters
from presslens.reporting.run import run_job

SHIPPED = sorted(NOTEBOOKS.glob("*.ipynb"))
COMMON = ["corpus", "outlets", "since", "until", "section", "query"]


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
def notebook(request):
    return request.param


def test_the_three_reports_are_there():
    assert {"attribution", "framing", "sentiment"} <= {path.stem for path in SHIPPED}


def test_a_notebook_is_found_by_name_or_path(tmp_path):
    own = tmp_path / "own.ipynb"
    own.touch()
    assert find_notebooks(["framing", str(own)]) == [NOTEBOOKS / "framing.ipynb", own]
    with pytest.raises(PresslensError, match=r"no notebook 'framings'.*attribution, framing"):
        find_notebooks(["framings"])


def test_a_notebook_stores_no_outputs(notebook):
    cells = nbformat.read(notebook, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)


def test_a_notebook_begins_with_a_title_and_what_it_answers(notebook):
    first = nbformat.read(notebook, as_version=4).cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert len(first.source.split("\n\n")[1]) > 100


def test_every_parameter_has_a_type_and_a_comment(notebook):
    parameters = read_parameters(notebook)
    assert [parameter.name for parameter in parameters][:6] == COMMON
    assert parameters[-1].name == "out"
    for parameter in parameters:
        assert parameter.annotation, parameter.name
        assert parameter.comment, parameter.name


def test_a_notebook_defines_nothing(notebook):
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "code":
            defined = (ast.FunctionDef, ast.ClassDef)
            assert not any(isinstance(node, defined) for node in ast.walk(ast.parse(cell.source)))


def test_the_reports_stand_articles_without_date_outlet_or_statement(tmp_path):
    rows = [
        {
            "title": "<b>Rents</b> of $5_000",
            "text": "Rents rose, the mayor said.",
            "outlet": "$A_b$",
        },
        {"title": "Snow", "text": "Snow fell on the hills. It was cold and quiet there."},
    ]
    source = tmp_path / "articles.jsonl"
    source.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    build_corpus([source], tmp_path / "corpus")
    result = run_job("odd", SHIPPED, corpus=tmp_path / "corpus", reports=tmp_path / "reports")
    assert [(run.outcome, run.message) for run in result.notebooks] == [("complete", None)] * 3
    for run in result.notebooks:
        page = (result.folder / run.page).read_text("utf-8")
        assert page.count("<img") >= 2
        assert "<b>Rents" not in page
        assert run.selection["summary"].startswith("2 articles")
