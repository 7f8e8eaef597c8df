"""Fits the coefficients of `presslens.sentiment.targets` on NewsMTSC's training sentences.

    python training/target_calibration.py DIR    # DIR holds train.jsonl

Multinomial logistic regression by gradient descent with momentum on the mean loss, classes
weighted by the inverse of their frequency (the figure of NewsMTSC is macro F1), ridge penalty
chosen by five-fold cross-validation over the documents. Prints the constants to paste.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from presslens.sentiment.cues import FEATURES, target_features
from presslens.sentiment.targets import LABELS
from presslens.spans import Span

PENALTIES = (0.0003, 0.001, 0.003, 0.01)
STEPS = 500


def load(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, classes and a fold (by the sentence's document) of every target of a file."""
    rows, labels, folds = [], [], []
    documents: dict[str, int] = {}
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        document = "_".join(row["id"].split("_")[:3])
        for target in row["targets"]:
            span = Span(target["start"], target["end"])
            rows.append(target_features(row["sentence"], span))
            labels.append(LABELS.index(target["polarity"]))
            folds.append(documents.setdefault(document, len(documents)) % 5)
    return np.array(rows), np.array(labels), np.array(folds)


def fit(x: np.ndarray, y: np.ndarray, penalty: float) -> np.ndarray:
    """Coefficients, features by classes."""
    weight = (len(y) / (len(LABELS) * np.bincount(y, minlength=len(LABELS))))[y]
    wanted = np.eye(len(LABELS))[y]
    coefficients = np.zeros((x.shape[1], len(LABELS)))
    velocity = np.zeros_like(coefficients)
    for _ in range(STEPS):
        gradient = x.T @ ((predict(x, coefficients) - wanted) * weight[:, None]) / len(y)
        gradient[1:] += penalty * coefficients[1:]
        velocity = 0.9 * velocity - 0.3 * gradient
        coefficients += velocity
    return coefficients


def predict(x: np.ndarray, coefficients: np.ndarray) -> np.ndarray:
    """Class probabilities, rows by classes."""
    logits = x @ coefficients
    exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponents / exponents.sum(axis=1, keepdims=True)


def macro_f1(gold: np.ndarray, said: np.ndarray) -> float:
    """Mean over the classes of F1."""
    scores = []
    for label in range(len(LABELS)):
        hit = ((gold == label) & (said == label)).sum()
        scores.append(2 * hit / max(1, (gold == label).sum() + (said == label).sum()))
    return float(np.mean(scores))


def main() -> None:
    """Cross-validates the penalty, fits on everything and prints the constants."""
    x, y, folds = load(Path(sys.argv[1]) / "train.jsonl")
    best = (0.0, PENALTIES[0])
    for penalty in PENALTIES:
        said = np.empty_like(y)
        for fold in range(5):
            held = folds == fold
            said[held] = predict(x[held], fit(x[~held], y[~held], penalty)).argmax(axis=1)
        score = macro_f1(y, said)
        print(f"penalty {penalty}: cross-validated macro F1 {score:.3f}", file=sys.stderr)
        best = max(best, (score, penalty))
    coefficients = fit(x, y, best[1])
    coefficients -= coefficients.mean(axis=1, keepdims=True)
    for name, row in zip(FEATURES, coefficients, strict=True):
        print(f'    "{name}": ({", ".join(f"{value:.2f}" for value in row)}),')


if __name__ == "__main__":
    main()
