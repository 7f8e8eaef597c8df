"""Markup: an article's text as HTML with stretches of it marked, each with a written label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from presslens.article import Article
from presslens.attribution.voices import OFFICIAL_TYPES, VOICE_LABELS, VOICES, statement_voice
from presslens.cells import is_missing, percentage, plain_text
from presslens.spans import Span, Spans

if TYPE_CHECKING:
    import pandas as pd

# From here on a sentence is marked as positive or negative. Far above the .05 from which VADER
# calls a sentence anything but neutral, since nearly every sentence of a story would be marked.
STRONG_TONE = 0.5

_NAMING = {"affiliated": "not named", "anonymous": "anonymous"}
_ENDORSEMENT = {"endorsing": "the paper vouches for it", "distancing": "the paper keeps a distance"}
_VOICE_NAMES = {"official": "official", "other": "other", "unresolved": "speaker not told"}
_PARAGRAPH = re.compile(r"(?:(?!\n\s*\n).)+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of an article with a role.

    Attributes:
        span: what is marked.
        role: `mark` for a coloured stretch with a label; `source` and `cue` are underlined.
        rank: of coloured marks that overlap, the lowest shows.
        kind: the CSS class without `pl-`: a voice or a tone.
        label: stands at the beginning of the stretch; without one the legend must tell.
        title: more about it, on hover.
    """

    span: Span
    role: str = "mark"
    rank: int = 0
    kind: str = ""
    label: str = ""
    title: str = ""


def statement_marks(
    row: Any, number: int, *, official: Iterable[str] = OFFICIAL_TYPES
) -> list[Mark]:
    """The marks of one row of the table `statements`, which its number leads to its note."""
    voice = statement_voice(row.speaker_type, official=official)
    marks = [Mark(span, role) for role in ("source", "cue") for span in getattr(row, role)]
    about = f"{number}: {statement_note(row)}"
    for span in row.content:
        label = f"{number} {_VOICE_NAMES[voice]} · {_manner(span, row.quoted)}"
        marks.append(Mark(span, "mark", VOICES.index(voice), voice, label, about))
    return marks


def statement_note(row: Any) -> str:
    """Who speaks in a statement, of what type, how named, by what act and where, and how sure."""
    told = (
        plain_text(row.speaker) or "speaker not told",
        row.speaker_type,
        _NAMING.get(row.naming, ""),
        ("not " if bool(row.negated) and not is_missing(row.negated) else "") + plain_text(row.act),
        _ENDORSEMENT.get(row.endorsement, ""),
        plain_text(row.channel).replace("_", " "),
        "" if is_missing(row.confidence) else f"confidence {percentage(float(row.confidence))}",
    )
    return " · ".join(part for part in map(plain_text, told) if part)


def statement_notes(rows: Sequence[Any]) -> str:
    """The notes of all statements of an article as HTML: folded on screen, whole in print."""
    if not rows:
        return ""
    items = "".join(f"<li>{escape(statement_note(row))}</li>" for row in rows)
    heading = f"{len(rows)} statements: speaker, type, act and confidence"
    return f'<details class="pl-notes"><summary>{heading}</summary><ol>{items}</ol></details>'


def tone_marks(sentences: pd.DataFrame) -> list[Mark]:
    """The clearly positive and negative sentences of one article."""
    strong = sentences[sentences["compound"].abs() >= STRONG_TONE]
    rows: Iterable[Any] = strong.itertuples()
    marks = []
    for row in rows:
        kind = "positive" if row.compound > 0 else "negative"
        label = f"{kind} {row.compound:+.2f}".replace("-", "−")
        marks.append(Mark(Span(int(row.start), int(row.end)), "mark", 0, kind, label))
    return marks


def frame_marks(frames: pd.DataFrame) -> list[Mark]:
    """The words that speak for the frames of one article."""
    rows: Iterable[Any] = frames[frames["item"].isna()].itertuples()
    marks = []
    for row in rows:
        for piece in row.evidence:
            span = Span(int(piece["start"]), int(piece["end"]))
            title = f"{row.frame}, weight {piece['weight']:.2g}"
            marks.append(Mark(span, "mark", 0, "frame", title=title))
    return marks


def frame_legend(frames: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Which frames the marked words speak for, as HTML."""
    shown = " or ".join(names.get(frame, frame) for frame in dict.fromkeys(frames["frame"]))
    sample = _sample("frame", "marked")
    return f'<p class="pl-legend">{sample} words that speak for {escape(shown)}</p>'


def statement_legend() -> str:
    """What the marks of statements mean, as HTML."""
    voices = " ".join(_sample(voice, VOICE_LABELS[voice]) for voice in _VOICE_NAMES)
    return (
        f'<p class="pl-legend">{voices} <span class="pl-source">source</span> '
        '<span class="pl-cue">cue</span> everything else: reported fact (unattributed)</p>'
    )


def tone_legend() -> str:
    """What the marks of tone mean, as HTML."""
    samples = " ".join(_sample(tone, f"{tone} sentence") for tone in ("positive", "negative"))
    bound = f"score beyond ±{STRONG_TONE}"
    return f'<p class="pl-legend">{samples} {bound}; VADER scores run from −1 to +1</p>'


def article_html(
    fields: Mapping[str, Any], marks: Sequence[Mark], legend: str, notes: str = ""
) -> str:
    """An article with its marks: title, origin, paragraphs, the legend and notes (HTML)."""
    text, start = fields["text"], fields["body_start"]
    title = _marked(text, Span(0, start), marks).strip() if start else escape(fields["title"] or "")
    meta = " · ".join(
        escape(plain_text(fields[key])) for key in ("outlet", "published", "id") if fields[key]
    )
    body = "".join(f"<p>{_marked(text, span, marks)}</p>" for span in _paragraphs(text, start))
    return (
        f'<article class="pl pl-article"><h3>{title or "(no title)"}</h3>'
        f'<p class="pl-meta">{meta}</p>{body}{legend}{notes}</article>'
    )


def article_fields(article: Any) -> dict[str, Any]:
    """What is shown of an `Article` or of a row of the table `articles`; null is None."""
    names = ("text", "title", "body_start", "outlet", "published")
    if isinstance(article, Article):
        return {"id": article.id, **{name: getattr(article, name) for name in names}}
    fields = {name: None if is_missing(article[name]) else article[name] for name in names}
    return {**fields, "id": article["article_id"], "body_start": int(fields["body_start"] or 0)}


def _sample(kind: str, text: str) -> str:
    return f'<mark class="pl-{kind}">{escape(text)}</mark>'


def _manner(span: Span, quoted: Spans) -> str:
    inside = sum(max(0, min(span.end, q.end) - max(span.start, q.start)) for q in quoted)
    if not inside:
        return "paraphrased"
    return "quoted" if inside >= 0.9 * (span.end - span.start) else "partly quoted"


def _paragraphs(text: str, start: int) -> list[Span]:
    spans = [Span(*piece.span()) for piece in _PARAGRAPH.finditer(text, start)]
    return [span for span in spans if span.of(text).strip()]


def _marked(text: str, where: Span, marks: Sequence[Mark]) -> str:
    """The text of a stretch as HTML, cut wherever a mark begins or ends."""
    here = [mark for mark in marks if mark.span.overlaps(where)]
    cuts = {where.start, where.end}
    for mark in here:
        cuts |= {max(mark.span.start, where.start), min(mark.span.end, where.end)}
    pieces: list[str] = []
    last: Mark | None = None
    for start, end in pairwise(sorted(cuts)):
        over = [mark for mark in here if mark.span.start <= start and end <= mark.span.end]
        coloured = [mark for mark in over if mark.role == "mark"]
        shown = min(coloured, key=lambda mark: mark.rank, default=None)
        if shown is not last:
            pieces.append(("</mark>" if last else "") + (_opening(shown) if shown else ""))
            last = shown
        pieces.append(_underlined(text[start:end], {mark.role for mark in over}))
    return "".join(pieces) + ("</mark>" if last else "")


def _opening(mark: Mark) -> str:
    label = f'<span class="pl-label">{escape(mark.label)}</span>' if mark.label else ""
    return f'<mark class="pl-{mark.kind}" title="{escape(mark.title)}">{label}'


def _underlined(words: str, roles: set[str]) -> str:
    html = escape(words)
    for role in ("source", "cue"):
        if role in roles:
            html = f'<span class="pl-{role}">{html}</span>'
    return html
