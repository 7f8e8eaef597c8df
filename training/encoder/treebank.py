"""Treebanks in CoNLL-U as documents: running text, and gold words with their offsets in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from presslens.spans import Span

PARAGRAPH_BREAK = "\n\n"
FORM, LEMMA, UPOS, XPOS, HEAD, DEPREL, MISC = 1, 2, 3, 4, 6, 7, 9


@dataclass(frozen=True, slots=True)
class Word:
    """A gold word.

    Attributes:
        span: where it stands in the document's text.
        head: the document's number of the word that it depends on; its own for a root.
        sentence: the number of its gold sentence in the document.
    """

    span: Span
    lemma: str
    pos: str
    tag: str
    head: int
    dep: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a treebank, its paragraphs parted by blank lines."""

    name: str
    text: str
    words: tuple[Word, ...]


def read_treebank(path: Path) -> Iterator[Document]:
    """The documents of a CoNLL-U file; sentences before any `# newdoc` are one document."""
    name, sentences = path.stem, []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        begun = [line for line in lines if line.startswith("# newdoc id = ")]
        if begun and sentences:
            yield build_document(name, sentences)
            sentences = []
        if begun:
            name = begun[0].removeprefix("# newdoc id = ").strip()
        if lines:
            sentences.append(lines)
    if sentences:
        yield build_document(name, sentences)


def build_document(name: str, sentences: list[list[str]]) -> Document:
    """A document from the lines of its sentences; `SpaceAfter=No` and `# newpar` give its text."""
    text, gap, words = "", "", []
    for number, lines in enumerate(sentences):
        if text and any(line.startswith("# newpar") for line in lines):
            gap = PARAGRAPH_BREAK
        first = len(words)
        for row in _rows(lines):
            text += gap
            start = len(text)
            text += row[FORM]
            place = len(words)
            head = int(row[HEAD])
            words.append(
                Word(
                    span=Span(start, len(text)),
                    lemma=row[LEMMA],
                    pos=row[UPOS],
                    tag=row[XPOS],
                    head=first + head - 1 if head else place,
                    dep=row[DEPREL],
                    sentence=number,
                )
            )
            gap = "" if "SpaceAfter=No" in row[MISC].split("|") else " "
    return Document(name, text, tuple(words))


def _rows(lines: list[str]) -> Iterator[list[str]]:
    """The words of a sentence, without ranges (`3-4`) and empty nodes (`8.1`)."""
    for line in lines:
        row = line.split("\t")
        if row[0].isdecimal():
            yield row
