"""training/encoder/tone_teacher.py: where the marked target stands in what a teacher reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def teacher(script: Callable[..., ModuleType]) -> ModuleType:
    return script("tone_teacher", "torch", "safetensors")


def aimed(teacher: ModuleType, sizes: Sequence[int], sentence: tuple[int, int]) -> list[list[int]]:
    """The marked pieces for each token of a sentence whose tokens have so many pieces."""
    firsts = [sum(sizes[:n]) for n in range(len(sizes) + 1)]
    row = {"ids": list(range(firsts[-1])), "features": [0] * firsts[-1], "firsts": firsts[:-1]}
    found = []
    for token in range(*sentence):
        low, high = firsts[sentence[0]], firsts[sentence[1]]
        one = teacher.aim(teacher.Document(row), low, high, (token, token + 1))
        assert len(one.ids) == len(one.features) <= 2 * teacher.REACH + sizes[token]
        found.append(one.ids[one.start : one.end])
    return found


def test_the_pieces_of_the_target_are_marked(teacher: ModuleType) -> None:
    assert aimed(teacher, [2, 1, 3], (0, 3)) == [[0, 1], [2], [3, 4, 5]]
    assert aimed(teacher, [2, 1, 3], (1, 3)) == [[2], [3, 4, 5]]


def test_of_a_long_sentence_the_part_around_the_target_is_read(teacher: ModuleType) -> None:
    sizes = [1] * 5 * teacher.REACH
    assert aimed(teacher, sizes, (0, len(sizes))) == [[n] for n in range(len(sizes))]


def test_a_sentence_is_judged_the_same_beside_any_others(teacher: ModuleType) -> None:
    short = teacher.Aimed([7592, 2088], [1, 0], 0, 1)
    long = teacher.Aimed([2009, 15001, 2651, 1012], [0] * 4, 2, 3)
    one = teacher.Teacher()
    for layer in one.encoder.layers:
        layer.down.weight.data *= 4
    apart = [one.judge([x])[0] for x in (short, long)]
    for alone, among in zip(apart, one.judge([short, long]), strict=True):
        assert (alone - among).abs().max() < 1e-5
        assert abs(float(among.sum()) - 1) < 1e-5
