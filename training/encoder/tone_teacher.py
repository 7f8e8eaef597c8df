"""Step 2c: networks that judge the tone towards one target at a time.

    python training/encoder/tone_teacher.py BASE PREPARED OUT

The encoder reads a text once for all targets in it. A teacher reads it anew for each one, whose
pieces are marked, so it errs elsewhere, and the mean of both is better than either. Writes
OUT/teacher-N.pt, each trained on NewsMTSC without one part of it: number N of FOLDS. What teacher
N says of that part it says of sentences that it has not seen.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from model import WIDTH, Encoder, load_base
from torch import Tensor, nn

from data import FOLDS, Document, load, pad, soft

PASSES = 2
RATE, HEAD_RATE, WARMUP = 1.2e-4, 1e-3, 50
TOGETHER = 32
# Pieces of a sentence before and behind the target; few have more.
REACH = 100


@dataclass
class Aimed:
    """A sentence with one target: its pieces, and which of them [start, end) are the target's."""

    ids: list[int]
    features: list[int]
    start: int
    end: int


def aim(document: Document, low: int, high: int, target: tuple[int, int]) -> Aimed:
    """The target, a range of tokens, in the pieces [low, high) of its sentence."""
    firsts = [*document.firsts, len(document)]
    start, end = firsts[target[0]], firsts[target[1]]
    low, high = max(low, start - REACH), min(high, end + REACH)
    row = document.row
    return Aimed(row["ids"][low:high], row["features"][low:high], start - low, end - low)


class Teacher(nn.Module):
    """The encoder, a vector that marks the target's pieces, and a head on the mean vectors."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.mark = nn.Embedding(2, WIDTH)
        self.drop = nn.Dropout(dropout)
        self.target = nn.Sequential(nn.Linear(2 * WIDTH, WIDTH), nn.Tanh(), nn.Linear(WIDTH, 3))
        nn.init.normal_(self.mark.weight, std=0.02)

    def forward(self, aimed: Sequence[Aimed]) -> Tensor:
        """Scores [targets, 3]."""
        ids, features, real = pad([(one.ids, one.features) for one in aimed])
        marked = torch.zeros_like(ids)
        for n, one in enumerate(aimed):
            marked[n, 1 + one.start : 1 + one.end] = 1
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            x = self.encoder(ids, features, real[:, None, None, :], self.mark(marked))
        x = self.drop(x.float())
        return self.target(torch.cat([_mean(x, marked), _mean(x, real)], dim=1))

    @torch.inference_mode()
    def judge(self, aimed: Sequence[Aimed]) -> Tensor:
        """Probabilities [targets, 3]."""
        self.eval()
        order = sorted(range(len(aimed)), key=lambda n: len(aimed[n].ids))
        found = torch.zeros(len(aimed), 3)
        for start in range(0, len(order), 2 * TOGETHER):
            some = order[start : start + 2 * TOGETHER]
            found[some] = torch.softmax(self([aimed[n] for n in some]), dim=1)
        return found


def _mean(x: Tensor, which: Tensor) -> Tensor:
    weights = which.float() / which.sum(dim=1, keepdim=True)
    return (x * weights.unsqueeze(2)).sum(dim=1)


def main() -> None:
    """Train all teachers."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("base", type=Path, help="all-MiniLM-L6-v2's model.safetensors")
    ask.add_argument("prepared", type=Path)
    ask.add_argument("out", type=Path)
    given = ask.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    documents = load(given.prepared / "targets-train.jsonl")
    for fold in range(FOLDS):
        seen = [one for number, one in enumerate(documents) if number % FOLDS != fold]
        teacher = teach(given.base, seen, seed=fold)
        torch.save(teacher.state_dict(), given.out / f"teacher-{fold}.pt")


def teach(base: Path, documents: Iterable[Document], *, seed: int) -> Teacher:
    """A teacher trained on the documents, each one sentence."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311
    lessons = [
        (aim(one, 0, len(one), (start, end)), soft(polarity))
        for one in documents
        for start, end, polarity in one.row["targets"]
    ]
    teacher = Teacher().train()
    with torch.no_grad():
        load_base(teacher.encoder, base)
    teacher.encoder.words.weight.requires_grad_(requires_grad=False)
    head = list(teacher.target.parameters())
    own = {id(p) for p in head}
    below = [p for p in teacher.parameters() if id(p) not in own and p.requires_grad]
    groups = [{"params": below, "lr": RATE}, {"params": head, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = PASSES * math.ceil(len(lessons) / TOGETHER)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / WARMUP) * (1 - step / steps)
    )
    for _ in range(PASSES):
        lessons.sort(key=lambda lesson: len(lesson[0].ids) + 8 * chance.random())
        starts = list(range(0, len(lessons), TOGETHER))
        chance.shuffle(starts)
        for start in starts:
            aimed, gold = zip(*lessons[start : start + TOGETHER], strict=True)
            optimizer.zero_grad()
            F.cross_entropy(teacher(aimed), torch.tensor(gold)).backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return teacher


if __name__ == "__main__":
    main()
