"""Step 2: the base model's own sentence vectors, which the trained encoder must keep.

    python training/encoder/teach.py BASE PREPARED

Writes PREPARED/<set>.npy, float16 [sentences, 384], of unit length, for the sets with sentences.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from model import Encoder, load_base

from presslens.nlp.pieces import CLS, SEP, _tokenizer

SETS = ("attribution-train", "attribution-dev", "targets-train")
LONGEST = 128


def main() -> None:
    """Vectors of all sets."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("base", type=Path, help="all-MiniLM-L6-v2's model.safetensors")
    ask.add_argument("prepared", type=Path)
    given = ask.parse_args()
    encoder = Encoder(dropout=0.0).eval()
    with torch.no_grad():
        load_base(encoder, given.base)
    for name in SETS:
        with (given.prepared / f"{name}.jsonl").open(encoding="utf-8") as file:
            texts = [text for line in file for text in json.loads(line)["texts"]]
        np.save(given.prepared / f"{name}.npy", vectors(encoder, texts))
        print(f"{name}: {len(texts):,} sentences")


@torch.no_grad()
def vectors(encoder: Encoder, texts: list[str]) -> np.ndarray:
    """Unit vectors of sentences, each by itself, as sentence-transformers computes them."""
    tokenizer = _tokenizer()
    pieces = [
        [CLS, *encoding.ids[:LONGEST], SEP]
        for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)
    ]
    found = np.zeros((len(texts), 384), dtype=np.float16)
    order = sorted(range(len(texts)), key=lambda n: len(pieces[n]))
    for start in range(0, len(order), 64):
        part = order[start : start + 64]
        width = max(len(pieces[n]) for n in part)
        ids = torch.tensor([pieces[n] + [0] * (width - len(pieces[n])) for n in part])
        mask = ids != 0
        hidden = encoder(ids, torch.zeros_like(ids), mask[:, None, None, :])
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        found[part] = torch.nn.functional.normalize(mean, dim=1).numpy().astype(np.float16)
    return found


if __name__ == "__main__":
    main()
