"""The weighted mean of several runs' weights, which does better than each (Wortsman et al. 2022).

    python training/encoder/average.py OUT SHARE=FILE SHARE=FILE ...

FILE is an averaged.pt of train.py, OUT a folder that export.py takes; the shares add up to one.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    """Write OUT/averaged.pt."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("parts", nargs="+", metavar="SHARE=FILE")
    given = ask.parse_args()
    pairs = [part.split("=", 1) for part in given.parts]
    shares = [float(share) for share, _ in pairs]
    if abs(sum(shares) - 1) > 1e-6:
        ask.error(f"the shares add up to {sum(shares):g}; they must add up to 1")
    runs = [torch.load(path, weights_only=True) for _, path in pairs]
    mean = {
        name: sum(share * run[name] for share, run in zip(shares, runs, strict=True))
        for name in runs[-1]
    }
    given.out.mkdir(parents=True, exist_ok=True)
    torch.save(mean, given.out / "averaged.pt")


if __name__ == "__main__":
    main()
