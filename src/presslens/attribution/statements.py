"""Statements: attributions with their speakers, acts and forms coded, as the tables hold them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from presslens.attribution.channels import channel_of
from presslens.attribution.cues import read_cue
from presslens.attribution.find import find_attributions
from presslens.attribution.interviews import with_turns
from presslens.attribution.speaker import Speaker
from presslens.attribution.speakers import Resolver
from presslens.attribution.statement import Attribution, Statement
from presslens.attribution.weighing import Codes, weigh
from presslens.doc import Doc
from presslens.mentions import Mention
from presslens.spans import Span, SpanIndex, Spans
from presslens.tokens.quotes import find_quotations, is_quotation

_NOBODY = re.compile(r"(?:no one|nobody|no|none|neither)\b", re.IGNORECASE)

# A content is direct if at most this share of its words stands outside quotation marks.
DIRECT_TOLERANCE = 0.1


def find_statements(
    docs: Sequence[Doc], mentions: Sequence[Sequence[Mention]]
) -> list[list[Statement]]:
    """All statements of each article, coded, in the order of the text."""
    return [
        _coded(doc, with_turns(doc, _without_scare_quotes(doc, attributions)), names)
        for doc, attributions, names in zip(docs, find_attributions(docs), mentions, strict=True)
    ]


def _without_scare_quotes(doc: Doc, found: Sequence[Attribution]) -> list[Attribution]:
    """The statements without those that "so-called" alone would make."""
    cues = ([span.of(doc.text).lower() for span in one.cue] for one in found)
    return [one for one, cue in zip(found, cues, strict=True) if cue != ["so-called"]]


def _coded(
    doc: Doc, attributions: Sequence[Attribution], mentions: Sequence[Mention]
) -> list[Statement]:
    quotations = SpanIndex([quote.span for quote in find_quotations(doc)])
    resolver = Resolver(doc, mentions)
    # All of them first: what the article calls a speaker later tells their type here, too.
    speakers = resolver.resolve_all(attributions)
    codes = weigh(doc, mentions, attributions, speakers)
    return [
        _statement(doc, attribution, speaker, code, quotations)
        for attribution, speaker, code in zip(attributions, speakers, codes, strict=True)
    ]


def _statement(
    doc: Doc,
    found: Attribution,
    speaker: Speaker | None,
    codes: Codes,
    quotations: SpanIndex,
) -> Statement:
    quoted = found.content if _is_turn(doc, found) else _quoted(doc.text, found.content, quotations)
    cue = read_cue([word.of(doc.text).lower() for word in doc.tokens_in(found.cue)])
    return Statement(
        source=found.source,
        cue=found.cue,
        content=found.content,
        form=_form(doc, found.content, quoted),
        quoted=quoted,
        speaker=(speaker.name or None) if speaker else None,
        described=speaker.called if speaker else (),
        country=speaker.country if speaker else None,
        speaker_type=codes.type,
        naming=codes.naming,
        collective=speaker is not None and speaker.is_collective,
        act=cue.act,
        endorsement=cue.endorsement,
        negated=cue.negated or _nobody(doc, found),
        channel=channel_of(doc, found),
        confidence=found.confidence,
    )


def _nobody(doc: Doc, found: Attribution) -> bool:
    """Whether nobody does it: "no one said", "no official has claimed"."""
    return bool(found.source) and bool(_NOBODY.match(found.source[0].of(doc.text)))


def _is_turn(doc: Doc, found: Attribution) -> bool:
    """Whether it is a turn of a transcript, "BRANDT: …": the words as they were said."""
    if not (found.source and found.cue) or found.cue[0].of(doc.text) not in {":", "."}:
        return False
    paragraph = doc.sentence_at(found.start).paragraph
    begins = doc.paragraphs[paragraph].start == found.source[0].start
    return begins and found.start >= doc.article.body_start


def _quoted(text: str, content: Spans, quotations: SpanIndex) -> Spans:
    """The stretches of the content that stand in quotation marks."""
    return tuple(
        Span(max(piece.start, quote.start), min(piece.end, quote.end))
        for piece in content
        for quote in ([piece] if is_quotation(piece.of(text)) else quotations.overlapping(piece))
    )


def _form(doc: Doc, content: Spans, quoted: Spans) -> str:
    words = sum(doc.count_words(span) for span in content)
    in_quotes = sum(doc.count_words(span) for span in quoted)
    if in_quotes == 0:
        return "indirect"
    return "direct" if words - in_quotes <= DIRECT_TOLERANCE * words else "mixed"
