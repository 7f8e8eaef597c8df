"""training/encoder/graph.py: weights as integers, unpack.py: and back; average.py: their mean."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from onnxruntime import InferenceSession

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


UNITS = 48


@pytest.fixture
def weights() -> dict[str, np.ndarray]:
    """Of a network of one layer, of whose units between `up` and `down` one gets very large."""
    chance = np.random.default_rng(3)
    shapes = {
        "words": (50, 24),
        "features": (4, 24),
        "positions": (20, 24),
        "layers.0.qkv": (72, 24),
        "layers.0.out": (24, 24),
        "layers.0.up": (UNITS, 24),
        "layers.0.down": (24, UNITS),
    }
    found = {f"{name}.weight": chance.normal(0, 0.3, shape) for name, shape in shapes.items()}
    for name in ("layers.0.qkv", "layers.0.out", "layers.0.up", "layers.0.down"):
        found[f"{name}.bias"] = np.zeros(shapes[name][0])
    for name in ("norm", "layers.0.norm1", "layers.0.norm2"):
        found |= {f"{name}.weight": np.ones(24), f"{name}.bias": np.zeros(24)}
    found["layers.0.up.bias"][UNITS - 1] = 2000.0
    found["layers.0.down.weight"][:, UNITS - 1] /= 2000.0
    return {name: value.astype(np.float32) for name, value in found.items()}


def read_by(graph: ModuleType, weights: dict[str, np.ndarray]) -> dict[str, object]:
    """What the layer reads on these weights, about."""
    large = np.where(np.arange(UNITS) == UNITS - 1, 2008.0, 8.0).astype(np.float32)
    sizes = {"qkv": 24, "out": 24, "up": 24}
    ends = {name: (-np.full(size, 4.0), np.full(size, 4.0)) for name, size in sizes.items()}
    ends["down"] = (np.full(UNITS, -0.2), large)
    return {
        f"layers.0.{name}": graph.Inputs(low, high, np.diag(high**2).astype(np.float32))
        for name, (low, high) in ends.items()
    }


def run(model: Any) -> np.ndarray:
    session = InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    ids = np.arange(16)[None] * 3
    vectors: np.ndarray = session.run(None, {"ids": ids, "features": ids % 4})[0]
    return vectors


def test_a_unit_that_gets_very_large_does_not_make_the_others_coarse(
    graph: ModuleType, weights: dict[str, np.ndarray]
) -> None:
    exact = run(graph.build(weights, "float"))
    fixed = run(graph.build(weights, "fixed", read_by(graph, weights)))
    assert np.abs(fixed - exact).mean() < 0.05


def test_the_order_of_the_units_changes_nothing(
    graph: ModuleType, weights: dict[str, np.ndarray]
) -> None:
    ordered, inputs = graph.large_first(weights, read_by(graph, weights))
    assert inputs["layers.0.down"].high[0] == 2008.0
    assert ordered["layers.0.up.bias"][0] == 2000.0
    expected = run(graph.build(weights, "float"))
    np.testing.assert_allclose(run(graph.build(ordered, "float")), expected, atol=1e-4)


def test_packaged_weights_can_be_read_as_floats_again(
    graph: ModuleType, script: Script, weights: dict[str, np.ndarray], tmp_path: Path
) -> None:
    unpack, onnx = script("unpack", "onnx", "torch", "safetensors"), sys.modules["onnx"]
    model = graph.build(weights, "fixed", read_by(graph, weights))
    onnx.save(model, tmp_path / "encoder.onnx")
    np.savez(tmp_path / "heads.npz", **{"names.scores.bias": np.arange(3.0)})
    state = {name: value.numpy() for name, value in unpack.unpack(tmp_path).items()}
    assert state.pop("names.scores.bias").tolist() == [0, 1, 2]
    floats = {name.removeprefix("encoder."): value for name, value in state.items()}
    assert floats.keys() == weights.keys()
    # Rounding moves the weights and the outputs a little; a missing factor would move them far.
    again, exact = (run(graph.build(one, "float")) for one in (floats, weights))
    assert 0 < np.abs(again - exact).mean() < 0.05


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
