"""Frame codebooks: frames, their items and weighted terms, read from YAML and checked.

Errors name the file and the line. The format is explained at the top of
data/codebooks/generic.yaml, which a user copies and edits.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NoReturn

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from presslens.codebooks import CodebookError, load_codebook

_TERM = re.compile(r"[\w%'’-]+\*?(?: [\w%'’-]+\*?)*")
_NAME = re.compile(r"[A-Za-z][\w-]*")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other, lower-case, each maybe ending in `*`; and their weight."""

    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """From weight per 100 words to a score; the defaults are for items nobody has measured.

    `base` is the score where no term is found, `ceiling` the highest, `scale` the weight per 100
    words at which two thirds (1 - 1/e) of the way between them is gone.
    """

    base: float = 0.1
    ceiling: float = 0.8
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Item:
    """One question about an article, and the terms that speak for a yes."""

    name: str
    question: str
    terms: tuple[Term, ...]
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame; `typical` and `spread` are the mean and deviation of its scores in news."""

    name: str
    definition: str
    items: tuple[Item, ...]
    typical: float
    spread: float


@dataclass(frozen=True)
class FrameCodebook:
    """The frames of one file; `label` is the version that rows and reports carry."""

    name: str
    label: str
    frames: tuple[Frame, ...]


@cache
def load_frames(name: str | Path) -> FrameCodebook:
    """A frame codebook by the name of its file in data/codebooks, or by a path.

    Raises:
        CodebookError: if there is none or something in it is wrong, with file and line.
    """
    book = load_codebook(name)
    reader = _Reader(book.path)
    root = yaml.compose(book.path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    assert root is not None  # load_codebook has found a mapping there  # noqa: S101
    top = reader.entries(root, "the codebook", {"frames"}, {"version", "title", "sources"})
    frames = reader.entries(top["frames"], "frames")
    if not frames:
        reader.refuse(top["frames"], "'frames' is empty; expected at least one frame")
    read = tuple(reader.frame(key, node) for key, node in frames.items())
    return FrameCodebook(book.name, book.label, read)


class _Reader:
    """Reads YAML nodes, which know their line, and refuses what does not fit."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def refuse(self, node: Node, reason: str) -> NoReturn:
        raise CodebookError(f"{self.path}, line {node.start_mark.line + 1}: {reason}")

    def entries(
        self, node: Node, what: str, needed: set[str] | None = None, more: set[str] | None = None
    ) -> dict[str, Node]:
        """A mapping's values by key; only `needed` and `more` may stand in it, if given."""
        if not isinstance(node, MappingNode):
            self.refuse(node, f"{what} must be a mapping (key: value)")
        found: dict[str, Node] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.refuse(key, f"a key of {what} must be a plain word")
            if key.value in found:
                self.refuse(key, f"'{key.value}' stands twice in {what}")
            if needed is not None and key.value not in needed | (more or set()):
                known = ", ".join(sorted(needed | (more or set())))
                self.refuse(key, f"{what} has no '{key.value}'; expected {known}")
            found[key.value] = value
        if missing := sorted((needed or set()) - found.keys()):
            self.refuse(node, f"{what} lacks {', '.join(missing)}")
        return found

    def text(self, node: Node, what: str) -> str:
        if not isinstance(node, ScalarNode) or not node.value.strip():
            self.refuse(node, f"{what} must be a text")
        return " ".join(str(node.value).split())

    def number(self, node: Node, what: str, low: float, high: float) -> float:
        try:
            value = float(node.value) if isinstance(node, ScalarNode) else math.nan
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            self.refuse(node, f"{what} must be a number from {low:g} to {high:g}")
        return value

    def frame(self, name: str, node: Node) -> Frame:
        if not _NAME.fullmatch(name):
            self.refuse(node, f"'{name}' is no name for a frame: letters, digits, _ and - only")
        here = f"frame '{name}'"
        parts = self.entries(node, here, {"definition", "items"}, {"typical", "spread"})
        items = self.entries(parts["items"], f"items of {here}")
        if not items:
            self.refuse(parts["items"], f"{here} has no items")
        return Frame(
            name,
            self.text(parts["definition"], f"definition of {here}"),
            tuple(self.item(f"item '{key}'", key, value) for key, value in items.items()),
            self._optional(parts, "typical", 0.0, 0.0, 1.0),
            self._optional(parts, "spread", 1.0, 0.001, 1.0),
        )

    def item(self, here: str, name: str, node: Node) -> Item:
        parts = self.entries(node, here, {"question", "terms"}, {"calibration"})
        terms = self.entries(parts["terms"], f"terms of {here}")
        if not terms:
            self.refuse(parts["terms"], f"{here} has no terms")
        return Item(
            name,
            self.text(parts["question"], f"question of {here}"),
            tuple(self.term(text, weight) for text, weight in terms.items()),
            self.calibration(parts["calibration"], here) if "calibration" in parts else _DEFAULT,
        )

    def term(self, text: str, weight: Node) -> Term:
        if not _TERM.fullmatch(text):
            self.refuse(
                weight, f"'{text}' is no term: words with one space between, * only at their ends"
            )
        words = tuple(text.lower().replace("’", "'").split())
        if any(len(word) < 3 for word in words if word.endswith("*")):
            self.refuse(weight, f"'{text}' would match nearly every word; put letters before *")
        return Term(words, self.number(weight, f"weight of '{text}'", 0.01, 10))

    def calibration(self, node: Node, here: str) -> Calibration:
        here = f"calibration of {here}"
        parts = self.entries(node, here, set(), {"base", "ceiling", "scale"})
        read = Calibration(
            self._optional(parts, "base", _DEFAULT.base, 0, 1),
            self._optional(parts, "ceiling", _DEFAULT.ceiling, 0, 1),
            self._optional(parts, "scale", _DEFAULT.scale, 0.01, 100),
        )
        if read.base > read.ceiling:
            self.refuse(node, f"{here}: base is above ceiling")
        return read

    def _optional(
        self, parts: dict[str, Node], key: str, default: float, low: float, high: float
    ) -> float:
        return self.number(parts[key], f"'{key}'", low, high) if key in parts else default


_DEFAULT = Calibration()
