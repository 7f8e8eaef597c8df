"""Pipeline: a user's own spaCy pipeline, run over our tokens in place of the shipped parser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from presslens.doc import Doc
from presslens.nlp.sentences import Parsed, Part, split_parts
from presslens.problems import PresslensError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc as SpacyDoc

# Tokens at a time: enough that the cost of a step is shared by many sentences, some 60 MB.
BATCH = 8000

_ATTRIBUTES: list[int | str] = ["HEAD", "DEP", "POS", "TAG", "LEMMA"]
_NOT_NEEDED = ["ner", "senter", "sentencizer", "entity_linker", "textcat"]


class SyntaxModelError(PresslensError):
    """The pipeline that PRESSLENS_SYNTAX names can't be used."""


def load_pipeline(name: str, named_by: str) -> SpacyParser:
    """A pipeline by the name of its package or its folder.

    Args:
        name: the package or folder.
        named_by: where the user named it, for messages.

    Raises:
        SyntaxModelError: if it is not there, or has no parser, or spaCy is not installed.
    """
    try:
        import spacy
    except ImportError as error:
        raise SyntaxModelError(
            f"{named_by} names {name!r}, a spaCy pipeline, but spaCy is not installed. Install it "
            f"with `python -m pip install spacy`, or unset {named_by} to use the parser that comes "
            "with Presslens."
        ) from error
    try:
        nlp = spacy.load(name, exclude=_NOT_NEEDED)
    except (OSError, ImportError, ValueError) as error:
        raise SyntaxModelError(
            f"{named_by} names {name!r}, which spaCy can't load: {error} Install it here with "
            f"`python -m spacy download {name}`, or unset {named_by} to use the parser that comes "
            "with Presslens."
        ) from error
    if "parser" not in nlp.pipe_names:
        raise SyntaxModelError(
            f"{named_by} names {name!r}, which has no parser, only {', '.join(nlp.pipe_names)}. "
            f"Name a pipeline with one, or unset {named_by} to use the parser that comes with "
            "Presslens."
        )
    return SpacyParser(nlp)


@dataclass(frozen=True)
class SpacyParser:
    """A spaCy pipeline, given our words sentence by sentence."""

    nlp: Language

    def describe(self) -> str:
        """The pipeline's name and version."""
        meta = self.nlp.meta
        return f"{meta['lang']}_{meta['name']} {meta['version']}"

    def parts(self, docs: Sequence[Doc]) -> Iterator[tuple[Part, Parsed]]:
        """The parse of every sentence, in any order."""
        every = [part for number, doc in enumerate(docs) for part in split_parts(number, doc)]
        # Sentences of about the same length take about the same number of steps.
        every.sort(key=lambda part: part.end - part.start)
        with self.nlp.memory_zone():
            for batch in _batches(every):
                inputs = [self._input(docs[part.doc], part) for part in batch]
                parsed = self.nlp.pipe(inputs, batch_size=len(inputs))
                yield from ((part, _columns(one)) for part, one in zip(batch, parsed, strict=True))

    def _input(self, doc: Doc, part: Part) -> SpacyDoc:
        from spacy.tokens import Doc as SpacyDoc

        tokens = doc.tokens[part.start : part.end]
        return SpacyDoc(
            self.nlp.vocab,
            words=[token.of(doc.text) for token in tokens],
            spaces=[doc.text[token.end : token.end + 1].isspace() for token in tokens],
            # Set, so that a parser does not cut the sentence any further.
            sent_starts=[True, *[False] * (len(tokens) - 1)],
        )


def _columns(result: SpacyDoc) -> Parsed:
    """What spaCy says; later roots of the sentence hang on the first."""
    strings = result.vocab.strings
    table = result.to_array(_ATTRIBUTES)
    steps = table[:, 0].astype(np.int64)
    roots = np.flatnonzero(steps == 0)
    heads = np.arange(len(steps)) + steps
    heads[roots] = roots[0]
    deps, pos, tags, lemmas = ([strings[key] for key in column] for column in table[:, 1:].T)
    for n in roots.tolist():
        deps[n] = "root" if n == roots[0] else "parataxis"
    lemmas = [lemma or token.text for lemma, token in zip(lemmas, result, strict=True)]
    return Parsed(heads, deps, pos, tags, lemmas)


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
