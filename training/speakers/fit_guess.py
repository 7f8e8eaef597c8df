"""Fits the weights by which speakers' types are guessed where lists tell nothing.

    python training/speakers/fit_guess.py [--write]

Takes the coded statements of codes.jsonl: of PolNeAR's training articles as annotated, of the
world's papers as found.jsonl has them. Prints, cross-validated over articles, how often types are
right; `--write` fits on all of them and writes the package's speaker_types.npz. Needs
training/requirements.txt, and the corpora in ../shared, beside the checkout.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression

from presslens.article import Article
from presslens.attribution.guess import SURE, WEIGHTS, Evidence, is_open
from presslens.attribution.speakers import Resolver
from presslens.attribution.statement import Attribution
from presslens.attribution.statements import type_of
from presslens.attribution.voices import OFFICIAL_TYPES, SPEAKER_TYPES
from presslens.mentions import find_mentions
from presslens.nlp.encoder import encode
from presslens.paths import ROOT
from presslens.reading import read
from presslens.spans import Span
from presslens.tokens import tokenize

SHARED = ROOT.parent / "shared" / "data"
HERE = Path(__file__).parent

# Of each block of 384 numbers the main components, in units of their spread, times this weight;
# the flags count as they are, halved. Chosen with FOLDS folds, among four and two values.
COMPONENTS = 64
BLOCK_WEIGHTS = (0.2, 0.1, 0.1, 0.1, 0.1, 0.1)
FLAG_WEIGHT = 0.5
STRENGTH = 0.3
FOLDS = 5
WIDTH = 384

Floats = NDArray[np.float64]


class Coded(NamedTuple):
    """An article with its statements, and the type that each of them is coded with."""

    id: str
    article: Article
    statements: list[Attribution]
    types: dict[int, str]


class Data(NamedTuple):
    """A row per coded statement: its evidence if lists leave its speaker open."""

    rows: NDArray[np.float32]
    open: NDArray[np.bool_]
    listed: NDArray[np.str_]
    coded: NDArray[np.str_]
    articles: NDArray[np.str_]
    speakers: NDArray[np.str_]


def main() -> None:
    """Cross-validate, and write if asked to."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    data = gather(list(articles()))
    report("lists alone", data, data.listed)
    report("with guesses", data, cross_validated(data))
    if given.write:
        weight, bias = fit(data.rows[data.open], data.coded[data.open])
        np.savez_compressed(WEIGHTS, weight=weight.astype(np.float32), bias=bias.astype(np.float32))


def articles() -> Iterator[Coded]:
    """The coded articles; of a statement with several codes the first coder's counts."""
    types: dict[str, dict[int, str]] = {}
    for line in (HERE / "codes.jsonl").read_text("utf-8").splitlines():
        code = json.loads(line)
        types.setdefault(code["id"], {}).setdefault(code["statement"], code["type"])
    for line in (SHARED / "polnear" / "train.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in types:
            day = date.fromisoformat((row.get("published") or row["id"].split("_")[1])[:10])
            article = Article(id=row["id"], text=row["text"], published=day)
            yield Coded(
                row["id"], article, spans(row["annotations"][0]["statements"]), types[row["id"]]
            )
    texts = dict(newswire())
    for line in (HERE / "found.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in types:
            article = cleaned(row["id"], texts[row["id"]])
            if hashlib.sha256(article.text.encode()).hexdigest()[:16] != row["sha256"]:
                sys.exit(f"{row['id']}: cleaning gives another text than when it was coded")
            yield Coded(row["id"], article, spans(row["statements"]), types[row["id"]])


def newswire() -> Iterator[tuple[str, str]]:
    """The raw texts of the world's papers, by id."""
    for line in (SHARED / "ner" / "worldwide_newswire.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["id"], row["text"]


def cleaned(name: str, text: str) -> Article:
    """A raw text as the reader of text dumps makes an article of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.txt"
        path.write_bytes(text.encode())
        return read(path)[0]


def spans(statements: list[dict[str, Any]]) -> list[Attribution]:
    """Statements of a file as attributions."""
    parts = ("source", "cue", "content")
    return [
        Attribution(*(tuple(Span(*span) for span in row[part]) for part in parts), confidence=1.0)
        for row in statements
    ]


def gather(coded: list[Coded]) -> Data:
    """What lists tell and vectors show of every coded statement."""
    docs = encode([tokenize(one.article) for one in coded])
    rows: list[dict[str, Any]] = []
    for one, doc, mentions in zip(coded, docs, find_mentions(docs), strict=True):
        resolver = Resolver(doc, mentions)
        speakers = resolver.resolve_all(one.statements)
        evidence = Evidence(doc, mentions)
        for number, kind in sorted(one.types.items()):
            speaker = speakers[number]
            rows.append(
                {
                    "rows": evidence.row(one.statements[number], speaker),
                    "open": is_open(speaker),
                    "listed": type_of(speaker),
                    "coded": kind,
                    "articles": one.id,
                    "speakers": f"{one.id}/{number if speaker is None else id(speaker)}",
                }
            )
    return Data(**{name: np.array([row[name] for row in rows]) for name in Data._fields})


def cross_validated(data: Data) -> NDArray[np.str_]:
    """The type of each statement, guessed from other articles where lists leave it open."""
    names = np.unique(data.articles)
    np.random.default_rng(0).shuffle(names)
    folds = dict(zip(names, np.arange(len(names)) % FOLDS, strict=True))
    fold = np.array([folds[name] for name in data.articles])
    likely = np.zeros((len(data.rows), len(SPEAKER_TYPES)))
    for number in range(FOLDS):
        learnt = data.open & (fold != number)
        weight, bias = fit(data.rows[learnt], data.coded[learnt])
        likely[fold == number] = softmax(data.rows[fold == number] @ weight.T + bias)
    types = data.listed.copy()
    for speaker in np.unique(data.speakers[data.open]):
        group = data.speakers == speaker
        mean = np.log(likely[group]).mean(axis=0)
        if mean.max() >= np.log(SURE):
            types[group] = SPEAKER_TYPES[int(mean.argmax())]
    return types


def fit(rows: NDArray[np.float32], coded: NDArray[np.str_]) -> tuple[Floats, Floats]:
    """Weights [types, evidence] and bias [types] of a penalised multinomial regression."""
    scales, shifts = zip(*projections(rows), strict=True)
    parts = [
        (rows[:, start : start + WIDTH] - shift) @ scale
        for start, scale, shift in zip(range(0, 6 * WIDTH, WIDTH), scales, shifts, strict=True)
    ]
    flags = rows[:, 6 * WIDTH :] * FLAG_WEIGHT
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    model.fit(np.concatenate([*parts, flags], axis=1), coded)
    weight = np.zeros((len(SPEAKER_TYPES), rows.shape[1]))
    bias = np.full(len(SPEAKER_TYPES), -12.0)
    for name, learnt, start in zip(model.classes_, model.coef_, model.intercept_, strict=True):
        kind = SPEAKER_TYPES.index(str(name))
        for number, (scale, shift) in enumerate(zip(scales, shifts, strict=True)):
            raw = scale @ learnt[number * COMPONENTS : (number + 1) * COMPONENTS]
            weight[kind, number * WIDTH : (number + 1) * WIDTH] = raw
            start -= shift @ raw
        weight[kind, 6 * WIDTH :] = learnt[6 * COMPONENTS :] * FLAG_WEIGHT
        bias[kind] = start
    return weight, bias


def projections(rows: NDArray[np.float32]) -> Iterator[tuple[Floats, Floats]]:
    """For each block the directions of its main components, scaled, and its mean."""
    for number, weight in enumerate(BLOCK_WEIGHTS):
        block = rows[:, number * WIDTH : (number + 1) * WIDTH].astype(np.float64)
        found = PCA(COMPONENTS, random_state=0).fit(block)
        spread = found.transform(block).std(axis=0).mean()
        yield found.components_.T * (weight / spread), found.mean_


def softmax(scores: Floats) -> Floats:
    """Probabilities [rows, types], none of them 0."""
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.maximum(grown / grown.sum(axis=1, keepdims=True), 1e-6)


def report(name: str, data: Data, types: NDArray[np.str_]) -> None:
    """How often types, and official or not, are right: of all, and of speakers left open."""
    right = types == data.coded
    official = np.isin(types, list(OFFICIAL_TYPES)) == np.isin(data.coded, list(OFFICIAL_TYPES))
    print(
        f"{name:14s} type {right.mean():.3f}, official {official.mean():.3f} "
        f"({len(right)} statements); left open: {right[data.open].mean():.3f}, "
        f"{official[data.open].mean():.3f} ({int(data.open.sum())})"
    )


if __name__ == "__main__":
    main()
