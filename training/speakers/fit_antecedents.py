"""Fits the network that tells whom a source stands for that is no name.

    python training/speakers/fit_antecedents.py [--write]

Takes the coded statements of codes.jsonl, resolved by rules; a candidate is right if no other one's
name shares more words with the coded speaker's. Prints, cross-validated over articles, how
often the rules and the network are right; `--write` fits on all of them and writes the package's
antecedents.npz. Needs training/requirements.txt, and the corpora in ../shared, beside the checkout.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from antecedent_network import NONE, AntecedentNetwork, batch
from coded import Coded, articles
from torch import Tensor, nn

from presslens.attribution.antecedents import Candidate, Way, source_of
from presslens.attribution.ranking import WEIGHTS, Compared, choose
from presslens.attribution.signs import words_of
from presslens.attribution.speaker import AUTHOR, Speaker
from presslens.attribution.speakers import Resolver
from presslens.attribution.statement import Attribution
from presslens.doc import Doc
from presslens.mentions import Mention, find_mentions
from presslens.nlp.encoder import encode
from presslens.tokens import tokenize

# How often the one who is meant is taken out of the candidates, and how often others are.
ORPHANED, THINNED = 0.15, 0.3
PASSES, RATE, TOGETHER, WARMUP, DECAY = 10, 1e-3, 128, 50, 0.05
FOLDS = 5
ARTICLES_AT_ONCE = 48


class Question(NamedTuple):
    """A source that is no name: who is meant?

    Attributes:
        article: its id.
        kind: how the source is put.
        compared: what the network sees.
        right: of each candidate whether it is the coded speaker, [candidates]; the first one is
            what the rules propose.
        named: whether the article names or describes the coded speaker anywhere.
    """

    article: str
    kind: str
    compared: Compared
    right: np.ndarray
    named: bool


def main() -> None:
    """Cross-validate, and write if asked to."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--write", action="store_true")
    write_too = ask.parse_args().write
    questions = list(gather(list(articles())))
    report(questions, cross_validated(questions))
    if write_too:
        write(fit(questions))


class Recorder(Resolver):
    """Resolves by rules alone, and takes down what a ranking would have to choose from."""

    def __init__(self, one: Coded, doc: Doc, mentions: Sequence[Mention]) -> None:
        super().__init__(doc, mentions)
        self._one = one
        self._number = -1
        self.questions: list[Question] = []

    def _ranked(self, attribution: Attribution, proposed: Speaker | None) -> Speaker | None:
        self._number += 1
        source = source_of(self._doc, attribution)
        code = self._one.codes.get(self._number)
        if code is None or not self._antecedents.is_open(source, proposed):
            return proposed
        candidates = self._antecedents.of(source, proposed)
        place = self._one.speakers[self._number]
        gold = place.of(self._doc.text) if place else ""
        right = rights(candidates, gold, code.type)
        compared = self._ranker.compared(source, attribution, candidates)
        self.questions.append(
            Question(self._one.id, source.kind, halved(compared), right, bool(gold))
        )
        return proposed


def rights(candidates: Sequence[Candidate], gold: str, kind: str) -> np.ndarray:
    """Of each candidate whether it is the coded speaker, [candidates].

    Of several whose names fit, as of "an aide to Roe" and "Roe", those count that share most words.
    """
    if kind == "author":
        return np.array([one.speaker is AUTHOR for one in candidates])
    if not gold:
        return np.array([one.name is None for one in candidates])
    shares = np.array([alike(one.name, gold) for one in candidates])
    return (shares > 0) & (shares == shares.max())


def alike(name: str | None, gold: str) -> float:
    """The share of words that two names have in common, 0 unless one is a part of the other."""
    own, coded = words_of(name or ""), words_of(gold)
    if not own or not (own <= coded or coded <= own):
        return 0.0
    return len(own & coded) / len(own | coded)


def halved(compared: Compared) -> Compared:
    """The same with vectors of 16 bits, which take half the memory."""
    return compared._replace(
        source_vector=compared.source_vector.astype(np.float16),
        vectors=compared.vectors.astype(np.float16),
    )


def gather(coded: Sequence[Coded]) -> Iterator[Question]:
    """All sources of coded statements that are no names."""
    for start in range(0, len(coded), ARTICLES_AT_ONCE):
        part = coded[start : start + ARTICLES_AT_ONCE]
        docs = encode([tokenize(one.article) for one in part])
        for one, doc, mentions in zip(part, docs, find_mentions(docs), strict=True):
            recorder = Recorder(one, doc, mentions)
            recorder.resolve_all(one.statements)
            yield from recorder.questions


def cross_validated(questions: Sequence[Question]) -> list[int]:
    """The candidate of each source, chosen by a network that has not seen its article."""
    names = np.unique([one.article for one in questions])
    np.random.default_rng(0).shuffle(names)
    folds = dict(zip(names, np.arange(len(names)) % FOLDS, strict=True))
    chosen = [0] * len(questions)
    for fold in range(FOLDS):
        network = fit([one for one in questions if folds[one.article] != fold])
        numbers = [n for n, one in enumerate(questions) if folds[one.article] == fold]
        judged = judge(network, [questions[number] for number in numbers])
        for number, likely in zip(numbers, judged, strict=True):
            chosen[number] = choose(likely)
    return chosen


def fit(questions: Sequence[Question], seed: int = 0) -> AntecedentNetwork:
    """A network fitted to sources of which some candidate is the coded speaker."""
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311
    network = AntecedentNetwork()
    lessons = [one for one in questions if one.right.any()]
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = PASSES * math.ceil(len(lessons) / TOGETHER)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1, (step + 1) / WARMUP) * (1 + math.cos(math.pi * step / steps)) / 2,
    )
    network.train()
    for _ in range(PASSES):
        rng.shuffle(lessons)
        for start in range(0, len(lessons), TOGETHER):
            part = [thinned(one, rng) for one in lessons[start : start + TOGETHER]]
            likely = network(batch([one.compared for one in part])).log_softmax(1)
            loss = -likely.masked_fill(~targets(part), NONE).logsumexp(1).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return network.eval()


def thinned(question: Question, rng: random.Random) -> Question:
    """Now and then the same source in a shorter article, where fewer are named or nobody fits."""
    chance = rng.random()
    if chance > ORPHANED + THINNED:
        return question
    candidates, right = question.compared.candidates.copy(), question.right
    words = candidates[:, Way.WORDS] > 0
    if chance < ORPHANED:
        if not words.any() or (right & words).any():
            return question
        # Whoever is meant is not there, and rules would take the words for themselves.
        gone, right = right, words
        candidates[:, Way.RULES] = words
    else:
        gone = np.array([rng.random() < 0.5 for _ in right])
        gone &= ~(right | words | (candidates[:, Way.RULES] > 0))
    compared = question.compared._replace(
        candidates=candidates[~gone], vectors=question.compared.vectors[~gone]
    )
    return question._replace(compared=compared, right=right[~gone])


def targets(questions: Sequence[Question]) -> Tensor:
    """Which candidates are the coded speaker, [questions, candidates]."""
    most = max(len(one.right) for one in questions)
    return torch.tensor([[*one.right, *[False] * (most - len(one.right))] for one in questions])


@torch.inference_mode()
def judge(network: AntecedentNetwork, questions: Sequence[Question]) -> Iterator[np.ndarray]:
    """How likely each candidate of each source is, [candidates]."""
    for start in range(0, len(questions), TOGETHER):
        part = questions[start : start + TOGETHER]
        likely = network(batch([one.compared for one in part])).softmax(1).numpy()
        yield from (row[: len(one.right)] for row, one in zip(likely, part, strict=True))


def write(network: AntecedentNetwork) -> None:
    """The weights, in 16 bits, to the package."""
    stored = {n: value.numpy().astype(np.float16) for n, value in network.state_dict().items()}
    np.savez_compressed(WEIGHTS, **stored)


def report(questions: Sequence[Question], chosen: Sequence[int]) -> None:
    """How often rules and network are right, by how the source is put."""
    rows: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for question, choice in zip(questions, chosen, strict=True):
        row = bool(question.right[0]), bool(question.right[choice])
        for name in (question.kind, "all", *(["all with a speaker"] if question.named else [])):
            rows[name].append(row)
    for name, those in sorted(rows.items(), key=lambda item: len(item[1])):
        rules, ranked = np.mean(those, axis=0)
        print(f"{name:20s} rules {rules:.3f}, ranked {ranked:.3f} ({len(those)} sources)")


if __name__ == "__main__":
    main()
