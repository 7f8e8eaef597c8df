"""Syntax: parts of speech, lemmas and dependencies of an article's own tokens.

They come from the encoder's heads, or from a spaCy pipeline of the user's own, which the variable
PRESSLENS_SYNTAX names: an installed package or a folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from presslens.doc import Doc
from presslens.nlp.parser import EncoderParser
from presslens.nlp.pipeline import load_pipeline
from presslens.nlp.sentences import Parsed, Part

ENVIRONMENT = "PRESSLENS_SYNTAX"

IntArray = NDArray[np.int32]


class Parser(Protocol):
    """What makes trees."""

    def describe(self) -> str:
        """Name and version, for the record of an analysis."""

    def parts(self, docs: Sequence[Doc]) -> Iterator[tuple[Part, Parsed]]:
        """The parse of every sentence of articles, or of its parts, in any order."""


@dataclass(frozen=True, eq=False)
class Syntax:
    """The trees of an article, token by token, in the order of `Doc.tokens`.

    Labels are those of Universal Dependencies 2 (a pipeline of one's own has its own labels).
    Every sentence has one root, which is its own head and has the label `root`.

    Attributes:
        heads: [tokens], the number of the token on which each depends.
        deps: how it depends on it: nsubj, obj, appos, acl:relcl, …
        pos: UD's parts of speech: NOUN, PROPN, VERB, AUX, …
        tags: Penn Treebank's: NNS, VBD, …
        lemmas: the words' base forms; names keep their capitals.
    """

    heads: IntArray
    deps: tuple[str, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    lemmas: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.deps)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The tokens that depend on each token, in order."""
        found: list[list[int]] = [[] for _ in self.deps]
        for number, head in enumerate(self.heads.tolist()):
            if head != number:
                found[head].append(number)
        return tuple(map(tuple, found))

    def under(self, token: int, *labels: str) -> list[int]:
        """The tokens that depend on a token by one of the labels (without any: by whichever)."""
        return [n for n in self.children[token] if not labels or self.deps[n] in labels]

    def subtree(self, token: int, *, without: Iterable[str] = ()) -> list[int]:
        """A token and all that depends on it, in order, less what hangs on it by some labels.

        The phrase of a noun without its clauses and asides is
        `subtree(noun, without=CLAUSES | ASIDES)`; the labels are looked at just below `token`.
        """
        left_out = frozenset(without)
        found = [token]
        waiting = [n for n in self.children[token] if self.deps[n] not in left_out]
        while waiting:
            number = waiting.pop()
            found.append(number)
            waiting += self.children[number]
        return sorted(found)


def parse(docs: Sequence[Doc]) -> list[Syntax]:
    """The trees of articles, which never depend on what they were parsed with.

    Raises:
        SyntaxModelError: if PRESSLENS_SYNTAX names a pipeline that is not there or has no parser.
    """
    return parse_with(load_parser(), docs)


def parse_with(parser: Parser, docs: Sequence[Doc]) -> list[Syntax]:
    """The trees of articles, by a parser."""
    found = [_Columns(len(doc.tokens)) for doc in docs]
    for part, parsed in parser.parts(docs):
        found[part.doc].fill(part, parsed)
    return [columns.joined() for columns in found]


def describe_model() -> str:
    """Name and version of the parser in use, for the record of an analysis."""
    return load_parser().describe()


def load_parser() -> Parser:
    """The parser in use."""
    name = os.environ.get(ENVIRONMENT)
    return _load_named(name) if name else EncoderParser()


@cache
def _load_named(name: str) -> Parser:
    return load_pipeline(name, ENVIRONMENT)


class _Columns:
    """The columns of one article while its sentences come in, in any order."""

    def __init__(self, size: int) -> None:
        self.heads = np.arange(size, dtype=np.int32)
        self.roots: list[tuple[int, bool]] = []
        self.deps, self.pos, self.tags, self.lemmas = ([""] * size for _ in range(4))

    def fill(self, part: Part, parsed: Parsed) -> None:
        """Take over the parse of a part of the article."""
        here = slice(part.start, part.end)
        self.heads[here] = part.start + parsed.heads
        self.deps[here], self.pos[here] = parsed.deps, parsed.pos
        self.tags[here], self.lemmas[here] = parsed.tags, parsed.lemmas
        root = int(np.flatnonzero(parsed.heads == np.arange(len(parsed.heads)))[0])
        self.roots.append((part.start + root, part.begins))

    def joined(self) -> Syntax:
        """The article's trees; later parts of a sentence hang on the root of its first."""
        root = 0
        for number, begins in sorted(self.roots):
            if begins:
                root = number
            else:
                self.heads[number], self.deps[number] = root, "parataxis"
        return Syntax(self.heads, *map(tuple, (self.deps, self.pos, self.tags, self.lemmas)))
