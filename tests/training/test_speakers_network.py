"""training/speakers: the network as it is fitted says what it says in numpy when Presslens runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from presslens.article import Article
from presslens.attribution import weighing
from presslens.attribution.speaker import Speaker
from presslens.attribution.statement import Attribution
from presslens.attribution.voices import NAMINGS, SPEAKER_TYPES
from presslens.attribution.weighing import Codes, Evidence, Shown, likelihoods
from presslens.nlp.encoder import encode
from presslens.spans import Span
from presslens.tokens import tokenize

Script = Callable[..., ModuleType]

TEXT = "Mira Quennell, who mends nets in Tarrow, said that the herring had gone. It was cold."


@pytest.fixture(scope="module")
def fitting(script: Script) -> ModuleType:
    return script("fit_types", "torch", "safetensors")


@pytest.fixture(scope="module")
def shown() -> list[Shown]:
    (doc,) = encode([tokenize(Article(id="a", text=TEXT))])
    statement = Attribution((Span(0, 13),), (Span(41, 45),), (Span(46, 71),), 1.0)
    speaker = Speaker("Mira Quennell", True, True, False, descriptions=["who mends nets"])
    evidence = Evidence(doc, ())
    return [evidence.of(speaker, [statement]), evidence.of(None, [statement])]


def test_numpy_and_torch_agree(
    fitting: ModuleType, shown: list[Shown], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, words, scale = _fitted(fitting, shown)
    monkeypatch.setattr(fitting, "WEIGHTS", tmp_path / "weights.npz")
    monkeypatch.setattr(weighing, "WEIGHTS", tmp_path / "weights.npz")
    fitting.write(network, words, scale)
    weighing.load_weights.cache_clear()
    try:
        fast = likelihoods(shown)
    finally:
        weighing.load_weights.cache_clear()
    slow = list(fitting.judge(network, [fitting.Voice("a", None, one, []) for one in shown]))
    for ours, theirs in zip(fast, slow, strict=True):
        np.testing.assert_allclose(ours.types, theirs.types, atol=5e-3)
        np.testing.assert_allclose(ours.namings, theirs.namings, atol=5e-3)


def test_the_network_learns_what_it_is_taught(fitting: ModuleType, shown: list[Shown]) -> None:
    network, _, _ = _fitted(fitting, shown)
    first, second = fitting.judge(network, [fitting.Voice("a", None, one, []) for one in shown])
    assert SPEAKER_TYPES[first.types.argmax()] == "business"
    assert NAMINGS[first.namings.argmax()] == "named"
    assert SPEAKER_TYPES[second.types.argmax()] == "unknown"
    assert NAMINGS[second.namings.argmax()] == "anonymous"


def _fitted(fitting: ModuleType, shown: list[Shown]) -> tuple[object, object, float]:
    """A network that has seen two speakers, fifty times each."""
    random = fitting.torch.Generator().manual_seed(1)
    table = fitting.torch.randn(31_000, 64, generator=random)
    words, scale = fitting.in_bytes(table)
    told = [Codes("business", "named"), Codes("unknown", "anonymous")]
    pairs = zip(shown, told, strict=True)
    voices = [fitting.Voice("a", None, fitting.halved(one), [code]) for one, code in pairs]
    return fitting.fit(voices * 50, words.float() * scale), words, scale
