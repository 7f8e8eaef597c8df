"""Figures of a model on the prepared dev sets, quickly, after every pass or by itself.

    python training/encoder/evaluate.py PREPARED RUN    # RUN holds averaged.pt

Spans and tags only; the figures that count come from benchmarks/, run on the packaged model.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from data import POLARITIES, Document, load, sample, side_by_side, trees_in
from presslens.attribution import find
from presslens.names import tagged
from presslens.nlp.choosing import Stake, choose_spans
from presslens.nlp.marginals import span_marginals
from presslens.nlp.pieces import CLS, SEP
from presslens.nlp.tagging import ATTRIBUTION, NAMES, Scheme
from presslens.nlp.windows import plan_windows

if TYPE_CHECKING:
    from model import Model, Tagger


def main() -> None:
    """Print the figures of RUN/averaged.pt."""
    from model import load_model

    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("prepared", type=Path)
    ask.add_argument("run", type=Path)
    given = ask.parse_args()
    model = load_model(given.run / "averaged.pt")
    for name, value in evaluate(model, given.prepared).items():
        print(f"{name:16s} {value:.4f}")


def evaluate(model: Model, prepared: Path) -> dict[str, float]:
    """All figures, by name."""
    model.eval()
    with torch.inference_mode():
        return {
            **_attribution(model, load(prepared / "attribution-dev.jsonl")),
            **_names(model, load(prepared / "names-dev.jsonl")),
            **_trees(model, load(prepared / "trees-dev.jsonl")),
            **_targets(model, load(prepared / "targets-dev_rw.jsonl"), "rw"),
            **_targets(model, load(prepared / "targets-dev_mt.jsonl"), "mt"),
        }


def read(model: Model, document: Document) -> torch.Tensor:
    """Vectors of all pieces, [pieces, width], by overlapping windows."""
    parts = []
    for start, end, first, last in plan_windows(len(document)):
        ids = torch.tensor([[CLS, *document.row["ids"][start:end], SEP]])
        features = torch.tensor([[0, *document.row["features"][start:end], 0]])
        hidden = model.encoder(ids, features)[0, 1:-1]
        parts.append(hidden[first - start : last - start])
    return torch.cat(parts)


def chosen(
    tagger: Tagger, tokens: torch.Tensor, scheme: Scheme, stakes: Sequence[Stake]
) -> set[tuple[int, int, str]]:
    """The spans that are chosen for tokens' vectors, as the package chooses them."""
    scores = tagger.scores(tokens).numpy()
    (marginals,) = span_marginals([scores], tagger.transitions.numpy(), scheme)
    spans = choose_spans(marginals, stakes)
    return {(start, end, scheme.kinds[kind]) for start, end, kind, _ in spans}


def _f1(hit: int, said: int, there: int) -> float:
    return 2 * hit / max(1, said + there)


def _attribution(model: Model, documents: list[Document]) -> dict[str, float]:
    exact: Counter[tuple[str, str]] = Counter()
    token: Counter[tuple[str, str]] = Counter()
    alike, shares, links = [], [], Counter()
    for document in documents:
        hidden = read(model, document)
        tokens = hidden[torch.tensor(document.firsts)]
        said = chosen(model.attribution, tokens, ATTRIBUTION, find.STAKES)
        statements = document.row["statements"][0]
        there = {(*p, r) for s in statements for r in ("source", "cue", "content") for p in s[r]}
        for role in ("source", "cue", "content"):
            mine = {x for x in said if x[2] == role}
            gold = {tuple(x) for x in there if x[2] == role}
            exact[role, "hit"] += len(mine & gold)
            exact[role, "all"] += len(mine) + len(gold)
            a = {n for s, e, _ in mine for n in range(s, e)}
            b = {n for s, e, _ in gold for n in range(s, e)}
            token[role, "hit"] += len(a & b)
            token[role, "all"] += len(a) + len(b)
            if role == "content":
                shares.append(abs(len(a) - len(b)) / max(1, len(document.firsts)))
        links.update(_linked(model, document, tokens))
        if document.vectors is not None:
            alike.append(_alike(model, document, hidden))
    figures = {}
    for role in ("source", "cue", "content"):
        figures[f"exact {role}"] = 2 * exact[role, "hit"] / max(1, exact[role, "all"])
        figures[f"token {role}"] = 2 * token[role, "hit"] / max(1, token[role, "all"])
    figures["share error"] = float(np.mean(shares))
    figures["links right"] = links["right"] / max(1, links["all"])
    if alike:
        figures["similarities"] = float(np.mean(alike))
    return figures


def _linked(model: Model, document: Document, tokens: torch.Tensor) -> dict[str, int]:
    """How many spans point to the right one, where the spans are the annotators'."""
    one = sample(document, 0, len(document.firsts), random.Random(0))  # noqa: S311
    right = count = 0
    length = len(one.firsts)
    for pointer, links in (
        (model.cue_of_content, one.contents),
        (model.source_of_cue, one.cues),
    ):
        if links is not None:
            guess = pointer.point(tokens[:length], links).argmax(1)
            right += int((guess == torch.tensor(links.gold)).sum())
            count += len(links.gold)
    return {"right": right, "all": count}


def _alike(model: Model, document: Document, hidden: torch.Tensor) -> float:
    """Rank correlation of the sentences' similarities, in the article, with the base model's."""
    pooled, taught = [], []
    firsts = document.firsts
    for (first, last), vector in zip(document.row["sentences"], document.vectors, strict=True):
        stop = firsts[last] if last < len(firsts) else len(document)
        if last - first >= 3:
            pooled.append(hidden[firsts[first] : stop].mean(0))
            taught.append(vector)
    mine = torch.nn.functional.normalize(model.sentence(torch.stack(pooled)), dim=1)
    theirs = torch.from_numpy(np.array(taught)).float()
    upper = np.triu_indices(len(taught), 1)
    pairs = ((mine @ mine.T).numpy()[upper], (theirs @ theirs.T).numpy()[upper])
    ranks = [pair.argsort().argsort() for pair in pairs]
    return float(np.corrcoef(*ranks)[0, 1]) if len(taught) > 3 else 1.0


def _names(model: Model, documents: list[Document]) -> dict[str, float]:
    hit = said = there = 0
    for document in documents:
        tokens = read(model, document)[torch.tensor(document.firsts)]
        mine = chosen(model.names, tokens, NAMES, tagged.STAKES)
        gold = {tuple(x) for x in document.row["names"]}
        mine, gold = ({x for x in spans if x[2] != "other"} for spans in (mine, gold))
        hit, said, there = hit + len(mine & gold), said + len(mine), there + len(gold)
    return {"names": _f1(hit, said, there)}


def _trees(model: Model, documents: list[Document]) -> dict[str, float]:
    """UAS, LAS and the share of right Penn tags, heads chosen one by one."""
    right = np.zeros(3)
    count = 0
    for document in documents:
        tokens = read(model, document)[torch.tensor(document.firsts)]
        trees = [(0, tree) for tree in trees_in(document.row, 0, len(tokens))]
        if not trees:
            continue
        places, heads, real, labels = side_by_side(trees, len(tokens))
        right += model.parser.judge(tokens[places], heads, real, labels).numpy()
        count += int(real.sum())
    return dict(zip(("uas", "las", "tags"), (right / max(1, count)).tolist(), strict=True))


def _targets(model: Model, documents: list[Document], name: str) -> dict[str, float]:
    gold, guess = [], []
    for document in documents:
        tokens = read(model, document)[torch.tensor(document.firsts)]
        one = sample(document, 0, len(document.firsts), random.Random(0))  # noqa: S311
        guess += (
            model.tones([tokens], [[target.ranges for target in one.targets]]).argmax(1).tolist()
        )
        gold += [POLARITIES.index(polarity) for _, _, polarity in document.row["targets"]]
    pairs: list[Any] = list(zip(gold, guess, strict=True))
    scores = []
    for kind in range(3):
        hit = sum(a == b == kind for a, b in pairs)
        scores.append(_f1(hit, gold.count(kind), guess.count(kind)))
    return {f"targets {name}": sum(scores) / 3}


if __name__ == "__main__":
    main()
