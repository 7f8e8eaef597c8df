"""Step 5, once the network is packaged: fit the parser's head anew to the vectors that it gives.

    python training/encoder/refit.py PREPARED [--passes 12]

The network stays as it is, quantized; so its vectors of the treebanks are made once, and a pass
over them takes seconds. Every sentence is read twice, in its document and with few others, since an
article may be short. Writes the head into models/heads.npz, as it was best on EWT's dev.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from model import Parser
from torch import Tensor, nn

from data import Document, Tree, load, side_by_side, trees_in
from presslens.nlp import encoder
from presslens.nlp.heads import HEADS, load_heads
from presslens.nlp.pieces import Pieces
from presslens.nlp.windows import plan_windows

TOKENS_TOGETHER = 4000
SHORT = 5  # sentences at most in a short text
RATE, DROPOUT = 1e-3, 0.2

Encoded = list[tuple[Tensor, Tree]]


def main() -> None:
    """Train, and keep the best."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("prepared", type=Path)
    ask.add_argument("--passes", type=int, default=12)
    given = ask.parse_args()
    torch.manual_seed(1)
    chance = random.Random(1)  # noqa: S311
    train = sentences(load(given.prepared / "trees-train.jsonl"), chance)
    dev = sentences(load(given.prepared / "trees-dev.jsonl"), chance)
    parser = Parser()
    stored = {name: torch.from_numpy(np.array(value)) for name, value in load_heads().items()}
    own = {n.removeprefix("parser."): v for n, v in stored.items() if n.startswith("parser.")}
    parser.load_state_dict(own)
    best, kept = score(parser, dev), own
    print(f"before: UAS {best[0]:.4f}, LAS {best[1]:.4f}")
    optimizer = torch.optim.AdamW(parser.parameters(), lr=RATE, weight_decay=0.01)
    steps = given.passes * len(list(batches(train, chance)))
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.01, steps)
    for number in range(given.passes):
        parser.train()
        for batch in batches(train, chance):
            loss(parser, batch).backward()
            nn.utils.clip_grad_norm_(parser.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
        found = score(parser, dev)
        print(f"pass {number + 1}: UAS {found[0]:.4f}, LAS {found[1]:.4f}", flush=True)
        if found[1] > best[1]:
            best, kept = found, {n: v.clone() for n, v in parser.state_dict().items()}
    stored |= {f"parser.{name}": value for name, value in kept.items()}
    np.savez(HEADS, **{name: value.numpy() for name, value in stored.items()})


def sentences(documents: Sequence[Document], chance: random.Random) -> Encoded:
    """Every tree with the packaged network's vectors of its words, in long texts and in short."""
    found: Encoded = []
    for document in documents:
        count = len(document.row["sentences"])
        borders = [0]
        while borders[-1] < count:
            borders.append(min(borders[-1] + chance.randint(1, SHORT), count))
        for first, last in [(0, count), *pairwise(borders)]:
            start, end = document.row["sentences"][first][0], document.row["sentences"][last - 1][1]
            words = _vectors(document, start, end)
            for tree in trees_in(document.row, start, end):
                vectors = torch.from_numpy(words[tree.start : tree.start + len(tree)])
                found.append((vectors, Tree(0, tree.columns)))
    return found


def _vectors(document: Document, start: int, end: int) -> np.ndarray:
    """Of tokens [start, end), which are read as an article of their own."""
    firsts = document.firsts
    low, high = firsts[start], firsts[end] if end < len(firsts) else len(document)
    pieces = Pieces(
        np.array(document.row["ids"][low:high]),
        np.array(document.row["features"][low:high]),
        np.array(firsts[start:end]) - low,
    )
    jobs = [(pieces, window) for window in plan_windows(len(pieces))]
    return np.concatenate(list(encoder._run(jobs)))[pieces.firsts]


def batches(chosen: Encoded, chance: random.Random) -> Iterator[Encoded]:
    """All trees once, those of about one length together, in random order."""
    order = sorted(chosen, key=lambda pair: len(pair[1]) + 3 * chance.random())
    groups: list[Encoded] = [[]]
    for pair in order:
        if groups[-1] and len(pair[1]) * (len(groups[-1]) + 1) > TOKENS_TOGETHER:
            groups.append([])
        groups[-1].append(pair)
    chance.shuffle(groups)
    return iter(groups)


def laid_out(batch: Encoded) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Vectors [trees, tokens, width], heads, which are real, and labels [3, real tokens]."""
    width = max(len(tree) for _, tree in batch)
    vectors = torch.zeros(len(batch), width, batch[0][0].shape[1])
    for row, (own, _) in enumerate(batch):
        vectors[row, : len(own)] = own
    trees = [(row, tree) for row, (_, tree) in enumerate(batch)]
    _, heads, real, labels = side_by_side(trees, width)
    return vectors, heads, real, labels


def loss(parser: Parser, batch: Encoded) -> Tensor:
    """The sum of what heads, dependencies, parts of speech and tags cost, a word."""
    vectors, heads, real, labels = laid_out(batch)
    vectors = F.dropout(vectors, DROPOUT)
    scores = parser.arcs(vectors).masked_fill(~real.unsqueeze(1), -1e4)
    words, governors = vectors[real], vectors.gather(1, wide(heads, vectors))[real]
    return (
        F.cross_entropy(scores[real], heads[real])
        + F.cross_entropy(parser.labels(words, governors), labels[0])
        + F.cross_entropy(parser.pos(words), labels[1])
        + F.cross_entropy(parser.tags(words), labels[2])
    )


def wide(heads: Tensor, vectors: Tensor) -> Tensor:
    """Heads [trees, tokens] as indices of whole vectors."""
    return heads.unsqueeze(2).expand(-1, -1, vectors.shape[2])


@torch.inference_mode()
def score(parser: Parser, chosen: Encoded) -> tuple[float, float]:
    """UAS and LAS, heads chosen one by one."""
    parser.eval()
    right = np.zeros(2)
    count = 0
    for batch in batches(chosen, random.Random(0)):  # noqa: S311
        vectors, heads, real, labels = laid_out(batch)
        guess = parser.arcs(vectors).masked_fill(~real.unsqueeze(1), -1e4).argmax(2)
        words, governors = vectors[real], vectors.gather(1, wide(guess, vectors))[real]
        head = (guess == heads)[real]
        label = parser.labels(words, governors).argmax(1) == labels[0]
        right += [int(head.sum()), int((head & label).sum())]
        count += int(real.sum())
    return right[0] / count, right[1] / count


if __name__ == "__main__":
    main()
