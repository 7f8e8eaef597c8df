from __future__ import annotations

import pytest

from presslens.problems import PresslensError, Problem, ReadingError, Stage


@pytest.mark.parametrize(
    ("stage", "failed"),
    [("reading", True), ("analysis", True), ("language", False), ("duplicate", False)],
)
def test_setting_aside_is_no_failure(stage: Stage, failed: bool) -> None:
    assert Problem("a.txt", stage, "why").failed is failed


def test_errors_of_ours_can_be_caught_as_one() -> None:
    assert issubclass(ReadingError, PresslensError)
