"""Lemmas: base forms by a word's tag."""

from __future__ import annotations

import pytest

from presslens.nlp.lemmas import Table, load_lemmas

TABLE = Table(
    exceptions={"VBD": {"went": "go", "undergo": "x"}, "NN": {"media": "medium"}},
    bases={
        "noun": frozenset({"ferry", "house", "watch", "gas"}),
        "verb": frozenset({"hope", "hop", "visit"}),
        "adjective": frozenset({"large", "early"}),
        "any": frozenset({"hoped", "tax"}),
    },
)


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("Went", "VBD", "go"),
        ("media", "NN", "medium"),
        ("Ferries", "NNS", "ferry"),
        ("houses", "NNS", "house"),
        ("watches", "NNS", "watch"),
        ("taxes", "NNS", "tax"),
        ("gas", "NN", "gas"),
        ("hoped", "VBD", "hope"),
        ("hopped", "VBD", "hop"),
        ("visiting", "VBG", "visit"),
        ("larger", "JJR", "large"),
        ("earliest", "JJS", "early"),
        ("Halloran", "NNP", "Halloran"),
        ("Mondays", "NNPS", "Mondays"),
        ("THE", "DT", "the"),
        ("ship-houses", "NNS", "ship-house"),
    ],
)
def test_a_form_has_the_base_form_of_its_tag(word: str, tag: str, lemma: str) -> None:
    assert TABLE.lemma(word, tag) == lemma


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("vlogging", "VBG", "vlog"),
        ("vaped", "VBD", "vape"),
        ("unfastened", "VBN", "unfasten"),
        ("podcasted", "VBD", "podcast"),
        ("selfies", "NNS", "selfie"),
        ("glitches", "NNS", "glitch"),
        ("swiftboss", "NNS", "swiftboss"),
    ],
)
def test_an_unknown_word_is_read_by_its_ending(word: str, tag: str, lemma: str) -> None:
    assert Table({}, {"noun": frozenset({"selfie"})}).lemma(word, tag) == lemma


def test_the_shipped_table_knows_common_words() -> None:
    table = load_lemmas()
    words = [("said", "VBD", "say"), ("women", "NNS", "woman"), ("better", "JJR", "good")]
    assert [table.lemma(word, tag) for word, tag, _ in words] == [lemma for *_, lemma in words]
