"""Words with offsets: NLTK's tokens, with whole addresses and the same cut for curly quotes.

NLTK's tokenizer looks at white space and at the end of a sentence, nowhere further, so that each
stretch without white space is cut once and remembered.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from presslens.spans import Span
from presslens.tokens.punkt import load_abbreviations, load_parameters

if TYPE_CHECKING:
    from nltk.tokenize import NLTKWordTokenizer

# One character for one, so that offsets stay. Quotes become straight; what NLTK leaves glued to
# words (an ellipsis, currency signs, bullets) becomes a sign that it parts.
_FOR_NLTK = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»＂〝〞", '"'),
        **dict.fromkeys("‘’‚‛‹›`´ʼ′＇", "'"),
        **dict.fromkeys("…£€¥₹₦₩₱₽₵₫฿¢•·●■▪►→|=~^。，、；：¿¡", ";"),
        **dict.fromkeys("！？", "!"),
        "\u2011": "-",
        "\u2010": "-",
        "−": "-",
    }
)

ADDRESS = re.compile(
    r"(?:https?|ftp)://[^\s<>\"“”«»]+|www\.[^\s<>\"“”«»]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w@#&/])[@#]\w+"
    r"|(?<![\w.@-])(?:[A-Za-z0-9-]+\.)+(?:com|org|net|gov|edu|int|info|io|co|tv|uk|eu|ru|ua|de|fr|"
    r"in|ng|za|ke|gh|au|nz|ca|us|cn|jp|kr|br|mx)(?:/[^\s<>\"“”«»]*|(?![\w-]))"
)
# What stands at the end of an address belongs to the sentence.
_AFTER_ADDRESS = ".,;:!?'’)]}>*_…"

_CHUNK = re.compile(r"\S+")
# "U.S", "J.R.R", "Ph.D": without the last period.
ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
# Nothing longer is prose, or worth remembering: it is cut without NLTK.
LONGEST_CHUNK = 200
# Without NLTK's help: words, or single other characters.
_PLAIN = re.compile(r"\w+|\W")


def split_words(text: str, span: Span) -> list[Span]:
    """The tokens of one sentence, punctuation among them, as spans into `text`.

    NLTK's tokens (Penn Treebank's, with its contractions), but addresses, hashtags and handles stay
    whole, curly quotes are cut like straight ones, and an abbreviation at the end keeps its period.
    Every character that is not white space belongs to exactly one token.
    """
    tokens = []
    for match in _CHUNK.finditer(text, span.start, span.end):
        start = match.start()
        chunk = match[0]
        pieces = cut if len(chunk) <= LONGEST_CHUNK else _cut_long
        for first, last in pieces(chunk, match.end() == span.end):
            tokens.append(Span(start + first, start + last))
    return tokens


def is_word(token: str) -> bool:
    """Whether a token holds a letter or a digit."""
    return token.isalnum() or any(map(str.isalnum, token))


@lru_cache(maxsize=1 << 16)
def cut(chunk: str, final: bool) -> tuple[tuple[int, int], ...]:
    """The tokens of a stretch without white space, as offsets into it."""
    if chunk.isdigit():
        return ((0, len(chunk)),)
    pieces: list[tuple[int, int]] = []
    position = 0
    for match in ADDRESS.finditer(chunk):
        end = match.start() + len(match[0].rstrip(_AFTER_ADDRESS))
        if end > match.start() >= position:
            pieces += _cut_plain(chunk, position, match.start(), False)
            pieces.append((match.start(), end))
            position = end
    return (*pieces, *_cut_plain(chunk, position, len(chunk), final))


def _cut_long(chunk: str, _final: bool) -> tuple[tuple[int, int], ...]:
    if ADDRESS.match(chunk[:LONGEST_CHUNK]):
        return ((0, len(chunk)),)
    return tuple(match.span() for match in _PLAIN.finditer(chunk))


def _cut_plain(chunk: str, start: int, end: int, final: bool) -> list[tuple[int, int]]:
    if start == end:
        return []
    lengths = _ask_nltk(chunk[start:end].translate(_FOR_NLTK), final)
    spans = []
    for length in lengths or map(len, _PLAIN.findall(chunk[start:end])):
        spans.append((start, start + length))
        start += length
    return _join_abbreviation(chunk, spans) if final else _part_period(chunk, spans)


def _ask_nltk(piece: str, final: bool) -> list[int]:
    """Lengths of NLTK's tokens of a piece, none where they do not add up to it."""
    # Words on both sides stand for the rest of the sentence.
    tokens = load_tokenizer().tokenize(f"x {piece}" if final else f"x {piece} x")
    tokens = tokens[1:] if final else tokens[1:-1]
    lengths, position = [], 0
    for token in tokens:
        # NLTK writes `` and '' for a straight double quote.
        is_quote = token in {"``", "''"} and piece[position : position + 1] == '"'
        if not is_quote and len(token) != 2 and not piece.startswith(token, position):
            return []
        lengths.append(1 if is_quote else len(token))
        position += lengths[-1]
    return lengths if position == len(piece) else []


def _join_abbreviation(chunk: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """An abbreviation keeps its period at the end of a sentence: "in the U.S."."""
    for n in range(len(spans) - 1):
        word = chunk[slice(*spans[n])]
        if chunk[slice(*spans[n + 1])] == "." and (
            ACRONYM.fullmatch(word) or word in load_abbreviations()
        ):
            return [*spans[:n], (spans[n][0], spans[n + 1][1]), *spans[n + 2 :]]
    return spans


def _part_period(chunk: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A period inside a sentence that is none of an abbreviation: '"He left. " she said'."""
    start, end = spans[-1]
    word = chunk[start : end - 1]
    if (
        chunk[end - 1] == "."
        and word in load_parameters().common
        and not (word in load_abbreviations() or word in load_abbreviations().before_numbers)
    ):
        return [*spans[:-1], (start, end - 1), (end - 1, end)]
    return spans


@cache
def load_tokenizer() -> NLTKWordTokenizer:
    """NLTK's word tokenizer, built once."""
    from nltk.tokenize import NLTKWordTokenizer

    return NLTKWordTokenizer()
