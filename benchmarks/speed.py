"""Speed in words and articles a second: the bare models, the stages of the analysis, the whole.

    python benchmarks/speed.py [FILE_OR_FOLDER]      the sample corpus without an argument

All in one run on the same text, so that the ratios hold on any machine: the encoder's network alone
and the parser alone, each stage, `analyze` over the corpus as the command runs it, the rules that
found statements before, and, where textacy is installed, its quotations, on our parse.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import first_rules

from presslens.actions import find_actions
from presslens.analysis import analyze
from presslens.article import Article
from presslens.attribution.statements import find_statements
from presslens.corpus import build_corpus
from presslens.doc import Doc
from presslens.framing.codebook import load_frames
from presslens.framing.frames import score_frames
from presslens.mentions import find_mentions
from presslens.nlp import encoder
from presslens.nlp.pieces import split_pieces
from presslens.nlp.syntax import Syntax, parse
from presslens.nlp.threads import threads
from presslens.nlp.windows import plan_windows
from presslens.paths import SAMPLE
from presslens.reading import read_all
from presslens.sentiment.sentences import sentence_compounds
from presslens.sentiment.targets import tones_towards
from presslens.tokens import tokenize


def main() -> None:
    """A line for each of them."""
    given = sys.argv[1:] or [SAMPLE]
    verbatim = bool(sys.argv[1:])
    articles = [x for x in read_all(given, verbatim=verbatim) if isinstance(x, Article)]
    if not articles:
        sys.exit(f"no article in {given[0]}")
    analyze(articles[:3])  # Loads what is loaded on first use.
    docs = [tokenize(article) for article in articles]
    words = sum(len(doc.word_starts) for doc in docs)
    print(f"{len(articles)} articles, {words:,} words, {threads()} threads")
    bare = seconds(lambda: run_network(docs))
    for name, took in [
        ("bare encoder", bare),
        *syntax_alone(docs),
        *stages(articles),
        ("analyze, whole", seconds(lambda: run_analyze(given, verbatim=verbatim))),
        ("first rules", seconds(lambda: first_rules.find_attributions(docs))),
    ]:
        print(
            f"{name:20s} {words / took:10,.0f} words/s {len(articles) / took:8.1f} articles/s"
            f" {took / bare:6.2f} × the bare encoder's time"
        )


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def run_network(docs: Sequence[Doc]) -> None:
    """The encoder's network over all windows, and nothing else."""
    plan = [
        (pieces, window)
        for pieces in map(split_pieces, docs)
        for window in plan_windows(len(pieces))
    ]
    for _ in encoder.run_windows(plan):
        pass


def run_analyze(given: Sequence[Any], *, verbatim: bool) -> None:
    """What `presslens analyze` does."""
    with tempfile.TemporaryDirectory() as folder:
        build_corpus(given, folder, verbatim=verbatim)


def stages(articles: Sequence[Article]) -> Iterator[tuple[str, float]]:
    """Each stage of the analysis, one after the other."""
    kept: dict[str, Any] = {}

    def keep(name: str, work: Callable[[], object]) -> tuple[str, float]:
        return f"  {name}", seconds(lambda: kept.update({name: work()}))

    yield keep("tokens", lambda: [tokenize(article) for article in articles])
    yield keep("encoder", lambda: encoder.encode(kept["tokens"]))
    docs = kept["encoder"]
    yield keep("mentions", lambda: find_mentions(docs))
    names = kept["mentions"]
    pairs = list(zip(docs, names, strict=True))
    yield keep("statements", lambda: find_statements(docs, names))
    yield keep("actions", lambda: [find_actions(doc, found) for doc, found in pairs])
    yield keep("sentence tone", lambda: [sentence_compounds(doc) for doc in docs])
    spans = [(doc, [mention.span for mention in found]) for doc, found in pairs]
    yield keep("target tone", lambda: [tones_towards(*pair) for pair in spans])
    frames = load_frames("generic")
    yield keep("frames", lambda: [score_frames(doc, frames) for doc in docs])


def syntax_alone(docs: Sequence[Doc]) -> Iterator[tuple[str, float]]:
    """The parser on encoded articles, and what textacy makes of its trees."""
    encoded = encoder.encode(docs)
    trees: list[Syntax] = []
    yield "parser", seconds(lambda: trees.extend(parse(encoded)))
    if find_spec("textacy"):
        triples = import_module("textacy.extract.triples")
        parsed = [as_spacy(doc, tree) for doc, tree in zip(docs, trees, strict=True)]
        work = lambda: [list(triples.direct_quotations(one)) for one in parsed]  # noqa: E731
        yield "textacy quotations", seconds(work)


def as_spacy(doc: Doc, tree: Syntax) -> Any:
    """An article with its trees as spaCy's `Doc`."""
    spacy = import_module("spacy")
    begins = [False] * len(doc.tokens)
    place = 0
    for sentence in doc.sentences:
        begins[place] = True
        place += len(sentence.tokens)
    return spacy.tokens.Doc(
        spacy.blank("en").vocab,
        words=[token.of(doc.text) for token in doc.tokens],
        spaces=[doc.text[token.end : token.end + 1].isspace() for token in doc.tokens],
        heads=tree.heads.tolist(),
        deps=list(tree.deps),
        pos=list(tree.pos),
        lemmas=list(tree.lemmas),
        sent_starts=begins,
    )


if __name__ == "__main__":
    main()
