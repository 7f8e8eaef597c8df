"""Gold trees on our tokens: what a treebank says of its words, said of the tokens that we cut.

    python training/encoder/projection.py TREEBANK.conllu...

prints how many gold words and sentences are ours one to one. By the rules:

Both are ranges of the same text, so they are aligned by characters:

- Every gold word belongs to the token that holds its first character.
- A token with several gold words ("adult-learned") takes head, label and tags of the one that
  carries the token's tree: the one that stands highest in it. Its lemma is made of their forms, the
  last one's lemma at the end ("policy-maker").
- A token in which no gold word begins is a later piece of a word that we cut more finely. It
  hangs on the token that has that word: as `punct` if it holds no letter or digit, else as `flat`.
- Where one of our sentences holds several gold sentences, the later roots hang on the first as
  `parataxis` (Universal Dependencies' label for clauses run together).
- Where we cut a gold sentence in two, words whose head lies in the other part become roots of
  theirs; such sentences are marked as cut and are better left out of training.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

from treebank import Document, Word, read_treebank

from presslens.article import Article
from presslens.doc import Doc
from presslens.tokens import tokenize


def main() -> None:
    """Print the counts of the treebanks together."""
    found: Counter[str] = Counter()
    for path in map(Path, sys.argv[1:]):
        for document in read_treebank(path):
            found["gold words"] += len(document.words)
            found["gold sentences"] += len(gold_sentences(document))
            for tree in project_trees(document):
                found["our tokens"] += len(tree.words)
                found["our tokens that are one gold word"] += sum(tree.exact)
                found["our sentences"] += 1
                found["our sentences that cut no gold sentence"] += tree.whole
                found["our sentences that hold several"] += tree.sentences > 1
    for name, count in found.items():
        print(f"{name:42s} {count:8,d}")


@dataclass(frozen=True, slots=True)
class Tree:
    """The gold tree of one of our sentences.

    Attributes:
        words: the tokens' texts.
        heads: the number in the sentence of every token's head; its own for the root.
        whole: whether no gold sentence is cut at this sentence's borders.
        sentences: how many gold sentences begin in it.
        exact: for every token, whether it is a gold word, no more and no less.
    """

    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]
    whole: bool
    sentences: int
    exact: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """What the treebank says of one token; `head` is the document's number of a token."""

    lemma: str
    pos: str
    tag: str
    head: int
    dep: str


def read_tokens(document: Document) -> Doc:
    """The document as Presslens cuts it."""
    return tokenize(Article(id=document.name, text=document.text))


def project(document: Document, doc: Doc) -> list[Token]:
    """What the gold words say of the document's tokens, heads across sentences left as they are."""
    starts = [token.start for token in doc.tokens]
    owner = [bisect_right(starts, word.span.start) - 1 for word in document.words]
    depths = _depths(document.words)
    owned: list[list[int]] = [[] for _ in starts]
    for number, token in enumerate(owner):
        owned[token].append(number)
    last = 0
    found = []
    for number, inside in enumerate(owned):
        if inside:
            last = number
            found.append(_from_words(document, inside, depths, owner))
        else:
            found.append(_later_piece(doc.tokens[number].of(doc.text), last))
    return found


def _from_words(
    document: Document, inside: list[int], depths: Sequence[int], owner: Sequence[int]
) -> Token:
    # Tokens' trees are free of cycles, since the highest word's head stands higher still.
    carrier = min(inside, key=lambda number: depths[number])
    word = document.words[carrier]
    forms = [_form(document, number) for number in inside[:-1]]
    lemma = "".join(forms) + document.words[inside[-1]].lemma
    return Token(lemma, word.pos, word.tag, owner[word.head], word.dep)


def _form(document: Document, number: int) -> str:
    word = document.words[number]
    form = word.span.of(document.text)
    return form if word.pos == "PROPN" else form.lower()


def _depths(words: Sequence[Word]) -> list[int]:
    """How many words stand above each word in its tree."""
    depths = [-1] * len(words)
    for number in range(len(words)):
        path = [number]
        while depths[path[-1]] < 0 and words[path[-1]].head != path[-1]:
            path.append(words[path[-1]].head)
        depth = max(depths[path[-1]], 0)
        for step, above in enumerate(reversed(path)):
            depths[above] = depth + step
    return depths


def _later_piece(piece: str, head: int) -> Token:
    if any(map(str.isalnum, piece)):
        return Token(piece, "X", "FW", head, "flat")
    return Token(piece, "PUNCT", ":", head, "punct")


def project_trees(document: Document) -> Iterator[Tree]:
    """The gold trees of our sentences of a document, in order."""
    doc = read_tokens(document)
    tokens = project(document, doc)
    exact = {word.span for word in document.words}
    cuts = _inner_cuts(document)
    begins = [words[0].span.start for words in gold_sentences(document)]
    first = 0
    for sentence in doc.sentences:
        after = first + len(sentence.tokens)
        heads, deps = _one_tree(tokens, first, after)
        here = tokens[first:after]
        ends = (sentence.tokens[0].start, sentence.tokens[-1].end)
        yield Tree(
            words=tuple(span.of(doc.text) for span in sentence.tokens),
            lemmas=tuple(token.lemma for token in here),
            pos=tuple(token.pos for token in here),
            tags=tuple(token.tag for token in here),
            heads=heads,
            deps=deps,
            whole=not cuts.intersection(ends),
            sentences=bisect_left(begins, ends[1]) - bisect_left(begins, ends[0]),
            exact=tuple(span in exact for span in sentence.tokens),
        )
        first = after


def gold_trees(document: Document) -> Iterator[Tree]:
    """The treebank's own sentences and words, as they are."""
    first = 0
    for words in gold_sentences(document):
        yield Tree(
            words=tuple(word.span.of(document.text) for word in words),
            lemmas=tuple(word.lemma for word in words),
            pos=tuple(word.pos for word in words),
            tags=tuple(word.tag for word in words),
            heads=tuple(word.head - first for word in words),
            deps=tuple(word.dep for word in words),
            whole=True,
            sentences=1,
            exact=(True,) * len(words),
        )
        first += len(words)


def gold_sentences(document: Document) -> list[tuple[Word, ...]]:
    """The document's words, by the treebank's sentences."""
    return [tuple(words) for _, words in groupby(document.words, key=lambda word: word.sentence)]


def _inner_cuts(document: Document) -> set[int]:
    """Offsets at which a sentence may neither begin nor end without cutting a gold sentence."""
    return {
        offset
        for words in gold_sentences(document)
        for before, after in pairwise(words)
        for offset in (before.span.end, after.span.start)
    } - {
        offset
        for words in gold_sentences(document)
        for offset in (words[0].span.start, words[-1].span.end)
    }


def _one_tree(
    tokens: Sequence[Token], first: int, after: int
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    heads, deps, root = [], [], None
    for number in range(first, after):
        token = tokens[number]
        inside = first <= token.head < after
        if inside and token.head != number:
            heads.append(token.head - first)
            deps.append(token.dep)
        elif root is None:
            root = number - first
            heads.append(root)
            deps.append("root")
        else:
            heads.append(root)
            deps.append(token.dep if not inside and token.dep == "punct" else "parataxis")
    return tuple(heads), tuple(deps)


if __name__ == "__main__":
    main()
