"""Step 2e: what networks that have not seen them say of the targets in the attribution sets.

    python training/encoder/silver_targets.py PREPARED TEACHERS RUN...

NewsMTSC has 8,800 targets, and a network that sees them often learns them by heart. Probabilities
are more to learn from (self-training with soft labels: Xie et al. 2020), of the names in PolNeAR's
sentences and of NewsMTSC's own targets: half by a teacher (tone_teacher.py), half by a run for
cross_fit.py, those that were trained without the sentence, and in NewsMTSC as much by its
annotators. Writes PREPARED/attribution-{train,silver}-targets.jsonl, a line a document: [first
token, last token, [negative, neutral, positive]] of every target, each sentence read by itself,
as in NewsMTSC.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import torch
from model import Model, load_model
from tone_teacher import Teacher, aim

from data import BELIEVED, FOLDS, Document, load, pad, soft

SETS = ("attribution-train", "attribution-silver")
# Of every so many articles of PolNeAR one: they hold names enough.
ARTICLES_APART = 4
LONGEST = 128
TOGETHER = 64

Range = tuple[int, int]


@dataclass
class Sentence:
    """A sentence [start, end) of a document, by its number, with targets in it: all tokens.

    Attributes:
        polarities: of the targets, if they are annotated.
    """

    number: int
    document: Document
    start: int
    end: int
    targets: list[Range]
    polarities: list[str]

    @property
    def unseen_by(self) -> int:
        """Number of the networks that were trained without it."""
        number: int = self.document.row.get("number", self.number)
        return number % FOLDS

    @property
    def pieces(self) -> Range:
        """First and last piece."""
        firsts = [*self.document.firsts, len(self.document)]
        return firsts[self.start], firsts[self.end]


def main() -> None:
    """Label the sets."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("prepared", type=Path)
    ask.add_argument("teachers", type=Path, help="folder of teacher-N.pt")
    ask.add_argument("runs", type=Path, nargs=FOLDS, help="folders of averaged.pt")
    given = ask.parse_args()
    teachers = [Teacher(0.0) for _ in range(FOLDS)]
    for number, teacher in enumerate(teachers):
        path = given.teachers / f"teacher-{number}.pt"
        teacher.load_state_dict(torch.load(path, weights_only=True))
    models = [load_model(run / "averaged.pt") for run in given.runs]
    for name in SETS:
        documents = load(given.prepared / f"{name}.jsonl")
        found = label(models, teachers, documents)
        with (given.prepared / f"{name}-targets.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(targets) + "\n" for targets in found)
        print(f"{name}: {sum(map(len, found)):,} targets")


def label(
    models: Sequence[Model], teachers: Sequence[Teacher], documents: Sequence[Document]
) -> list[list[tuple[int, int, list[float]]]]:
    """The targets of each document with their probabilities."""
    sentences = [one for n, document in enumerate(documents) for one in _sentences(n, document)]
    sentences.sort(key=lambda one: (one.unseen_by, one.end - one.start))
    by_models = torch.cat([_by_model(models, part) for part in _parts(sentences)])
    probable = _with_annotators(sentences, (by_models + _by_teachers(teachers, sentences)) / 2)
    found: list[list[tuple[int, int, list[float]]]] = [[] for _ in documents]
    targets = ((one.number, *target) for one in sentences for target in one.targets)
    for (number, first, last), row in zip(targets, probable.tolist(), strict=True):
        found[number].append((first, last, [round(value, 3) for value in row]))
    return [sorted(targets) for targets in found]


def _with_annotators(sentences: Sequence[Sentence], probable: torch.Tensor) -> torch.Tensor:
    """The probabilities [targets, 3], brought nearer to what annotators said where they did."""
    found, place = probable.clone(), 0
    for one in sentences:
        for polarity in one.polarities:
            found[place] = BELIEVED * probable[place] + (1 - BELIEVED) * torch.tensor(
                soft(polarity)
            )
            place += 1
        place += len(one.targets) - len(one.polarities)
    return found


def _parts(sentences: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    """Some sentences at a time, all of which one model has not seen."""
    for _, own in groupby(sentences, key=lambda one: one.unseen_by):
        some = list(own)
        yield from (some[n : n + TOGETHER] for n in range(0, len(some), TOGETHER))


def _sentences(number: int, document: Document) -> Iterator[Sentence]:
    """The sentences that hold targets: annotated ones, or names but those of other things."""
    row = document.row
    names = () if number % ARTICLES_APART else row.get("names") or ()
    named = [(a, b) for a, b, kind in names if kind != "other"]
    polarities = {(a, b): polarity for a, b, polarity in row.get("targets", ())}
    for start, end in row["sentences"]:
        inside = [(a, b) for a, b in polarities or named if start <= a and b <= end]
        said = [polarities[target] for target in inside if polarities]
        one = Sentence(number, document, start, end, inside, said)
        low, high = one.pieces
        if inside and high - low <= LONGEST:
            yield one


@torch.inference_mode()
def _by_model(models: Sequence[Model], sentences: Sequence[Sentence]) -> torch.Tensor:
    """Probabilities [targets, 3] of all targets in some sentences, one after another.

    By the one model that has seen none of them.
    """
    model = models[sentences[0].unseen_by]
    spans = [one.pieces for one in sentences]
    rows = [one.document.row for one in sentences]
    ids, features, real = pad(
        [
            (row["ids"][low:high], row["features"][low:high])
            for row, (low, high) in zip(rows, spans, strict=True)
        ]
    )
    firsts = [
        torch.tensor(one.document.firsts[one.start : one.end]) - low + 1
        for one, (low, _) in zip(sentences, spans, strict=True)
    ]
    targets = [
        [(a - one.start, b - one.start, 0, one.end - one.start) for a, b in one.targets]
        for one in sentences
    ]
    hidden = model.encoder(ids, features, real[:, None, None, :])
    tokens = [own[first] for own, first in zip(hidden, firsts, strict=True)]
    return torch.softmax(model.tones(tokens, targets), dim=1)


def _by_teachers(teachers: Sequence[Teacher], sentences: Sequence[Sentence]) -> torch.Tensor:
    """Probabilities [targets, 3], each by the one teacher that hasn't seen it."""
    targets = [(one, target) for one in sentences for target in one.targets]
    aimed = [aim(one.document, *one.pieces, target) for one, target in targets]
    folds = [one.unseen_by for one, _ in targets]
    found = torch.zeros(len(aimed), 3)
    for fold, teacher in enumerate(teachers):
        own = [n for n, other in enumerate(folds) if other == fold]
        found[own] = teacher.judge([aimed[n] for n in own])
    return found


if __name__ == "__main__":
    main()
