"""Parser: trees, parts of speech and tags by the encoder's own heads, sentence by sentence.

A deep biaffine parser (Dozat and Manning 2017) on the vectors that the other analyses read too, so
that a parse costs a few matrices more and nothing of its own to load.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from presslens.doc import Doc
from presslens.nlp.encoder import describe_model as describe_encoder
from presslens.nlp.encoder import encode, vectors_of
from presslens.nlp.grammar import DEPENDENCIES, PARTS_OF_SPEECH, PENN_TAGS
from presslens.nlp.heads import dense, load_heads
from presslens.nlp.lemmas import APOSTROPHES, load_lemmas
from presslens.nlp.sentences import Parsed, Part, split_parts
from presslens.nlp.trees import best_tree

FloatArray = NDArray[np.float32]
Ints = NDArray[np.int64]

_ROOT = DEPENDENCIES.index("root")
# Tokens whose labels are scored at a time, 13 KB each.
_TOGETHER = 1024


class EncoderParser:
    """The shipped parser."""

    def describe(self) -> str:
        """The encoder's name and version."""
        return describe_encoder()

    def parts(self, docs: Sequence[Doc]) -> Iterator[tuple[Part, Parsed]]:
        """The parse of every sentence."""
        for number, doc in enumerate(encode(docs)):
            if doc.tokens:
                yield from _parse(doc, list(split_parts(number, doc)))


def _parse(doc: Doc, parts: Sequence[Part]) -> Iterator[tuple[Part, Parsed]]:
    vectors = vectors_of(doc).tokens
    heads = _heads(vectors, parts)
    deps = [DEPENDENCIES[n] for n in _dependencies(vectors, heads).tolist()]
    pos = [PARTS_OF_SPEECH[n] for n in dense("parser.pos", vectors).argmax(axis=1).tolist()]
    tags = [PENN_TAGS[n] for n in dense("parser.tags", vectors).argmax(axis=1).tolist()]
    lemmas = [_lemma(span.of(doc.text), tag) for span, tag in zip(doc.tokens, tags, strict=True)]
    for part in parts:
        here = slice(part.start, part.end)
        yield (
            part,
            Parsed(heads[here] - part.start, deps[here], pos[here], tags[here], lemmas[here]),
        )


def _heads(vectors: FloatArray, parts: Iterable[Part]) -> Ints:
    """The head of every token, a tree in every part."""
    child = _relu(dense("parser.child", vectors))
    parent = _relu(dense("parser.parent", vectors))
    root = dense("parser.root", child)[:, 0]
    mixed = _with_one(child) @ load_heads()["parser.mix"]
    heads = np.empty(len(vectors), dtype=np.int64)
    for part in parts:
        here = slice(part.start, part.end)
        scores = mixed[here] @ parent[here].T
        np.fill_diagonal(scores, root[here])
        scores -= scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        heads[here] = part.start + best_tree(scores)
    return heads


def _dependencies(vectors: FloatArray, heads: Ints) -> Ints:
    """How every token depends on its head."""
    child = _with_one(_relu(dense("parser.dependent", vectors)))
    parent = _with_one(_relu(dense("parser.governor", vectors)))
    kinds = load_heads()["parser.kinds"].transpose(1, 0, 2)
    width = len(kinds)
    flat = kinds.reshape(width, -1)
    found = np.empty(len(vectors), dtype=np.int64)
    for start in range(0, len(vectors), _TOGETHER):
        here = slice(start, start + _TOGETHER)
        mixed = (child[here] @ flat).reshape(-1, len(DEPENDENCIES), width)
        scores = (mixed @ parent[heads[here], :, None])[..., 0]
        scores[:, _ROOT] = -np.inf
        found[here] = scores.argmax(axis=1)
    found[heads == np.arange(len(heads))] = _ROOT
    return found


@lru_cache(maxsize=1 << 16)
def _lemma(word: str, tag: str) -> str:
    return load_lemmas().lemma(word.translate(APOSTROPHES), tag) or word


def _relu(x: FloatArray) -> FloatArray:
    found: FloatArray = np.maximum(x, np.float32(0.1) * x)
    return found


def _with_one(x: FloatArray) -> FloatArray:
    found: FloatArray = np.concatenate([x, np.ones((len(x), 1), np.float32)], axis=1)
    return found
