"""Step 4: the averaged weights as the package's files, encoder.onnx and heads.npz.

    python training/encoder/export.py RUN [--out FOLDER] [--form fixed] [--prepared FOLDER]

RUN is a run's folder, or the base model's model.safetensors for the untrained network. The files go
into the package's own models/ by default. Other forms are for comparison. The prepared
training set tells how large the activations get.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import get_args

import onnx
import torch
from graph import Form, build
from inputs import read_inputs
from model import Model, load_base

from presslens.paths import MODELS


def main() -> None:
    """Write both files and print their sizes and hashes."""
    import numpy as np

    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("run", type=Path)
    ask.add_argument("--out", type=Path, default=MODELS)
    ask.add_argument("--form", choices=get_args(Form), default="fixed")
    ask.add_argument("--prepared", type=Path, default=Path(".train/prepared"))
    given = ask.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    model = Model().eval()
    if given.run.is_file():
        with torch.no_grad():
            load_base(model.encoder, given.run)
    else:
        model.load_state_dict(torch.load(given.run / "averaged.pt", weights_only=True))
    weights = {name: value.float().numpy() for name, value in model.state_dict().items()}
    inside = {n.removeprefix("encoder."): v for n, v in weights.items() if n.startswith("encoder.")}
    inputs = read_inputs(model.encoder, given.prepared) if given.form == "fixed" else None
    onnx.save(build(inside, given.form, inputs), given.out / "encoder.onnx")
    heads = {n: v for n, v in weights.items() if not n.startswith("encoder.")}
    np.savez(given.out / "heads.npz", **heads)
    for name in ("encoder.onnx", "heads.npz"):
        data = (given.out / name).read_bytes()
        print(f"{name}: {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
