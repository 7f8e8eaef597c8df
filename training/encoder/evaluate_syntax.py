"""How good a parser is on treebanks that it was not trained on.

    python training/encoder/evaluate_syntax.py DATA [--named PIPELINE]

The shipped parser without an option, else an installed spaCy pipeline with UD's labels. DATA is the
folder with ud/. Trees are compared on our tokens and sentences, gold words projected onto them
(projection.py), and on the treebank's own ("gold words"); every token counts, punctuation too.
Intervals: 95 %, documents drawn anew.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from projection import Tree, gold_trees, project, read_tokens
from treebank import Document, read_treebank

from presslens.article import Article
from presslens.doc import Doc, Sentence
from presslens.nlp.parser import EncoderParser
from presslens.nlp.pipeline import load_pipeline
from presslens.nlp.syntax import Parser, Syntax, parse_with
from presslens.spans import Span

NEWS = ("GUM_news", "GUM_interview")
SHOWN = ("nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "ccomp", "xcomp", "advcl", "acl:relcl")
SHOWN += ("appos", "conj", "nmod", "compound", "parataxis", "cop", "mark")
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
# Tokens after a closing quotation mark within which its speaker is looked for.
SPEAKER_REACH = 6
DRAWS = 1000


class Token(NamedTuple):
    """What gold and parser say of a token: (head, label, part of speech, tag, lemma) of each."""

    word: str
    gold: tuple[int, str, str, str, str]
    found: tuple[int, str, str, str, str]


Rows = dict[str, list[Token]]


def main() -> None:
    """Print the figures, set by set."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("data", type=Path)
    ask.add_argument("--named", help="an installed pipeline")
    given = ask.parse_args()
    parser = load_pipeline(given.named, "--named") if given.named else EncoderParser()
    gum = list(read_treebank(given.data / "ud/en_gum-dev.conllu"))
    ewt = list(read_treebank(given.data / "ud/en_ewt-dev.conllu"))
    news = [document for document in gum if document.name.startswith(NEWS)]
    for title, documents in (("GUM news, interview", news), ("GUM dev", gum), ("EWT dev", ewt)):
        ours = on_our_tokens(parser, documents)
        print_figures(title, ours)
        print_figures(f"{title}, gold words", on_gold_words(parser, documents))
        if title == "GUM dev":
            print_labels(ours)
            print_genres(ours)


def on_our_tokens(parser: Parser, documents: Sequence[Document]) -> Rows:
    """Every document's tokens, as Presslens cuts them."""
    docs = [read_tokens(document) for document in documents]
    return {
        document.name: [
            Token(span.of(doc.text), (gold.head, gold.dep, gold.pos, gold.tag, gold.lemma), found)
            for span, gold, found in zip(
                doc.tokens, project(document, doc), labels_of(syntax), strict=True
            )
        ]
        for document, doc, syntax in zip(documents, docs, parse_with(parser, docs), strict=True)
    }


def on_gold_words(parser: Parser, documents: Sequence[Document]) -> Rows:
    """Every document's gold words, in gold sentences."""
    trees = {document.name: list(gold_trees(document)) for document in documents}
    docs = [as_doc(document, trees[document.name]) for document in documents]
    rows: Rows = {}
    for document, syntax in zip(documents, parse_with(parser, docs), strict=True):
        gold = [(word.head, word.dep, word.pos, word.tag, word.lemma) for word in document.words]
        rows[document.name] = [
            Token(word.span.of(document.text), a, b)
            for word, a, b in zip(document.words, gold, labels_of(syntax), strict=True)
        ]
    return rows


def as_doc(document: Document, trees: Iterable[Tree]) -> Doc:
    """A `Doc` with the treebank's own words and sentences."""
    sentences, first = [], 0
    for number, tree in enumerate(trees):
        tokens = tuple(word.span for word in document.words[first : first + len(tree.words)])
        span = Span(tokens[0].start, tokens[-1].end)
        sentences.append(Sentence(number, 0, span, False, tokens, tokens))
        first += len(tokens)
    return Doc(Article(id=document.name, text=document.text), tuple(sentences), ())


def labels_of(syntax: Syntax) -> list[tuple[int, str, str, str, str]]:
    """The columns of a tree, token by token."""
    columns = (syntax.heads.tolist(), syntax.deps, syntax.pos, syntax.tags, syntax.lemmas)
    return list(zip(*columns, strict=True))


def print_figures(title: str, rows: Rows) -> None:
    """A line: UAS, LAS with their intervals, the same without punctuation, tags and lemmas."""
    right = np.array(
        [np.sum([correct(token) for token in tokens], axis=0) for tokens in rows.values()]
    )
    draws = np.random.default_rng(0).integers(len(right), size=(DRAWS, len(right)))
    sums = right[draws].sum(axis=1)
    low, high = np.percentile(100 * sums[:, :2] / sums[:, 2:3], [2.5, 97.5], axis=0)
    uas, las, size, uas_words, las_words, words, pos, tag, lemma = right.sum(axis=0)
    print(
        f"{title:32s} {size:6,d} tokens  "
        f"UAS {100 * uas / size:.1f} ({low[0]:.1f}–{high[0]:.1f})  "
        f"LAS {100 * las / size:.1f} ({low[1]:.1f}–{high[1]:.1f})  "
        f"no punctuation {100 * uas_words / words:.1f} {100 * las_words / words:.1f}  "
        f"UPOS {100 * pos / size:.1f}  XPOS {100 * tag / size:.1f}  lemma {100 * lemma / size:.1f}"
    )
    after, lost = np.sum([quoted_subjects(tokens) for tokens in rows.values()], axis=0)
    print(f"{'':32s} subjects after a closing quotation mark: {lost} of {after} lost")


def correct(token: Token) -> list[int]:
    """1 for each thing that is right; 0 else."""
    head = token.gold[0] == token.found[0]
    both = head and token.gold[1] == token.found[1]
    word = token.gold[1] != "punct"
    same = [token.gold[n] == token.found[n] for n in (2, 3)]
    lemma = token.gold[4].lower() == token.found[4].lower()
    return [head, both, 1, head and word, both and word, word, *same, lemma]


def quoted_subjects(tokens: Sequence[Token]) -> tuple[int, int]:
    """Subjects that follow a closing quotation mark closely, and how many of them are not found."""
    there = lost = 0
    for number, token in enumerate(tokens):
        if token.gold[3] == "''":
            near = tokens[number + 1 : number + 1 + SPEAKER_REACH]
            subject = next((t for t in near if t.gold[1] in SUBJECTS), None)
            there += subject is not None
            lost += subject is not None and subject.found[1] not in SUBJECTS
    return there, lost


def print_labels(rows: Rows) -> None:
    """Precision, recall and F of the labels that analyses use, head and label right."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for token in (token for tokens in rows.values() for token in tokens):
        counts[token.gold[1]]["gold"] += 1
        counts[token.found[1]]["found"] += 1
        counts[token.gold[1]]["right"] += token.gold[:2] == token.found[:2]
    for label in SHOWN:
        gold, found, right = (counts[label][key] for key in ("gold", "found", "right"))
        precision, recall = right / max(found, 1), right / max(gold, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"    {label:12s} P {precision:.2f}  R {recall:.2f}  F {f1:.2f}  ({gold})")


def print_genres(rows: Rows) -> None:
    """UAS and LAS by genre of GUM."""
    for genre, tokens in genres(rows):
        right = np.sum([correct(token)[:3] for token in tokens], axis=0)
        print(f"    {genre:12s} UAS {right[0] / right[2]:.3f}  LAS {right[1] / right[2]:.3f}")


def genres(rows: Rows) -> Iterator[tuple[str, list[Token]]]:
    """The tokens of each genre."""
    found: dict[str, list[Token]] = defaultdict(list)
    for name, tokens in rows.items():
        found[name.split("_")[1]] += tokens
    yield from sorted(found.items())


if __name__ == "__main__":
    main()
