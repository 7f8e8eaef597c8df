"""How often pieces of English news look foreign, by their length: the evidence in reading/language.

Run from the root: python benchmarks/language.py. Needs ../shared/data. Three random pieces of each
worldwide newswire article; "sure" ones would be set aside if they were long enough.
"""

from __future__ import annotations

import json
import random
import sys

from presslens import paths
from presslens.reading.language import _MIN_PROBABILITY, identify

NEWSWIRE = paths.ROOT.parent / "shared" / "data" / "ner" / "worldwide_newswire.jsonl"
PIECES = 3


def main() -> None:
    """A line per length: pieces, those that look foreign, those that do so surely."""
    if not NEWSWIRE.exists():
        sys.exit(f"{NEWSWIRE} is missing; put the shared folder beside the checkout")
    lines = NEWSWIRE.read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"].split() for line in lines]
    for length in (10, 20, 30, 40):
        dice = random.Random(0)  # noqa: S311 - a sample, no secret
        starts = [dice.randrange(max(1, len(words) - length)) for words in texts * PIECES]
        pieces = zip(texts * PIECES, starts, strict=True)
        found = [identify(" ".join(words[start : start + length])) for words, start in pieces]
        foreign = [language for language in found if language.code != "en"]
        sure = sum(language.probability >= _MIN_PROBABILITY for language in foreign)
        surest = max((language.probability for language in foreign), default=0.0)
        print(
            f"{length} words: {len(found):,} pieces, {len(foreign)} look foreign, "
            f"{sure} surely (the surest {surest:.2f})"
        )


if __name__ == "__main__":
    main()
