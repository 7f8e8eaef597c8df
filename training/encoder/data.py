"""Batches: prepared documents cut into windows and padded, with the labels of every task."""

from __future__ import annotations

import json
import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from presslens.nlp.links import as_array, relations
from presslens.nlp.pieces import CLS, IN_TITLE, INSIDE, PARAGRAPH_START, PLACES, SEP, SHAPES
from presslens.nlp.tagging import ATTRIBUTION, NAMES
from presslens.nlp.windows import REACH

# Parts of the texts, each of which one network does not see: text number n is in part n % FOLDS.
FOLDS = 3
POLARITIES = ("negative", "neutral", "positive")
# Of the annotated polarity; the rest is shared among all three.
SURE = 0.9
PIECES_TOGETHER = 4096
SHARE_WITH_TITLE = 0.6
SHARE_OF_SHORT = 0.4
# In every other window this share of the words is hidden, so that none of them says it all.
SHARE_HIDDEN = 0.15
MASK = 103
# Tokens; longer sentences are lists, and their trees would fill the memory.
LONGEST_TREE = 120


# How far a network that hasn't seen an article is believed in it, against its annotator.
BELIEVED = 0.5


@dataclass
class Document:
    """One prepared row: see prepare.py.

    Attributes:
        vectors: of its sentences by the base model, if it was asked.
        probable: [tokens, tags], how probable each tag is by a network that has not seen the
            article's statements, if there is one: cross_fit.py.
    """

    row: dict[str, Any]
    vectors: np.ndarray | None = None
    probable: np.ndarray | None = None

    @property
    def firsts(self) -> list[int]:
        """First piece of every token."""
        return self.row["firsts"]

    def __len__(self) -> int:
        return len(self.row["ids"])


@dataclass
class Links:
    """Spans of tokens of one window that belong to each other; indices into the parents, or -1."""

    children: list[tuple[int, int]] = field(default_factory=list)
    parents: list[tuple[int, int]] = field(default_factory=list)
    gold: list[int] = field(default_factory=list)
    relations: Tensor | None = None


@dataclass
class Tree:
    """A sentence's first token in the window; its heads, dependencies, parts of speech and tags."""

    start: int
    columns: np.ndarray

    def __len__(self) -> int:
        return self.columns.shape[1]


class Target(NamedTuple):
    """Tokens of a target and of its sentence, and how probable each polarity is to be."""

    ranges: tuple[int, int, int, int]
    polarities: tuple[float, ...]


@dataclass
class Sample:
    """One window: its pieces, and labels by token; `tags` are probabilities [tokens, tags]."""

    ids: list[int]
    features: list[int]
    firsts: list[int]
    tags: np.ndarray | None
    names: np.ndarray | None
    silver: bool
    contents: Links | None
    cues: Links | None
    targets: list[Target]
    sentences: list[tuple[int, int, np.ndarray]]
    trees: list[Tree]


@dataclass
class Batch:
    """Windows of one set, padded."""

    ids: Tensor
    features: Tensor
    mask: Tensor | None
    firsts: Tensor
    tokens: Tensor
    samples: Sequence[Sample]

    def names(self) -> Tensor:
        """Tags of names [windows, tokens], zero where padded."""
        found = torch.zeros(self.firsts.shape, dtype=torch.long)
        for row, sample in enumerate(self.samples):
            if sample.names is not None:
                found[row, : len(sample.names)] = torch.from_numpy(sample.names)
        return found

    def tags(self) -> Tensor:
        """How probable each tag of a statement is to be, [windows, tokens, tags]."""
        found = torch.zeros(*self.firsts.shape, len(ATTRIBUTION.tags))
        for row, sample in enumerate(self.samples):
            if sample.tags is not None:
                found[row, : len(sample.tags)] = torch.from_numpy(sample.tags)
        return found


def load(path: Path) -> list[Document]:
    """The documents of a set, with what teachers say of their vectors, targets and tags, if any."""
    with path.open(encoding="utf-8") as file:
        documents = [Document(json.loads(line)) for line in file]
    taught = path.with_suffix(".npy")
    if taught.exists():
        vectors, start = np.load(taught), 0
        for document in documents:
            end = start + len(document.row["sentences"])
            document.vectors = vectors[start:end]
            start = end
    judged = path.with_name(f"{path.stem}-tags.npy")
    if judged.exists():
        tags, start = np.load(judged), 0
        for document in documents:
            end = start + len(document.firsts)
            document.probable = tags[start:end]
            start = end
    labelled = path.with_name(f"{path.stem}-targets.jsonl")
    if labelled.exists():
        with labelled.open(encoding="utf-8") as file:
            for document, line in zip(documents, file, strict=True):
                document.row["targets"] = json.loads(line)
    return documents


def cut(document: Document, chance: random.Random) -> list[tuple[int, int]]:
    """Ranges of tokens whose pieces fit the encoder; another cut each time.

    Some articles are cut into a few paragraphs each, since not every text begins with a title.
    """
    if "statements" in document.row and chance.random() < SHARE_OF_SHORT:
        borders = [0, *_some_paragraphs(document, chance), len(document.firsts)]
        return [
            r for start, end in pairwise(borders) for r in _fitting(document, start, end, REACH)
        ]
    reach = REACH if len(document) <= REACH else chance.randint(REACH // 2, REACH)
    return _fitting(document, 0, len(document.firsts), reach)


def _some_paragraphs(document: Document, chance: random.Random) -> list[int]:
    """First tokens of paragraphs, each of them one to five paragraphs from the next."""
    features, firsts = document.row["features"], document.firsts
    starts = [
        start
        for start, _ in document.row["sentences"][1:]
        if features[firsts[start]] // SHAPES % PLACES == PARAGRAPH_START
    ]
    chosen, place = [], chance.randint(0, 2)
    while place < len(starts):
        chosen.append(starts[place])
        place += chance.randint(1, 5)
    return chosen


def _fitting(document: Document, start: int, stop: int, reach: int) -> list[tuple[int, int]]:
    """Tokens [start, stop) in ranges of at most `reach` pieces, and REACH from the second on."""
    firsts, ranges = document.firsts[:stop], []
    length = document.firsts[stop] if stop < len(document.firsts) else len(document)
    while start < len(firsts):
        end = bisect_left(firsts, firsts[start] + reach)
        if length - firsts[start] > reach:
            end -= 1  # A token's first piece may fit and its last not.
        end = max(end, start + 1)
        ranges.append((start, end))
        start, reach = end, REACH
    return ranges


def sample(document: Document, start: int, end: int, chance: random.Random) -> Sample:
    """The window of tokens [start, end) with its labels."""
    row, firsts = document.row, document.firsts
    count = len(firsts)
    low = firsts[start] if start else 0
    high = min(firsts[end] if end < count else len(document), low + REACH)
    end = min(end, bisect_left(firsts, high))
    statements = chance.choice(row["statements"]) if "statements" in row else None
    linked = None if row.get("drawn") else statements
    return Sample(
        ids=[CLS, *_hidden(document, low, high, chance), SEP],
        features=[0, *_features(row["features"][low:high], chance), 0],
        firsts=[first - low + 1 for first in firsts[start:end]],
        tags=None if statements is None else _tags(statements, document)[start:end],
        names=None
        if row.get("names") is None
        else NAMES.encode([tuple(x) for x in row["names"]], count)[start:end],
        silver=row.get("silver", statements is not None),
        contents=_content_links(linked, row["sentences"], start, end),
        cues=_cue_links(linked, row["sentences"], start, end),
        targets=_targets(row, start, end),
        sentences=_sentences(document, start, end, low, high),
        trees=trees_in(row, start, end),
    )


def _hidden(document: Document, low: int, high: int, chance: random.Random) -> list[int]:
    """The pieces [low, high), some words of them hidden; treebanks' words all stay."""
    ids = document.row["ids"][low:high]
    if "trees" in document.row or chance.random() < 0.5:
        return ids
    hidden = False
    firsts = set(document.firsts)
    for place, number in enumerate(range(low, high)):
        hidden = chance.random() < SHARE_HIDDEN if number in firsts else hidden
        if hidden:
            ids[place] = MASK
    return ids


def _features(features: Sequence[int], chance: random.Random) -> list[int]:
    """The features, at times without the title marked: not every article's is known."""
    if chance.random() < SHARE_WITH_TITLE:
        return list(features)
    found, begun = [], False
    for feature in features:
        quoted, place, shape = feature // (4 * SHAPES), feature // SHAPES % 4, feature % SHAPES
        if place == IN_TITLE:
            place, begun = INSIDE if begun else PARAGRAPH_START, True
        found.append(shape + SHAPES * (place + 4 * quoted))
    return found


def _tags(statements: Sequence[dict[str, Any]], document: Document) -> np.ndarray:
    spans = {
        (*piece, role)
        for role in ("source", "cue", "content")
        for statement in statements
        for piece in statement[role]
    }
    ordered = sorted(spans, key=lambda x: (x[0], -x[1]))
    marked = np.eye(len(ATTRIBUTION.tags), dtype=np.float32)[
        ATTRIBUTION.encode(ordered, len(document.firsts))
    ]
    if document.probable is None:
        return marked
    return (1 - BELIEVED) * marked + BELIEVED * document.probable.astype(np.float32)


def _clip(piece: Sequence[int], start: int, end: int) -> tuple[int, int] | None:
    low, high = max(piece[0], start) - start, min(piece[1], end) - start
    return (low, high) if low < high else None


def _content_links(
    statements: Sequence[dict[str, Any]] | None, sentences: Any, start: int, end: int
) -> Links | None:
    if not statements:
        return None
    pairs = [
        (child, parent)
        for s in statements
        if s["cue"] and (parent := _clip(s["cue"][0], start, end))
        for piece in s["content"]
        if (child := _clip(piece, start, end))
    ]
    parents = {c for s in statements for p in s["cue"] if (c := _clip(p, start, end))}
    return _links(pairs, sorted(parents), sentences, start)


def _cue_links(
    statements: Sequence[dict[str, Any]] | None, sentences: Any, start: int, end: int
) -> Links | None:
    if not statements:
        return None
    pairs: list[tuple[tuple[int, int], tuple[int, int] | None]] = []
    for s in statements:
        child = _clip(s["cue"][0], start, end) if s["cue"] else None
        if not child:
            continue
        parent = _clip(s["source"][0], start, end) if s["source"] else None
        if parent or not s["source"]:
            pairs.append((child, parent))
    parents = {c for s in statements for p in s["source"] if (c := _clip(p, start, end))}
    return _links(pairs, sorted(parents), sentences, start)


def _links(pairs: Any, parents: list[tuple[int, int]], sentences: Any, start: int) -> Links | None:
    if not pairs:
        return None
    children = [child for child, _ in pairs]
    gold = [parents.index(parent) if parent else len(parents) for _, parent in pairs]
    begins = np.array([first - start for first, _ in sentences])
    everyone = np.tile(np.arange(len(parents)), (len(children), 1))
    found = relations(as_array(children), as_array(parents), everyone, begins)
    return Links(children, parents, gold, torch.from_numpy(found))


def _targets(row: dict[str, Any], start: int, end: int) -> list[Target]:
    found = []
    for first, last, polarity in row.get("targets", ()):
        span = _clip((first, last), start, end)
        home = next((s for s in row["sentences"] if s[0] <= first < s[1]), None)
        around = _clip(home, start, end) if home else None
        if span and around:
            found.append(Target((*span, *around), soft(polarity)))
    return found


def soft(said: str | Sequence[float]) -> tuple[float, ...]:
    """Probabilities of an annotated polarity, or those that teachers gave."""
    if not isinstance(said, str):
        return tuple(said)
    rest = (1 - SURE) / len(POLARITIES)
    return tuple(rest + SURE * (said == polarity) for polarity in POLARITIES)


def _sentences(
    document: Document, start: int, end: int, low: int, high: int
) -> list[tuple[int, int, np.ndarray]]:
    """Pieces [first, last) within the window, markers counted, of sentences wholly in it."""
    if document.vectors is None:
        return []
    firsts, found = document.firsts, []
    for (first, last), vector in zip(document.row["sentences"], document.vectors, strict=True):
        if first >= start and last <= end and last - first >= 3:
            stop = firsts[last] if last < len(firsts) else len(document)
            found.append((firsts[first] - low + 1, min(stop, high) - low + 1, vector))
    return found


def trees_in(row: dict[str, Any], start: int, end: int) -> list[Tree]:
    """Of sentences wholly in the window."""
    return [
        Tree(first - start, np.array(tree))
        for (first, last), tree in zip(row["sentences"], row.get("trees", ()), strict=False)
        if tree and first >= start and last <= end and last - first <= LONGEST_TREE
    ]


def side_by_side(
    trees: Sequence[tuple[int, Tree]], width: int
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Trees, each with the number of its window, padded; the windows are `width` tokens wide.

    Where the tokens stand in the flattened windows and their heads in the sentence,
    [trees, tokens], which of them are real, and the labels [3, real tokens].
    """
    longest = max(len(tree) for _, tree in trees)
    places, heads = torch.zeros(2, len(trees), longest, dtype=torch.long)
    real = torch.zeros(len(trees), longest, dtype=torch.bool)
    for number, (row, tree) in enumerate(trees):
        size = len(tree)
        places[number, :size] = row * width + tree.start + torch.arange(size)
        heads[number, :size] = torch.from_numpy(tree.columns[0])
        real[number, :size] = True
    labels = np.concatenate([tree.columns[1:] for _, tree in trees], axis=1)
    return places, heads, real, torch.from_numpy(labels)


def pad(texts: Sequence[tuple[Sequence[int], Sequence[int]]]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids and features of texts between their markers, padded, and which of them are real."""
    width = max(len(ids) for ids, _ in texts) + 2
    ids, features = torch.zeros(2, len(texts), width, dtype=torch.long)
    real = torch.zeros(len(texts), width, dtype=torch.bool)
    for row, (own, shapes) in enumerate(texts):
        ids[row, : len(own) + 2] = torch.tensor([CLS, *own, SEP])
        features[row, 1 : len(own) + 1] = torch.tensor(shapes)
        real[row, : len(own) + 2] = True
    return ids, features, real


def collate(samples: Sequence[Sample]) -> Batch:
    """Samples padded to the longest."""
    width = max(len(sample.ids) for sample in samples)
    tokens = max(len(sample.firsts) for sample in samples)
    ids = torch.zeros(len(samples), width, dtype=torch.long)
    features = torch.zeros_like(ids)
    firsts = torch.zeros(len(samples), tokens, dtype=torch.long)
    real = torch.zeros(len(samples), width, dtype=torch.bool)
    there = torch.zeros(len(samples), tokens, dtype=torch.bool)
    for row, one in enumerate(samples):
        ids[row, : len(one.ids)] = torch.tensor(one.ids)
        features[row, : len(one.ids)] = torch.tensor(one.features)
        firsts[row, : len(one.firsts)] = torch.tensor(one.firsts)
        real[row, : len(one.ids)] = True
        there[row, : len(one.firsts)] = True
    mask = None if real.all() else real[:, None, None, :]
    return Batch(ids, features, mask, firsts, there, samples)


def batches(
    documents: Sequence[Document],
    chance: random.Random,
    *,
    pieces: int = PIECES_TOGETHER,
) -> Iterator[Batch]:
    """All documents once, in batches of windows of about one length, in random order."""
    samples = [
        sample(document, *span, chance) for document in documents for span in cut(document, chance)
    ]
    samples.sort(key=lambda one: len(one.ids) + 24 * chance.random())
    groups: list[list[Sample]] = [[]]
    for one in samples:
        widest = max((len(other.ids) for other in groups[-1]), default=0)
        if groups[-1] and max(widest, len(one.ids)) * (len(groups[-1]) + 1) > pieces:
            groups.append([])
        groups[-1].append(one)
    chance.shuffle(groups)
    return (collate(group) for group in groups if group)
