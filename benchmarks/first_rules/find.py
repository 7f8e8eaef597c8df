"""Find: what one rule found in one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from first_rules.line import Line
from presslens.attribution.statement import Attribution
from presslens.spans import Span, Spans, trim

# Share of each rule's finds that trained annotators mark too, source included, on PolNeAR train:
# `python benchmarks/attribution.py --rules`.
PRECISION = {
    "quote": 0.94,
    "after": 0.60,
    "phrase": 0.80,
    "before": 0.67,
    "participle": 0.68,
    "passive": 0.48,
    "noun": 0.43,
    "label": 0.52,
}


@dataclass(frozen=True, slots=True)
class Find:
    """What a rule found: spans as in `Attribution`, the cue's entry, and the rule's name."""

    rule: str
    cue: Span
    lemma: str
    source: Span | None
    content: Spans

    @property
    def start(self) -> int:
        """First character of any of its parts."""
        return min(self.cue.start, *(piece.start for piece in self.content))

    @property
    def end(self) -> int:
        """End of its last part."""
        return max(self.cue.end, *(piece.end for piece in self.content))

    def attribution(self) -> Attribution:
        """The find as it leaves the rules."""
        source = () if self.source is None else (self.source,)
        return Attribution(source, (self.cue,), self.content, PRECISION[self.rule])


def pieces_of_content(line: Line, pieces: Iterable[Span]) -> Spans:
    """Pieces without the punctuation at their ends that belongs to the sentence around them."""
    text = line.doc.text
    trimmed = (_without_stop(text, trim(text, piece, ",;")) for piece in pieces)
    return tuple(piece for piece in trimmed if piece.end > piece.start)


def _without_stop(text: str, span: Span) -> Span:
    """The span without a full stop at its end that is no part of an abbreviation or ellipsis."""
    start, end = span
    if end - start < 2 or text[end - 1] not in ".!" or text[end - 2] == ".":
        return span
    initials = end - start > 3 and text[end - 3] == "." and text[end - 2].isupper()
    return span if initials else trim(text, Span(start, end - 1))
