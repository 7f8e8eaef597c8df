"""Speed of the syntax pipeline on one thread, in words a second, and what its parts take.

    OMP_NUM_THREADS=1 python benchmarks/syntax.py [FILE_OR_FOLDER] [--rounds 3]

The sample corpus without an argument. Best of several rounds, by the processor time that it took.
Accuracy: training/syntax/evaluate.py.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from presslens.article import Article
from presslens.doc import Doc
from presslens.nlp.syntax import Parser, describe_model, load_parser
from presslens.paths import SAMPLE
from presslens.reading import read_all
from presslens.tokens import tokenize

if TYPE_CHECKING:
    from spacy.tokens import Doc as SpacyDoc


def main() -> None:
    """Print the speed of `parse`, and of each component on the same sentences."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("inputs", type=Path, nargs="*")
    ask.add_argument("--rounds", type=int, default=3)
    given = ask.parse_args()
    verbatim = bool(given.inputs)
    items = read_all(given.inputs or [SAMPLE], verbatim=verbatim)
    docs = [tokenize(item) for item in items if isinstance(item, Article)]
    if not docs:
        raise SystemExit("no article in what was given")
    parser = load_parser()
    parser.parse(docs[:5])
    words = sum(len(doc.word_starts) for doc in docs)
    rounds = [timed(parser, docs) for _ in range(given.rounds)]
    whole, parts = min(rounds, key=lambda one: one[0])
    print(f"{describe_model()}: {len(docs)} articles, {words:,} words")
    print(f"{'parse':14s} {words / whole:10,.0f} words/s")
    for name, seconds in parts.items():
        print(f"{name:14s} {words / seconds:10,.0f} words/s  {seconds / whole:6.1%} of the whole")


def timed(parser: Parser, docs: Sequence[Doc]) -> tuple[float, dict[str, float]]:
    """Seconds of processor time of `parse`, and of each component on the same batches."""
    begun = time.process_time()
    parser.parse(docs)
    whole = time.process_time() - begun
    spent: Counter[str] = Counter()
    with parser.nlp.memory_zone():
        for _, inputs in parser.batches(docs):
            for name, component in parser.nlp.pipeline:
                begun = time.process_time()
                inputs = run(component, inputs)
                spent[name] += time.process_time() - begun
    return whole, dict(spent)


def run(component: Any, inputs: list[SpacyDoc]) -> list[SpacyDoc]:
    """A component's work on a batch."""
    if hasattr(component, "pipe"):
        return list(component.pipe(inputs, batch_size=len(inputs)))
    return [component(doc) for doc in inputs]


if __name__ == "__main__":
    main()
