"""Line: a sentence as the rules see it, token by token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from presslens.doc import Doc, Sentence
from presslens.spans import Span
from presslens.tokens.quotes import Quotation


class Range(NamedTuple):
    """Tokens `start` to `end` of a sentence, half-open."""

    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """A sentence with its tokens in lower case, and the quotations that reach into it."""

    doc: Doc
    sentence: Sentence
    quotations: Sequence[Quotation]

    def __len__(self) -> int:
        return len(self.sentence.tokens)

    @cached_property
    def raw(self) -> list[str]:
        """The tokens as they stand."""
        return [token.of(self.doc.text) for token in self.sentence.tokens]

    @cached_property
    def words(self) -> list[str]:
        """The tokens in lower case with straight apostrophes."""
        return [token.lower().replace("’", "'") for token in self.raw]

    @cached_property
    def quotation_of(self) -> list[Quotation | None]:
        """For every token the quotation that holds it."""
        return [
            next((quote for quote in self.quotations if quote.span.contains(token)), None)
            for token in self.sentence.tokens
        ]

    @cached_property
    def quoted(self) -> list[bool]:
        """For every token whether it stands in a quotation."""
        return [quote is not None for quote in self.quotation_of]

    def word(self, position: int) -> str:
        """The token in lower case, or "" beyond either end of the sentence."""
        return self.words[position] if 0 <= position < len(self.words) else ""

    def is_name(self, position: int) -> bool:
        """Whether a token is written with a capital letter."""
        return self.raw[position][:1].isupper()

    def span(self, tokens: Range) -> Span:
        """The characters of a range of tokens."""
        of = self.sentence.tokens
        return Span(of[tokens.start].start, of[tokens.end - 1].end)

    def content(self, tokens: Range) -> Span:
        """The range, grown to the whole of a quotation that begins or ends in it.

        A quotation may reach over the sentence, and over paragraphs.
        """
        first, last = self.quotation_of[tokens.start], self.quotation_of[tokens.end - 1]
        start, end = self.span(tokens)
        return Span(
            start if first is None else min(start, first.span.start),
            end if last is None else max(end, last.span.end),
        )
