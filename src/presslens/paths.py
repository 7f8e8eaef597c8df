"""Where things stand: the project's root, found from this file's own place, and its folders."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parents[1]
MODELS = PACKAGE / "models"
CODEBOOKS = ROOT / "data" / "codebooks"
SAMPLE = ROOT / "data" / "sample"
NOTEBOOKS = ROOT / "notebooks"
REPORTS = ROOT / "reports"


def from_root(path: str | Path) -> Path:
    """A notebook's path parameter: absolute as it stands, relative from the project's root."""
    return ROOT / Path(path).expanduser()
