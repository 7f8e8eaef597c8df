"""Encoder: the shipped transformer, run over articles; one vector for every token.

Every window of an article is run alone, on one thread, several windows at a time. So nothing of an
article depends on what else is in the batch, and there is no padding. The scales of the quantized
network's activations were fixed beforehand. Weights have seven bits, which keeps the integer
arithmetic the same on processors with and without VNNI (on older ones the product of two full
bytes saturates).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from presslens.doc import Doc, Vectors
from presslens.nlp.heads import HEADS
from presslens.nlp.pieces import CLS, SEP, Pieces, split_pieces
from presslens.nlp.threads import threads
from presslens.nlp.windows import Window, plan_windows
from presslens.paths import MODELS

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL = MODELS / "encoder.onnx"
WIDTH = 384

FloatArray = NDArray[np.float32]

_LOADING = Lock()


def encode(docs: Sequence[Doc]) -> list[Doc]:
    """The same articles with their vectors, which an article's neighbours don't change.

    Articles that were encoded before are returned as they are.
    """
    new = [number for number, doc in enumerate(docs) if doc.vectors is None]
    found = list(docs)
    for number, vectors in zip(new, _vectors([docs[n] for n in new]), strict=True):
        found[number] = replace(docs[number], vectors=vectors)
    return found


def vectors_of(doc: Doc) -> Vectors:
    """An article's vectors, made now if they were not before."""
    return doc.vectors or _vectors([doc])[0]


def _vectors(docs: Sequence[Doc]) -> list[Vectors]:
    split = [split_pieces(doc) for doc in docs]
    plan = [(pieces, window) for pieces in split for window in plan_windows(len(pieces))]
    # The longest first, so that no thread is left with a long one at the end.
    order = sorted(range(len(plan)), key=lambda n: plan[n][1].start - plan[n][1].end)
    kept: list[FloatArray] = [np.empty((0, WIDTH), np.float32)] * len(plan)
    for number, vectors in zip(order, run_windows([plan[n] for n in order]), strict=True):
        kept[number] = vectors
    found, place = [], 0
    for doc, pieces in zip(docs, split, strict=True):
        count = len(plan_windows(len(pieces)))
        found.append(_aligned(doc, pieces, kept[place : place + count]))
        place += count
    return found


@cache
def describe_model() -> str:
    """Name and content of the shipped weights, as the tables carry them: `encoder@1a2b3c4d5e6f`."""
    found = sha256()
    for path in (MODEL, HEADS):
        found.update(path.read_bytes())
    return f"encoder@{found.hexdigest()[:12]}"


def run_windows(plan: Sequence[tuple[Pieces, Window]]) -> Iterator[FloatArray]:
    """The vectors that each window keeps, [pieces, width], in the order given."""
    session = _session()
    with ThreadPoolExecutor(threads()) as pool:
        yield from pool.map(lambda job: _run_window(session, *job), plan)


def _run_window(session: InferenceSession, pieces: Pieces, window: Window) -> FloatArray:
    ids = np.concatenate(([CLS], pieces.ids[window.start : window.end], [SEP]))
    features = np.concatenate(([0], pieces.features[window.start : window.end], [0]))
    inputs = {"ids": ids[None], "features": features[None]}
    hidden: FloatArray = session.run(None, inputs)[0][0]
    return hidden[1 + window.first - window.start : 1 + window.last - window.start]


def _aligned(doc: Doc, pieces: Pieces, kept: Sequence[FloatArray]) -> Vectors:
    if not kept:
        nothing = np.zeros((0, WIDTH), np.float32)
        return Vectors(nothing, nothing, pieces.of_tokens())
    vectors = np.concatenate(kept)
    sizes = [len(sentence.tokens) for sentence in doc.sentences]
    starts = pieces.firsts[np.cumsum([0, *sizes[:-1]])]
    # Of two sentences that begin in one piece the first has no other, and that piece is its mean.
    counts = np.maximum(np.diff(np.append(starts, len(vectors))), 1)
    sums = np.add.reduceat(vectors, starts, axis=0)
    means: FloatArray = (sums / counts[:, None]).astype(np.float32, copy=False)
    return Vectors(vectors[pieces.firsts], means, pieces.of_tokens())


def _session() -> InferenceSession:
    """The network, loaded once per process, also when several threads ask for it first."""
    with _LOADING:
        return _load()


@cache
def _load() -> InferenceSession:
    # From 1.32 on its builds report their use over the network, unless told not to before loading.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return InferenceSession(MODEL, options, providers=["CPUExecutionProvider"])
