"""Generic frames against four coders, the calibration cross-validated by halves.

python benchmarks/frames.py semetko_valkenburg_dev.jsonl

Prints how often the dominant frame is the one the article was written for, with Wilson's 95 %
interval, and Spearman's correlation of each frame's score with the coders' mean. The terms
were written from theory; calibration is fitted on one random half and tried on the other.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))
from frame_calibration import calibrate, densities, load

from presslens.framing.codebook import load_frames
from presslens.framing.frames import dominant_frame, score_frames

ROUNDS = 20


def wilson(hits: float, n: int) -> tuple[float, float]:
    """95 % interval of a share."""
    p, z = hits / n, 1.96
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * ((p * (1 - p) + z * z / (4 * n)) / n) ** 0.5 / (1 + z * z / n)
    return middle - half, middle + half


def spearman(a: list[float], b: list[float]) -> float:
    """Rank correlation, ties at their mean rank."""
    return float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])


def _ranks(values: list[float]) -> list[float]:
    ordered = sorted(values)
    return [ordered.index(v) + (ordered.count(v) - 1) / 2 for v in values]


def main() -> None:
    """Prints accuracy, correlations and speed."""
    book = load_frames("generic")
    docs, shares, intended = load(Path(sys.argv[1]))
    found = densities(docs, book)
    order = random.Random(1)  # noqa: S311 - halves, not secrets
    hits, confusion = 0, {name: dict.fromkeys(set(intended), 0) for name in set(intended)}
    numbers = list(range(len(docs)))
    for _ in range(ROUNDS):
        order.shuffle(numbers)
        for held in (numbers[::2], numbers[1::2]):
            rest = [n for n in numbers if n not in held]
            half = {name: values[rest] for name, values in found.items()}
            fitted = calibrate(book, half, [shares[n] for n in rest])
            for n in held:
                said = dominant_frame(score_frames(docs[n], fitted), fitted)
                confusion[intended[n]][said] += 1
                hits += said == intended[n]
    mean = hits / ROUNDS
    low, high = wilson(mean, len(docs))
    print(f"dominant frame, cross-validated: {mean / len(docs):.3f} ({low:.2f} to {high:.2f})")
    for name, row in sorted(confusion.items()):
        print(f"  {name:22}", *(f"{said[:5]} {n / ROUNDS:4.1f}" for said, n in sorted(row.items())))
    started = time.perf_counter()
    scores = [score_frames(doc, book) for doc in docs]
    words = sum(len(doc.word_starts) for doc in docs)
    print(f"{words / (time.perf_counter() - started):,.0f} words a second")
    shipped = sum(
        dominant_frame(s, book) == wanted for s, wanted in zip(scores, intended, strict=True)
    )
    print(f"with the shipped calibration (fitted on these articles): {shipped / len(docs):.3f}")
    correlations = []
    for frame in book.frames:
        ours = [next(x.score for x in s if x.frame == frame.name and not x.item) for s in scores]
        coders = [float(np.mean([share[i.name] for i in frame.items])) for share in shares]
        correlations.append(spearman(ours, coders))
        print(f"  {frame.name}: Spearman {correlations[-1]:.2f}")
    print(f"mean Spearman {np.mean(correlations):.3f}")


if __name__ == "__main__":
    main()
