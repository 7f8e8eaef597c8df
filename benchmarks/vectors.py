"""How well sentence vectors keep what the base model knew: rank correlation of similarities.

    python benchmarks/vectors.py TEXTS.jsonl BASE

TEXTS: articles with `text` that were not trained on; BASE: the folder of all-MiniLM-L6-v2's own
model in ONNX form, as training/encoder/export.py writes it from the untrained network with
`--form float`. Each sentence is read alone by the base model; by ours alone, and in its article.
"""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from presslens.article import Article
from presslens.nlp.encoder import encode, vectors_of
from presslens.nlp.heads import sentence_vectors
from presslens.nlp.pieces import CLS, SEP, split_pieces
from presslens.tokens import tokenize

ARTICLES = 40
SHORTEST = 5

FloatArray = NDArray[np.float32]


def main() -> None:
    """Spearman's correlation over all pairs of sentences."""
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in islice(file, ARTICLES)]
    docs = encode([tokenize(Article(id=str(n), text=row["text"])) for n, row in enumerate(rows)])
    chosen = [
        [n for n, sentence in enumerate(doc.sentences) if len(sentence.words) >= SHORTEST]
        for doc in docs
    ]
    texts = [
        doc.sentences[n].span.of(doc.text)
        for doc, numbers in zip(docs, chosen, strict=True)
        for n in numbers
    ]
    alone_docs = encode([tokenize(Article(id="a", text=" ".join(text.split()))) for text in texts])
    taught = base_vectors(Path(sys.argv[2]), texts)
    alone = sentence_vectors(np.stack([vectors_of(d).sentences.mean(axis=0) for d in alone_docs]))
    inside = sentence_vectors(
        np.concatenate(
            [vectors_of(d).sentences[numbers] for d, numbers in zip(docs, chosen, strict=True)]
        )
    )
    print(f"{len(texts):,} sentences of {len(docs)} articles")
    print(f"alone       {rank_correlation(alone, taught):.3f}")
    print(f"in articles {rank_correlation(inside, taught):.3f}")


def base_vectors(folder: Path, texts: list[str]) -> FloatArray:
    """Unit vectors by the base model, as sentence-transformers computes them."""
    from onnxruntime import InferenceSession

    session = InferenceSession(folder / "encoder.onnx", providers=["CPUExecutionProvider"])
    found = []
    for text in texts:
        pieces = split_pieces(tokenize(Article(id="a", text=text)))
        ids = np.array([[CLS, *pieces.ids[:128], SEP]])
        hidden = session.run(None, {"ids": ids, "features": np.zeros_like(ids)})[0][0]
        mean = hidden.mean(axis=0)
        found.append(mean / np.linalg.norm(mean))
    return np.stack(found)


def rank_correlation(mine: FloatArray, theirs: FloatArray) -> float:
    """Spearman's, over the similarities of all pairs."""
    upper = np.triu_indices(len(mine), 1)
    ranks = [(vectors @ vectors.T)[upper].argsort().argsort() for vectors in (mine, theirs)]
    return float(np.corrcoef(*ranks)[0, 1])


if __name__ == "__main__":
    main()
