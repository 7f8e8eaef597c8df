"""What a user can type stands in the README: commands, options, notebook parameters."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from presslens.cli import app
from presslens.paths import NOTEBOOKS, ROOT
from presslens.reading import registry
from presslens.reporting.parameters import read_parameters

README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
OPTIONS = sorted(
    (name, option)
    for name, command in COMMANDS.items()
    for parameter in command.params
    for option in parameter.opts
    if option.startswith("-")
)
PARAMETERS = sorted(
    (path.stem, parameter.name)
    for path in NOTEBOOKS.glob("*.ipynb")
    for parameter in read_parameters(path)
)


def table_cells(heading: str) -> set[str]:
    """Everything in backticks in the first column of the tables under a heading."""
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    first = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)
    return {cell for row in first for cell in re.findall(r"`([^`]+)`", row)}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_documented(name: str) -> None:
    assert f"`presslens {name} " in README


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_every_option_is_documented(command: str, option: str) -> None:
    assert option in table_cells("Command line")


@pytest.mark.parametrize(("notebook", "parameter"), PARAMETERS)
def test_every_notebook_parameter_is_documented(notebook: str, parameter: str) -> None:
    assert parameter in table_cells("Notebooks and their parameters")


def test_no_parameter_is_documented_that_no_notebook_has() -> None:
    known = {parameter for _, parameter in PARAMETERS}
    assert table_cells("Notebooks and their parameters") <= known


def test_the_reader_of_the_readme_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    section = README.split("## Formats\n")[1].split("\n## ")[0]
    example = "\n".join(line[4:] for line in section.splitlines() if not line or line[:4] == "    ")
    (tmp_path / "ticker.txt").write_text(
        "+++ Ferry aground\n\nThe ferry Solveig ran aground off Kestrel Point.\n"
        "+++ Rents rise\n\nRents in Velm rose by a tenth last year.\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(registry, "_registered", [])
    told: dict[str, Any] = {}
    exec(example, told)  # noqa: S102 -- our own README
    assert [article.title for article in told["articles"]] == ["Ferry aground", "Rents rise"]
    assert {article.reader for article in told["articles"]} == {"ticker"}
