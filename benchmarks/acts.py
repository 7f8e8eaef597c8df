"""How often act and endorsement of a cue are told as coders told them.

    python benchmarks/acts.py

By the codes in training/speakers, of PolNeAR's training articles in ../shared, beside the checkout:
codes.jsonl (read while the cue codebook was written) and acts.jsonl (read once it had been
measured on them, .77 and .85). The coders were language models working under the codebook.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nltk.tokenize import NLTKWordTokenizer

from presslens.attribution.cues import read_cue
from presslens.paths import ROOT

CODES = ROOT / "training" / "speakers"
POLNEAR = ROOT.parent / "shared" / "data" / "polnear" / "train.jsonl"


def main() -> None:
    """A line for each file of codes."""
    if not POLNEAR.exists():
        sys.exit(f"{POLNEAR} is missing; put the shared folder beside the checkout")
    rows = map(json.loads, POLNEAR.read_text("utf-8").splitlines())
    articles = {row["id"]: row for row in rows}
    for name in ("codes.jsonl", "acts.jsonl"):
        coded = list(codes_with_cues(CODES / name, articles))
        act = sum(read_cue(words).act == code["act"] for code, words in coded)
        endorsement = sum(
            read_cue(words).endorsement == code["endorsement"] for code, words in coded
        )
        print(
            f"{name:12s} act {act / len(coded):.3f}, endorsement "
            f"{endorsement / len(coded):.3f} ({len(coded)} codes)"
        )


def codes_with_cues(
    path: Path, articles: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Every code of an act, with the words of the statement's cue in lower case."""
    tokenizer = NLTKWordTokenizer()
    for line in path.read_text("utf-8").splitlines():
        code = json.loads(line)
        if "act" not in code:
            continue
        row = articles[code["id"]]
        statement = row["annotations"][0]["statements"][code["statement"]]
        cue = " ".join(row["text"][start:end] for start, end in statement["cue"])
        if cue:
            yield code, [word.lower() for word in tokenizer.tokenize(cue.replace("’", "'"))]


if __name__ == "__main__":
    main()
