"""Encoder: an article's vectors depend on nothing but the article, and every token has its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from presslens.article import Article, compose
from presslens.doc import Doc, Vectors
from presslens.nlp import encoder
from presslens.nlp.encoder import WIDTH, encode, vectors_of
from presslens.nlp.pieces import CLS, SEP, split_pieces
from presslens.nlp.windows import MARGIN, REACH
from presslens.tokens import tokenize

if TYPE_CHECKING:
    from numpy.typing import NDArray

SENTENCES = (
    "The ferry to Drenholm will run all night, its operator said on Monday.",
    "“Nobody warned us,” Mira Quennell, a baker, told the Herald.",
    "She added that the harbour had been closed since March.",
    "The ministry denied it.",
    "Why?",
)


def doc_of(*paragraphs: str, name: str = "a") -> Doc:
    text, _ = compose(None, list(paragraphs))
    return tokenize(Article(id=name, text=text))


def long_doc(paragraphs: int) -> Doc:
    return doc_of(*(f"Number {n}: {SENTENCES[n % 5]}" for n in range(paragraphs)))


@pytest.fixture(scope="module")
def docs() -> list[Doc]:
    return [
        doc_of("Rain."),
        long_doc(60),
        doc_of(*SENTENCES),
        doc_of("\u200b"),
        doc_of(SENTENCES[1]),
        long_doc(130),
        Doc(Article(id="none", text="Unread."), (), ()),
    ]


def same(some: Vectors | None, others: Vectors | None) -> bool:
    assert some
    assert others
    return bool(
        np.array_equal(some.tokens, others.tokens)
        and np.array_equal(some.sentences, others.sentences)
    )


def test_an_article_alone_has_to_the_last_bit_the_vectors_it_has_among_others(
    docs: list[Doc],
) -> None:
    for doc, among in zip(docs, encode(docs), strict=True):
        assert same(among.vectors, encode([doc])[0].vectors)


def test_the_order_of_articles_changes_nothing(docs: list[Doc]) -> None:
    forwards, backwards = encode(docs), encode(docs[::-1])[::-1]
    assert [doc.article.id for doc in backwards] == [doc.article.id for doc in docs]
    assert all(same(a.vectors, b.vectors) for a, b in zip(forwards, backwards, strict=True))


def test_the_number_of_threads_changes_nothing(
    docs: list[Doc], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESSLENS_THREADS", "1")
    one = encode(docs)
    monkeypatch.setenv("PRESSLENS_THREADS", "4")
    assert all(same(a.vectors, b.vectors) for a, b in zip(one, encode(docs), strict=True))


def test_every_token_and_every_sentence_has_a_vector(docs: list[Doc]) -> None:
    for doc in encode(docs):
        assert doc.vectors
        assert doc.vectors.tokens.shape == (len(doc.tokens), WIDTH)
        assert doc.vectors.sentences.shape == (len(doc.sentences), WIDTH)
        assert doc.vectors.tokens.dtype == doc.vectors.sentences.dtype == np.float32
        assert np.isfinite(doc.vectors.tokens).all()
        assert np.isfinite(doc.vectors.sentences).all()


def test_what_was_encoded_is_not_encoded_again(
    docs: list[Doc], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = encode(docs[:3])
    monkeypatch.setattr(encoder, "_run_window", None)
    again = encode(known)
    assert all(a is b for a, b in zip(again, known, strict=True))
    assert vectors_of(known[0]) is known[0].vectors
    assert encode([]) == []


def test_the_given_documents_stay_as_they_are(docs: list[Doc]) -> None:
    (found,) = encode(docs[:1])
    assert found.vectors is not None
    assert docs[0].vectors is None
    assert same(vectors_of(docs[0]), found.vectors)


class Echo:
    """A model whose vectors say which piece with which feature they stand for."""

    def __init__(self) -> None:
        self.read: list[dict[str, NDArray[np.int64]]] = []

    def run(self, _outputs: None, inputs: dict[str, NDArray[np.int64]]) -> list[Any]:
        self.read.append(inputs)
        vectors = np.zeros((1, inputs["ids"].shape[1], WIDTH), np.float32)
        vectors[0, :, 0] = inputs["ids"][0]
        vectors[0, :, 1] = inputs["features"][0]
        vectors[0, :, 2] = np.arange(inputs["ids"].shape[1])
        return [vectors]


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch) -> Echo:
    model = Echo()
    monkeypatch.setattr(encoder, "_session", lambda: model)
    return model


@pytest.mark.parametrize("paragraphs", [1, 24, 30, 31, 70, 300])
def test_a_tokens_vector_is_that_of_its_first_piece_in_articles_of_any_length(
    echo: Echo, paragraphs: int
) -> None:
    doc = long_doc(paragraphs)
    pieces = split_pieces(doc)
    vectors = vectors_of(doc).tokens
    assert vectors[:, 0].tolist() == pieces.ids[pieces.firsts].tolist()
    assert vectors[:, 1].tolist() == pieces.features[pieces.firsts].tolist()
    assert (len(echo.read) > 1) == (len(pieces) > REACH)


def test_the_model_reads_windows_between_markers_and_within_its_reach(echo: Echo) -> None:
    encode([long_doc(100), doc_of("Rain."), long_doc(2)])
    for inputs in echo.read:
        ids, features = inputs["ids"][0], inputs["features"][0]
        assert inputs["ids"].shape == inputs["features"].shape == (1, len(ids))
        assert (ids[0], ids[-1]) == (CLS, SEP)
        assert (features[0], features[-1]) == (0, 0)
        assert len(ids) <= 512


def test_in_a_long_article_every_token_but_the_outermost_sees_words_on_both_sides(
    echo: Echo,
) -> None:
    doc = long_doc(200)
    places = vectors_of(doc).tokens[:, 2]
    assert places[0] == 1
    assert places[60:-60].min() > MARGIN
    assert places[60:-60].max() <= REACH - MARGIN


def test_a_sentences_vector_is_the_mean_of_its_pieces(echo: Echo) -> None:
    doc = doc_of("Xyzqwvania rained. Nobody warned Quennell.", "“Why?” It stopped.")
    pieces = split_pieces(doc)
    ids = np.split(
        pieces.ids, pieces.firsts[np.cumsum([len(s.tokens) for s in doc.sentences])[:-1]]
    )
    assert len(ids) == len(doc.sentences) == 4
    found = vectors_of(doc).sentences[:, 0]
    np.testing.assert_allclose(found, [part.mean() for part in ids], rtol=1e-6)


def test_a_sentence_whose_only_piece_is_another_ones_has_that_pieces_vector(echo: Echo) -> None:
    doc = doc_of("It rained.", "\u200b", "It poured.")
    assert [len(sentence.tokens) for sentence in doc.sentences] == [3, 1, 3]
    found = vectors_of(doc).sentences[:, 0]
    period = split_pieces(doc).ids[2]
    assert found[1] == period


LOADING = """
import sys
import presslens, presslens.analysis, presslens.attribution.find
from presslens.nlp import encoder, heads, pieces
heavy = {"onnxruntime", "tokenizers"} & set(sys.modules)
assert not heavy, heavy
import onnxruntime
made = []
class Counted(onnxruntime.InferenceSession):
    def __init__(self, *given, **more):
        made.append(given)
        super().__init__(*given, **more)
onnxruntime.InferenceSession = Counted
from presslens.article import Article
from presslens.tokens import tokenize
for text in ("It rained, he said.", "It poured."):
    doc = tokenize(Article(id="a", text=text))
    encoder.encode([doc])
    encoder.vectors_of(doc)
assert len(made) == 1, made
"""


def run_script(script: str) -> None:
    environment = {**os.environ, "ORT_DISABLE_TELEMETRY": "1" if "Counted" in script else "0"}
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False
    )
    assert found.returncode == 0, found.stderr


def test_the_model_is_loaded_on_first_use_and_once() -> None:
    run_script(LOADING)


SILENT = """
import os, sys
said = []
class Ask:
    @staticmethod
    def find_spec(name, *_):
        if name == "onnxruntime":
            said.append(os.environ.get("ORT_DISABLE_TELEMETRY"))
            raise ImportError("that is all we wanted to know")
sys.meta_path.insert(0, Ask)
from presslens.article import Article
from presslens.nlp.encoder import encode
from presslens.tokens import tokenize
try:
    encode([tokenize(Article(id="a", text="It rained."))])
except ImportError:
    pass
assert said == ["1"], said
"""


def test_onnxruntime_is_told_to_report_nothing_before_it_is_loaded() -> None:
    run_script(SILENT)
