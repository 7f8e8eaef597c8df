"""Layers: the parts of small fitted networks, in numpy; their weights are read once.

They compute what PyTorch's layers of the same names do, with which the networks were fitted.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Weights = Mapping[str, NDArray[Any]]


@cache
def load_weights(path: Path) -> Weights:
    """A network's weights by name, read once; whole numbers stay as they are."""
    with np.load(path, allow_pickle=False) as stored:
        return {
            name: array if (array := stored[name]).dtype == np.int8 else array.astype(np.float32)
            for name in stored.files
        }


def dense(weights: Weights, name: str, x: Floats) -> Floats:
    """A linear layer, [..., in] to [..., out]."""
    found: Floats = x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return found


def normed(weights: Weights, name: str, x: Floats) -> Floats:
    """A layer norm over the last axis."""
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
    found: Floats = centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return found


def gelu(x: Floats) -> Floats:
    """The approximation by tanh, which the networks were fitted with."""
    # x * x * x, since numpy takes powers one number at a time.
    found: Floats = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * (x * x * x))))
    return found


def softmax(scores: Floats) -> Floats:
    """Likelihoods of scores [n]."""
    grown = np.exp(scores - scores.max())
    found: Floats = grown / grown.sum()
    return found
