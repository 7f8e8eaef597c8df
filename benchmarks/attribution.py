"""Accuracy of attribution on PolNeAR and the worldwide articles, with the project's scorer.

    python benchmarks/attribution.py            the table of benchmarks/README.md
    python benchmarks/attribution.py --rules    the same of the first rules
    python benchmarks/attribution.py --models FOLDER    of weights in another form
    python benchmarks/attribution.py --windows 510 48    of other windows: pieces, and margin
    python benchmarks/attribution.py --marks "‘’"    of other quotation marks in the same texts
    python benchmarks/attribution.py --resamples 200    with intervals over articles

Needs the corpora and the scorer in ../shared, beside the checkout.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import first_rules

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training" / "encoder"))
from layouts import in_marks

from presslens.article import Article
from presslens.attribution import statements
from presslens.mentions import find_mentions
from presslens.nlp import encoder, heads
from presslens.nlp.encoder import encode
from presslens.nlp.windows import plan_windows
from presslens.paths import ROOT
from presslens.tokens import tokenize

SHARED = ROOT.parent / "shared"
POLNEAR = SHARED / "data" / "polnear"
WORLDWIDE = SHARED / "data" / "worldwide"
SETS = {
    "PolNeAR dev": (POLNEAR / "dev.jsonl", SHARED / "data" / "sources" / "dev.jsonl"),
    "worldwide": (WORLDWIDE / "statements.jsonl", WORLDWIDE / "sources.jsonl"),
}


def load_scorer() -> ModuleType:
    """The scorer that the final judgement uses too."""
    path = SHARED / "tools" / "score_attribution.py"
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is missing; put the shared folder beside the checkout")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The annotated articles, a dictionary each."""
    if not path.exists():
        sys.exit(f"{path} is missing; put the shared folder beside the checkout")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def with_marks(gold: Path, marks: str, folder: Path) -> Path:
    """A copy of the annotated articles with other marks, one for one, where double ones stand."""
    rows = [row | {"text": in_marks(row["text"], *marks)} for row in read_gold(gold)]
    copy = folder / f"{gold.parent.name}-{gold.name}"
    copy.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return copy


def predict(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Statements of each article as the scorer wants them."""
    docs = encode([tokenize(article_of(row)) for row in rows])
    found = statements.find_statements(docs, find_mentions(docs))
    columns = ("source", "cue", "content", "speaker", "speaker_type", "naming")
    return {
        row["id"]: [{name: getattr(one, name) for name in columns} for one in coded]
        for row, coded in zip(rows, found, strict=True)
    }


def article_of(row: dict[str, Any]) -> Article:
    """A row of an annotated file as an article."""
    published = row.get("published")
    day = date.fromisoformat(published[:10]) if published else None
    return Article(id=row["id"], text=row["text"], published=day)


def print_scores(*, resamples: int) -> None:
    """One line per figure and set, with 95 % intervals over articles if there are resamples."""
    scorer = load_scorer()
    columns = {}
    for name, (gold, sources) in SETS.items():
        predicted = predict(read_gold(gold))
        score = scorer.evaluate(gold, predicted, sources)
        drawn = list(resampled(scorer, gold, predicted, sources, resamples))
        columns[name] = {figure: cell(score, drawn, figure) for figure in score}
    print(f"{'':24s} " + " ".join(f"{name:>22s}" for name in columns))
    for figure in next(iter(columns.values())):
        print(f"{figure:24s} " + " ".join(f"{column[figure]:>22s}" for column in columns.values()))


def resampled(
    scorer: ModuleType,
    gold: Path,
    predicted: dict[str, list[dict[str, Any]]],
    sources: Path,
    times: int,
) -> Iterator[dict[str, float]]:
    """Scores of as many articles, drawn with replacement (Efron's bootstrap)."""
    lines = gold.read_text("utf-8").splitlines()
    chance = random.Random(1)  # noqa: S311
    remember(scorer)
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "drawn.jsonl"
        for _ in range(times):
            drawn.write_text("\n".join(chance.choices(lines, k=len(lines))), "utf-8")
            yield scorer.evaluate(drawn, predicted, sources)


def remember(scorer: ModuleType) -> None:
    """Let the scorer prepare and compare an article once, though it is drawn again and again."""
    make, compare = scorer.Article, scorer.match
    articles: dict[str, Any] = {}
    pairs: dict[tuple[int, int], Any] = {}

    def article(text: str, found: list[dict[str, Any]]) -> Any:
        key = text + json.dumps(found)
        if key not in articles:
            articles[key] = make(text, found)
        return articles[key]

    def match(gold: Any, got: Any) -> Any:
        key = id(gold), id(got)
        if key not in pairs:
            pairs[key] = compare(gold, got)
        return pairs[key]

    scorer.Article, scorer.match = article, match


def cell(score: dict[str, float], drawn: list[dict[str, float]], figure: str) -> str:
    """A figure with its interval."""
    value = f"{score[figure]:.3f}"
    if not drawn:
        return value
    ranked = sorted(one[figure] for one in drawn if figure in one)
    tail = len(ranked) // 40
    return f"{value} ({ranked[tail]:.3f} to {ranked[-1 - tail]:.3f})"


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--rules", action="store_true", help="the first rules instead of the encoder")
    ask.add_argument("--models", type=Path, help="folder of another encoder.onnx and heads.npz")
    ask.add_argument("--windows", type=int, nargs=2, metavar=("REACH", "MARGIN"))
    ask.add_argument("--resamples", type=int, default=0, help="for intervals over articles")
    ask.add_argument("--marks", help="an opening and a closing one, instead of double ones")
    given = ask.parse_args()
    if given.rules:
        statements.find_attributions = first_rules.find_attributions
    if given.models:
        encoder.MODEL, heads.HEADS = given.models / "encoder.onnx", given.models / "heads.npz"
    if given.windows:
        reach, margin = given.windows
        encoder.plan_windows = partial(plan_windows, reach=reach, margin=margin)
    with tempfile.TemporaryDirectory() as other:
        if given.marks:
            for name, (gold, sources) in SETS.items():
                SETS[name] = with_marks(gold, given.marks, Path(other)), sources
        print_scores(resamples=given.resamples)
