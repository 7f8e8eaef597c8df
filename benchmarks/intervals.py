"""How often 95 % intervals of `presslens.statistics` hold the true share, in simulated corpora.

    python benchmarks/intervals.py [--samples 1000]

Articles of 200 to 900 words whose shares follow a skewed Beta(2, 5); beside our intervals the plain
percentiles of the same draws. Needs no data; a minute on one core.
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd

from presslens import statistics

TRUTH = 2 / 7
CLUSTERS = (5, 8, 15, 30)
DRAWS = 1000


def plain(parts: np.ndarray, wholes: np.ndarray, seed: int) -> tuple[float, float]:
    """The percentile interval that the expanded one widens."""
    picked = np.random.default_rng(seed).integers(len(parts), size=(DRAWS, len(parts)))
    low, high = np.quantile(parts[picked].sum(axis=1) / wholes[picked].sum(axis=1), [0.025, 0.975])
    return float(low), float(high)


def coverage(clusters: int, samples: int) -> tuple[float, float]:
    """Share of samples whose expanded, and whose plain, interval holds the truth."""
    rng = np.random.default_rng(clusters)
    ours = plainly = 0
    for seed in range(samples):
        wholes = rng.integers(200, 900, clusters)
        parts = wholes * rng.beta(2, 5, clusters)
        frame = pd.DataFrame({"article_id": range(clusters), "part": parts, "whole": wholes})
        row = statistics.share(frame, "part", "whole", draws=DRAWS, seed=seed).iloc[0]
        ours += row["low"] <= TRUTH <= row["high"]
        low, high = plain(parts, wholes, seed)
        plainly += low <= TRUTH <= high
    return ours / samples, plainly / samples


def main() -> None:
    """A line per number of articles."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--samples", type=int, default=1000)
    samples = parser.parse_args().samples
    print("articles  expanded  plain")
    for clusters in CLUSTERS:
        ours, plainly = coverage(clusters, samples)
        print(f"{clusters:8}  {ours:8.1%}  {plainly:5.1%}")


if __name__ == "__main__":
    main()
