"""Step 6: the weights by which a statement's confidence follows from the model's probabilities.

    python training/encoder/calibrate.py GOLD.jsonl SCORER

GOLD is PolNeAR dev and SCORER the project's scorer of attribution. Prints the constants for
presslens/attribution/find.py and a reliability table of five-fold cross-validation over articles.
Needs the packaged model.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from itertools import pairwise
from pathlib import Path

import numpy as np

import presslens.attribution.find as find
from presslens.article import Article
from presslens.nlp.encoder import encode
from presslens.tokens import tokenize

FOLDS = 5
BINS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
RIDGE = 1.0


def main() -> None:
    """Fit on all, and cross-validate."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("gold", type=Path)
    ask.add_argument("scorer", type=Path)
    given = ask.parse_args()
    evidence, right, article = collect(given.gold, given.scorer)
    weights = fit(evidence, right)
    print("WEIGHTS = Evidence(" + ", ".join(f"{w:.2f}" for w in weights[1:]) + ")")
    print(f"CONSTANT = {weights[0]:.2f}")
    guess = np.zeros(len(right))
    for fold in range(FOLDS):
        out = article % FOLDS == fold
        guess[out] = predict(evidence[out], fit(evidence[~out], right[~out]))
    print("| confidence | statements | mean confidence | share right |\n|---|---|---|---|")
    error = 0.0
    for low, high in pairwise(BINS):
        inside = (guess >= low) & (guess < high)
        if inside.any():
            said, found = guess[inside].mean(), right[inside].mean()
            error += inside.mean() * abs(said - found)
            print(f"| {low} to {high} | {inside.sum():,} | {said:.2f} | {found:.2f} |")
    print(
        f"expected calibration error {error:.3f}, Brier score {((guess - right) ** 2).mean():.3f}"
    )


def collect(gold: Path, scorer: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Evidence, whether right, and number of the article, of every statement found."""
    spec = importlib.util.spec_from_file_location("scorer", scorer)
    assert spec and spec.loader
    scores = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scores)
    kept: list[find.Evidence] = []
    usual, find.confidence = find.confidence, lambda one: (kept.append(one), len(kept) - 1)[1]
    evidence, right, article = [], [], []
    with gold.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    docs = encode([tokenize(Article(id=row["id"], text=row["text"])) for row in rows])
    for number, (row, found) in enumerate(zip(rows, find.find_attributions(docs), strict=True)):
        there = scores.Article(row["text"], row["annotations"][0]["statements"])
        said = [{"source": a.source, "cue": a.cue, "content": a.content} for a in found]
        mine = scores.Article(row["text"], said)
        hits = {id(p) for g, p in scores.match(there, mine) if scores.same_source(g, p)}
        for one, attribution in zip(mine.statements, found, strict=True):
            evidence.append(kept[int(attribution.confidence)])
            right.append(id(one) in hits)
            article.append(number)
    find.confidence = usual
    return np.array(evidence), np.array(right, dtype=float), np.array(article)


def fit(evidence: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Constant and weights of a logistic regression with a ridge, by Newton's method."""
    x = np.column_stack([np.ones(len(evidence)), evidence])
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        shares = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (right - shares) - RIDGE * np.append(0, weights[1:])
        bend = (x * (shares * (1 - shares))[:, None]).T @ x + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return weights


def predict(evidence: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Confidence by the weights."""
    return 1 / (1 + np.exp(-(weights[0] + evidence @ weights[1:])))


if __name__ == "__main__":
    main()
