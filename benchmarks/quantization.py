"""What quantizing costs and gains: error of the vectors and speed of the bare network, by form.

    python benchmarks/quantization.py FLOAT FOLDER...

Each is a folder with an encoder.onnx as training/encoder/export.py writes it (`--form`); errors are
against FLOAT on the sample articles, as mean absolute difference over mean absolute value. What
it costs in F1: benchmarks/attribution.py --models FOLDER, benchmarks/sentiment.py DIR FOLDER.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from presslens.article import Article
from presslens.nlp.pieces import split_pieces
from presslens.paths import SAMPLE
from presslens.reading import read_all
from presslens.tokens import tokenize

if TYPE_CHECKING:
    from numpy.typing import NDArray

PIECES, THREADS = 500, 2

Window = dict[str, Any]


def main() -> None:
    """A line a folder."""
    windows = list(sample_windows())
    truth, _ = run(Path(sys.argv[1]), windows)
    for folder in map(Path, sys.argv[1:]):
        vectors, speed = run(folder, windows)
        error = np.abs(vectors - truth).mean() / np.abs(truth).mean()
        print(f"{folder.name:16s} error {error:.3f}  {speed:8,.0f} pieces/s")


def sample_windows() -> Iterator[Window]:
    """The sample's articles one after the other, in windows of the same size."""
    articles = [item for item in read_all([SAMPLE]) if isinstance(item, Article)]
    split = [split_pieces(tokenize(article)) for article in articles]
    ids = np.concatenate([pieces.ids for pieces in split])
    features = np.concatenate([pieces.features for pieces in split])
    for start in range(0, len(ids) - PIECES, PIECES):
        here = slice(start, start + PIECES)
        yield {"ids": ids[None, here], "features": features[None, here]}


def run(folder: Path, windows: Sequence[Window]) -> tuple[NDArray[np.float32], float]:
    """The vectors, and pieces a second."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    session = InferenceSession(folder / "encoder.onnx", options, providers=["CPUExecutionProvider"])
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda window: session.run(None, window), windows[:THREADS]))
        begun = time.perf_counter()
        found = list(pool.map(lambda window: session.run(None, window)[0], windows))
        took = time.perf_counter() - begun
    return np.concatenate(found), len(windows) * PIECES / took


if __name__ == "__main__":
    main()
