"""Macro F1 of target sentiment on NewsMTSC, beside VADER's compound score of the sentence.

python benchmarks/sentiment.py DIR [MODELS]    # DIR holds dev_rw.jsonl and dev_mt.jsonl

MODELS: folder of another encoder.onnx and heads.npz than the shipped ones.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from presslens.nlp import encoder, heads
from presslens.sentiment.lexicon import compound
from presslens.sentiment.targets import LABELS, Label, target_sentiment

NEUTRAL = 0.05  # |compound| below which VADER's authors call a text neutral


def by_vader(sentence: str) -> Label:
    """The baseline: the sentence's tone, whoever the target is."""
    score = compound(sentence)
    return "neutral" if abs(score) < NEUTRAL else "positive" if score > 0 else "negative"


def macro_f1(pairs: Counter[tuple[str, str]]) -> float:
    """Mean F1 over the classes of (gold, said) counts."""
    scores = []
    for label in LABELS:
        gold = sum(n for (g, _), n in pairs.items() if g == label)
        said = sum(n for (_, s), n in pairs.items() if s == label)
        scores.append(2 * pairs[label, label] / max(1, gold + said))
    return sum(scores) / len(scores)


def main() -> None:
    """Prints both systems' macro F1, ours with its confusion, and the time it takes."""
    if len(sys.argv) > 2:
        folder = Path(sys.argv[2])
        encoder.MODEL, heads.HEADS = folder / "encoder.onnx", folder / "heads.npz"
    for name in ("dev_rw", "dev_mt"):
        ours: Counter[tuple[str, str]] = Counter()
        vader: Counter[tuple[str, str]] = Counter()
        rows = list(map(json.loads, (Path(sys.argv[1]) / f"{name}.jsonl").open(encoding="utf-8")))
        compound("NLTK and the lexicon are loaded before the clock runs.")
        started, words = time.perf_counter(), 0
        for row in rows:
            targets = [(target["start"], target["end"]) for target in row["targets"]]
            words += len(row["sentence"].split())
            for target, result in zip(
                row["targets"], target_sentiment(row["sentence"], targets), strict=True
            ):
                ours[target["polarity"], result.label] += 1
        speed = words / (time.perf_counter() - started)
        for row in rows:
            for target in row["targets"]:
                vader[target["polarity"], by_vader(row["sentence"])] += 1
        print(f"{name}: macro F1 {macro_f1(ours):.3f}, VADER {macro_f1(vader):.3f}")
        print(f"  {ours.total()} targets, {speed:,.0f} words a second; gold → said:")
        for gold in LABELS:
            print(f"  {gold:9}", *(f"{said} {ours[gold, said]:4}" for said in LABELS))


if __name__ == "__main__":
    main()
