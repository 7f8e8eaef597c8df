"""Stories: pairs of articles joined, against a reading of whether they are about one event.

    python benchmarks/stories.py

story_pairs.csv holds pairs of PolNeAR's training articles (by line, from 0), at most a week apart,
and whether they are about one event, read by title and opening: a sample of those that an earlier
version joined, of those that this one joins, and of near misses of both. The constants in
`presslens.stories` were chosen on them, and no pair stands for those that are little alike; so
both figures are a little too good.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pandas as pd

from presslens.paths import ROOT
from presslens.stories import stories

POLNEAR = ROOT.parent / "shared" / "data" / "polnear" / "train.jsonl"
PAIRS = Path(__file__).with_name("story_pairs.csv")


def main() -> None:
    """Precision and recall of the pairs that were read."""
    if not POLNEAR.exists():
        sys.exit(f"{POLNEAR} is missing; put the shared folder beside the checkout")
    articles = pd.DataFrame(json.loads(line) for line in POLNEAR.read_text("utf-8").splitlines())
    articles["article_id"] = [str(number) for number in range(len(articles))]
    articles["published"] = pd.to_datetime(articles["published"])
    story = stories(articles)
    with PAIRS.open(encoding="utf-8", newline="") as file:
        read = [
            (row["first"], row["second"], row["one_event"] == "1") for row in csv.DictReader(file)
        ]
    found = [(story[first] == story[second], one_event) for first, second, one_event in read]
    right = sum(joined and one_event for joined, one_event in found)
    joined, gold = (sum(column) for column in zip(*found, strict=True))
    print(f"{len(read)} pairs: precision {right / joined:.2f}, recall {right / gold:.2f}")


if __name__ == "__main__":
    main()
