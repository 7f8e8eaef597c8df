"""VADER as Presslens ships it: NLTK's rules over the lexicon in our own package.

NLTK finds its lexicon through `nltk.data`, which wants a download and refuses files outside its
own folders; here the same analyzer gets the same dictionary from `models/vader_lexicon.txt`.
Method: Hutto & Gilbert, VADER, ICWSM 2014.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from presslens.paths import MODELS

if TYPE_CHECKING:
    from nltk.sentiment.vader import SentimentIntensityAnalyzer

LEXICON = MODELS / "vader_lexicon.txt"

# VADER splits at white space and takes off one mark at one side of a word, so that 'war."' and
# 'war—devastating' would never be looked up: quotes, brackets and dashes beside letters go.
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "…": " "})
_BETWEEN_WORDS = re.compile(
    r"\"|[—–]|--+|[()\[\]](?=\w)|(?<=[\w.,!?])[()\[\]]|(?<!\w)'(?=\w)|(?<=[\w.,!?])'(?!\w)"
)


@cache
def load_lexicon() -> dict[str, float]:
    """VADER's 7,500 words and emoticons with their mean rating, -4 to 4."""
    entries = (line.split("\t") for line in LEXICON.read_text(encoding="utf-8").splitlines())
    return {entry[0]: float(entry[1]) for entry in entries if len(entry) > 1}


@cache
def vader() -> SentimentIntensityAnalyzer:
    """NLTK's analyzer over the shipped lexicon, made once."""
    from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

    class ShippedLexicon(SentimentIntensityAnalyzer):  # type: ignore[misc]
        def __init__(self) -> None:
            self.lexicon = load_lexicon()
            self.constants = VaderConstants()

    return ShippedLexicon()


def normalize(text: str) -> str:
    """The text as VADER can split it: straight apostrophes, no quotes or dashes at words."""
    return _BETWEEN_WORDS.sub(" ", text.translate(_STRAIGHT))


@lru_cache(maxsize=4096)
def compound(text: str) -> float:
    """VADER's compound score of a sentence or a part of one: -1 negative to 1 positive."""
    return float(vader().polarity_scores(normalize(text))["compound"])
