"""Clauses: where what is attributed begins and ends, before a cue and after it."""

from __future__ import annotations

from first_rules.cues import Cue, VerbForm, load_cues
from first_rules.line import Line, Range
from first_rules.phrases import (
    is_main_verb,
    is_verb,
    phrase_after,
    subject_before,
    verb_group,
)
from first_rules.words import (
    ADVERBIALS,
    ADVERBS,
    DASHES,
    DAYS,
    PREPOSITIONS,
    PRONOUNS,
    QUOTE_MARKS,
    STOPS,
    SUBORDINATORS,
    TIMES,
)
from presslens.spans import Span

# How many tokens after a cue verb are searched for the end of its clause, for a hearer, a time.
CLAUSE_REACH, HEARER_REACH, TIME_REACH = 9, 12, 14

# A dateline's dash is among a sentence's first tokens.
DATELINE_REACH = 10

# "In the video, …": a circumstance before the subject is at most this many tokens long.
LONGEST_CIRCUMSTANCE = 6

_HEARERS = frozenset("me him her us them you reporters journalists people voters lawmakers".split())
_OPENERS = frozenset("that to how what why whether if about not of".split()) | PRONOUNS
_TIME_OPENERS = PREPOSITIONS | DAYS | {"later", "late", "early", "last", "this"}
# After "…, he said," these begin something that he did not say.
_ASIDES = frozenset("who a an the according citing his her".split()) | (
    SUBORDINATORS - {"if", "because", "that"}
)
_LINKS = frozenset("however but and so instead moreover nevertheless besides indeed thus".split())
# Cues that, after "and", begin a statement of their own even within what was said.
_PLAIN = frozenset(
    "say tell call add urge accuse ask criticize criticise vow promise praise warn "
    "acknowledge".split()
)


def content_before(line: Line, end: int, *, short: bool = False) -> Span | None:
    """What stands before a cue clause, up to the comma or quotation mark that closes it.

    Args:
        line: the sentence.
        end: the first token of the cue clause.
        short: whether one or two words may be all: "Not monsters, she said."
    """
    last = end - 1
    if last < 0:
        return None
    quote = line.quotation_of[last]
    if quote is not None and quote.closed and quote.span.end == line.sentence.tokens[last].end:
        return line.content(Range(_first_word(line, last), last + 1))
    closes = line.words[last] == "," or line.words[last] in DASHES - {"-"}
    circumstance = line.words[0] in PREPOSITIONS and end <= LONGEST_CIRCUMSTANCE
    short = short and _may_be_said(line, 0) and _may_be_said(line, last - 1)
    long_enough = short or end > 3 or (end == 3 and line.quoted[last - 1])
    if closes and not circumstance and long_enough:
        return line.content(Range(_first_word(line, last), last))
    return None


def _may_be_said(line: Line, position: int) -> bool:
    """Whether a word may be all that was said: "Monsters", but not "However" or "Yesterday"."""
    word = line.words[position]
    return not (word in _LINKS | ADVERBS | SUBORDINATORS | TIMES or word.endswith("ly"))


def _first_word(line: Line, end: int) -> int:
    """The first token that is no dateline and no conjunction with the sentence before."""
    first = _after_dateline(line)
    while first < end and line.words[first] in {"but", "and", "so", "still", ","}:
        first += 1
    return min(first, end - 1) if end else 0


def _after_dateline(line: Line) -> int:
    """Where a sentence begins after "LORVANE (VPA) —", 0 without a dateline."""
    if not (line.raw[0].isupper() and len(line.raw[0]) > 2):
        return 0
    dashes = (i for i in range(1, min(len(line), DATELINE_REACH)) if line.words[i] in DASHES)
    return next(dashes, -1) + 1


def is_closed_quote(line: Line, content: Span) -> bool:
    """Whether a content ends like speech before "he said": with ," or ?" or !"."""
    text = line.doc.text
    return text[content.end - 1] in QUOTE_MARKS and text[content.end - 2] in ",?!"


def clause_ends(line: Line, position: int) -> bool:
    """Whether nothing that could be content follows a cue verb: its clause ends soon."""
    limit = min(len(line), position + CLAUSE_REACH)
    if position == limit:
        return True
    first = line.words[position]
    if line.quoted[position] or not (_ends_clause(first) or _is_circumstance(line, position)):
        return False
    for index in range(position, limit):
        if line.quoted[index]:
            return False
        if _ends_clause(line.words[index]):
            return True
    return limit == len(line) or first in PREPOSITIONS | ADVERBIALS


def _ends_clause(word: str) -> bool:
    return word in STOPS or word in DASHES - {"-"} or word in {",", ";"}


def _is_circumstance(line: Line, position: int) -> bool:
    """Whether a word begins a hearer, a time or a place, rather than content."""
    word = line.words[position]
    if word in {"to"} | PRONOUNS:
        return False
    return (
        word in PREPOSITIONS | ADVERBIALS | _HEARERS
        or line.is_name(position)
        or word in {"today", "yesterday", "late", "early", "last", "this", "the"}
    )


def continuation(line: Line, position: int) -> Span | None:
    """What was said after "…, he said, …" or "…," he said, "…", in the same sentence."""
    index = position
    while index < len(line) and line.words[index] != "," and not line.quoted[index]:
        if line.words[index] in STOPS:
            return None
        index += 1
    if index < len(line) and line.words[index] == ",":
        following = index + 1
        if following >= len(line):
            return None
        aside = line.words[following] in _ASIDES or line.words[following].endswith("ing")
        if not line.quoted[following] and (aside or index != position):
            return None
        if line.words[following] in {"and", "but"} and _is_plain(line, following + 1):
            return None
        index = following
    return line.content(Range(index, len(line))) if index < len(line) else None


def _is_plain(line: Line, position: int) -> bool:
    """Whether a cue begins here that is always a statement of its own: ", and accused …"."""
    form = load_cues().verb_at(line.words, position) if position < len(line) else None
    return form is not None and form.inflection == "past" and form.cue.lemma in _PLAIN


def content_after(line: Line, cue: Cue, group: Range, *, aside: bool = False) -> Span | None:
    """What follows a cue verb, to the end of its clause; None if what it needs isn't there.

    Args:
        line: the sentence.
        cue: the verb's entry.
        group: the verb group.
        aside: whether the clause stands between commas, before the main verb.
    """
    start = group.end
    first = line.word(start)
    if not first or first in STOPS:
        return None
    end = clause_end(line, cue, start)
    if aside:
        end = min(end, _main_clause(line, start))
    infinitive = line.words[group.start] == "to" and first != "that" and not line.quoted[start]
    if (
        infinitive
        or (cue.takes == "to" and first != "to")
        or not _meets_needs(line, cue, start, end)
    ):
        return None
    hearer = cue.takes == "hearer" or cue.lemma == "ask"
    start = (_after_hearer if hearer else _after_time)(line, Range(start, end))
    if line.word(start) == ",":
        start += 1
    if start >= end or (cue.takes == "clause" and line.words[start] in {"by", "in"}):
        return None
    return line.content(Range(start, end))


def _meets_needs(line: Line, cue: Cue, start: int, end: int) -> bool:
    """Whether one of the words that the cue needs follows in its clause, or it needs none."""
    if not cue.needs:
        return True
    quoted = '"' in cue.needs and any(line.quoted[start:end])
    return quoted or not cue.needs.isdisjoint([*line.words[start:end], line.words[start - 1]])


def _after_hearer(line: Line, clause: Range) -> int:
    """Where content begins after the person spoken to: at "that", "to", a quotation, a pronoun."""
    start = clause.start
    if line.words[start] in _HEARERS:
        start += 1
    while start < clause.end and line.is_name(start) and not line.quoted[start]:
        start += 1
    for position in range(start, min(clause.end, clause.start + HEARER_REACH)):
        if line.words[position] in _OPENERS or line.quoted[position]:
            return position
    return start


def _after_time(line: Line, clause: Range) -> int:
    """Where content begins after "on Tuesday", "in an interview with X" and the like."""
    if line.words[clause.start] in _TIME_OPENERS:
        for position in range(clause.start, min(clause.end, clause.start + TIME_REACH)):
            if line.words[position] == "that" or line.quoted[position]:
                return position
    return clause.start


def clause_end(line: Line, cue: Cue, start: int) -> int:
    """Where the content that begins at a token ends: mostly at the end of the sentence."""
    for position in range(start, len(line)):
        if not line.quoted[position] and _leaves_content(line, cue, position, start):
            return position
    return len(line)


def _main_clause(line: Line, start: int) -> int:
    """Where, after an aside, the main clause goes on: at the comma before its verb."""
    commas = (i for i in range(start, len(line) - 1) if line.words[i] == "," and not line.quoted[i])
    goes_on = (i for i in commas if is_main_verb(line, i + 1) or _is_finite_cue(line, i + 1))
    return next(goes_on, len(line))


def _is_finite_cue(line: Line, position: int) -> bool:
    form = None if line.quoted[position] else load_cues().verb_at(line.words, position)
    return form is not None and form.inflection in {"past", "s"} and not line.is_name(position)


def _leaves_content(line: Line, cue: Cue, position: int, start: int) -> bool:
    word, following = line.words[position], line.word(position + 1)
    if word == ";" or word in DASHES - {"-"}:
        return True
    if word == ",":
        following_cue = _somebody_says(line, position + 1) or _says_somebody(line, position + 1)
        return _begins_aside(following) or following_cue
    if word in {"and", "but"}:
        return _says_more(line, cue, position + 1)
    return word == "according" and position > start


def _begins_aside(word: str) -> bool:
    """Whether the paper speaks on after a comma: ", which …", ", adding …"."""
    if word in {"which", "while", "according", "although", "though"}:
        return True
    return any(form.inflection == "ing" for form in load_cues().verbs.get(word, ()))


def _somebody_says(line: Line, position: int) -> bool:
    """Whether a clause begins here in which somebody says something.

    ", but officials said …" begins another statement; ", officials said." ends this one.
    """
    joined = line.word(position) in {"but", "and", "while", "though"}
    first = position + 1 if joined else position
    for verb in range(first + 1, min(len(line), first + CLAUSE_REACH)):
        if line.quoted[verb]:
            return False
        form = load_cues().verb_at(line.words, verb)
        if form and form.cue.takes == "clause" and _says(line, form, verb, first):
            return joined or clause_ends(line, verb_group(line, form, verb).end)
    return False


def _says_somebody(line: Line, position: int) -> bool:
    """Whether the sentence ends with ", says Mrs Finch" from here."""
    form = load_cues().verb_at(line.words, position) if position < len(line) else None
    if form is None or form.cue.takes != "clause" or not _is_finite_cue(line, position):
        return False
    source = phrase_after(line, position + len(form.words))
    return source is not None and line.word(source.end) in STOPS | {""}


def _says(line: Line, form: VerbForm, position: int, first: int) -> bool:
    """Whether a finite verb has its subject right between a token and itself."""
    if form.inflection not in {"past", "s", "base"} or not is_verb(line, form, position):
        return False
    subject = subject_before(line, verb_group(line, form, position).start)
    return subject is not None and subject.start == first


def _says_more(line: Line, cue: Cue, position: int) -> bool:
    """Whether "and" or "but" joins a second cue to the first: "… and called on them to go"."""
    if position >= len(line) or line.quoted[position]:
        return False
    form = load_cues().verb_at(line.words, position)
    if form is None or form.inflection != "past" or form.cue.takes == "to":
        return False
    return cue.takes in {"object", "hearer"} or form.cue.lemma in _PLAIN
