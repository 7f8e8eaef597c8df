"""Coding: the codebooks for people, what each code means, as reports print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from presslens.codebooks import CodebookError, load_codebook


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a variable."""

    name: str
    means: str
    examples: str


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a codebook, with its codes in their order."""

    name: str
    about: str
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Coding:
    """A codebook as people read it; `label` is its version, as in `coding_speakers@1.0+3f9a2c`."""

    title: str
    label: str
    about: str
    variables: tuple[Variable, ...]
    rules: tuple[str, ...]


@cache
def load_coding(name: str) -> Coding:
    """A codebook for people by the name of its file in data/codebooks, read once.

    Raises:
        CodebookError: if it is missing or malformed.
    """
    book = load_codebook(name)
    variables = book.section("variables")
    return Coding(
        title=book.section("title", str),
        label=book.label,
        about=book.section("about", str),
        variables=tuple(
            Variable(str(name), str(_field(variables[name], "about", f"{book.path}: '{name}'")),
                     tuple(_codes(variables[name], f"{book.path}: '{name}'")))
            for name in variables
        ),
        rules=tuple(map(str, book.section("rules", list))),
    )  # fmt: skip


def _codes(variable: object, where: str) -> Iterator[Code]:
    codes = _field(variable, "codes", where)
    if not isinstance(codes, dict):
        raise CodebookError(f"{where}: codes: expected a code a line")
    for name, code in codes.items():
        inside = f"{where}: '{name}'"
        yield Code(
            str(name), str(_field(code, "means", inside)), str(_field(code, "examples", inside))
        )


def _field(holder: object, key: str, where: str) -> object:
    if not isinstance(holder, dict) or key not in holder:
        raise CodebookError(f"{where}: expected '{key}'")
    return holder[key]
