"""training/encoder/cross_fit.py: probabilities of tags by who has not seen the text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from presslens.nlp.marginals import span_marginals
from presslens.nlp.tagging import ATTRIBUTION
from presslens.paths import ROOT

TAGS = len(ATTRIBUTION.tags)
ENCODER = ROOT / "training" / "encoder"


@pytest.fixture(scope="module")
def cross_fit(script: Callable[..., ModuleType]) -> ModuleType:
    return script("cross_fit", "torch", "safetensors")


@pytest.fixture(scope="module")
def tagger(script: Callable[..., ModuleType]) -> Any:
    model = script("model", "torch", "safetensors")
    found = model.Tagger(ATTRIBUTION)
    chance = np.random.default_rng(4)
    found.transitions.data = model.torch.from_numpy(chance.normal(size=(TAGS, TAGS))).float()
    return found


@pytest.fixture(scope="module")
def scores() -> np.ndarray:
    return np.random.default_rng(5).normal(0, 2, size=(7, TAGS)).astype(np.float32)


def test_probabilities_of_tags_are_those_of_the_spans_that_the_package_finds(
    cross_fit: ModuleType, tagger: Any, scores: np.ndarray
) -> None:
    # What may stand at the ends of a text is no part of the training's loss.
    outside = np.full((1, TAGS), -50, np.float32)
    outside[0, 0] = 50
    whole = np.concatenate([outside, scores, outside])
    found = tagger.probabilities(cross_fit.torch.from_numpy(whole)).numpy()
    assert np.allclose(found.sum(1), 1, atol=1e-4)
    (marginals,) = span_marginals([whole], tagger.transitions.detach().numpy(), ATTRIBUTION)
    inside = found[:, 1:].reshape(len(found), 3, 4).sum(2)
    assert np.allclose(inside, marginals.inside, atol=1e-4)


def test_certain_tags_cost_their_negative_log_likelihood(
    cross_fit: ModuleType, tagger: Any, scores: np.ndarray
) -> None:
    torch = cross_fit.torch
    tags = ATTRIBUTION.encode([(1, 3, "cue"), (4, 5, "source")], len(scores))
    gold = torch.eye(TAGS)[torch.from_numpy(tags)][None]
    given = torch.from_numpy(scores)[None]
    loss = tagger.loss(given, gold, torch.ones(1, len(scores), dtype=torch.bool))
    # By the chain rule, one tag after the other made certain.
    likelihood = 0.0
    for place, tag in enumerate(tags):
        likelihood += float(tagger.probabilities(given[0])[place, tag].log())
        given = given.clone()
        given[0, place, tag] += 60
    assert loss.item() == pytest.approx(-likelihood / len(scores), abs=1e-4)


def test_uncertain_tags_pull_the_scores_towards_their_probabilities(
    cross_fit: ModuleType, tagger: Any, scores: np.ndarray
) -> None:
    torch = cross_fit.torch
    given = torch.from_numpy(scores)[None].requires_grad_()
    wanted = tagger.probabilities(2 * given[0])[None]
    loss = tagger.loss(given, wanted, torch.ones(1, len(scores), dtype=torch.bool))
    slope, steps = torch.autograd.grad(loss, [given, tagger.transitions], allow_unused=True)
    pull = (tagger.probabilities(given[0]) - wanted[0]) / len(scores)
    assert torch.allclose(slope[0], pull, atol=1e-5)
    assert steps is None


def test_an_article_is_judged_by_the_network_that_has_not_seen_it(
    cross_fit: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch = cross_fit.torch

    class Head:
        """Sure of one tag everywhere."""

        def __init__(self, tag: int) -> None:
            self.tag = tag

        def __call__(self, vectors: Any) -> Any:
            return vectors

        def probabilities(self, vectors: Any) -> Any:
            return torch.eye(TAGS)[[self.tag] * len(vectors)]

    monkeypatch.setattr(cross_fit, "read", lambda _, document: torch.zeros(len(document), 2))
    models = [SimpleNamespace(attribution=Head(tag)) for tag in range(3)]
    rows = [{"ids": [1] * n, "firsts": list(range(n)), "sentences": []} for n in (2, 3, 1, 4)]
    path = tmp_path / "attribution-train.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    found = np.concatenate(list(cross_fit.judge(models, cross_fit.load(path))))
    assert found.argmax(1).tolist() == [0, 0, 1, 1, 1, 2, 0, 0, 0, 0]
    np.save(path.with_name("attribution-train-tags.npy"), found)
    loaded = cross_fit.load(path)
    assert [one.probable.argmax(1).tolist() for one in loaded] == [[0, 0], [1] * 3, [2], [0] * 4]


def test_another_files_settings_stand_in_place_of_the_plain_ones(
    script: Callable[..., ModuleType], tmp_path: Path
) -> None:
    train = script("train", "torch", "safetensors")
    plain = train.settings(None)
    path = tmp_path / "mine.yaml"
    path.write_text("passes: 2\nshares: {silver: 1.0}\n", "utf-8")
    assert train.settings(path) == plain | {"passes": 2, "shares": {"silver": 1.0}}


@pytest.mark.parametrize("name", ["start", "part", "last"])
def test_every_shipped_setting_is_one_that_training_reads(
    script: Callable[..., ModuleType], name: str
) -> None:
    train = script("train", "torch", "safetensors")
    plain, own = train.settings(None), train.settings(ENCODER / f"{name}.yaml")
    assert own.keys() == plain.keys()
    assert own["shares"].keys() <= train.FILES.keys()
    assert own["weights"].keys() <= plain["weights"].keys()
