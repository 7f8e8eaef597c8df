"""Heads: what is computed of vectors, checked against plain formulas with weights made up here."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from presslens.nlp import heads
from presslens.nlp.encoder import WIDTH
from presslens.nlp.heads import (
    NEAREST,
    point,
    sentence_vectors,
    tag_scores,
    target_probabilities,
    transitions,
)
from presslens.nlp.links import RELATIONS, as_array, relations
from presslens.nlp.tagging import ATTRIBUTION, NAMES

FloatArray = NDArray[np.float32]
SMALL, LINK = 6, 4
SHIPPED = heads.load_heads


def small_weights() -> dict[str, FloatArray]:
    shapes = {
        "p.child.weight": (LINK, 2 * SMALL),
        "p.child.bias": (LINK,),
        "p.parent.weight": (LINK, 2 * SMALL),
        "p.parent.bias": (LINK,),
        "p.mix": (LINK, LINK),
        "p.bias.weight": (1, LINK),
        "p.bias.bias": (1,),
        "p.relation.weight": (RELATIONS, 1),
        "p.none.weight": (1, LINK),
        "p.none.bias": (1,),
        "t.scores.weight": (5, SMALL),
        "t.scores.bias": (5,),
        "t.transitions": (5, 5),
        "target.0.weight": (3, 2 * SMALL),
        "target.0.bias": (3,),
        "target.2.weight": (3, 3),
        "target.2.bias": (3,),
        "sentence.weight": (SMALL, SMALL),
        "sentence.bias": (SMALL,),
    }
    chance = np.random.default_rng(5)
    return {name: chance.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


@pytest.fixture
def weights(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, FloatArray]:
    found = small_weights()
    monkeypatch.setattr(heads, "load_heads", lambda: found)
    return found


@pytest.fixture
def vectors() -> FloatArray:
    return np.random.default_rng(6).normal(size=(400, SMALL)).astype(np.float32)


def ends(vectors: FloatArray, span: tuple[int, int]) -> FloatArray:
    return np.concatenate([vectors[span[0]], vectors[span[1] - 1]])


def slow_point(
    w: Mapping[str, FloatArray],
    vectors: FloatArray,
    child: tuple[int, int],
    parents: list[tuple[int, int]],
    starts: NDArray[np.int64],
) -> tuple[int, float]:
    """The parent of one child and its share, by a loop over all parents."""
    inner = np.tanh(w["p.child.weight"] @ ends(vectors, child) + w["p.child.bias"])
    scores = {-1: (w["p.none.weight"] @ inner + w["p.none.bias"]).item()}
    for n, span in enumerate(parents):
        outer = np.tanh(w["p.parent.weight"] @ ends(vectors, span) + w["p.parent.bias"])
        stand = relations(as_array([child]), as_array(parents), np.array([[n]]), starts)[0, 0]
        own = w["p.bias.weight"] @ outer + w["p.bias.bias"]
        scores[n] = (inner @ w["p.mix"] @ outer + own + w["p.relation.weight"][stand].sum()).item()
    best = max(scores, key=lambda n: scores[n])
    return best, float(np.exp(scores[best]) / sum(np.exp(score) for score in scores.values()))


def best(choices: NDArray[np.int64], shares: FloatArray) -> tuple[list[int], list[float]]:
    rows, most = np.arange(len(choices)), shares.argmax(axis=1)
    return choices[rows, most].tolist(), shares[rows, most].tolist()


@pytest.mark.parametrize("seed", range(6))
def test_a_span_points_to_the_parent_that_a_loop_over_all_finds(
    seed: int, weights: Mapping[str, FloatArray], vectors: FloatArray
) -> None:
    chance = np.random.default_rng(seed)
    starts = np.array([0, 40, 77, 130, 200, 290])
    parents = [(int(n), int(n) + 2) for n in sorted(chance.choice(390, NEAREST, replace=False))]
    children = [(int(n), int(n) + 7) for n in sorted(chance.choice(390, 9, replace=False))]
    choices, every = point("p", vectors, as_array(children), as_array(parents), starts)
    found, shares = best(choices, every)
    np.testing.assert_allclose(every.sum(axis=1), 1, rtol=1e-5)
    expected = [slow_point(weights, vectors, child, parents, starts) for child in children]
    assert found == [number for number, _ in expected]
    np.testing.assert_allclose(shares, [share for _, share in expected], rtol=1e-4)


def test_without_parents_a_span_surely_belongs_to_none(
    weights: Mapping[str, FloatArray], vectors: FloatArray
) -> None:
    found, shares = point("p", vectors, as_array([(0, 3), (4, 5)]), as_array([]), np.array([0]))
    assert found.tolist() == [[-1], [-1]]
    assert shares.tolist() == [[1], [1]]


def test_nothing_points_nowhere(weights: Mapping[str, FloatArray], vectors: FloatArray) -> None:
    found, shares = point("p", vectors, as_array([]), as_array([(0, 1)]), np.array([0]))
    assert (len(found), len(shares)) == (0, 0)


def test_only_the_nearest_parents_are_asked(
    weights: dict[str, FloatArray], vectors: FloatArray
) -> None:
    weights["p.none.bias"] = np.array([-1e6], np.float32)
    parents = as_array([(n, n + 1) for n in range(100)])
    spans = as_array([(50, 51), (0, 1), (399, 400)])
    found, _ = best(*point("p", vectors, spans, parents, np.array([0])))
    assert 50 - NEAREST <= found[0] < 50 + NEAREST
    assert 0 <= found[1] < NEAREST
    assert 100 - NEAREST <= found[2] < 100


def test_a_span_may_belong_to_none_of_the_parents(
    weights: dict[str, FloatArray], vectors: FloatArray
) -> None:
    weights["p.none.bias"] = np.array([1e6], np.float32)
    spans = as_array([(5, 9)])
    found, shares = best(*point("p", vectors, spans, as_array([(0, 1)]), np.array([0])))
    assert (found, shares) == ([-1], [1])


def test_tags_are_scored_token_by_token(
    weights: Mapping[str, FloatArray], vectors: FloatArray
) -> None:
    expected = [weights["t.scores.weight"] @ row + weights["t.scores.bias"] for row in vectors]
    np.testing.assert_allclose(tag_scores("t", vectors), expected, rtol=1e-4, atol=1e-5)
    np.testing.assert_array_equal(transitions("t"), weights["t.transitions"])


def test_the_tones_towards_a_target_are_shares(
    weights: Mapping[str, FloatArray], vectors: FloatArray
) -> None:
    spans, sentences = 50 * vectors[:20], 50 * vectors[20:40]
    shares = target_probabilities(spans, sentences)
    assert shares.shape == (20, 3)
    assert ((shares >= 0) & (shares <= 1)).all()
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-5)
    inner = np.tanh(
        np.concatenate([spans, sentences], axis=1) @ weights["target.0.weight"].T
        + weights["target.0.bias"]
    )
    scores = inner @ weights["target.2.weight"].T + weights["target.2.bias"]
    assert shares.argmax(axis=1).tolist() == scores.argmax(axis=1).tolist()


def test_vectors_of_sentences_have_the_length_one(
    weights: dict[str, FloatArray], vectors: FloatArray
) -> None:
    units = sentence_vectors(vectors)
    np.testing.assert_allclose(np.linalg.norm(units, axis=1), 1, rtol=1e-5)
    assert units.dtype == np.float32
    weights["sentence.bias"] = np.zeros(SMALL, np.float32)
    assert not sentence_vectors(np.zeros((2, SMALL), np.float32)).any()


def test_the_shipped_weights_fit_the_tags_and_the_encoder() -> None:
    shipped = SHIPPED()
    for name, scheme in (("attribution", ATTRIBUTION), ("names", NAMES)):
        assert shipped[f"{name}.scores.weight"].shape == (len(scheme.tags), WIDTH)
        assert shipped[f"{name}.transitions"].shape == (len(scheme.tags), len(scheme.tags))
    for name in ("cue_of_content", "source_of_cue"):
        assert shipped[f"{name}.child.weight"].shape[1] == 2 * WIDTH
        assert shipped[f"{name}.relation.weight"].shape == (RELATIONS, 1)
    assert {weights.dtype for weights in shipped.values()} == {np.dtype(np.float32)}
    assert all(np.isfinite(weights).all() for weights in shipped.values())
