"""Step 2: the encoder's embeddings as static word vectors, for spaCy.

    python training/syntax/vectors.py ENCODER.onnx VOCABULARY OUT [--width 64]

ENCODER is the encoder in full precision, with its table of wordpieces `words.weight`. Its whole
words (not their later pieces, nor markers) are kept, reduced by principal components to WIDTH
numbers, at unit variance on average. OUT is a spaCy pipeline with nothing but these vectors, looked
up by a word's norm (lower case).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import spacy
from onnx import numpy_helper
from spacy.vectors import Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

TABLE = "words.weight"


def main() -> None:
    """Write the vectors."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("encoder", type=Path)
    ask.add_argument("vocabulary", type=Path, help="the wordpieces, a line each")
    ask.add_argument("out", type=Path)
    ask.add_argument("--width", type=int, default=64)
    given = ask.parse_args()
    pieces = given.vocabulary.read_text(encoding="utf-8").splitlines()
    kept = [n for n, piece in enumerate(pieces) if is_word(piece)]
    table = reduce(read_table(given.encoder)[kept], given.width)
    nlp = spacy.blank("en")
    nlp.vocab.vectors = Vectors(
        strings=nlp.vocab.strings,
        data=table,
        keys=[nlp.vocab.strings.add(pieces[n]) for n in kept],
        name="wordpieces",
        attr="NORM",
    )
    nlp.to_disk(given.out)
    print(f"{len(kept)} words, {given.width} numbers each")


def is_word(piece: str) -> bool:
    """Whether a wordpiece is a whole word or sign in a script that English news is written in."""
    return not piece.startswith(("##", "[")) and all(
        ord(c) < 0x250 or c in "–—’“”…€" for c in piece
    )


def read_table(path: Path) -> NDArray[np.float32]:
    """The encoder's table of wordpieces."""
    for initializer in onnx.load(path).graph.initializer:
        if initializer.name == TABLE:
            return np.asarray(numpy_helper.to_array(initializer), dtype=np.float32)
    raise SystemExit(f"{path} has no initializer {TABLE}; give the encoder in full precision")


def reduce(table: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """The table's principal components, as stored: half precision, read again as single."""
    centred = table - table.mean(axis=0)
    values, directions = np.linalg.eigh(np.cov(centred, rowvar=False))
    reduced = centred @ directions[:, np.argsort(values)[::-1][:width]]
    return (reduced / reduced.std()).astype(np.float16).astype(np.float32)


if __name__ == "__main__":
    main()
