"""Manifest: what a run was made from and how it went, as one JSON file beside its reports."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from presslens.paths import ROOT
from presslens.reading.files import leads_outside, printable, walk
from presslens.schemas import TABLES

if TYPE_CHECKING:
    from presslens.corpus import Corpus

FILE = "manifest.json"
LIBRARIES = ("presslens", "nltk", "trafilatura", "pandas", "pyarrow", "numpy", "matplotlib",
             "papermill", "nbconvert")  # fmt: skip


def describe_inputs(inputs: Iterable[str | Path]) -> list[dict[str, Any]]:
    """Every input with its files, their sizes in bytes and SHA-256; None where unreadable."""
    described = []
    for given in inputs:
        path = Path(given)
        files = [_describe_file(file) for file in _files(path)]
        described.append({"path": _shown(path), "files": files})
    return described


def _files(path: Path) -> list[Path]:
    """The files that readers go through; what cannot be listed is left as it is."""
    if not os.path.isdir(path):  # noqa: PTH112 - no error where there is no right to look
        return [path]
    try:
        return [file for file in walk(path) if not leads_outside(file, path)]
    except OSError:
        return []


def describe_corpus(corpus: Corpus) -> dict[str, Any]:
    """The corpus's tables with their hashes and numbers of rows, its duplicates and languages."""
    tables = {
        name: {
            **_describe_file(corpus.folder / f"{name}.parquet"),
            "rows": corpus.table(name).num_rows,
        }
        for name in TABLES
    }
    articles = corpus.articles
    by_reader = articles["reader"].fillna("unknown").value_counts()
    return {
        "path": _shown(corpus.folder),
        "tables": tables,
        "articles_by_reader": {str(name): int(number) for name, number in by_reader.items()},
    }


def labels(corpus: Corpus, column: str) -> list[str]:
    """The distinct entries of `models` or `codebooks` over all articles."""
    return sorted({label for cell in corpus.articles[column] if cell is not None for label in cell})


def versions() -> dict[str, str | None]:
    """Versions of Python and of the libraries that figures may depend on."""
    found: dict[str, str | None] = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def git_state(root: Path = ROOT) -> dict[str, Any]:
    """The commit that the code is at and whether it was changed since; nulls outside a checkout."""
    top = _git(root, "rev-parse", "--show-toplevel")
    if top is None or Path(top).resolve() != root.resolve():
        return {"commit": None, "dirty": None}
    commit = _git(root, "rev-parse", "--verify", "HEAD")
    changes = _git(root, "status", "--porcelain")
    return {"commit": commit, "dirty": None if changes is None else bool(changes)}


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON file whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    text = json.dumps(content, ensure_ascii=False, indent=2, default=str)
    partial.write_text(f"{text}\n", "utf-8")
    partial.replace(path)


def _describe_file(path: Path) -> dict[str, Any]:
    try:
        if not path.is_file():  # a pipe would wait for a writer for ever
            return {"path": _shown(path), "bytes": None, "sha256": None}
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = path.stat().st_size
    except OSError:
        return {"path": _shown(path), "bytes": None, "sha256": None}
    return {"path": _shown(path), "bytes": size, "sha256": digest}


def _shown(path: Path) -> str:
    """A path from the project's root, where it lies in it."""
    # os.path, since pathlib raises at links that lead to themselves
    path = Path(os.path.realpath(path))
    return printable(str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path))


def _git(root: Path, *arguments: str) -> str | None:
    program = shutil.which("git")
    if program is None:
        return None
    command: Sequence[str] = [program, "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603 - no shell, fixed arguments
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
