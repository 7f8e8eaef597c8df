"""Problem: an input that gave no article, or not all of one, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stage = Literal["reading", "language", "duplicate", "analysis"]

# A problem of these stages means that something failed; of the others, that an article was set
# aside on purpose.
FAILED: frozenset[Stage] = frozenset({"reading", "analysis"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the table `problems`.

    Attributes:
        origin: path or URL of the input, with `:line` or ` (member)` where it holds several.
        stage: where the input's way ended.
        reason: a sentence that says what was wrong and what to do.
    """

    origin: str
    stage: Stage
    reason: str

    @property
    def failed(self) -> bool:
        """Whether something went wrong, rather than being set aside on purpose."""
        return self.stage in FAILED


class PresslensError(Exception):
    """An error that a person can mend; its text says how. The command line shows it bare."""


class ReadingError(PresslensError):
    """A file could not be read as an article."""
