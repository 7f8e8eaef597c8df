"""The rules: what each kind of cue attributes, and to whom."""

from __future__ import annotations

from collections.abc import Sequence

from first_rules.clauses import (
    clause_end,
    clause_ends,
    content_after,
    content_before,
    continuation,
    is_closed_quote,
)
from first_rules.cues import Cue, CueBook, VerbForm
from first_rules.find import Find, pieces_of_content
from first_rules.line import Line, Range
from first_rules.phrases import (
    is_finite,
    is_main_verb,
    is_verb,
    phrase_after,
    subject_before,
    verb_group,
)
from first_rules.words import BE, DASHES, POSSESSIVES, QUOTE_MARKS, STOPS
from presslens.spans import Span

# The main verb of a sentence is looked for among its first tokens.
MAIN_VERB_REACH = 25
# A speaker's name before a colon ("MINISTER:") is at most this many tokens long.
LONGEST_LABEL = 5
# Passives that name who speaks after "by": "was criticised by".
_BY_VERBS = frozenset({"ask", "tell", "accuse", "call", "describe", "blame", "criticize", "praise"})
# In their passive the subject is the one who is spoken to.
_HEARER_VERBS = frozenset({"ask", "tell"})


def find_at(line: Line, cues: CueBook, position: int, finds: Sequence[Find]) -> Find | None:
    """What the cue at a token attributes, if it is one and attributes anything.

    Args:
        line: the sentence.
        cues: the codebook.
        position: the token.
        finds: what was found earlier in the sentence, for a shared subject.
    """
    if line.words[position] == ":":
        return _label(line, cues, position)
    if phrase := cues.phrase_at(line.words, position):
        return _by_phrase(line, Range(position, position + phrase[0]), phrase[1])
    form = cues.verb_at(line.words, position)
    if form is None or not is_verb(line, form, position):
        return _by_noun(line, cues, position)
    group = verb_group(line, form, position)
    with_be = not BE.isdisjoint(line.words[group.start : position])
    if form.inflection == "ing" and not with_be:
        return _participle(line, form, group, finds)
    if with_be and form.inflection != "ing":
        return _passive(line, form, group, cues)
    return _postposed(line, form, group) or _preposed(line, form, group, finds)


def _postposed(line: Line, form: VerbForm, group: Range) -> Find | None:
    """ "…," the minister said. / "…," said the minister. / Voters, she said, don't mind."""
    if form.cue.takes not in {"clause", "hearer"} or (form.cue.needs - {"that", '"', ":"}):
        return None
    if find := _inverted(line, form, group):
        return find
    subject = subject_before(line, group.start)
    ends = line.word(group.end) in STOPS | {"", ","}
    before = content_before(line, subject.start, short=ends) if subject else None
    if subject is None or before is None:
        return None
    if not is_closed_quote(line, before) and not clause_ends(line, group.end):
        return None
    return _around(line, form.cue, group, subject, before, group.end)


def _inverted(line: Line, form: VerbForm, group: Range) -> Find | None:
    before = content_before(line, group.start)
    if before is None or _closes_apposition(line, group.start):
        return None
    source = phrase_after(line, group.end)
    return _around(line, form.cue, group, source, before, source.end) if source else None


def _closes_apposition(line: Line, end: int) -> bool:
    """Whether a comma before a verb closes an apposition to its subject, rather than a quote."""
    if line.words[end - 1] != "," or line.quoted[end - 2]:
        return False
    subject = subject_before(line, end)
    return subject is not None and subject.start <= 3


def _around(line: Line, cue: Cue, group: Range, source: Range, before: Span, end: int) -> Find:
    """A cue clause after, or amid, what was said; `end` is the first token after the clause."""
    rest = continuation(line, end)
    content = pieces_of_content(line, [before, *([rest] if rest else [])])
    rule = "quote" if line.doc.text[before.end - 1] in QUOTE_MARKS else "after"
    return Find(rule, line.span(group), cue.lemma, line.span(source), content)


def _preposed(line: Line, form: VerbForm, group: Range, finds: Sequence[Find]) -> Find | None:
    """The minister said (that) … / told reporters that … / vowed to …"""
    subject = subject_before(line, group.start)
    source = line.span(subject) if subject else _shared_source(line, group, finds)
    content = content_after(line, form.cue, group, aside=_is_aside(line, group.start))
    if source is None or content is None:
        return None
    pieces = pieces_of_content(line, [content])
    return Find("before", line.span(group), form.cue.lemma, source, pieces)


def _is_aside(line: Line, start: int) -> bool:
    """Whether a verb group belongs to a clause between commas: "Roe, who asked …, said"."""
    return line.word(start - 1) in {"who", "which"} and line.word(start - 2) == ","


def _participle(line: Line, form: VerbForm, group: Range, finds: Sequence[Find]) -> Find | None:
    """…, adding that … / …, saying "…": who speaks is the subject of the sentence."""
    before = line.word(group.start - 1) or ","
    after_quote = group.start > 0 and line.quoted[group.start - 1]
    if before not in DASHES | {",", "and", "by"} and not after_quote:
        return None
    content = content_after(line, form.cue, group)
    source = _shared_source(line, group, finds)
    if content is None or source is None:
        return None
    pieces = pieces_of_content(line, [content])
    return Find("participle", line.span(group), form.cue.lemma, source, pieces)


def _shared_source(line: Line, group: Range, finds: Sequence[Find]) -> Span | None:
    """Whose subject a verb without its own shares: the last find's, or the sentence's."""
    if finds and finds[-1].source:
        return finds[-1].source
    for position in range(1, min(group.start, MAIN_VERB_REACH)):
        if line.quoted[position]:
            return None
        if is_main_verb(line, position):
            subject = subject_before(line, position)
            return line.span(subject) if subject else None
    return None


def _passive(line: Line, form: VerbForm, group: Range, cues: CueBook) -> Find | None:
    """The mayor is expected to … / was accused of … by …: the subject is part of the content.

    Not so in "was asked by a reporter whether …", where it is the hearer.
    """
    impersonal = cues.impersonal.get(form.words[0])
    end = clause_end(line, form.cue, group.end)
    by = next((i for i in range(group.end, end) if line.words[i] == "by"), None)
    source = None
    if impersonal is None:
        source = phrase_after(line, by + 1) if by and form.cue.lemma in _BY_VERBS else None
        if source is None:
            return None
    subject = None if form.cue.lemma in _HEARER_VERBS else subject_before(line, group.start)
    rest = Range(group.end, by if source and by else end)
    after = Range(source.end, end) if source else None
    parts = (subject, rest, None if subject else after)
    pieces = [line.span(part) for part in parts if part and part.start < part.end]
    lemma = (impersonal or form.cue).lemma
    where = line.span(source) if source else None
    return Find("passive", line.span(group), lemma, where, pieces_of_content(line, pieces))


def _by_phrase(line: Line, phrase: Range, cue: Cue) -> Find | None:
    """According to the ministry, … / …, according to the ministry."""
    first = phrase.start == 0 or (phrase.start == 1 and line.words[0] in {"but", "and"})
    source = phrase_after(line, phrase.end, apposition=not first)
    if source is None:
        return None
    if first:
        start = source.end + (line.word(source.end) == ",")
        end = clause_end(line, cue, start)
        content = line.content(Range(start, end)) if start < end else None
    else:
        content = content_before(line, phrase.start) or line.content(Range(0, phrase.start))
    amid = not first and line.word(source.end) == "," and is_finite(line, source.end + 1)
    rest = continuation(line, source.end) if amid else None
    pieces = pieces_of_content(line, [piece for piece in (content, rest) if piece])
    if not pieces:
        return None
    return Find("phrase", line.span(phrase), cue.lemma, line.span(source), pieces)


def _by_noun(line: Line, cues: CueBook, position: int) -> Find | None:
    """The mayor's claim that … / their hope that …: who claims or hopes is the possessor."""
    cue = cues.nouns.get(line.words[position])
    noun = Range(position, position + 1)
    if cue is None or position == 0 or line.word(noun.end) != "that":
        return None
    source, content = _possessor(line, position), content_after(line, cue, noun)
    if source is None or content is None:
        return None
    pieces = pieces_of_content(line, [content])
    return Find("noun", line.span(noun), cue.lemma, source, pieces)


def _possessor(line: Line, position: int) -> Span | None:
    """Whose noun it is: "the mayor's", "their"."""
    if line.words[position - 1] in POSSESSIVES:
        return line.span(Range(position - 1, position))
    if line.words[position - 1] not in {"'s", "'"}:
        return None
    owner = subject_before(line, position - 1)
    return line.span(Range(owner.start, position)) if owner else None


def _label(line: Line, cues: CueBook, position: int) -> Find | None:
    """MINISTER: … in a transcript, Minister: … in a title, or a name and a quotation."""
    sentence, paragraphs = line.sentence, line.doc.paragraphs
    paragraph = paragraphs[sentence.paragraph]
    begins = sentence.span.start == paragraph.start
    if not begins or not 0 < position <= LONGEST_LABEL or position + 2 >= len(line):
        return None
    name = line.raw[:position]
    if " ".join(line.words[:position]) in cues.headings:
        return None
    if not all(word[0].isupper() or word in {"of", "the", "and", "."} for word in name):
        return None
    capitals, title = all(word.isupper() for word in name), sentence.paragraph == 0
    quote = line.quotation_of[position + 1]
    if not (capitals or title or quote):
        return None
    start = sentence.tokens[position + 1].start
    content = Span(start, quote.span.end if quote else paragraph.end)
    cue = line.span(Range(position, position + 1))
    source = line.span(Range(0, position))
    return Find("label", cue, ":", source, pieces_of_content(line, [content]))
