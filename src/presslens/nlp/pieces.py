"""Pieces: an article as the encoder reads it, in wordpieces, each with what its letters don't say.

The base model is uncased and knows no layout, so every piece carries three features beside its
number in the vocabulary: the shape of its word (Title, UPPER, digits, …), whether it begins a
sentence or a paragraph or stands in the title, and whether it stands in quotation marks.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from presslens.doc import Doc
from presslens.paths import MODELS
from presslens.tokens.quotes import find_quotations

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

VOCABULARY = MODELS / "vocab.txt"
CLS, SEP, UNKNOWN, FULL_STOP = 101, 102, 100, 1012
UNKNOWN_WORD = "[UNK]"

# Of a token's wordpieces those that are kept with its vector.
MOST_PIECES = 3

# Shapes of a word, as its letters stand in the text.
PUNCTUATION, LOWER, TITLE_CASE, UPPER, INITIAL, MIXED, DIGIT = range(7)
# Places of a word.
INSIDE, SENTENCE_START, PARAGRAPH_START, IN_TITLE = range(4)

SHAPES, PLACES = 8, 4
FEATURES = SHAPES * PLACES * 2


@dataclass(frozen=True, eq=False)
class Pieces:
    """An article's wordpieces.

    Attributes:
        ids: int64 [pieces], numbers in the vocabulary, without any marker at the ends.
        features: int64 [pieces], shape + 8 × place + 32 × whether in quotation marks.
        firsts: int64 [tokens], the first piece of every token of the `Doc`; ascending. Where the
            vocabulary cuts across a token ("don't" is do + n't, but don + ' + t), that token's
            first piece is the one in which it begins.
    """

    ids: NDArray[np.int64]
    features: NDArray[np.int64]
    firsts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)

    def of_tokens(self) -> NDArray[np.int64]:
        """The first wordpieces of every token, [tokens, MOST_PIECES], -1 where it has fewer."""
        if not len(self.firsts):
            return np.zeros((0, MOST_PIECES), np.int64)
        places = self.firsts[:, None] + np.arange(MOST_PIECES)
        ends = np.maximum(np.append(self.firsts[1:], len(self)), self.firsts + 1)
        ids = self.ids[np.minimum(places, len(self) - 1)]
        return np.where(places < ends[:, None], ids, -1)


def split_pieces(doc: Doc) -> Pieces:
    """The article in wordpieces, aligned to its tokens."""
    encoding = _tokenizer().encode(doc.text, add_special_tokens=False)
    tokens = doc.tokens
    if not encoding.ids or not tokens:
        return _unreadable(len(tokens))
    starts = np.array([start for start, _ in encoding.offsets], dtype=np.int64)
    begins = np.array([token.start for token in tokens], dtype=np.int64)
    at = np.maximum(np.searchsorted(starts, begins, side="right") - 1, 0)
    # Of several pieces that one character was taken apart to (Korean syllables), the first.
    firsts = np.searchsorted(starts, starts[at], side="left")
    owners = np.maximum(np.searchsorted(begins, starts, side="right") - 1, 0)
    features = _token_features(doc)[owners]
    ids = np.array(encoding.ids, dtype=np.int64)
    ends = np.array(_open_ends(doc), dtype=np.int64)
    stops = np.searchsorted(starts, ends, side="left")
    # Unlike a last word, a full stop has no shape and stands in no quotation marks.
    shapeless = features[np.maximum(stops - 1, 0)] // SHAPES % PLACES
    features_of_stops = SHAPES * np.where(shapeless == IN_TITLE, IN_TITLE, INSIDE)
    return Pieces(
        np.insert(ids, stops, FULL_STOP),
        np.insert(features, stops, features_of_stops),
        firsts + np.searchsorted(stops, firsts, side="right"),
    )


def _open_ends(doc: Doc) -> list[int]:
    """Ends of paragraphs that end in a letter or digit: titles, headings, items of lists.

    The encoder reads a full stop there, as almost all paragraphs have one that it learnt from;
    without it, it takes what follows for the rest of the sentence.
    """
    ends = (paragraph.end for paragraph in doc.paragraphs)
    return [end for end in ends if end and doc.text[end - 1].isalnum()]


def _unreadable(tokens: int) -> Pieces:
    """One piece for a text of which the vocabulary keeps nothing, none for one without tokens."""
    ids = np.full(min(tokens, 1), UNKNOWN, dtype=np.int64)
    return Pieces(ids, np.zeros_like(ids), np.zeros(tokens, dtype=np.int64))


def _token_features(doc: Doc) -> NDArray[np.int64]:
    text = doc.text
    quotations = [quotation.span for quotation in find_quotations(doc)]
    begun = [span.start for span in quotations]
    features = []
    paragraph = -1
    for sentence in doc.sentences:
        begins = PARAGRAPH_START if sentence.paragraph != paragraph else SENTENCE_START
        paragraph = sentence.paragraph
        for number, token in enumerate(sentence.tokens):
            place = IN_TITLE if sentence.is_title else INSIDE if number else begins
            last = bisect_right(begun, token.start)
            quoted = last > 0 and token.start < quotations[last - 1].end
            features.append(shape_of(token.of(text)) + SHAPES * (place + PLACES * quoted))
    return np.array(features, dtype=np.int64)


@lru_cache(maxsize=100_000)
def shape_of(word: str) -> int:
    """The shape of a word: one of the constants above."""
    if any(character.isdigit() for character in word):
        return DIGIT
    letters = [character for character in word if character.isalpha()]
    if not letters:
        return PUNCTUATION
    if all(not letter.isupper() for letter in letters):
        return LOWER
    if all(letter.isupper() for letter in letters):
        return UPPER if len(letters) > 1 else INITIAL
    if letters[0].isupper() and not any(letter.isupper() for letter in letters[1:]):
        return TITLE_CASE
    return MIXED


@cache
def _tokenizer() -> Tokenizer:
    """BERT's wordpieces; built by hand, so that "[SEP]" in an article is no marker but text."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    words = VOCABULARY.read_text(encoding="utf-8").splitlines()
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=UNKNOWN_WORD))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer
