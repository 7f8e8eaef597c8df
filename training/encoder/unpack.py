"""Step 0 of a training that goes on: the packaged weights as a run's averaged.pt.

    python training/encoder/unpack.py RUN [--models FOLDER]

The floats behind the packaged integers are not kept; what the integers say lies close to them
(the card tells how close), and a pass of training closes the gap.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from model import Model
from numpy.typing import NDArray
from onnx import numpy_helper

from presslens.paths import MODELS

Constants = dict[str, NDArray[np.generic]]
# Each dense layer, and the norm whose outputs it reads smoothed; see graph.smooth.
READS = {"qkv": "norm2", "up": "norm1"}


def main() -> None:
    """Write RUN/averaged.pt."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("run", type=Path)
    ask.add_argument("--models", type=Path, default=MODELS)
    given = ask.parse_args()
    given.run.mkdir(parents=True, exist_ok=True)
    model = Model()
    model.load_state_dict(unpack(given.models))
    torch.save(model.state_dict(), given.run / "averaged.pt")


def unpack(models: Path) -> dict[str, torch.Tensor]:
    """The state of model.Model that encoder.onnx and heads.npz in `models` hold."""
    graph = onnx.load(models / "encoder.onnx").graph
    constants = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    with np.load(models / "heads.npz") as heads:
        state = {name: heads[name] for name in heads.files}
    state["encoder.words.weight"] = constants["words.weight.q"] * constants["words.weight.s"]
    for name in ("positions.weight", "features.weight", "norm.weight", "norm.bias"):
        state[f"encoder.{name}"] = constants[name]
    depth = sum(name.endswith(".qkv.w") for name in constants)
    for number in range(depth):
        for layer in ("qkv", "out", "up", "down"):
            at = f"layers.{number}.{layer}"
            state[f"encoder.{at}.weight"] = _dense(constants, at)
            state[f"encoder.{at}.bias"] = constants[f"{at}.bias"]
        for norm in ("norm1", "norm2"):
            for end in ("weight", "bias"):
                state[f"encoder.layers.{number}.{norm}.{end}"] = constants[
                    f"layers.{number}.{norm}.{end}"
                ]
    return {name: torch.from_numpy(np.array(value)).float() for name, value in state.items()}


def _dense(constants: Constants, at: str) -> NDArray[np.float32]:
    """Weights [outputs, inputs] of a layer, as floats, smoothing undone."""
    weight = (constants[f"{at}.w"] * constants[f"{at}.scale"]).T
    if f"{at}.f" in constants:
        floats = constants[f"{at}.f"].T
        weight[:, : floats.shape[1]] = floats
    return weight / _smoothing(constants, at)


def _smoothing(constants: Constants, at: str) -> NDArray[np.float32]:
    """What the inputs of a layer were divided by, and its weights multiplied."""
    _, number, layer = at.split(".")
    if layer not in READS:
        return np.ones(1, np.float32)
    above = int(number) - (layer == "qkv")
    norm = "norm" if above < 0 else f"layers.{above}.{READS[layer]}"
    smoothed = constants.get(f"{norm}.weight.smooth", constants[f"{norm}.weight"])
    return constants[f"{norm}.weight"] / smoothed


if __name__ == "__main__":
    main()
