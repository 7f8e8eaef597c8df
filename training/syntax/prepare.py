"""Step 1: treebanks to spaCy's training files, on our tokens and sentence boundaries.

    python training/syntax/prepare.py DATA OUT

DATA is the folder of the treebanks' `.conllu` files; OUT receives train.spacy, dev.spacy (EWT's
dev, for choosing the best model) and test.spacy (GUM's dev, measured only), one sentence a `Doc`,
and alignment.json, which counts how our tokens and sentences meet the treebanks'.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from projection import Tree, gold_sentences, gold_trees, project_trees
from spacy.tokens import Doc as SpacyDoc
from spacy.tokens import DocBin
from spacy.vocab import Vocab
from treebank import Document, read_treebank

from presslens.nlp.syntax import plain_words

SETS = {
    "train": ("en_ewt-train", "en_gum_open-train"),
    "dev": ("en_ewt-dev",),
    "test": ("en_gum-dev",),
}
ATTRIBUTES = ["TAG", "POS", "LEMMA", "HEAD", "DEP", "SENT_START"]


def main() -> None:
    """Write the training files and the counts of the alignment."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("data", type=Path)
    ask.add_argument("out", type=Path)
    given = ask.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    counts = {}
    for name, files in SETS.items():
        documents = [d for file in files for d in read_treebank(given.data / f"{file}.conllu")]
        trees = [tree for document in documents for tree in project_trees(document)]
        counts[name] = count(documents, trees)
        chosen = training_trees(documents) if name == "train" else map(as_read, trees)
        store(chosen, given.out / f"{name}.spacy")
        print(name, json.dumps(counts[name]))
    (given.out / "alignment.json").write_text(json.dumps(counts, indent=1) + "\n")


def training_trees(documents: Iterable[Document]) -> Iterator[Tree]:
    """Our sentences that cut no gold sentence, and gold sentences whose words we cut otherwise.

    The second teach the model the finer words of a treebank, on which others may run it.
    """
    for document in documents:
        ours = [tree for tree in project_trees(document) if tree.whole]
        yield from map(as_read, ours)
        # Those keep their quotation marks, straight or curly.
        known = {tree.words for tree in ours}
        yield from (tree for tree in gold_trees(document) if tree.words not in known)


def as_read(tree: Tree) -> Tree:
    """The tree with its words as the shipped pipeline will read them."""
    return replace(tree, words=tuple(plain_words(tree.words, tree.spaces)))


def count(documents: Iterable[Document], trees: Iterable[Tree]) -> dict[str, int]:
    """How many gold words and sentences there are, and how many are ours one to one."""
    found: Counter[str] = Counter()
    for document in documents:
        found["gold words"] += len(document.words)
        found["gold sentences"] += len(gold_sentences(document))
    for tree in trees:
        found["tokens"] += len(tree.words)
        found["tokens that are a gold word"] += sum(tree.exact)
        found["sentences"] += 1
        found["sentences that cut no gold sentence"] += tree.whole
        found["sentences of several gold sentences"] += tree.sentences > 1
    return dict(found)


def store(trees: Iterable[Tree], path: Path) -> None:
    """Write trees as spaCy's `DocBin`, a `Doc` a sentence."""
    vocab = Vocab()
    docs = DocBin(attrs=ATTRIBUTES)
    for tree in trees:
        docs.add(to_spacy(tree, vocab))
    docs.to_disk(path)


def to_spacy(tree: Tree, vocab: Vocab) -> SpacyDoc:
    """A tree as spaCy's `Doc`; spaCy writes the root's label in capitals."""
    return SpacyDoc(
        vocab,
        words=list(tree.words),
        spaces=list(tree.spaces),
        lemmas=list(tree.lemmas),
        pos=list(tree.pos),
        tags=list(tree.tags),
        heads=list(tree.heads),
        deps=["ROOT" if dep == "root" else dep for dep in tree.deps],
    )


if __name__ == "__main__":
    main()
