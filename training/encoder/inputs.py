"""Inputs: what every dense layer reads on real text, for what is fixed beforehand."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from graph import Inputs
from torch import Tensor, nn

from data import load
from presslens.nlp.pieces import CLS, SEP
from presslens.nlp.windows import REACH

if TYPE_CHECKING:
    from model import Encoder

ARTICLES = 40


class _Seen:
    """What one layer has read so far."""

    def __init__(self, width: int) -> None:
        self.low, self.high = torch.zeros(width), torch.zeros(width)
        self.products = torch.zeros(width, width)

    def note(self, _: nn.Module, given: tuple[Tensor]) -> None:
        x = given[0].flatten(0, 1)
        self.low = torch.minimum(self.low, x.amin(0))
        self.high = torch.maximum(self.high, x.amax(0))
        self.products += x.T @ x


@torch.inference_mode()
def read_inputs(encoder: Encoder, prepared: Path) -> dict[str, Inputs]:
    """The inputs of every dense layer, by its name, on articles of the training set."""
    layers = {n: layer for n, layer in encoder.named_modules() if isinstance(layer, nn.Linear)}
    seen = {name: _Seen(layer.in_features) for name, layer in layers.items()}
    hooks = [layers[name].register_forward_pre_hook(one.note) for name, one in seen.items()]
    articles = load(prepared / "attribution-train.jsonl")
    for document in random.Random(0).sample(articles, ARTICLES):  # noqa: S311
        for start in range(0, len(document), REACH):
            ids, features = (document.row[n][start : start + REACH] for n in ("ids", "features"))
            encoder(torch.tensor([[CLS, *ids, SEP]]), torch.tensor([[0, *features, 0]]))
    for hook in hooks:
        hook.remove()
    return {
        name: Inputs(one.low.numpy(), one.high.numpy(), one.products.numpy())
        for name, one in seen.items()
    }
