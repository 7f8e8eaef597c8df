"""Rules that find attributions: what Presslens had before its encoder, kept to compare with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from first_rules.cued import find_at
from first_rules.cues import CueBook, load_cues
from first_rules.find import Find
from first_rules.line import Line
from presslens.attribution.statement import Attribution
from presslens.doc import Doc
from presslens.spans import Span, SpanIndex
from presslens.tokens.quotes import Quotation, find_quotations

__all__ = ["find_attributions"]

# Tokens; no sentence of prose is longer, and the rules' time grows with the square of its length.
LONGEST_SENTENCE = 500

# A quotation of fewer words that stands alone is no free-standing statement.
SHORTEST_FREE = 3


def find_attributions(docs: Sequence[Doc]) -> list[list[Attribution]]:
    """All attributions of each article, in the order of the text.

    Each rule looks at one cue in one sentence. What stands inside another attribution's content is
    dropped (codebook: outermost only), and a quotation without a cue of its own is joined to the
    attribution right before it.
    """
    cues = load_cues()
    return [_in_doc(doc, cues) for doc in docs]


def _in_doc(doc: Doc, cues: CueBook) -> list[Attribution]:
    quotations = find_quotations(doc)
    finds: list[Find] = []
    places = SpanIndex([quote.span for quote in quotations])
    for sentence in doc.sentences:
        near = [quotations[number] for number in places.numbers(sentence.span)]
        finds += _in_sentence(Line(doc, sentence, near), cues)
    finds = _with_free_quotations(doc, _outermost(finds), quotations)
    return sorted((find.attribution() for find in finds), key=lambda found: found.start)


def _in_sentence(line: Line, cues: CueBook) -> list[Find]:
    finds: list[Find] = []
    if len(line) > LONGEST_SENTENCE:
        return finds
    for position, token in enumerate(line.sentence.tokens):
        passed = bool(finds) and token.start < finds[-1].cue.end
        if line.quoted[position] or passed:
            continue
        find = find_at(line, cues, position, finds)
        if find and find.content:
            finds.append(find)
    return finds


def _outermost(finds: Sequence[Find]) -> list[Find]:
    """The finds whose cue does not stand inside another's content."""
    pieces = [(piece, find) for find in finds for piece in find.content]
    places = SpanIndex([piece for piece, _ in pieces])
    return [
        find
        for find in finds
        if not any(_holds(pieces[number][1], find) for number in places.numbers(find.cue))
    ]


def _holds(outer: Find, inner: Find) -> bool:
    """Whether a find's content holds another's cue.

    Where each holds the other's, the one that comes after what was said is the outer one:
    "Roe believes that it rains, his aide said".
    """
    if outer is inner or not _covers(outer, inner.cue):
        return False
    return not _covers(inner, outer.cue) or (_is_late(outer) and not _is_late(inner))


def _is_late(find: Find) -> bool:
    """Whether a cue surely comes after what was said: "…, Roe said", but not "…, affirmed Roe"."""
    inverted = find.source is None or find.source.start > find.cue.start
    return find.rule in {"quote", "phrase"} or (find.rule == "after" and not inverted)


def _covers(find: Find, span: Span) -> bool:
    return any(piece.contains(span) for piece in find.content)


def _with_free_quotations(
    doc: Doc, finds: Sequence[Find], quotations: Sequence[Quotation]
) -> list[Find]:
    """The finds, with the quotations of whole sentences that follow them as further pieces."""
    grown = sorted(finds, key=lambda find: find.start)
    # Quotations don't overlap, so those that are joined here need not be looked up.
    said = SpanIndex([piece for find in finds for piece in find.content])
    for quote in quotations:
        if said.overlapping(quote.span) or not _is_sentence(doc, quote.span):
            continue
        last = _last_before(grown, quote.span)
        if last is not None and _is_next(doc, grown[last], quote.span):
            content = (*grown[last].content, quote.span)
            grown[last] = replace(grown[last], content=content)
    return grown


def _last_before(finds: Sequence[Find], span: Span) -> int | None:
    """The number of the last find whose cue ends before a stretch; `finds` go by their start."""
    place = bisect_left(finds, span.start, key=lambda find: find.start)
    return next((n for n in range(place - 1, -1, -1) if finds[n].cue.end <= span.start), None)


def _is_sentence(doc: Doc, span: Span) -> bool:
    """Whether a quotation begins where a sentence does, and is long enough to stand alone."""
    begins = doc.sentence_at(span.start).span.start == span.start
    return begins and doc.count_words(span) >= SHORTEST_FREE


def _is_next(doc: Doc, find: Find, span: Span) -> bool:
    """Whether a quotation begins in the sentence right after the find's last."""
    return doc.sentence_at(span.start).index - doc.sentence_at(find.end - 1).index <= 1
