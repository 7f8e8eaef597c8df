"""The network that tells whom a source stands for, as it is fitted.

`presslens.attribution.ranking.likelihoods` computes the same in numpy, by the same names.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from presslens.attribution.ranking import Compared
from presslens.attribution.signs import CANDIDATE_SIGNS, SOURCE_SIGNS
from presslens.nlp.encoder import WIDTH

PROJECTED, INNER = 48, 128
# What no candidate has for a score.
NONE = -1e4


class AntecedentNetwork(nn.Module):
    """Scores candidates by their signs and by vectors of the source and of theirs."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        # Vectors are hidden more often, so that signs are learnt from first.
        self.hide = nn.Dropout(1.5 * dropout)
        self.source_vector = nn.Linear(WIDTH, PROJECTED)
        self.last_vector = nn.Linear(WIDTH, PROJECTED)
        self.first_vector = nn.Linear(WIDTH, PROJECTED)
        self.outer = nn.Linear(SOURCE_SIGNS + CANDIDATE_SIGNS + 5 * PROJECTED, INNER)
        self.norm = nn.LayerNorm(INNER)
        self.inner = nn.Linear(INNER, INNER)
        self.score = nn.Linear(INNER, 1)

    def forward(self, batch: dict[str, Tensor]) -> Tensor:
        """Scores [sources, candidates]."""
        count = batch["candidates"].shape[1]
        source = self.source_vector(self.hide(batch["source_vector"]))
        alike = torch.cat([batch["source"], source], dim=1)[:, None].expand(-1, count, -1)
        last = self.last_vector(self.hide(batch["vectors"][:, :, 0]))
        first = self.first_vector(self.hide(batch["vectors"][:, :, 1]))
        source = source[:, None]
        seen = [alike, batch["candidates"], last, first, source * last, source * first]
        hidden = gelu(self.norm(self.outer(torch.cat(seen, dim=2))), approximate="tanh")
        hidden = self.drop(hidden)
        hidden = hidden + self.drop(gelu(self.inner(hidden), approximate="tanh"))
        scores: Tensor = self.score(hidden)[..., 0]
        return scores.masked_fill(~batch["real"], NONE)


def batch(compared: Sequence[Compared]) -> dict[str, Tensor]:
    """Sources with their candidates, padded to the most."""
    most = max(len(one.candidates) for one in compared)
    shape = (len(compared), most)
    candidates = np.zeros((*shape, CANDIDATE_SIGNS), np.float32)
    vectors = np.zeros((*shape, 2, WIDTH), np.float32)
    real = np.zeros(shape, bool)
    for row, one in enumerate(compared):
        count = len(one.candidates)
        candidates[row, :count], vectors[row, :count] = one.candidates, one.vectors
        real[row, :count] = True
    found = {
        "source": np.stack([one.source for one in compared]),
        "candidates": candidates,
        "source_vector": np.stack([one.source_vector for one in compared]).astype(np.float32),
        "vectors": vectors,
        "real": real,
    }
    return {name: torch.from_numpy(array) for name, array in found.items()}
