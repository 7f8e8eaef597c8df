"""Syntax: parts of speech, lemmas and dependencies of an article's own tokens, by a spaCy pipeline.

The shipped pipeline (training/syntax) is run sentence by sentence, on the words and boundaries that
`presslens.tokens` gave, many sentences at a time; nothing of a sentence depends on another one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from presslens.doc import Doc
from presslens.paths import MODELS
from presslens.problems import PresslensError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc as SpacyDoc

MODEL = MODELS / "syntax"
# Names an installed spaCy pipeline, or its folder, that is to be used instead.
ENVIRONMENT = "PRESSLENS_SYNTAX"

# Tokens; a longer sentence is a table or a list without punctuation. It is parsed in parts.
LONGEST = 400
# Tokens at a time: enough that the cost of a step is shared by many sentences, some 60 MB.
BATCH = 8000

# Labels under which a clause stands, or a phrase that is no part of the noun's own name.
CLAUSES = frozenset(
    "acl acl:relcl advcl advcl:relcl ccomp csubj csubj:outer csubj:pass parataxis xcomp".split()
)
ASIDES = frozenset("appos cc conj discourse parataxis punct".split())

_ATTRIBUTES: list[int | str] = ["HEAD", "DEP", "POS", "TAG", "LEMMA"]
# What the shipped network looks at in a word; spaCy would find out fifteen things more of each.
_READ = ("LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE")
_NOT_NEEDED = ["ner", "senter", "sentencizer", "entity_linker", "textcat"]
_CUT_AFTER = frozenset({";", ":", ",", "•", "|", "·", "—", "–", "-"})
_APOSTROPHES = str.maketrans("’‘‛ʼ`´", "''''''")
_DOUBLE_QUOTES = frozenset('"“”„‟«»＂〝〞') | {"``", "''"}
_SINGLE_QUOTES = frozenset("'‘’‚‛‹›`´")

IntArray = NDArray[np.int32]


class SyntaxModelError(PresslensError):
    """The pipeline that PRESSLENS_SYNTAX names can't be used."""


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


class Part(NamedTuple):
    """A sentence to parse, or a part of one: tokens `start` to `end` of a document."""

    doc: int
    start: int
    end: int
    begins: bool


@dataclass(frozen=True)
class Parser:
    """A spaCy pipeline, run over our tokens.

    Attributes:
        plain: whether it was trained on words as `plain_words` writes them.
    """

    nlp: Language
    plain: bool

    def parse(self, docs: Sequence[Doc]) -> list[Syntax]:
        """The trees of articles."""
        strings = self.nlp.vocab.strings
        name = cache(lambda key: str(strings[key]))
        found = [_Columns(len(doc.tokens), name) for doc in docs]
        with self.nlp.memory_zone():
            for parts, inputs in self.batches(docs):
                parsed = self.nlp.pipe(inputs, batch_size=len(inputs))
                for part, result in zip(parts, parsed, strict=True):
                    found[part.doc].fill(part, result)
        return [columns.joined() for columns in found]

    def batches(self, docs: Sequence[Doc]) -> Iterator[tuple[list[Part], list[SpacyDoc]]]:
        """What the pipeline is given at a time, and where it comes from."""
        # Sentences of about the same length take about the same number of steps.
        parts = sorted(_plan(docs), key=lambda part: part.end - part.start)
        for batch in _batches(parts):
            yield batch, [self._input(docs[part.doc], part) for part in batch]

    def _input(self, doc: Doc, part: Part) -> SpacyDoc:
        from spacy.tokens import Doc as SpacyDoc

        tokens = doc.tokens[part.start : part.end]
        spaces = [doc.text[token.end : token.end + 1].isspace() for token in tokens]
        words = [token.of(doc.text) for token in tokens]
        return SpacyDoc(
            self.nlp.vocab,
            words=plain_words(words, spaces) if self.plain else words,
            spaces=spaces,
            # Set, so that a parser does not cut the sentence any further.
            sent_starts=[True, *[False] * (len(words) - 1)],
        )


def parse(docs: Sequence[Doc]) -> list[Syntax]:
    """The trees of articles, which never depend on what they were parsed with.

    Raises:
        SyntaxModelError: if PRESSLENS_SYNTAX names a pipeline that is not there or has no parser.
    """
    return load_parser().parse(docs)


def describe_model() -> str:
    """Name and version of the pipeline in use, for the record of an analysis."""
    meta = load_parser().nlp.meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


class _Columns:
    """The columns of one article while its sentences come in, in any order."""

    def __init__(self, size: int, name: Callable[[int], str]) -> None:
        self.name = name
        self.heads = np.arange(size, dtype=np.int32)
        self.roots: list[tuple[int, bool]] = []
        self.deps, self.pos, self.tags, self.lemmas = ([""] * size for _ in range(4))

    def fill(self, part: Part, result: SpacyDoc) -> None:
        """Take over what spaCy says of a part of the article."""
        here = slice(part.start, part.end)
        table = result.to_array(_ATTRIBUTES)
        steps = table[:, 0].astype(np.int64)
        roots = np.flatnonzero(steps == 0)
        heads = np.arange(len(steps)) + steps
        heads[roots] = roots[0]
        self.heads[here] = heads + part.start
        deps, self.pos[here], self.tags[here], lemmas = (
            list(map(self.name, column)) for column in table[:, 1:].T.tolist()
        )
        for n in roots.tolist():
            deps[n] = "root" if n == roots[0] else "parataxis"
        self.deps[here] = deps
        self.lemmas[here] = (
            [lemma or token.text for lemma, token in zip(lemmas, result, strict=True)]
            if "" in lemmas
            else lemmas
        )
        self.roots.append((part.start + int(roots[0]), part.begins))

    def joined(self) -> Syntax:
        """The article's trees; later parts of a sentence hang on the root of its first."""
        root = 0
        for number, begins in sorted(self.roots):
            if begins:
                root = number
            else:
                self.heads[number], self.deps[number] = root, "parataxis"
        return Syntax(self.heads, *map(tuple, (self.deps, self.pos, self.tags, self.lemmas)))


def _plan(docs: Sequence[Doc]) -> Iterator[Part]:
    for number, doc in enumerate(docs):
        first = 0
        for sentence in doc.sentences:
            after = first + len(sentence.tokens)
            words = [token.of(doc.text) for token in sentence.tokens]
            bounds = [0, *_cuts(words), len(words)]
            for start, end in pairwise(bounds):
                if start < end:
                    yield Part(number, first + start, first + end, start == 0)
            first = after


def _cuts(words: Sequence[str]) -> list[int]:
    """Where a sentence longer than LONGEST is cut: after a mark in the last quarter, if any."""
    cuts, start = [], 0
    while len(words) - start > LONGEST:
        reach = range(start + LONGEST, start + LONGEST * 3 // 4, -1)
        start = next((n for n in reach if words[n - 1] in _CUT_AFTER), start + LONGEST)
        cuts.append(start)
    return cuts


def _batches(parts: Sequence[Part]) -> Iterator[list[Part]]:
    batch: list[Part] = []
    size = 0
    for part in parts:
        if batch and size + part.end - part.start > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(part)
        size += part.end - part.start
    if batch:
        yield batch


def plain_words(words: Sequence[str], spaces: Sequence[bool]) -> list[str]:
    """A sentence's words as the shipped pipeline reads them, whichever quotation marks were typed.

    Quotation marks become “ and ” by the side on which they cling to a word, so that straight ones
    say as much as curly ones; apostrophes become straight.
    """
    found, space_before = [], True
    for word, space in zip(words, spaces, strict=True):
        if word in _DOUBLE_QUOTES or (word in _SINGLE_QUOTES and (space_before or space)):
            found.append("“" if space_before and not space else "”")
        else:
            found.append(word.translate(_APOSTROPHES) if len(word) > 1 else word)
        space_before = space
    return found


@cache
def load_parser() -> Parser:
    """The pipeline in use, loaded once per process."""
    name = os.environ.get(ENVIRONMENT)
    return load_named(name) if name else load_shipped(MODEL)


def load_shipped(folder: Path) -> Parser:
    """The shipped pipeline; its weights are stored in half precision and widened here.

    Raises:
        SyntaxModelError: if it is not there.
    """
    if not folder.is_dir():
        raise SyntaxModelError(
            f"{folder} is missing; make it as training/syntax/README.md says, or name an installed "
            f"spaCy pipeline in {ENVIRONMENT}"
        )
    import spacy

    import presslens.nlp.lemmas  # noqa: F401 - the pipeline's last component

    nlp = spacy.load(folder)
    for _, component in nlp.pipeline:
        for layer in component.model.walk() if hasattr(component, "model") else ():
            for name in layer.param_names:
                if layer.has_param(name):
                    layer.set_param(name, layer.get_param(name).astype(np.float32))
    vocab: Any = nlp.vocab
    read = {vocab.strings[name] for name in _READ}
    getters = vocab.lex_attr_getters.items()
    vocab.lex_attr_getters = {key: getter for key, getter in getters if key in read}
    nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype(np.float32)
    return Parser(nlp, plain=True)


def load_named(name: str) -> Parser:
    """A pipeline of the user's own, by the name of its package or its folder.

    Raises:
        SyntaxModelError: if it is not there, or has no parser.
    """
    import spacy

    try:
        nlp = spacy.load(name, exclude=_NOT_NEEDED)
    except (OSError, ImportError, ValueError) as error:
        raise SyntaxModelError(
            f"{ENVIRONMENT} names {name!r}, which spaCy can't load: {error} Install it here with "
            f"`python -m spacy download {name}`, or unset {ENVIRONMENT} to use the pipeline that "
            "comes with Presslens."
        ) from error
    if "parser" not in nlp.pipe_names:
        raise SyntaxModelError(
            f"{ENVIRONMENT} names {name!r}, which has no parser, only {', '.join(nlp.pipe_names)}. "
            f"Name a pipeline with one, or unset {ENVIRONMENT} to use the one that comes with "
            "Presslens."
        )
    return Parser(nlp, plain=False)
