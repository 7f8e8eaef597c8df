"""Ranges: how large the inputs of every dense layer get on real text, for scales set beforehand."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from data import batches, load

if TYPE_CHECKING:
    from model import Encoder

ARTICLES = 40

Ranges = dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]


@torch.inference_mode()
def input_ranges(encoder: Encoder, prepared: Path) -> Ranges:
    """For every dense layer, by name, the least and the greatest value of each of its inputs.

    Read on articles of the training set, their windows cut as in training.
    """
    lows: dict[str, Tensor] = {}
    highs: dict[str, Tensor] = {}
    hooks = []
    for name, layer in encoder.named_modules():
        if isinstance(layer, nn.Linear):

            def note(_: nn.Module, given: tuple[Tensor], *, name: str = name) -> None:
                low, high = given[0].amin((0, 1)), given[0].amax((0, 1))
                lows[name] = torch.minimum(lows.get(name, low), low)
                highs[name] = torch.maximum(highs.get(name, high), high)

            hooks.append(layer.register_forward_pre_hook(note))
    chance = random.Random(0)  # noqa: S311
    documents = chance.sample(load(prepared / "attribution-train.jsonl"), ARTICLES)
    for batch in batches(documents, chance):
        if batch.mask is None:
            encoder(batch.ids, batch.features)
        else:
            for one in batch.samples:
                encoder(torch.tensor([one.ids]), torch.tensor([one.features]))
    for hook in hooks:
        hook.remove()
    return {name: (lows[name].numpy(), highs[name].numpy()) for name in lows}
