"""training/speakers: the network of antecedents says what it says in numpy when Presslens runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from presslens.article import Article
from presslens.attribution import layers, ranking
from presslens.attribution.antecedents import Antecedents, source_of
from presslens.attribution.cast import Cast
from presslens.attribution.ranking import Compared, Ranker, likelihoods
from presslens.attribution.signs import Signs
from presslens.attribution.statement import Attribution
from presslens.mentions import find_mentions
from presslens.nlp.encoder import encode
from presslens.spans import Span
from presslens.tokens import tokenize

Script = Callable[..., ModuleType]

TEXT = "Mira Quennell met Oda Brandt in Tarrow. She said that the herring had gone."


@pytest.fixture(scope="module")
def fitting(script: Script) -> ModuleType:
    return script("fit_antecedents", "torch")


@pytest.fixture(scope="module")
def compared() -> list[Compared]:
    """ "She" with its candidates: nobody, the paper's writer and three names."""
    docs = encode([tokenize(Article(id="a", text=TEXT))])
    (mentions,) = find_mentions(docs)
    cast = Cast(docs[0], mentions)
    antecedents = Antecedents(docs[0], cast)
    ranker = Ranker(docs[0], Signs(docs[0], cast, antecedents), antecedents)
    statement = Attribution((Span(40, 43),), (Span(44, 48),), (Span(49, 75),), 1.0)
    source = source_of(docs[0], statement)
    return [ranker.compared(source, statement, antecedents.of(source, None))]


def test_numpy_and_torch_agree(
    fitting: ModuleType, compared: list[Compared], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, questions = _fitted(fitting, compared)
    monkeypatch.setattr(fitting, "WEIGHTS", tmp_path / "weights.npz")
    monkeypatch.setattr(ranking, "WEIGHTS", tmp_path / "weights.npz")
    fitting.write(network)
    slow = list(fitting.judge(network, questions))
    for one, theirs in zip(compared, slow, strict=True):
        np.testing.assert_allclose(likelihoods(one), theirs, atol=5e-3)
    layers.load_weights.cache_clear()


def test_the_network_learns_what_it_is_taught(
    fitting: ModuleType, compared: list[Compared]
) -> None:
    network, questions = _fitted(fitting, compared)
    for question, likely in zip(questions, fitting.judge(network, questions), strict=True):
        assert question.right[likely.argmax()]


def _fitted(fitting: ModuleType, compared: list[Compared]) -> tuple[object, list[object]]:
    """A network that has seen each source many times; the last candidate is the right one."""
    questions = [
        fitting.Question("a", "she", fitting.halved(one), np.arange(count) == count - 1, True)
        for one in compared
        for count in [len(one.candidates)]
    ]
    return fitting.fit(questions * 400), questions
