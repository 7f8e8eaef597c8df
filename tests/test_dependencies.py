"""What src, tools, tests and notebooks import is declared; what is installed may be passed on."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from presslens.paths import NOTEBOOKS, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
SCRIPTS = [
    path
    for folder in ("tools", "training", "benchmarks", "tests/making")
    for path in (ROOT / folder).rglob("*.py")
]
OWN = {"presslens", *(name for path in SCRIPTS for name in (path.stem, path.parent.name))}
FORBIDDEN = re.compile(r"\bA?GPL|Affero|(?<!Lesser )General Public License", re.IGNORECASE)
LESSER = re.compile(r"\bLGPL|Lesser General Public", re.IGNORECASE)


def declared(*extras: str) -> set[str]:
    lists = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][name] for name in extras)]
    return {canonicalize_name(Requirement(entry).name) for entries in lists for entry in entries}


def imported(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def code_of(notebook: Path) -> str:
    cells = json.loads(notebook.read_text())["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return "\n".join(line for line in code.splitlines() if not line.lstrip().startswith(("%", "!")))


def undeclared(sources: dict[Path, str], allowed: set[str]) -> list[str]:
    owners = packages_distributions()
    return sorted(
        f"{path.relative_to(ROOT)} imports {module}"
        for path, source in sources.items()
        for module in set(imported(source)) - OWN - set(sys.stdlib_module_names)
        if not allowed & {canonicalize_name(name) for name in owners.get(module, [])}
    )


def python_files(*folders: str) -> dict[Path, str]:
    paths = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return {path: path.read_text() for path in paths}


def test_whatever_the_package_imports_is_declared() -> None:
    assert undeclared(python_files("src"), declared("spacy")) == []


def test_only_the_pipeline_of_ones_own_needs_what_not_everyone_installs() -> None:
    pipeline = ROOT / "src" / "presslens" / "nlp" / "pipeline.py"
    sources = {path: text for path, text in python_files("src").items() if path != pipeline}
    assert undeclared(sources, declared()) == []


def test_whatever_the_notebooks_import_is_declared() -> None:
    notebooks = {path: code_of(path) for path in sorted(NOTEBOOKS.glob("*.ipynb"))}
    assert undeclared(notebooks, declared()) == []


def test_whatever_tools_benchmarks_and_tests_import_is_declared() -> None:
    sources = python_files("tools", "benchmarks", "tests")
    # `packaging` comes with pytest and hatchling, which are nothing without it.
    assert undeclared(sources, declared("dev", "spacy") | {"packaging"}) == []


def licences(package: Distribution) -> list[str]:
    """What a package says of its licence; its classifiers only where it says nothing shorter."""
    about = package.metadata
    if expression := about.get("License-Expression"):
        return re.split(r"\s+OR\s+", expression)
    classifiers = about.get_all("Classifier") or []
    named = [entry for entry in classifiers if entry.startswith("License ::")]
    return named or [(about.get("License") or "").partition("\n")[0]]


def may_be_passed_on(licence: str) -> bool:
    return not FORBIDDEN.search(LESSER.sub("", licence))


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", False),
        ("License :: OSI Approved :: GNU Affero General Public License v3", False),
        ("LGPL-2.1-or-later", True),
        ("License :: OSI Approved :: GNU Lesser General Public License v2 (LGPLv2)", True),
        ("MPL-2.0", True),
        ("MIT", True),
    ],
)
def test_gpl_and_agpl_are_told_from_the_rest(licence: str, allowed: bool) -> None:
    assert may_be_passed_on(licence) is allowed


def test_no_package_of_the_lock_is_under_gpl_or_agpl_alone() -> None:
    text = (ROOT / "requirements.txt").read_text()
    locked = {canonicalize_name(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
    bound = {
        package.name: named
        for package in distributions()
        if canonicalize_name(package.name) in locked
        and not any(map(may_be_passed_on, named := licences(package)))
    }
    assert bound == {}


def test_readme_has_a_word_on_each_dependency() -> None:
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    named = {name.strip() for row in rows for name in row.split(",")}
    assert declared("dev", "spacy") - named == set()


def test_build_requirements_are_in_the_lock_through_the_dev_extra() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]
    assert set(build) <= set(PROJECT["optional-dependencies"]["dev"])
