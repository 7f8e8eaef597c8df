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
            vectors, *gold = laid_out(batch)
            parser.loss(F.dropout(vectors, DROPOUT), *gold).backward()
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
    texts = [(document, *span) for document in documents for span in _texts(document, chance)]
    split = [_pieces(*text) for text in texts]
    jobs = [(n, window) for n, one in enumerate(split) for window in plan_windows(len(one))]
    kept: list[list[np.ndarray]] = [[] for _ in texts]
    read = encoder.run_windows([(split[n], window) for n, window in jobs])
    for (n, _), vectors in zip(jobs, read, strict=True):
        kept[n].append(vectors)
    found: Encoded = []
    for (document, start, end), pieces, vectors in zip(texts, split, kept, strict=True):
        words = torch.from_numpy(np.concatenate(vectors)[pieces.firsts])
        for tree in trees_in(document.row, start, end):
            found.append((words[tree.start : tree.start + len(tree)], Tree(0, tree.columns)))
    return found


def _texts(document: Document, chance: random.Random) -> Iterator[tuple[int, int]]:
    """Ranges of tokens that are read as one text: the document, and a few sentences each."""
    bounds = document.row["sentences"]
    borders = [0]
    while borders[-1] < len(bounds):
        borders.append(min(borders[-1] + chance.randint(1, SHORT), len(bounds)))
    for first, last in [(0, len(bounds)), *pairwise(borders)]:
        yield bounds[first][0], bounds[last - 1][1]


def _pieces(document: Document, start: int, end: int) -> Pieces:
    """Those of tokens [start, end), as an article of their own."""
    firsts = document.firsts
    low, high = firsts[start], firsts[end] if end < len(firsts) else len(document)
    return Pieces(
        np.array(document.row["ids"][low:high]),
        np.array(document.row["features"][low:high]),
        np.array(firsts[start:end]) - low,
    )


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


@torch.inference_mode()
def score(parser: Parser, chosen: Encoded) -> tuple[float, float]:
    """UAS and LAS, heads chosen one by one."""
    parser.eval()
    right, count = torch.zeros(3), 0
    for batch in batches(chosen, random.Random(0)):  # noqa: S311
        vectors, heads, real, labels = laid_out(batch)
        right += parser.judge(vectors, heads, real, labels)
        count += int(real.sum())
    uas, las, _ = (right / count).tolist()
    return uas, las


if __name__ == "__main__":
    main()
