"""Step 2b: what earlier models find in texts whose statements nobody annotated.

    python training/encoder/silver_statements.py PREPARED MODEL...

A network that has read the annotated articles many times knows them by heart, and what it is sure
of there it is sure of everywhere. Of other texts it knows only what it has learnt to tell, so
they show the next one how sure it should be (self-training: Xie et al. 2020, "Self-training with
Noisy Student"). Every model draws one labelling of each text from its own conditional random
field, so what several drawings say together is the mean of the models' probabilities.

The texts are NewsMTSC's sentences and GUM's documents. Writes
PREPARED/attribution-silver.jsonl: rows as in attribution-train.jsonl with a version of the
statements by each model, each span of them by itself, since who belongs to whom isn't drawn;
NewsMTSC's with its targets and the number of the row there.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from evaluate import read
from model import Model, load_model
from numpy.typing import NDArray

from data import Document, load
from presslens.nlp.tagging import ATTRIBUTION

# The other treebank is mostly reviews, questions and e-mails.
TREEBANK = "GUM"
KEPT = ("ids", "features", "firsts", "sentences", "targets", "number")

Version = list[dict[str, list[tuple[int, int]]]]
Doubles = NDArray[np.float64]


def main() -> None:
    """Label the texts."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("prepared", type=Path)
    ask.add_argument("models", type=Path, nargs="+", help="averaged.pt of earlier runs")
    given = ask.parse_args()
    models = [load_model(path) for path in given.models]
    documents = load(given.prepared / "targets-train.jsonl")
    for number, document in enumerate(documents):
        document.row["number"] = number
    trees = load(given.prepared / "trees-train.jsonl")
    documents += [one for one in trees if one.row["id"].startswith(TREEBANK)]
    with (given.prepared / "attribution-silver.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in label(models, documents))


def label(models: Sequence[Model], documents: Sequence[Document]) -> Iterator[dict[str, Any]]:
    """The documents with a version of their statements drawn by each model."""
    for number, document in enumerate(documents):
        row = {name: value for name, value in document.row.items() if name in KEPT}
        versions = [_draw(model, document, [number, n]) for n, model in enumerate(models)]
        yield {**row, "statements": versions, "drawn": True}


@torch.inference_mode()
def _draw(model: Model, document: Document, seed: Sequence[int]) -> Version:
    tokens = read(model, document)[torch.tensor(document.firsts)]
    scores = model.attribution(tokens).double().numpy()
    steps = (model.attribution.transitions + model.attribution.forbidden).double().numpy()
    tags = draw_tags(scores, steps, np.random.default_rng(seed))
    return [{**_NOTHING, role: [(start, end)]} for start, end, role in ATTRIBUTION.decode(tags)]


_NOTHING: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}


def draw_tags(scores: Doubles, steps: Doubles, chance: np.random.Generator) -> list[int]:
    """Tags of one text, as often these as they are probable.

    Sums over all beginnings forwards, then draws backwards (Scott 2002). scores [tokens, tags],
    steps [tags, tags], both logarithms.
    """
    moves = np.exp(steps)
    reached = np.zeros_like(scores)
    ahead = ATTRIBUTION.starts.astype(float)
    for place, own in enumerate(np.exp(scores - scores.max(axis=1, keepdims=True))):
        reached[place] = ahead * own
        reached[place] /= reached[place].sum()
        ahead = reached[place] @ moves
    drawn: list[int] = []
    behind = ATTRIBUTION.ends.astype(float)
    for row in reached[::-1]:
        weights = np.cumsum(row * behind)
        drawn.append(int(np.searchsorted(weights, chance.random() * weights[-1], side="right")))
        behind = moves[:, drawn[-1]]
    return drawn[::-1]


if __name__ == "__main__":
    main()
