"""training/encoder/graph.py: weights as integers; average.py: the mean of runs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

Script = Callable[..., ModuleType]


@pytest.fixture(scope="module")
def graph(script: Script) -> ModuleType:
    return script("graph", "onnx")


@pytest.fixture
def rows() -> np.ndarray:
    return np.random.default_rng(1).normal(size=(24, 40)).astype(np.float32)


def test_integers_lie_within_their_bits_and_half_a_step_from_the_weights(
    graph: ModuleType, rows: np.ndarray
) -> None:
    values, scales = graph.quantize(rows, bits=7)
    assert np.abs(values).max() == 63
    assert np.abs(values * scales[:, None] - rows).max() <= scales.max() / 2 + 1e-6


def test_rounding_together_keeps_products_with_inputs_that_go_together(
    graph: ModuleType, rows: np.ndarray
) -> None:
    chance = np.random.default_rng(2)
    inputs = chance.normal(size=(500, 8)) @ chance.normal(size=(8, 40))
    inputs += 0.1 * chance.normal(size=inputs.shape)

    def error(found: tuple[np.ndarray, np.ndarray]) -> float:
        values, scales = found
        return float(np.square(inputs @ (values * scales[:, None] - rows).T).mean())

    together = graph.quantize_together(rows, (inputs.T @ inputs).astype(np.float32), bits=7)
    assert np.abs(together[0]).max() <= 63
    assert error(together) < 0.5 * error(graph.quantize(rows, bits=7))


def test_rounding_together_is_plain_rounding_for_inputs_that_do_not(
    graph: ModuleType, rows: np.ndarray
) -> None:
    values, scales = graph.quantize_together(rows, np.eye(40, dtype=np.float32), bits=7)
    plain, same = graph.quantize(rows, bits=7)
    assert (values == plain).all()
    assert (scales == same).all()


def test_an_average_is_weighted(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    average, torch = script("average", "torch"), sys.modules["torch"]
    for name, value in (("a", 1.0), ("b", 5.0)):
        torch.save({"w": torch.full((2,), value)}, tmp_path / f"{name}.pt")
    parts = [f"0.25={tmp_path / 'a.pt'}", f"0.75={tmp_path / 'b.pt'}"]
    monkeypatch.setattr(sys, "argv", ["average.py", str(tmp_path / "mean"), *parts])
    average.main()
    assert torch.load(tmp_path / "mean" / "averaged.pt")["w"].tolist() == [4.0, 4.0]


def test_shares_that_do_not_add_up_are_refused(
    script: Script,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    average = script("average", "torch")
    monkeypatch.setattr(sys, "argv", ["average.py", str(tmp_path), "0.3=a.pt", "0.3=b.pt"])
    with pytest.raises(SystemExit):
        average.main()
    assert "they must add up to 1" in capsys.readouterr().err
