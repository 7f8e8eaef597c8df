"""The network that weighs what lists and words tell of a speaker, as it is fitted.

`presslens.attribution.weighing.likelihoods` computes the same in numpy, by the same names.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from presslens.attribution.voices import NAMINGS, SPEAKER_TYPES
from presslens.attribution.weighing import FARTHEST, LISTED, MARKS, Shown
from presslens.nlp.pieces import MOST_PIECES

WIDTH, WORD_WIDTH = 384, 64
INNER, QUERIES = 192, 8


class Network(nn.Module):
    """Pools the tokens near a speaker by fixed queries, adds what lists tell.

    `words` [pieces, WORD_WIDTH] stays as it is.
    """

    def __init__(self, words: Tensor, dropout: float = 0.4) -> None:
        super().__init__()
        self.register_buffer("words", words)
        self.drop = nn.Dropout(dropout)
        # Vectors and words are hidden less than what the last layers see.
        self.hide = nn.Dropout(0.75 * dropout)
        self.vector = nn.Linear(WIDTH, INNER)
        self.word = nn.Linear(WORD_WIDTH, INNER, bias=False)
        self.mark = nn.Embedding(MARKS, INNER)
        self.distance = nn.Embedding(2 * FARTHEST + 1, INNER)
        self.inner_norm = nn.LayerNorm(INNER)
        self.inner = nn.Linear(INNER, INNER)
        self.query = nn.Linear(INNER, QUERIES)
        self.query_mark = nn.Embedding(MARKS, QUERIES)
        self.value = nn.Linear(INNER, INNER)
        self.listed = nn.Linear(LISTED, INNER)
        self.article = nn.Linear(WIDTH, INNER)
        self.out_norm = nn.LayerNorm(2 * INNER)
        self.out_inner = nn.Linear(2 * INNER, INNER)
        self.out = nn.Linear(INNER, len(SPEAKER_TYPES) + len(NAMINGS))
        nn.init.normal_(self.distance.weight, std=0.1)

    def forward(self, batch: dict[str, Tensor]) -> Tensor:
        """Scores [speakers, types and namings]."""
        x = self.vector(self.hide(batch["vectors"])) + self.word(self.hide(batch["words"]))
        x = x + self.mark(batch["marks"]) + self.distance(batch["distances"])
        x = gelu(self.inner(self.inner_norm(x)), approximate="tanh")
        scores = self.query(x) + self.query_mark(batch["marks"])
        attention = scores.masked_fill(~batch["real"][..., None], -1e4).softmax(1)
        values = self.value(x).unflatten(-1, (QUERIES, -1))
        pooled = torch.einsum("bth,bthw->bhw", attention, values).flatten(1)
        around = self.listed(batch["listed"]) + self.article(self.hide(batch["article"]))
        joined = self.drop(self.out_norm(torch.cat([pooled, around], dim=1)))
        return self.out(self.drop(gelu(self.out_inner(joined), approximate="tanh")))

    def batch(self, shown: Sequence[Shown]) -> dict[str, Tensor]:
        """What some speakers show, padded to the longest."""
        longest = max(len(one.marks) for one in shown)
        shape = (len(shown), longest)
        vectors = np.zeros((*shape, WIDTH), np.float32)
        pieces = np.full((*shape, MOST_PIECES), -1, np.int64)
        marks, distances = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        real = np.zeros(shape, bool)
        for row, one in enumerate(shown):
            count = len(one.marks)
            vectors[row, :count], pieces[row, :count] = one.vectors, one.pieces
            marks[row, :count], distances[row, :count] = one.marks, one.distances
            real[row, :count] = True
        there = torch.from_numpy(pieces >= 0).float()
        words = self.words[torch.from_numpy(np.maximum(pieces, 0))] * there[..., None]
        return {
            "vectors": torch.from_numpy(vectors),
            "words": words.sum(2) / there.sum(2, keepdim=True).clamp(min=1),
            "marks": torch.from_numpy(marks),
            "distances": torch.from_numpy(distances),
            "real": torch.from_numpy(real),
            "listed": torch.from_numpy(np.stack([one.listed for one in shown])),
            "article": torch.from_numpy(
                np.stack([one.article for one in shown]).astype(np.float32)
            ),
        }


def word_table(embeddings: Tensor) -> Tensor:
    """The main components of the base model's word embeddings, [pieces, WORD_WIDTH], spread 1."""
    torch.manual_seed(0)
    centred = embeddings - embeddings.mean(0)
    _, _, directions = torch.svd_lowrank(centred, q=WORD_WIDTH, niter=6)
    table = centred @ directions
    return table / table.std()
