"""Sentence tone: how positive or negative the words of each sentence are, by VADER."""

from __future__ import annotations

from presslens.doc import Doc
from presslens.sentiment.lexicon import compound


def sentence_compounds(doc: Doc) -> list[float]:
    """VADER's compound score of every sentence, in order: -1 negative to 1 positive.

    It measures the tone of words, not what anybody thinks of anybody: a sentence about a death
    scores low without a word of judgement. For tone towards a target see
    `presslens.sentiment.target_sentiment`.
    """
    return [compound(sentence.span.of(doc.text)) for sentence in doc.sentences]
