"""Doc: an article with its sentences and words, what every analysis starts from."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from presslens.article import Article
from presslens.spans import Span, Spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article.

    Attributes:
        index: its number in the article, from 0, the title's included.
        paragraph: the number of its paragraph, from 0, the title's included.
        span: where it stands, without white space at its ends.
        is_title: whether it belongs to the title.
        tokens: NLTK's tokens, punctuation among them, as spans into the article's text.
        words: the tokens that hold a letter or a digit.
    """

    index: int
    paragraph: int
    span: Span
    is_title: bool
    tokens: Spans
    words: Spans


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """What the encoder made of an article.

    Attributes:
        tokens: [tokens, 384], a vector for every token.
        sentences: [sentences, 384], the mean over each sentence.
        pieces: [tokens, 3], the first wordpieces of every token, -1 where it has fewer.
    """

    tokens: NDArray[np.float32]
    sentences: NDArray[np.float32]
    pieces: NDArray[np.int64]


@dataclass(frozen=True)
class Doc:
    """An article with its sentences in order.

    Attributes:
        article: what was read.
        sentences: all of them, the title's first.
        paragraphs: where the paragraphs stand, the title's first.
        vectors: what the encoder made of it, once it was encoded.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    paragraphs: Spans
    vectors: Vectors | None = field(default=None, compare=False, repr=False)

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    @cached_property
    def tokens(self) -> Spans:
        """All tokens of the article, in order."""
        return tuple(token for sentence in self.sentences for token in sentence.tokens)

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def tokens_in(self, spans: Iterable[Span]) -> Iterator[Span]:
        """The tokens whose first character lies in one of the spans, span by span."""
        for start, end in spans:
            first = bisect.bisect_left(self._token_starts, start)
            yield from self.tokens[first : bisect.bisect_left(self._token_starts, end, first)]

    @cached_property
    def word_starts(self) -> list[int]:
        """First character of every word, ascending; a word belongs to a span by it."""
        return [word.start for sentence in self.sentences for word in sentence.words]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    def count_words(self, span: Span) -> int:
        """Number of words whose first character lies in `span`."""
        starts = self.word_starts
        return bisect.bisect_left(starts, span.end) - bisect.bisect_left(starts, span.start)

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that holds a character, or the nearest one before it."""
        index = bisect.bisect_right(self._sentence_starts, position) - 1
        return self.sentences[max(index, 0)]
