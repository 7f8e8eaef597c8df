"""Accuracy of attribution on PolNeAR and the worldwide articles, with the project's scorer.

    python benchmarks/attribution.py            the table of benchmarks/README.md
    python benchmarks/attribution.py --rules    precision of each rule, on PolNeAR train

Needs the corpora and the scorer in ../shared, beside the checkout.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

from presslens.article import Article
from presslens.attribution.rules import find_attributions
from presslens.attribution.statements import find_statements
from presslens.mentions import find_mentions
from presslens.paths import ROOT
from presslens.tokens import tokenize

SHARED = ROOT.parent / "shared"
POLNEAR = SHARED / "data" / "polnear"
WORLDWIDE = SHARED / "data" / "worldwide"
SETS = {
    "PolNeAR dev": (POLNEAR / "dev.jsonl", SHARED / "data" / "sources" / "dev.jsonl"),
    "worldwide": (WORLDWIDE / "statements.jsonl", WORLDWIDE / "sources.jsonl"),
}


def load_scorer() -> ModuleType:
    """The scorer that the final judgement uses too."""
    path = SHARED / "tools" / "score_attribution.py"
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is missing; put the shared folder beside the checkout")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The annotated articles, a dictionary each."""
    if not path.exists():
        sys.exit(f"{path} is missing; put the shared folder beside the checkout")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def predict(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Statements of each article as the scorer wants them."""
    docs = [tokenize(Article(id=row["id"], text=row["text"])) for row in rows]
    found = find_statements(docs, [find_mentions(doc) for doc in docs])
    columns = ("source", "cue", "content", "speaker", "speaker_type", "naming")
    return {
        row["id"]: [{name: getattr(one, name) for name in columns} for one in statements]
        for row, statements in zip(rows, found, strict=True)
    }


def print_scores() -> None:
    """One line per figure and set."""
    scorer = load_scorer()
    scores = {
        name: scorer.evaluate(gold, predict(read_gold(gold)), sources)
        for name, (gold, sources) in SETS.items()
    }
    print(f"{'':24s} " + " ".join(f"{name:>12s}" for name in scores))
    for figure in next(iter(scores.values())):
        values = " ".join(f"{score[figure]:12.3f}" for score in scores.values())
        print(f"{figure:24s} {values}")


def print_rules() -> None:
    """How often each rule's statements are statements for a trained annotator too."""
    scorer = load_scorer()
    rows = read_gold(POLNEAR / "train.jsonl")
    found = find_attributions([tokenize(Article(id=r["id"], text=r["text"])) for r in rows])
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row, attributions in zip(rows, found, strict=True):
        gold = scorer.Article(row["text"], row["annotations"][0]["statements"])
        said = [{"source": a.source, "cue": a.cue, "content": a.content} for a in attributions]
        predicted = scorer.Article(row["text"], said)
        right = {id(p) for g, p in scorer.match(gold, predicted) if scorer.same_source(g, p)}
        for one, attribution in zip(predicted.statements, attributions, strict=True):
            counts[attribution.rule][0] += id(one) in right
            counts[attribution.rule][1] += 1
    for rule, (right_ones, all_ones) in sorted(counts.items()):
        print(f"{rule:12s} {right_ones / all_ones:.3f}  of {all_ones:,}")


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--rules", action="store_true", help="precision of each rule instead")
    print_rules() if ask.parse_args().rules else print_scores()
