"""Step 2d: how probable each tag is in the annotated articles, by networks that have not seen them.

    python training/encoder/cross_fit.py PREPARED RUN...

A network learns by heart what its annotators did on a whim. Each of the runs, number N of FOLDS,
was trained without part N of the articles (`train.py --leave-out N`), so what it says of them it
has learnt from other people's articles; learning from that as much as from the annotator teaches
how sure to be. Writes PREPARED/attribution-{train,swapped}-tags.npy, float16 [tokens, tags], of all
articles one after another.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from evaluate import read
from model import Model, load_model

from data import FOLDS, Document, load

SETS = ("attribution-train", "attribution-swapped")


def main() -> None:
    """Judge the sets."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("prepared", type=Path)
    ask.add_argument("runs", type=Path, nargs=FOLDS, help="folders of averaged.pt")
    given = ask.parse_args()
    models = [load_model(run / "averaged.pt") for run in given.runs]
    for name in SETS:
        documents = load(given.prepared / f"{name}.jsonl")
        found = np.concatenate(list(judge(models, documents)))
        np.save(given.prepared / f"{name}-tags.npy", found)
        print(f"{name}: {len(found):,} tokens")


def judge(models: Sequence[Model], documents: Sequence[Document]) -> Iterator[np.ndarray]:
    """Probabilities of each document's tags by the model that has not seen it."""
    for number, document in enumerate(documents):
        model = models[number % len(models)]
        with torch.inference_mode():
            vectors = read(model, document)[torch.tensor(document.firsts)]
        found = model.attribution.probabilities(model.attribution(vectors.clone()))
        yield found.numpy().astype(np.float16)


if __name__ == "__main__":
    main()
