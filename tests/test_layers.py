"""Data goes one way: a module imports what stands above it, never below (design, layout)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from presslens.paths import PACKAGE

# Modules and folders of the package, from what knows nothing of the others to what uses them all.
ORDER = """
    spans paths problems terminal unfinished article doc codebooks agencies coding
    phrasebook schemas statistics
    reading fetching
    tokens
    nlp
    names mentions events actions
    attribution framing sentiment
    copies stories relations tables analysis corpus
    selection
    cells workbook palette drawing figures markup display
    breakdowns
    reporting
    cli
""".split()
PLACES = sorted({path.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("*.py")})


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "presslens":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("presslens."):
            yield str(node.module).split(".")[1]
        elif isinstance(node, ast.Import):
            parts = (alias.name.split(".") for alias in node.names)
            yield from (part[1] for part in parts if part[0] == "presslens" and len(part) > 1)


def test_every_module_has_its_place_in_the_order() -> None:
    there = {name.removesuffix(".py") for name in PLACES} - {"__init__"}
    assert there == set(ORDER)


@pytest.mark.parametrize("name", ORDER)
def test_a_module_imports_only_what_stands_above_it(name: str) -> None:
    above = set(ORDER[: ORDER.index(name)]) | {name}
    below = {
        f"{path.relative_to(PACKAGE)} imports {other}"
        for path in PACKAGE.rglob("*.py")
        if place(path) == name
        for other in imported(path)
        if other not in above
    }
    assert below == set()
