"""Speed of the analysis, stage by stage, in words a second on one core and as shares of one run.

python benchmarks/speed.py [FILE_OR_FOLDER]      the sample corpus without an argument
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from presslens.actions import find_actions
from presslens.analysis import analyze
from presslens.article import Article
from presslens.attribution.statements import find_statements
from presslens.doc import Doc
from presslens.framing.codebook import load_frames
from presslens.framing.frames import score_frames
from presslens.mentions import Mention, find_mentions
from presslens.paths import SAMPLE
from presslens.reading import read_all
from presslens.sentiment.sentences import sentence_compounds
from presslens.sentiment.targets import TargetSentiment, target_sentiment
from presslens.tokens import tokenize


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that a call takes, and what it gives."""
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def print_speed(articles: Sequence[Article]) -> None:
    """A line a stage; the first articles warm up what is loaded on first use."""
    analyze(articles[:3])
    seconds: dict[str, float] = {}
    seconds["tokens"], docs = timed(lambda: [tokenize(article) for article in articles])
    seconds["mentions"], names = timed(lambda: [find_mentions(doc) for doc in docs])
    seconds["statements"], _ = timed(lambda: find_statements(docs, names))
    pairs = list(zip(docs, names, strict=True))
    seconds["actions"], _ = timed(lambda: [find_actions(doc, found) for doc, found in pairs])
    seconds["sentence tone"], _ = timed(lambda: [sentence_compounds(doc) for doc in docs])
    seconds["target tone"], _ = timed(lambda: [target_tone(doc, found) for doc, found in pairs])
    frames = load_frames("generic")
    seconds["frames"], _ = timed(lambda: [score_frames(doc, frames) for doc in docs])
    words, whole = sum(len(doc.word_starts) for doc in docs), sum(seconds.values())
    for stage, took in seconds.items():
        print(f"{stage:14s} {words / took:10,.0f} words/s  {took / whole:6.1%} of the whole")
    print(
        f"{'whole':14s} {words / whole:10,.0f} words/s  {len(articles)} articles, {words:,} words"
    )


def target_tone(doc: Doc, mentions: Sequence[Mention]) -> list[TargetSentiment]:
    """The tone towards every mention, as the analysis asks for it."""
    sentences = [sentence.span for sentence in doc.sentences]
    return target_sentiment(doc.text, [m.span for m in mentions], sentences=sentences)


if __name__ == "__main__":
    given = sys.argv[1:] or [SAMPLE]
    found = [
        item for item in read_all(given, verbatim=bool(sys.argv[1:])) if isinstance(item, Article)
    ]
    if not found:
        sys.exit(f"no article in {given[0]}")
    print_speed(found)
