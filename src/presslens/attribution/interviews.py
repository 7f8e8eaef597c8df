"""Interviews: printed questions and answers ("Q: …", "A: …"), which no verb attributes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from presslens.attribution.statement import Attribution
from presslens.doc import Doc
from presslens.spans import Span, trim

_TURN = re.compile(r"(?P<who>Q|A|Question|Answer)\s?(?P<mark>[:.])\s+(?=\S)")

# An article is an interview if it has this many questions and answers; a letter in a list has not.
MIN_TURNS = 2

QUESTIONS = frozenset({"Q", "Question"})
ANSWERS = frozenset({"A", "Answer"})


def with_turns(doc: Doc, found: Sequence[Attribution]) -> list[Attribution]:
    """The statements of an article, in a printed interview with its turns in place of what was
    found in them.
    """
    turns = interview_turns(doc)
    if not turns:
        return list(found)
    taken = [Span(turn.start, turn.content[-1].end) for turn in turns]
    apart = [one for one in found if not any(span.start <= one.start < span.end for span in taken)]
    return sorted([*turns, *apart], key=lambda one: one.start)


def interview_turns(doc: Doc) -> list[Attribution]:
    """Each question and each answer as a statement; none, if the article is no such interview.

    A paragraph without a letter, between an answer and the next turn, goes on with the answer.
    """
    turns: list[Attribution] = []
    loose: list[Span] = []
    for paragraph in doc.paragraphs:
        begins = _TURN.match(doc.text, paragraph.start, paragraph.end)
        if begins:
            if turns and turns[-1].source[0].of(doc.text) in ANSWERS:
                turns[-1] = replace(turns[-1], content=(*turns[-1].content, *loose))
            loose = []
            turns.append(
                Attribution(
                    source=(Span(*begins.span("who")),),
                    cue=(Span(*begins.span("mark")),),
                    content=(trim(doc.text, Span(begins.end(), paragraph.end)),),
                    confidence=1.0,
                )
            )
        else:
            loose.append(trim(doc.text, paragraph))
    asked = sum(turn.source[0].of(doc.text) in QUESTIONS for turn in turns)
    return turns if asked >= MIN_TURNS and len(turns) - asked >= MIN_TURNS else []
