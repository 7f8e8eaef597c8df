"""Writes a mentions table for articles with gold names, to be scored by name.

    python benchmarks/names.py GOLD.jsonl OUT [--lists]

OUT/mentions.parquet holds article_id, start, end, label: what the project's scorer of names takes
(`score_names.py GOLD.jsonl OUT`; GOLD: id, text, entities as [start, end, label]). Prints speed.
--lists: by capitals and word lists alone, without the encoder.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pandas as pd

from presslens import mentions
from presslens.article import Article
from presslens.mentions import find_mentions
from presslens.tokens import tokenize

TOGETHER = 32


def main() -> None:
    """Reads, finds, writes."""
    gold, out = map(Path, sys.argv[1:3])
    if "--lists" in sys.argv:
        mentions.tag_names = lambda docs, _: [[] for _ in docs]
    with gold.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    docs = [tokenize(Article(id=row["id"], text=row["text"])) for row in rows]
    started = time.perf_counter()
    groups = [docs[start : start + TOGETHER] for start in range(0, len(docs), TOGETHER)]
    found = [pair for group in groups for pair in zip(group, find_mentions(group), strict=True)]
    speed = sum(len(doc.word_starts) for doc in docs) / (time.perf_counter() - started)
    table = [
        (doc.article.id, mention.span.start, mention.span.end, mention.label)
        for doc, named in found
        for mention in named
    ]
    out.mkdir(parents=True, exist_ok=True)
    frame = pd.DataFrame(table, columns=["article_id", "start", "end", "label"])
    frame.to_parquet(out / "mentions.parquet")
    print(f"{len(table):,} mentions in {len(docs)} articles, {speed:,.0f} words a second")


if __name__ == "__main__":
    main()
