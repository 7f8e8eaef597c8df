"""What quantizing costs and gains: error of the vectors and speed of the bare network, by form.

    python benchmarks/quantization.py FLOAT FOLDER...

Each is a folder with an encoder.onnx as training/encoder/export.py writes it (`--form`); errors are
against FLOAT, on random pieces, as mean absolute difference over the mean absolute value. What it
costs in F1: benchmarks/attribution.py --models FOLDER, benchmarks/sentiment.py DIR FOLDER.
"""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PIECES, WINDOWS, THREADS = 500, 24, 2


def main() -> None:
    """A line a folder."""
    random = np.random.default_rng(0)
    ids = random.integers(1000, 20000, (1, PIECES))
    truth, _ = run(Path(sys.argv[1]), ids)
    for folder in map(Path, sys.argv[1:]):
        vectors, speed = run(folder, ids)
        error = np.abs(vectors - truth).mean() / np.abs(truth).mean()
        print(f"{folder.name:16s} error {error:.3f}  {speed:8,.0f} pieces/s")


def run(folder: Path, ids: NDArray[np.int64]) -> tuple[NDArray[np.float32], float]:
    """The vectors, and pieces a second."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    session = InferenceSession(folder / "encoder.onnx", options, providers=["CPUExecutionProvider"])
    inputs = {"ids": ids, "features": np.zeros_like(ids)}
    vectors: NDArray[np.float32] = session.run(None, inputs)[0]
    begun = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda _: session.run(None, inputs), range(WINDOWS)))
    return vectors, WINDOWS * PIECES / (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
