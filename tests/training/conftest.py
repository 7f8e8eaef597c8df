"""The scripts of training/ as modules; some need packages that only training needs."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from types import ModuleType

import pytest

from presslens.paths import ROOT

FOLDERS = [str(ROOT / "training" / name) for name in ("encoder", "speakers")]


@pytest.fixture(scope="session")
def script() -> Callable[..., ModuleType]:
    """A script by its name, or a skip where a package that it needs is not installed."""

    def load(name: str, *needs: str) -> ModuleType:
        for package in needs:
            pytest.importorskip(package, reason=f"{package} is needed for training only")
        sys.path[:0] = FOLDERS
        try:
            return importlib.import_module(name)
        finally:
            del sys.path[: len(FOLDERS)]

    return load
