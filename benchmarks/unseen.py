"""Speakers of articles that nothing was fitted to and nobody read errors of.

    python benchmarks/unseen.py [--resamples 200]

The articles of training/speakers/unseen.jsonl, half from PolNeAR's training set, half from the
world's papers, each coded twice; what both coders agree on counts, as in the scorer's dev set. Of
PolNeAR's the statements are as annotated, of the others as the project found them, so figures of
contents say nothing there and are left out. Keep it that way: who looks into these errors has to
code other articles.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attribution import cell, load_scorer, resampled

from presslens.attribution import statements
from presslens.mentions import find_mentions
from presslens.nlp.encoder import encode
from presslens.paths import ROOT
from presslens.tokens import tokenize

sys.path.insert(0, str(ROOT / "training" / "speakers"))
from coded import UNSEEN, Coded, articles

FIGURES = (
    "speaker type accuracy", "official accuracy", "naming accuracy", "speaker accuracy",
    "official share error", "matched statements coded",
)  # fmt: skip
COLUMNS = ("source", "cue", "content", "speaker", "speaker_type", "naming")


def main() -> None:
    """A line for each figure, a column for each kind of article."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--resamples", type=int, default=0, help="for intervals over articles")
    resamples = ask.parse_args().resamples
    coded = list(articles(UNSEEN))
    found = {row["id"] for row in map(json.loads, (UNSEEN.parent / "found.jsonl").open("rb"))}
    sets = {
        "PolNeAR": [one for one in coded if one.id not in found],
        "worldwide": [one for one in coded if one.id in found],
    }
    scores = {name: score(part, resamples) for name, part in sets.items()}
    print(f"{'':26s}" + "".join(f"{f'{name} ({len(sets[name])})':>26s}" for name in sets))
    for figure in FIGURES:
        print(f"{figure:26s}" + "".join(f"{one[figure]:>26s}" for one in scores.values()))


def score(coded: Sequence[Coded], resamples: int) -> dict[str, str]:
    """The scorer's figures of some articles, with intervals if there are resamples."""
    docs = encode([tokenize(one.article) for one in coded])
    coding = statements.find_statements(docs, find_mentions(docs))
    predicted = {
        one.id: [{name: getattr(made, name) for name in COLUMNS} for made in those]
        for one, those in zip(coded, coding, strict=True)
    }
    with tempfile.TemporaryDirectory() as folder:
        gold, sources = Path(folder) / "gold.jsonl", Path(folder) / "sources.jsonl"
        gold.write_text("\n".join(json.dumps(annotated(one)) for one in coded), "utf-8")
        sources.write_text("\n".join(map(json.dumps, agreed(coded))), "utf-8")
        scorer = load_scorer()
        found: dict[str, float] = scorer.evaluate(gold, predicted, sources)
        drawn = list(resampled(scorer, gold, predicted, sources, resamples))
    return {figure: cell(found, drawn, figure) for figure in FIGURES}


def annotated(one: Coded) -> dict[str, Any]:
    """An article as the scorer reads it."""
    rows = [
        {part: [list(span) for span in getattr(made, part)] for part in COLUMNS[:3]}
        for made in one.statements
    ]
    return {"id": one.id, "text": one.article.text, "annotations": [{"statements": rows}]}


def agreed(coded: Sequence[Coded]) -> Iterator[dict[str, Any]]:
    """The codes of the first coder, with whether the second one's are the same."""
    texts = {one.id: one.article.text for one in coded}
    both: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for line in UNSEEN.read_text("utf-8").splitlines():
        code = json.loads(line)
        if code["id"] in texts:
            both.setdefault((code["id"], code["statement"]), []).append(code)
    for (name, number), codes in both.items():
        told = {(code["type"], code["naming"], str(code["speaker"])) for code in codes}
        first = codes[0]
        start, end = first["speaker"] or (0, 0)
        yield {
            "id": name,
            "statement": number,
            "type": first["type"],
            "naming": first["naming"],
            "speaker": texts[name][start:end],
            "agreed": len(codes) == 2 and len(told) == 1,
        }


if __name__ == "__main__":
    main()
