"""Plain words: words without case and accents, to look them up whoever typed them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=1024)
def plain_word(word: str) -> str:
    """A word without case and accents (Polish ł has none to lose, Russian й keeps its)."""
    word = word.casefold().replace("ł", "l")
    if not word.isascii() and any("\u00c0" <= letter <= "\u024f" for letter in word):
        parts = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return word
