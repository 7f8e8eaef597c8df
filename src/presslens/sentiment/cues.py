"""What speaks for a tone towards a target: features of the words around one mention.

No model and no parser: word order stands for grammar. "Critics slammed Ann Ode" and "Ann Ode was
slammed" speak against Ode, "Ode slammed her critics" hardly does.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from presslens.sentiment.lexicon import compound, load_lexicon
from presslens.spans import Span

# Stems of verbs and nouns of judgement. "Against" and "for" judge the one that they are done to;
# "misdeed" and "merit" the one who does them. Harm befalls its target: an event, no opinion.
_AGAINST = """accus attack bash blam blast castigat censur condemn confront criticis criticiz
decri denounc derid discredit dismiss distrust disapprov excoriat impeach indict insult investigat
lambast mock oppos oust probe protest rebuff rebuk reject reprimand ridicul scold skewer slam smear
sue sued suing tarnish undermin vilif"""
_FOR = """admir applaud approv back backed backing celebrat champion commend congratulat credit
defend embrac endors favor favour hail honor honour laud like liked love loved prais respect salut
support thank tout trust vindicat welcom"""
_MISDEED = """abus betray brag bull bungl cheat collud conceal corrupt deceiv defy defied evad
exploit fail falsel fraud harass ignor illegal incit insult interfer intimidat lash liar lie lied
lying lies manipulat mislead misled obstruct offend panic pander refus scandal spew steal stole
threat undermin violat wrong"""
_MERIT = """achiev advanc best brave celebrat charm courag excel fought gain generous help hero
improv inspir lead led legend popular praised protect rescu sav succe surg talent top triumph win
winning won wins"""
_HARM = """abduct arrest assassinat behead bomb captur detain died dead death evict execut
imprison injur jail kidnap kill massacr murder raid rap raped shell shot stab tortur wound"""
_PASSIVE = frozenset("am is are was were be been being get gets got getting".split())
_NEGATION = re.compile(r"(?:not|no|never|n't|neither|nor|without)$|.*n't$")

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_BEFORE, _AFTER = 6, 8  # words on either side that count as near
_REACH = 3  # words between a verb and the target that it is done to

FEATURES: tuple[str, ...] = (
    "one",
    "sentence",
    "before",
    "after",
    "positive_words",
    "negative_words",
    "against_it",
    "for_it",
    "its_misdeed",
    "its_merit",
    "harm_to_it",
    "harm",
    "quoted",
    "length",
    "early",
)


def _stems(words: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + r")[\w'-]*$")


_AGAINST_WORD, _FOR_WORD, _MISDEED_WORD, _MERIT_WORD, _HARM_WORD = map(
    _stems, (_AGAINST, _FOR, _MISDEED, _MERIT, _HARM)
)


@lru_cache(maxsize=512)
def _words(sentence: str) -> tuple[tuple[int, int, str], ...]:
    straight = sentence.replace("’", "'")
    return tuple((m.start(), m.end(), m[0].lower()) for m in _WORD.finditer(straight))


def target_features(sentence: str, target: Span) -> list[float]:
    """The values of `FEATURES` for a target given as a span of its sentence.

    All lie between about -1 and 1 (`length` a little above), so that none needs scaling.
    """
    words = _words(sentence)
    before = [word for word in words if word[1] <= target.start]
    after = [word for word in words if word[0] >= target.end]
    left = [word for _, _, word in before]
    right = [word for _, _, word in after]
    lexicon = load_lexicon()
    ratings = [lexicon.get(word, 0.0) for _, _, word in words]
    return [
        1.0,
        compound(sentence),
        _tone(left[-_BEFORE:]),
        _tone(right[:_AFTER]),
        min(sum(rating for rating in ratings if rating > 0) / 8, 1.5),
        min(-sum(rating for rating in ratings if rating < 0) / 8, 1.5),
        _done_to(left, right, _AGAINST_WORD),
        _done_to(left, right, _FOR_WORD),
        _done_by(left, right, _MISDEED_WORD),
        _done_by(left, right, _MERIT_WORD),
        _done_to(left, right, _HARM_WORD),
        float(any(_HARM_WORD.match(word) for _, _, word in words)),
        float(_inside_quotes(sentence, target)),
        min(len(words) / 40, 1.5),
        float(len(before) < 3),
    ]


def _tone(words: list[str]) -> float:
    """VADER's ratings of a few words, turned round after a negation, squeezed as VADER does."""
    lexicon = load_lexicon()
    total = 0.0
    for index, word in enumerate(words):
        if rating := lexicon.get(word, 0.0):
            negated = any(map(_NEGATION.match, words[max(index - 3, 0) : index]))
            total += -0.74 * rating if negated else rating
    return total / math.sqrt(total * total + 15)


def _done_to(left: list[str], right: list[str], verb: re.Pattern[str]) -> float:
    """1 if a verb before the target takes it as its object or one after it is passive."""
    if any(verb.match(word) for word in left[-_REACH:]):
        return -1.0 if any(_NEGATION.match(word) for word in left[-_REACH - 3 :]) else 1.0
    for index, word in enumerate(right[: _REACH + 1]):
        if word in _PASSIVE and any(verb.match(later) for later in right[index + 1 : index + 4]):
            return 1.0
    return 0.0


def _done_by(left: list[str], right: list[str], verb: re.Pattern[str]) -> float:
    """1 if a word of the kind follows the target closely, less if it stands before it."""
    following = right[: _AFTER - 2]
    if any(verb.match(word) for word in following):
        return -0.5 if any(_NEGATION.match(word) for word in following) else 1.0
    return 0.5 if any(verb.match(word) for word in left[-_REACH:]) else 0.0


def _inside_quotes(sentence: str, target: Span) -> bool:
    before = sentence[: target.start]
    opened = before.count("“") - before.count("”")
    return opened > 0 or before.count('"') % 2 == 1
