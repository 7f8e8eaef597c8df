"""Step 2b: what earlier models say of the names in the attribution articles.

    python training/encoder/silver_targets.py PREPARED MODEL...

NewsMTSC has 8,800 targets, and a network that sees them often learns them by heart. The mean of
several models' probabilities for names in other sentences is more to learn from (self-training
with soft labels: Xie et al. 2020). Writes PREPARED/attribution-train-targets.jsonl, a line a
document: [first token, last token, [negative, neutral, positive]] of every name, each sentence read
by itself, as in NewsMTSC.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from model import Model, load_model

from data import Document, load
from presslens.nlp.pieces import CLS, SEP

SET = "attribution-train"
LONGEST = 128
TOGETHER = 64


@dataclass
class Sentence:
    """Pieces and features of one sentence with names; its tokens' first pieces; its names."""

    document: int
    start: int
    ids: list[int]
    features: list[int]
    firsts: list[int]
    names: list[tuple[int, int]]


def main() -> None:
    """Label the attribution set."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("prepared", type=Path)
    ask.add_argument("models", type=Path, nargs="+", help="averaged.pt of earlier runs")
    given = ask.parse_args()
    models = [load_model(path) for path in given.models]
    found = label(models, load(given.prepared / f"{SET}.jsonl"))
    with (given.prepared / f"{SET}-targets.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(targets) + "\n" for targets in found)
    print(f"{sum(map(len, found)):,} names")


@torch.inference_mode()
def label(
    models: Sequence[Model], documents: Sequence[Document]
) -> list[list[tuple[int, int, list[float]]]]:
    """The names of each document with the mean of the models' probabilities."""
    found: list[list[tuple[int, int, list[float]]]] = [[] for _ in documents]
    sentences = [one for n, document in enumerate(documents) for one in _sentences(n, document)]
    sentences.sort(key=lambda one: len(one.ids))
    for start in range(0, len(sentences), TOGETHER):
        part = sentences[start : start + TOGETHER]
        probable = sum(_probable(model, part) for model in models) / len(models)
        names = [(one, first, last) for one in part for first, last in one.names]
        for (one, first, last), row in zip(names, probable.tolist(), strict=True):
            triple = [round(value, 3) for value in row]
            found[one.document].append((one.start + first, one.start + last, triple))
    return [sorted(targets) for targets in found]


def _sentences(number: int, document: Document) -> list[Sentence]:
    """The sentences of a document that hold names of persons, organisations, groups or places."""
    row, firsts, found = document.row, document.firsts, []
    names = [(first, last) for first, last, kind in row["names"] or () if kind != "other"]
    for start, end in row["sentences"]:
        inside = [(a - start, b - start) for a, b in names if start <= a and b <= end]
        low = firsts[start]
        high = firsts[end] if end < len(firsts) else len(document)
        if inside and high - low <= LONGEST:
            ids, features = row["ids"][low:high], row["features"][low:high]
            own = [first - low for first in firsts[start:end]]
            found.append(Sentence(number, start, ids, features, own, inside))
    return found


def _probable(model: Model, sentences: Sequence[Sentence]) -> torch.Tensor:
    """Probabilities [names, 3] of all names in some sentences, one after another."""
    width = max(len(one.ids) for one in sentences) + 2
    ids, features = torch.zeros(2, len(sentences), width, dtype=torch.long)
    mask = torch.zeros(len(sentences), width, dtype=torch.bool)
    for n, one in enumerate(sentences):
        size = len(one.ids)
        ids[n, : size + 2] = torch.tensor([CLS, *one.ids, SEP])
        features[n, 1 : size + 1] = torch.tensor(one.features)
        mask[n, : size + 2] = True
    hidden = model.encoder(ids, features, mask[:, None, None, :])
    tokens = [
        own[torch.tensor(one.firsts)] for own, one in zip(hidden[:, 1:], sentences, strict=True)
    ]
    targets = [[(*name, 0, len(one.firsts)) for name in one.names] for one in sentences]
    return torch.softmax(model.tones(tokens, targets), dim=1)


if __name__ == "__main__":
    main()
