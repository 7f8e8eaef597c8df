"""Notebooks: finding and reading them, before anything runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from presslens.paths import NOTEBOOKS
from presslens.problems import PresslensError
from presslens.reporting.parameters import Parameter, read_parameters

if TYPE_CHECKING:
    from nbformat import NotebookNode


def find_notebooks(names: Sequence[str]) -> list[Path]:
    """Notebooks by the names of their files in `notebooks/`, or by their paths.

    Raises:
        PresslensError: if there is no such notebook; the text lists those that there are.
    """
    found = []
    for name in names:
        path = Path(name) if name.endswith(".ipynb") else NOTEBOOKS / f"{name}.ipynb"
        if not path.is_file():
            known = ", ".join(sorted(each.stem for each in NOTEBOOKS.glob("*.ipynb")))
            raise PresslensError(f"there is no notebook {name!r}; in {NOTEBOOKS} are: {known}")
        found.append(path)
    return found


def known_parameters(notebooks: Sequence[Path]) -> tuple[Parameter, ...]:
    """All parameters of several notebooks, each once, in the order in which they appear."""
    found: dict[str, Parameter] = {}
    for notebook in notebooks:
        for parameter in read_parameters(notebook):
            found.setdefault(parameter.name, parameter)
    return tuple(found.values())


def read_notebook(path: Path) -> NotebookNode:
    """A notebook in format 4.

    Raises:
        PresslensError: if the file cannot be read or is no notebook.
    """
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except OSError as error:
        raise PresslensError(f"{path}: {error.strerror}; expected a notebook") from error
    except Exception as error:
        why = str(error).partition("\n")[0][:200]
        raise PresslensError(f"{path} is not a notebook (.ipynb, format 4): {why}") from error
    return notebook
