"""Heads: what the encoder's vectors say, by small matrices in float32.

They are kept out of the quantized network, since they cost next to nothing and gain from precision.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from presslens.nlp.links import nearest, relations
from presslens.paths import MODELS

FloatArray = NDArray[np.float32]
Ints = NDArray[np.int64]

HEADS = MODELS / "heads.npz"

# Parents that a span may point to, on each side of it; of PolNeAR's links 99.9 % are nearer.
NEAREST = 12


@cache
def load_heads() -> Mapping[str, FloatArray]:
    """All weights, by the names of training/encoder/model.py."""
    with np.load(HEADS, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def tag_scores(name: str, vectors: FloatArray) -> FloatArray:
    """Scores [tokens, tags] of the head `name` ("attribution", "names")."""
    return dense(f"{name}.scores", vectors)


def transitions(name: str) -> FloatArray:
    """The head's scores [tags, tags] of a tag after another."""
    return load_heads()[f"{name}.transitions"]


def point(
    name: str, vectors: FloatArray, children: Ints, parents: Ints, sentence_starts: Ints
) -> tuple[Ints, FloatArray]:
    """For each child span the parents it may belong to, -1 for none, and how likely: twice
    [children, choices].

    Args:
        name: the head, "cue_of_content" or "source_of_cue".
        vectors: [tokens, width] of the article.
        children, parents: [spans, 2], spans of tokens, parents ascending.
        sentence_starts: first token of every sentence.
    """
    heads = load_heads()
    if not len(children):
        return np.zeros((0, 1), np.int64), np.zeros((0, 1), np.float32)
    child = np.tanh(dense(f"{name}.child", _ends(vectors, children)))
    none = dense(f"{name}.none", child)
    if not len(parents):
        return np.full((len(children), 1), -1), np.ones((len(children), 1), np.float32)
    parent = np.tanh(dense(f"{name}.parent", _ends(vectors, parents)))
    candidates, there = nearest(children, parents, each_side=NEAREST)
    related = relations(children, parents, candidates, sentence_starts)
    scores = np.einsum("cw,cpw->cp", child @ heads[f"{name}.mix"], parent[candidates])
    scores += dense(f"{name}.bias", parent)[candidates, 0]
    scores += heads[f"{name}.relation.weight"][related, 0].sum(axis=-1)
    scores = np.concatenate([np.where(there, scores, -np.inf), none], axis=1)
    numbers = np.where(there, candidates, -1)
    return np.append(numbers, np.full((len(children), 1), -1), axis=1), _softmax(scores)


def target_probabilities(spans: FloatArray, sentences: FloatArray) -> FloatArray:
    """[targets, 3]: negative, neutral, positive, for the mean vectors of targets and sentences."""
    inner = np.tanh(dense("target.0", np.concatenate([spans, sentences], axis=1)))
    return _softmax(dense("target.2", inner))


def sentence_vectors(means: FloatArray) -> FloatArray:
    """Unit vectors [sentences, 384] whose products are similarities, of sentences' mean vectors."""
    vectors = dense("sentence", means)
    units: FloatArray = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return units


def dense(name: str, x: FloatArray) -> FloatArray:
    """A dense layer by its name."""
    heads = load_heads()
    found: FloatArray = x @ heads[f"{name}.weight"].T + heads[f"{name}.bias"]
    return found


def _ends(vectors: FloatArray, spans: Ints) -> FloatArray:
    return np.concatenate([vectors[spans[:, 0]], vectors[spans[:, 1] - 1]], axis=1)


def _softmax(scores: FloatArray) -> FloatArray:
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: FloatArray = grown / grown.sum(axis=1, keepdims=True)
    return found
