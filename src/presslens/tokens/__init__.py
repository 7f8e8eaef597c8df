"""Sentences and words of an article, with their offsets: from `Article` to `Doc`."""

from __future__ import annotations

from presslens.article import Article
from presslens.doc import Doc, Sentence
from presslens.tokens.sentences import split_paragraphs, split_sentences
from presslens.tokens.words import is_word, split_words

__all__ = ["split_paragraphs", "split_sentences", "split_words", "tokenize"]


def tokenize(article: Article) -> Doc:
    """The article's sentences, tokens and words, by NLTK with rules around it.

    Paragraphs are the stretches between line breaks; the title is a paragraph of its own.
    """
    text = article.text
    paragraphs = tuple(split_paragraphs(text))
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs):
        is_title = paragraph.end <= article.body_start
        for span in split_sentences(text, paragraph):
            tokens = tuple(split_words(text, span))
            words = tuple(token for token in tokens if is_word(text[token.start : token.end]))
            sentences.append(Sentence(len(sentences), number, span, is_title, tokens, words))
    return Doc(article, tuple(sentences), paragraphs)
