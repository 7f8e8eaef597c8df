"""Fits the network that tells type and naming of speakers by lists and words near their names.

    python training/speakers/fit_types.py BASE [--write]

BASE is model.safetensors of all-MiniLM-L6-v2: its word embeddings, reduced, are part of the
network. Takes the coded statements of codes.jsonl: of PolNeAR's training articles as annotated, of
the world's papers as found.jsonl has them. Prints, cross-validated over articles, how often codes
are right; `--write` fits on all of them and writes the package's speaker_types.npz. Needs
training/requirements.txt, and the corpora in ../shared, beside the checkout.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from coded import Coded, articles
from network import Network, word_table
from safetensors.torch import load_file
from torch import Tensor, nn

from presslens.attribution.speaker import Speaker
from presslens.attribution.speakers import Resolver
from presslens.attribution.voices import NAMINGS, OFFICIAL_TYPES, SPEAKER_TYPES
from presslens.attribution.weighing import (
    FLAGS,
    LISTED,
    WEIGHTS,
    Codes,
    Evidence,
    Likely,
    Shown,
    by_speaker,
    choose,
    listed,
)
from presslens.mentions import find_mentions
from presslens.nlp.encoder import encode
from presslens.tokens import tokenize

PASSES, RATE, TOGETHER, WARMUP, DECAY = 8, 1e-3, 64, 50, 0.05
# Share of a target that all types have alike.
SMOOTHING = 0.05
# How often what lists tell is hidden, so that words are learnt from, too.
HIDDEN = 0.15
FOLDS = 5
# Components of a word's embedding are cut off here, in units of their spread.
FARTHEST_WORD = 4.0
ARTICLES_AT_ONCE = 48


class Voice(NamedTuple):
    """One speaker of a coded article: what it shows of them, and the codes of their statements."""

    article: str
    speaker: Speaker | None
    shown: Shown
    codes: list[Codes]


def main() -> None:
    """Cross-validate, and write if asked to."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("base", type=Path)
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    words = word_table(load_file(given.base)["embeddings.word_embeddings.weight"].float())
    words, scale = in_bytes(words)
    voices = list(gather(list(articles())))
    report("lists alone", voices, [listed(voice.speaker) for voice in voices])
    report("weighed", voices, cross_validated(voices, words.float() * scale))
    if given.write:
        write(fit(voices, words.float() * scale), words, scale)


def in_bytes(table: Tensor) -> tuple[Tensor, float]:
    """A table in whole numbers of eight bits, and what one of them is worth."""
    scale = FARTHEST_WORD / 127
    return (table / scale).round().clamp(-127, 127).to(torch.int8), scale


def gather(coded: Sequence[Coded]) -> Iterator[Voice]:
    """Every speaker of coded statements, with what their article shows of them."""
    for start in range(0, len(coded), ARTICLES_AT_ONCE):
        part = coded[start : start + ARTICLES_AT_ONCE]
        docs = encode([tokenize(one.article) for one in part])
        for one, doc, mentions in zip(part, docs, find_mentions(docs), strict=True):
            # The ranking has seen these articles and would find speakers too well.
            speakers = Resolver(doc, mentions, by_rules=True).resolve_all(one.statements)
            evidence = Evidence(doc, mentions)
            for numbers in by_speaker(speakers):
                codes = [one.codes[number] for number in numbers if number in one.codes]
                if codes:
                    speaker = speakers[numbers[0]]
                    shown = evidence.of(speaker, [one.statements[number] for number in numbers])
                    yield Voice(one.id, speaker, halved(shown), codes)


def halved(shown: Shown) -> Shown:
    """The same with vectors of 16 bits, which take half the memory."""
    return shown._replace(
        vectors=shown.vectors.astype(np.float16), article=shown.article.astype(np.float16)
    )


def cross_validated(voices: Sequence[Voice], words: Tensor) -> list[Codes]:
    """The codes of each speaker, told by a network that has not seen their article."""
    likely = unseen(voices, words)
    return [choose(voice.speaker, one) for voice, one in zip(voices, likely, strict=True)]


def unseen(voices: Sequence[Voice], words: Tensor) -> list[Likely]:
    """How likely the codes of each speaker are, by a network that has not seen their article."""
    names = np.unique([voice.article for voice in voices])
    np.random.default_rng(0).shuffle(names)
    folds = dict(zip(names, np.arange(len(names)) % FOLDS, strict=True))
    found: dict[int, Likely] = {}
    for fold in range(FOLDS):
        network = fit([voice for voice in voices if folds[voice.article] != fold], words)
        numbers = [number for number, voice in enumerate(voices) if folds[voice.article] == fold]
        found |= zip(numbers, judge(network, [voices[number] for number in numbers]), strict=True)
    return [found[number] for number in range(len(voices))]


def fit(voices: Sequence[Voice], words: Tensor, seed: int = 0) -> Network:
    """A network fitted to the codes of speakers."""
    torch.manual_seed(seed)
    rng, order = np.random.default_rng(seed), random.Random(seed)  # noqa: S311
    network = Network(words)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = PASSES * math.ceil(len(voices) / TOGETHER)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1, (step + 1) / WARMUP) * (1 + math.cos(math.pi * step / steps)) / 2,
    )
    lessons = list(voices)
    network.train()
    for _ in range(PASSES):
        order.shuffle(lessons)
        for start in range(0, len(lessons), TOGETHER):
            part = lessons[start : start + TOGETHER]
            batch = network.batch([voice.shown for voice in part])
            hidden = torch.from_numpy(rng.random(len(part)) < HIDDEN)
            batch["listed"][hidden, : LISTED - FLAGS] = 0
            types, namings = network(batch).split([len(SPEAKER_TYPES), len(NAMINGS)], dim=1)
            weight = torch.tensor([len(voice.codes) for voice in part]).sqrt()
            losses = cross_entropy(types, shares(part, "type", SPEAKER_TYPES))
            losses = losses + cross_entropy(namings, shares(part, "naming", NAMINGS))
            optimizer.zero_grad()
            ((losses * weight).sum() / weight.sum()).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return network.eval()


def cross_entropy(scores: Tensor, targets: Tensor) -> Tensor:
    """Of each speaker, [speakers]."""
    return -(scores.log_softmax(1) * targets).sum(1)


def shares(voices: Sequence[Voice], field: str, names: Sequence[str]) -> Tensor:
    """How often each code is given to the speakers, [speakers, names], smoothed."""
    counts = torch.zeros(len(voices), len(names))
    for row, voice in enumerate(voices):
        for code in voice.codes:
            counts[row, names.index(getattr(code, field))] += 1
    return counts / counts.sum(1, keepdim=True) * (1 - SMOOTHING) + SMOOTHING / len(names)


@torch.inference_mode()
def judge(network: Network, voices: Sequence[Voice]) -> Iterator[Likely]:
    """How likely the codes of each speaker are."""
    for start in range(0, len(voices), TOGETHER):
        part = voices[start : start + TOGETHER]
        scores = network(network.batch([voice.shown for voice in part]))
        types, namings = scores.split([len(SPEAKER_TYPES), len(NAMINGS)], dim=1)
        yield from map(Likely, types.softmax(1).numpy(), namings.softmax(1).numpy())


def write(network: Network, words: Tensor, scale: float) -> None:
    """The weights, in 16 bits, and the words in eight, to the package."""
    stored = {
        name: value.numpy().astype(np.float16)
        for name, value in network.state_dict().items()
        if name != "words"
    }
    np.savez_compressed(WEIGHTS, words=words.numpy(), words_scale=np.float32(scale), **stored)


def report(name: str, voices: Sequence[Voice], codes: Sequence[Codes]) -> None:
    """How often codes are right: of all statements, and where lists tell the type or not."""
    rows = [
        (voice.speaker is not None and voice.speaker.is_told, told.type == coded.type,
         (told.type in OFFICIAL_TYPES) == (coded.type in OFFICIAL_TYPES),
         told.naming == coded.naming)
        for voice, told in zip(voices, codes, strict=True)
        for coded in voice.codes
    ]  # fmt: skip
    by_lists, kind, official, naming = (
        np.array(column, bool) for column in zip(*rows, strict=True)
    )
    for part, chosen in (("all", by_lists | True), ("told", by_lists), ("open", ~by_lists)):
        print(
            f"{name:12s} {part:5s} type {kind[chosen].mean():.3f}, official "
            f"{official[chosen].mean():.3f}, naming {naming[chosen].mean():.3f} "
            f"({int(chosen.sum())} statements)"
        )


if __name__ == "__main__":
    main()
