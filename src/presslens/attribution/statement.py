"""Attribution and Statement: what the finder finds, and what it becomes once coded."""

from __future__ import annotations

from dataclasses import dataclass

from presslens.spans import Spans


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of text (content) that the article attributes to a source by a cue.

    Attributes:
        source: the noun phrase of who speaks; empty where the article gives none.
        cue: the verb group or other words that attribute.
        content: what is attributed, in one or several pieces.
        confidence: estimated probability that a trained annotator marks this statement.
    """

    source: Spans
    cue: Spans
    content: Spans
    confidence: float

    @property
    def start(self) -> int:
        """First character of any of its parts."""
        return min(span.start for span in (*self.source, *self.cue, *self.content))


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution with everything that the codebooks code of it.

    Attributes:
        form: direct (all content words in quotation marks), indirect (none) or mixed.
        quoted: the stretches of the content that stand in quotation marks.
        speaker: fullest name or description that the article gives, or None.
        described: what else the article calls them, titles and roles.
        country: the state that they are or speak for, or None where the text does not tell.
        speaker_type, naming, collective: codebook "Who is speaking".
        act, endorsement, negated: codebook "What is a statement", by the cue.
        channel: where it was said, or None where the text does not tell.
    """

    source: Spans
    cue: Spans
    content: Spans
    form: str
    quoted: Spans
    speaker: str | None
    described: tuple[str, ...]
    country: str | None
    speaker_type: str
    naming: str
    collective: bool
    act: str
    endorsement: str
    negated: bool
    channel: str | None
    confidence: float
