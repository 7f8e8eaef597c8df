from __future__ import annotations

import pytest

from presslens.article import Article
from presslens.doc import Doc
from presslens.spans import Span
from presslens.tokens import tokenize

TEXT = "Mayor leaves\n\nThe mayor of Elmfield left. “It’s over,” he said.\n\nIt rained."


@pytest.fixture
def doc() -> Doc:
    return tokenize(Article(id="a", text=TEXT, title="Mayor leaves", body_start=14))


def test_word_starts_ascend_and_begin_every_word(doc: Doc) -> None:
    starts = doc.word_starts
    assert starts == sorted(starts)
    assert starts == [word.start for sentence in doc.sentences for word in sentence.words]
    assert len(starts) == 14


def test_a_word_belongs_to_a_span_by_its_first_character(doc: Doc) -> None:
    start = TEXT.index("The mayor")
    assert doc.count_words(Span(start, start + 5)) == 2
    assert doc.count_words(Span(start + 1, start + 5)) == 1
    assert doc.count_words(Span(0, len(TEXT))) == len(doc.word_starts)


def test_punctuation_counts_as_tokens_not_as_words(doc: Doc) -> None:
    quote = Span(TEXT.index("“"), TEXT.index("”") + 1)
    assert doc.count_words(quote) == 3
    assert sum(quote.contains(token) for token in doc.tokens) == 6


@pytest.mark.parametrize(
    ("needle", "sentence"), [("Mayor", 0), ("left", 1), ("“", 2), ("said.", 2), ("rained", 3)]
)
def test_the_sentence_at_a_character(doc: Doc, needle: str, sentence: int) -> None:
    assert doc.sentence_at(TEXT.index(needle)).index == sentence


def test_between_sentences_the_one_before_is_nearest(doc: Doc) -> None:
    assert doc.sentence_at(TEXT.index("\n\nIt")).index == 2
