"""How often act and endorsement of a cue are told as coders told them.

    python benchmarks/acts.py

By the codes in training/speakers, in the order in which they were made: those that were read while
the cue codebook was written; two rounds of cues coded twice that were measured before anybody read
them (act .77 and .845, endorsement .85 and .877) and read since. The coders were language models
working under the codebook. Needs the corpora in ../shared, beside the checkout.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from nltk.tokenize import NLTKWordTokenizer

from presslens.attribution.cues import read_cue
from presslens.attribution.statement import Attribution
from presslens.paths import ROOT

sys.path.insert(0, str(ROOT / "training" / "speakers"))
from coded import HERE, annotated

Code = dict[str, Any]

ROUNDS = {"codes.jsonl": "read while it was written", "acts.jsonl": "330 cues, coded twice"}
LAST = "738 cues, coded twice"


def main() -> None:
    """A line for each round of codes."""
    rounds: dict[str, list[Code]] = defaultdict(list)
    for name, code in codes():
        rounds[name].append(code)
    articles = {
        name: (article.text, statements)
        for name, article, statements in annotated({c["id"] for r in rounds.values() for c in r})
    }
    for name, coded in rounds.items():
        print(f"{name:32s} {score(coded, articles)}")


def codes() -> Iterator[tuple[str, Code]]:
    """The codes of acts, each with the round that it is of."""
    for name in ROUNDS:
        for line in (HERE / name).read_text("utf-8").splitlines():
            code = json.loads(line)
            if "act" in code:
                yield (LAST if code["coder"].startswith("x") else ROUNDS[name]), code


def score(coded: list[Code], articles: dict[str, tuple[str, list[Attribution]]]) -> str:
    """How many of the codes are told, of the cues that have words."""
    tokenizer = NLTKWordTokenizer()
    acts = endorsements = cues = 0
    for code in coded:
        text, statements = articles[code["id"]]
        cue = " ".join(span.of(text) for span in statements[code["statement"]].cue)
        if cue:
            words = tokenizer.tokenize(cue.replace("’", "'").lower())
            told = read_cue(words)
            cues += 1
            acts += told.act == code["act"]
            endorsements += told.endorsement == code["endorsement"]
    return f"act {acts / cues:.3f}, endorsement {endorsements / cues:.3f} ({cues} codes)"


if __name__ == "__main__":
    main()
