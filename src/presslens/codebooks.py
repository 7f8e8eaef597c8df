"""Codebooks: the editable YAML lists in data/codebooks that decide cues, types and frames."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from presslens.paths import CODEBOOKS
from presslens.problems import PresslensError

# The one in C takes a fifth of the time, and not every build of PyYAML has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CodebookError(PresslensError):
    """A codebook is missing or malformed; the text names the file and, where known, the line."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """One YAML file: `name` (of the file), `version` and everything else it holds.

    `label` is the version that rows and reports carry; an edited copy differs by its hash even
    where nobody raised the version.
    """

    name: str
    version: str
    digest: str
    path: Path
    content: dict[str, Any]

    @property
    def label(self) -> str:
        """Name, version and content hash, as in `cues@1.0+3f9a2c`."""
        return f"{self.name}@{self.version}+{self.digest[:6]}"

    def section(self, key: str, kind: type = dict) -> Any:
        """One top-level entry of the file.

        Raises:
            CodebookError: if it is missing or not of the wanted kind.
        """
        value = self.content.get(key)
        if not isinstance(value, kind):
            raise CodebookError(f"{self.path}: '{key}' must be there and be a {kind.__name__}")
        return value


def load_codebook(name: str | Path) -> Codebook:
    """A codebook by the name of its file in data/codebooks, or by a path; read anew once edited.

    Raises:
        CodebookError: if there is no such file, it is not YAML, or it lacks a version.
    """
    path = Path(name)
    if path.suffix not in {".yaml", ".yml"}:
        path = CODEBOOKS / f"{name}.yaml"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise CodebookError(f"{path}: {error.strerror}; expected a codebook there") from error


@cache
def _read(path: Path, _written: int) -> Codebook:
    return Codebook(path.stem, *_parse(path, path.read_bytes()))


def _parse(path: Path, raw: bytes) -> tuple[str, str, Path, dict[str, Any]]:
    try:
        content = yaml.load(raw, _LOADER)  # noqa: S506 -- both loaders are safe
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CodebookError(f"{path} is not valid YAML: {error}") from error
    if not isinstance(content, dict) or "version" not in content:
        raise CodebookError(f"{path}: expected a mapping with a 'version' at its top level")
    return str(content["version"]), hashlib.sha256(raw).hexdigest(), path, content
