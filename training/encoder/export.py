"""Step 4: the averaged weights as the package's files, encoder.onnx and heads.npz.

    python training/encoder/export.py RUN [--out FOLDER] [--form rows]

FOLDER is by default the package's own models/. Other forms are for comparison.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import onnx
import torch
from graph import build

from presslens.paths import MODELS


def main() -> None:
    """Write both files and print their sizes and hashes."""
    import numpy as np

    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("run", type=Path)
    ask.add_argument("--out", type=Path, default=MODELS)
    ask.add_argument("--form", choices=("float", "rows", "window", "blocks"), default="rows")
    given = ask.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    state = torch.load(given.run / "averaged.pt", weights_only=True)
    weights = {name: value.float().numpy() for name, value in state.items()}
    inside = {n.removeprefix("encoder."): v for n, v in weights.items() if n.startswith("encoder.")}
    onnx.save(build(inside, given.form), given.out / "encoder.onnx")
    heads = {n: v for n, v in weights.items() if not n.startswith("encoder.")}
    np.savez(given.out / "heads.npz", **heads)
    for name in ("encoder.onnx", "heads.npz"):
        data = (given.out / name).read_bytes()
        print(f"{name}: {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
