"""training/encoder/silver_targets.py: whose word counts for which target."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture(scope="module")
def silver(script: Callable[..., ModuleType]) -> ModuleType:
    return script("silver_targets", "torch", "safetensors")


def document(silver: ModuleType, **labels: Any) -> Any:
    row = {"ids": list(range(12)), "features": [0] * 12, "firsts": [0, 2, 3, 4, 5, 6, 8, 10]}
    return silver.Document({**row, "sentences": [[0, 4], [4, 8]], **labels})


def judge(silver: ModuleType, label: int) -> Any:
    """A teacher that always says the same."""

    class Judge:
        @staticmethod
        def judge(aimed: list[Any]) -> Any:
            return silver.torch.eye(3)[[label] * len(aimed)]

    return Judge()


TARGETS = [[0, 1, "negative"], [5, 7, "neutral"]]


def by_models(silver: ModuleType, label: int) -> Callable[..., Any]:
    """Models that always say the same."""
    return lambda _, sentences: silver.torch.eye(3)[[label for s in sentences for _ in s.targets]]


def test_a_target_is_judged_by_the_teacher_that_has_not_seen_it(
    silver: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(silver, "_by_model", by_models(silver, 1))
    monkeypatch.setattr(silver, "BELIEVED", 1.0)
    documents = [document(silver, number=number, targets=TARGETS) for number in (4, 5, 3)]
    found = silver.label([], [judge(silver, fold) for fold in (0, 1, 2)], documents)
    assert found == [
        [(0, 1, [0, 1, 0]), (5, 7, [0, 1, 0])],
        [(0, 1, [0, 0.5, 0.5]), (5, 7, [0, 0.5, 0.5])],
        [(0, 1, [0.5, 0.5, 0]), (5, 7, [0.5, 0.5, 0])],
    ]


def test_what_annotators_said_of_a_target_counts_as_much_as_all_networks(
    silver: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(silver, "_by_model", by_models(silver, 2))
    monkeypatch.setattr(silver, "soft", lambda said: [float(said == "negative"), 0.0, 0.0])
    names = [[2, 3, "person"]]
    documents = [document(silver, names=names), document(silver, number=2, targets=TARGETS)]
    found = silver.label([], [judge(silver, 2)] * 3, documents)
    assert found == [[(2, 3, [0, 0, 1])], [(0, 1, [0.5, 0, 0.5]), (5, 7, [0, 0, 0.5])]]


def test_a_target_is_judged_by_the_model_that_has_not_seen_it(silver: ModuleType) -> None:
    class Says:
        def __init__(self, label: int) -> None:
            self.label = label

        def encoder(self, ids: Any, *_: Any) -> Any:
            return silver.torch.zeros(*ids.shape, 4)

        def tones(self, _: Any, targets: list[list[Any]]) -> Any:
            return 50 * silver.torch.eye(3)[[self.label for some in targets for _ in some]]

    models = [Says(label) for label in range(3)]
    documents = [document(silver, number=n, targets=TARGETS) for n in (5, 3, 8)]
    sentences = [one for n, doc in enumerate(documents) for one in silver._sentences(n, doc)]
    parts = list(silver._parts(sorted(sentences, key=lambda one: one.unseen_by)))
    found = [silver._by_model(models, part).argmax(1).tolist() for part in parts]
    assert found == [[0, 0], [2, 2, 2, 2]]


def test_names_are_targets_where_none_are_annotated(silver: ModuleType) -> None:
    names = [[0, 2, "person"], [2, 3, "other"], [5, 6, "place"], [3, 5, "group"]]
    found = list(silver._sentences(8, document(silver, names=names)))
    assert [(one.number, one.start, one.targets, one.pieces) for one in found] == [
        (8, 0, [(0, 2)], (0, 5)),
        (8, 4, [(5, 6)], (5, 12)),
    ]
    assert list(silver._sentences(9, document(silver, names=names))) == []
    assert list(silver._sentences(0, document(silver, names=None))) == []
