"""Phrases: verb groups and noun phrases of a sentence, by word classes and capitals."""

from __future__ import annotations

from first_rules.cues import VerbForm
from first_rules.line import Line, Range
from first_rules.words import (
    ADVERBIALS,
    ADVERBS,
    AUXILIARIES,
    BE,
    BREAKS,
    DASHES,
    DETERMINERS,
    HAVE,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    STOPS,
    SUBJECTS,
    SUBORDINATORS,
    TIMES,
)

# An apposition is at most this many tokens long.
LONGEST_APPOSITION = 25

# Before "claims that" a word with one of these endings rather makes a noun of it.
_ADJECTIVE = ("ed", "al", "ive", "ous", "ing", "ble", "se", "ic", "ful", "less", "an", "s")

# After a comma these begin something else than an apposition: "said Ms. Roe, adding …".
_NO_APPOSITION = SUBORDINATORS | {"and", "according", "he", "she", "they", "it", "in", "on", "at"}


def is_verb(line: Line, form: VerbForm, position: int) -> bool:
    """Whether a cue word is used as a verb here, as far as its neighbours tell."""
    before = line.word(position - 1)
    if form.inflection == "ing":
        return before not in DETERMINERS and not (position == 0 and form.cue.nounlike)
    if position == 0 or before in DETERMINERS:
        return False
    if form.inflection == "participle":
        return bool({*line.words[max(0, position - 4) : position]} & (HAVE | BE))
    if before in PREPOSITIONS:
        return False
    return (
        form.inflection == "past" or not form.cue.nounlike or _follows_subject(line, form, position)
    )


def _follows_subject(line: Line, form: VerbForm, position: int) -> bool:
    """Whether a word that could be a noun stands after a subject that fits its form."""
    before = line.words[position - 1]
    if before in SUBJECTS:
        return True
    if form.inflection == "s":
        noun = line.is_name(position) or line.word(position + 1) in {"of", "from", "as"}
        clause = line.word(position + 1) in {"that", "to"} and not before.endswith(_ADJECTIVE)
        return (line.is_name(position - 1) or clause) and not noun
    plural = before.endswith("s") and not before.endswith(("ss", "'s", "us"))
    return plural and not line.is_name(position)


def is_finite(line: Line, position: int) -> bool:
    """Whether a word is an auxiliary that carries a sentence: "is", "has", "would"."""
    return line.word(position) in (BE | HAVE | MODALS) - {"'s"}


def is_main_verb(line: Line, position: int) -> bool:
    """Whether a word other than a sentence's first is a finite verb: "has", "would", "ordered"."""
    word = line.words[position]
    if is_finite(line, position):
        return True
    past = word.endswith("ed") and len(word) > 3 and not line.is_name(position)
    return past and line.words[position - 1] not in DETERMINERS


def verb_group(line: Line, form: VerbForm, position: int) -> Range:
    """The cue verb with its auxiliaries, negation, adverbs, "in a statement" and a colon."""
    start, end = position, position + len(form.words)
    while start > 0 and not line.quoted[start - 1] and _joins_verb(line.words[start - 1]):
        start -= 1
    if line.words[end : end + 3] == ["in", "a", "statement"]:
        end += 3
    return Range(start, end + (line.word(end) == ":"))


def _joins_verb(word: str) -> bool:
    return word in AUXILIARIES or word in ADVERBS or (word.endswith("ly") and len(word) > 4)


def subject_before(line: Line, end: int) -> Range | None:
    """The noun phrase that ends right before a verb group, or None.

    Takes in appositions between commas ("Jan Roe, the mayor, said") but no relative clause, and
    stops at a conjunction, a finite auxiliary, a quotation or other punctuation.
    """
    if line.word(end - 1) == ",":
        return _subject_with_apposition(line, end)
    if line.word(end - 1) in PRONOUNS and not line.quoted[end - 1]:
        return Range(end - 1, end)
    return _without_margins(line, Range(_phrase_start(line, end), end))


def _subject_with_apposition(line: Line, end: int) -> Range | None:
    """The subject in "NP, apposition," or, without the relative clause, in "NP, who …,"."""
    comma = end - 1
    commas = (i for i in range(comma - 1, -1, -1) if line.words[i] == "," and not line.quoted[i])
    opening = next(commas, None)
    if opening is None or comma - opening > LONGEST_APPOSITION:
        return None
    head = _without_margins(line, Range(_phrase_start(line, opening), opening))
    if head is None:
        return None
    aside = line.words[opening + 1] in {"who", "which", "whose", "where", "when", "in", "as"}
    return head if aside else Range(head.start, end)


def _phrase_start(line: Line, end: int) -> int:
    start = end
    while start > 0 and not _bounds(line, start - 1):
        start = _opening_bracket(line, start - 1)
    return start


def _opening_bracket(line: Line, position: int) -> int:
    """A token's own position, or that of the bracket that a closing one belongs to."""
    if line.words[position] not in {")", "]"}:
        return position
    opens = (i for i in range(position, -1, -1) if line.words[i] in {"(", "["})
    return next(opens, position)


def _bounds(line: Line, position: int) -> bool:
    """Whether no noun phrase reaches over this token to the left."""
    word = line.words[position]
    if line.quoted[position] or word == "," or word in STOPS or word in BREAKS - {"-"}:
        return True
    if word in SUBORDINATORS and not (word == "that" and line.word(position - 1) in PREPOSITIONS):
        return True
    if word in (BE | HAVE | MODALS) - {"'s", "'d", "may"}:
        return True
    return word == "and" and not _joins_names(line, position)


def _joins_names(line: Line, position: int) -> bool:
    """Whether "and" joins two noun phrases: "Roe and Poe said", "the EU and the UN said"."""
    if position == 0 or position + 1 >= len(line) or not line.is_name(position - 1):
        return False
    return line.is_name(position + 1) or line.words[position + 1] == "the"


def _without_margins(line: Line, tokens: Range) -> Range | None:
    """A noun phrase without adverbs, times and a preposition at its ends; None if empty."""
    start, end = tokens
    while end > start and line.words[end - 1] in TIMES:
        end -= 1
        while end > start and line.words[end - 1] in {"on", "in", "at"}:
            end -= 1
    while start < end and (line.words[start] in {"and", "then"} or _joins_verb(line.words[start])):
        start += 1
    if start < end and line.words[start] in PREPOSITIONS:
        start = _after_preposition(line, Range(start, end))
    return Range(start, end) if start < end else None


def _after_preposition(line: Line, tokens: Range) -> int:
    """Where the subject begins in "In a letter the minister said": its last determiner or name."""
    for position in range(tokens.end - 1, tokens.start, -1):
        if line.words[position] in DETERMINERS | SUBJECTS:
            return position
        if line.is_name(position) and not line.is_name(position - 1):
            return position
    return tokens.end


def phrase_after(line: Line, start: int, *, apposition: bool = True) -> Range | None:
    """The noun phrase that begins at a token, to the end of its clause, or None.

    Args:
        line: the sentence.
        start: its first token.
        apposition: whether it goes on after a comma: "said Ms. Roe, the mayor of Hythe".
    """
    first = line.word(start)
    if (
        not first
        or line.quoted[start]
        or first in STOPS | BREAKS | PREPOSITIONS | SUBORDINATORS | {","}
    ):
        return None
    end = start
    while end < len(line) and not line.quoted[end] and not _ends_phrase(line, end, apposition):
        end += 1
    return Range(start, end)


def _ends_phrase(line: Line, position: int, apposition: bool) -> bool:
    word, following = line.words[position], line.word(position + 1)
    if word in STOPS or word in DASHES or word in {";", ":"} or word in ADVERBIALS:
        return True
    if word in {"whether", "if", "why", "how"}:
        return True
    if word in {"in", "at", "on"}:
        return following in {"a", "an", "his", "her", "their", "its"} or following in TIMES
    if word != ",":
        return False
    finite = is_finite(line, position + 1)
    return not apposition or finite or following in _NO_APPOSITION or following.endswith("ing")
