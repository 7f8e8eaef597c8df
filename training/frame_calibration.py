"""Fits the calibration of a frame codebook on articles with several coders' answers.

    python training/frame_calibration.py semetko_valkenburg_dev.jsonl [CODEBOOK] > calibrated.yaml

Per item, the share of coders who say yes is regressed on the saturated weight of the terms found;
slopes are drawn towards their mean over all items, since 49 articles cannot tell nineteen apart.
`benchmarks/frames.py` cross-validates the same fit.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from presslens.article import Article
from presslens.doc import Doc
from presslens.framing.codebook import Calibration, Frame, FrameCodebook, Item, load_frames
from presslens.framing.frames import item_densities
from presslens.tokens import tokenize

SCALES = (1.0, 2.0, 4.0, 8.0)
PULL = 3.0  # articles' worth of belief that an item's slope is the mean slope
YES = 2  # codes: 0 no, 1 unclear, 2 yes


def load(path: Path) -> tuple[list[Doc], list[dict[str, float]], list[str]]:
    """Docs, the share of coders who say yes by item, and the frame each was written for."""
    docs, shares, frames = [], [], []
    for row in map(json.loads, path.open(encoding="utf-8")):
        docs.append(tokenize(Article(id=row["id"], text=row["text"])))
        coders = list(row["codes"].values())
        shares.append(
            {name: sum(coder[name] == YES for coder in coders) / len(coders) for name in coders[0]}
        )
        frames.append(row["frame"])
    return docs, shares, frames


def densities(docs: list[Doc], book: FrameCodebook) -> dict[str, np.ndarray]:
    """Weight per 100 words of every item in every article."""
    found = [item_densities(doc, book) for doc in docs]
    return {name: np.array([each[name] for each in found]) for name in found[0]}


def calibrate(
    book: FrameCodebook, found: dict[str, np.ndarray], shares: list[dict[str, float]]
) -> FrameCodebook:
    """The codebook with base, ceiling and scale of every item, typical and spread of frames."""
    fits = [(_error_and_fit(found, shares, scale)) for scale in SCALES]
    best = min(fits, key=lambda fit: fit[0])[1]
    return replace(book, frames=tuple(_frame(frame, best, found) for frame in book.frames))


def _error_and_fit(
    found: dict[str, np.ndarray], shares: list[dict[str, float]], scale: float
) -> tuple[float, dict[str, Calibration]]:
    rises = {name: 1 - np.exp(-weights / scale) for name, weights in found.items()}
    wanted = {name: np.array([share[name] for share in shares]) for name in found}
    top = sum((((x := rises[n]) - x.mean()) * wanted[n]).sum() for n in found)
    mean_slope = top / sum(((x := rises[n]) - x.mean()).dot(x - x.mean()) for n in found)
    error, fitted = 0.0, {}
    for name, x in rises.items():
        centred, y = x - x.mean(), wanted[name]
        pull = PULL * float(np.mean([np.var(r) for r in rises.values()]))
        slope = (centred @ y + pull * mean_slope) / (centred @ centred + pull)
        base = float(np.clip(y.mean() - slope * x.mean(), 0.01, 0.9))
        ceiling = float(np.clip(base + max(slope, 0.05), base, 1))
        error += float(((base + (ceiling - base) * x - y) ** 2).sum())
        fitted[name] = Calibration(round(base, 2), round(ceiling, 2), scale)
    return error, fitted


def _frame(frame: Frame, fits: dict[str, Calibration], found: dict[str, np.ndarray]) -> Frame:
    items = tuple(replace(item, calibration=fits[item.name]) for item in frame.items)
    scores = np.mean([_scores(item, found[item.name]) for item in items], axis=0)
    typical, spread = float(scores.mean()), max(float(scores.std()), 0.01)
    return replace(frame, items=items, typical=round(typical, 3), spread=round(spread, 3))


def _scores(item: Item, weights: np.ndarray) -> np.ndarray:
    fit = item.calibration
    return fit.base + (fit.ceiling - fit.base) * (1 - np.exp(-weights / fit.scale))


def main() -> None:
    """Prints the fitted lines to put into the codebook."""
    book = load_frames(sys.argv[2] if len(sys.argv) > 2 else "generic")
    docs, shares, _ = load(Path(sys.argv[1]))
    for frame in calibrate(book, densities(docs, book), shares).frames:
        print(f"{frame.name}: typical: {frame.typical}, spread: {frame.spread}")
        for item in frame.items:
            fit = item.calibration
            print(
                f"  {item.name}: {{base: {fit.base}, ceiling: {fit.ceiling}, scale: {fit.scale}}}"
            )


if __name__ == "__main__":
    main()
