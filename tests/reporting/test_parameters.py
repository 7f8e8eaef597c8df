import json

import pytest

from presslens.reporting.parameters import (
    ParameterError,
    check_parameters,
    parse_assignments,
    read_parameters,
)

CELL = """corpus: str = "data/corpus"  # folder of tables; a=b and "#1" stay
# only these outlets
# (all by default)
outlets: list[str] | None = None
query: str | None = "rents = # up"  # words
since: str | None = None  # first day
top_n: int = 10  # rows
level: float = 0.95
tone: Literal["mean", "median"] = "mean"
weights: dict[str, float] = {"a": 1.0}
plain = True
"""


def notebook(tmp_path, source, tags=("parameters",)):
    cell = {
        "cell_type": "code",
        "metadata": {"tags": list(tags)},
        "source": source.splitlines(keepends=True),
        "outputs": [],
        "execution_count": None,
    }
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4}))
    return path


@pytest.fixture
def parameters(tmp_path):
    return read_parameters(notebook(tmp_path, CELL))


def test_annotations_defaults_and_comments_arrive_whole(parameters):
    by_name = {p.name: p for p in parameters}
    assert list(by_name)[:3] == ["corpus", "outlets", "query"]
    assert by_name["outlets"].annotation == "list[str] | None"
    assert by_name["outlets"].comment == "only these outlets (all by default)"
    assert by_name["corpus"].comment == 'folder of tables; a=b and "#1" stay'
    assert by_name["query"].default == "rents = # up"
    assert by_name["query"].comment == "words"
    assert by_name["plain"].annotation is None
    assert by_name["level"].comment == ""


def test_a_notebook_without_a_parameters_cell_has_none(tmp_path):
    assert read_parameters(notebook(tmp_path, "x = 1", tags=())) == ()


@pytest.mark.parametrize(
    "source", ["x = open('f')", "import os", "x: int", "x: os.PathLike = 1", "x = = 1", "f(1)"]
)
def test_anything_but_literal_assignments_is_refused(tmp_path, source):
    with pytest.raises(ParameterError):
        read_parameters(notebook(tmp_path, source))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"cells": 3}', "\x00"])
def test_a_file_that_is_no_notebook_is_named(tmp_path, content):
    path = tmp_path / "odd.ipynb"
    path.write_text(content)
    with pytest.raises(ParameterError, match=r"odd\.ipynb"):
        read_parameters(path)
    with pytest.raises(ParameterError, match=r"missing\.ipynb"):
        read_parameters(tmp_path / "missing.ipynb")


def test_an_unknown_name_gets_a_hint_and_the_list(parameters):
    with pytest.raises(ParameterError) as caught:
        check_parameters(parameters, {"outlet": ["A"]})
    assert "did you mean outlets?" in str(caught.value)
    assert "since: str | None = None  # first day" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("top_n", "10"),
        ("top_n", True),
        ("top_n", 2.5),
        ("level", "high"),
        ("outlets", "A"),
        ("outlets", [1]),
        ("corpus", None),
        ("since", "15 November"),
        ("since", "2024-02-30"),
        ("tone", "mode"),
        ("weights", {"a": "b"}),
        ("plain", 1),
    ],
)
def test_a_wrong_type_is_refused(parameters, name, value):
    with pytest.raises(ParameterError, match=f"^{name} must be"):
        check_parameters(parameters, {name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("level", 1),
        ("outlets", None),
        ("outlets", ["A", "B"]),
        ("since", "2024-02-29"),
        ("tone", "median"),
        ("weights", {}),
    ],
)
def test_a_fitting_value_is_taken(parameters, name, value):
    assert check_parameters(parameters, {name: value}) == {name: value}


@pytest.mark.parametrize(
    ("pair", "value"),
    [
        ("query=1984", "1984"),
        ('query="city council" | -rents', '"city council" | -rents'),
        ("query=", None),
        ("query=a=b", "a=b"),
        ("outlets=[no, 2024, The Paper]", ["no", "2024", "The Paper"]),
        ("outlets=The Paper: Sunday", ["The Paper: Sunday"]),
        ("outlets=null", None),
        ("top_n=3", 3),
        ("level=1", 1),
        ("plain=false", False),
        ("weights={a: 2}", {"a": 2}),
        ("tone=median", "median"),
    ],
)
def test_command_line_values_are_read_as_the_annotation_wants(parameters, pair, value):
    assert parse_assignments(parameters, [pair]) == {pair.split("=")[0]: value}


@pytest.mark.parametrize(
    "pair", ["top_n", "top_n=many", "nope=1", "weights={a", "since=2024-13-01"]
)
def test_a_pair_that_does_not_fit_is_refused(parameters, pair):
    with pytest.raises(ParameterError):
        parse_assignments(parameters, [pair])
