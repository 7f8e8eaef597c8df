"""Language: sets aside what is not English, by py3langid on the body of an article."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading.registry import Found

# Evidence (benchmarks/language.py): of 2,652 random pieces of English articles from around the
# world, 53 of 10 words look foreign, one of them surely; of 20 words 17, none surely.
_MIN_WORDS = 20
_MIN_PROBABILITY = 0.9
# Languages that resemble each other share the probability (Indonesian and Malay): from 40 words
# on less will do, if English is as good as excluded.
_LONG = 40
_MIN_PROBABILITY_LONG = 0.6
_MAX_ENGLISH_LONG = 0.01
# Scripts without blanks between words: 60 Chinese characters are some forty words.
_MIN_LETTERS_UNSPACED = 60
# The beginning tells as much as the whole.
_MAX_CHARACTERS = 4000
# Most texts are English throughout, and pieces of them from the beginning to the end show it in a
# fifth of the time. Of 879 English newswire articles that are long enough for it, 873 pass; of 79
# mixtures with Spanish, French, German or Indonesian that look foreign as a whole, none does.
_PIECES = 4
_PIECE_CHARACTERS = 60


class Language(NamedTuple):
    """The likeliest language (ISO 639) of a text, its probability and that of English."""

    code: str
    probability: float
    english: float


def identify(text: str) -> Language:
    """The language that a text is likeliest in.

    Source: Lui & Baldwin, langid.py (ACL 2012), in py3langid's model; probabilities are a softmax
    of its scores over the square root of the text's bytes.
    """
    import numpy as np
    import py3langid

    text = text[:_MAX_CHARACTERS]
    scores = py3langid.rank(text)
    heat = math.sqrt(len(text.encode("utf-8", "replace")) or 1)
    codes, values = zip(*scores, strict=True)
    weights = np.exp((np.array(values) - values[0]) / heat)
    total = float(weights.sum())
    english = float(weights[codes.index("en")])
    return Language(str(codes[0]), 1 / total, english / total)


def set_aside_foreign(items: Iterable[Found]) -> Iterator[Found]:
    """Articles with their language filled in, and a Problem for each that is not English.

    What is too short or too mixed to tell is kept, with language None.
    """
    for item in items:
        yield item if isinstance(item, Problem) else _judge(item)


def _judge(article: Article) -> Found:
    body = article.text[article.body_start :].strip() or article.text
    if _plainly_english(body):
        return replace(article, language="en")
    language = identify(body)
    if language.code == "en":
        return replace(article, language="en")
    if _is_sure(language, body):
        reason = (
            f"it is not English but {language.code} (probability {language.probability:.2f});"
            " it is left out"
        )
        return Problem(article.origin or article.id, "language", reason)
    return replace(article, language=None)


def _plainly_english(text: str) -> bool:
    """Whether pieces from all over a text make it needless to look at the whole."""
    length = min(len(text), _MAX_CHARACTERS)
    if length < 2 * _PIECES * _PIECE_CHARACTERS:
        return False
    step = (length - _PIECE_CHARACTERS) // (_PIECES - 1)
    starts = range(0, _PIECES * step, step)
    pieces = " ".join(text[start : start + _PIECE_CHARACTERS] for start in starts)
    return identify(pieces).english >= _MIN_PROBABILITY


def _is_sure(language: Language, text: str) -> bool:
    words = len(text.split())
    letters = sum(character.isalpha() for character in text)
    # English has about five letters a word; ten and more are a script without blanks.
    unspaced = letters > 10 * words and letters >= _MIN_LETTERS_UNSPACED
    if words >= _LONG and language.english <= _MAX_ENGLISH_LONG:
        return language.probability >= _MIN_PROBABILITY_LONG
    return (words >= _MIN_WORDS or unspaced) and language.probability >= _MIN_PROBABILITY
