"""Analysis: the one place that composes tokens, statements, tone, names and frames into tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from presslens.actions import Action, find_actions
from presslens.article import Article
from presslens.attribution.statement import Statement
from presslens.attribution.statements import find_statements
from presslens.attribution.voices import (
    OFFICIAL_TYPES,
    VOICES,
    VoicedWords,
    WordVoice,
    count_voices,
    word_voices,
)
from presslens.codebooks import load_codebook
from presslens.doc import Doc
from presslens.framing.codebook import load_frames
from presslens.framing.frames import FrameScore, score_frames
from presslens.mentions import Mention, find_mentions
from presslens.nlp.encoder import describe_model, encode
from presslens.nlp.threads import single_threaded_blas
from presslens.schemas import TABLES, to_table
from presslens.sentiment.sentences import sentence_compounds
from presslens.sentiment.targets import TargetSentiment, tones_towards
from presslens.spans import Spans, excerpt
from presslens.tables import Rows, Tables
from presslens.tokens import tokenize

if TYPE_CHECKING:
    import pyarrow as pa

# Codebooks whose versions every article carries, since its rows depend on them.
CODEBOOKS = (
    "abbreviations", "cues", "channels", "speaker_types", "bodies", "people", "states", "names",
    "actions", "generic",
)  # fmt: skip
FRAME_CODEBOOKS = ("generic",)


class Analysis(Tables):
    """What `analyze` found: the tables of one or several articles, in memory."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(rows):,} {name}" for name, rows in self._rows.items())
        return f"Analysis({counts})"

    def table(self, name: str) -> pa.Table:
        """One table as Arrow, with the schema of `presslens.schemas.TABLES`."""
        return to_table(name, self._rows.get(name, ()))


def analyze(articles: Article | Iterable[Article]) -> Analysis:
    """Analyse one article or several; an article's rows never depend on the others.

    What tells of duplicates, copied words and stories does (`presslens.relations`): the DataFrames
    `articles` and `passages` work it out over all of these articles on first use.
    """
    chosen = [articles] if isinstance(articles, Article) else list(articles)
    with single_threaded_blas():
        return Analysis(analyze_rows(chosen))


def analyze_rows(articles: Sequence[Article]) -> Rows:
    """The rows of all tables for a batch of articles, by table name."""
    docs = encode([tokenize(article) for article in articles])
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    names = find_mentions(docs)
    found = find_statements(docs, names)
    for doc, mentions, statements in zip(docs, names, found, strict=True):
        words = VoicedWords(doc.word_starts, word_voices(doc.word_starts, statements))
        tables["articles"].append(_article_row(doc))
        tables["sentences"] += _sentence_rows(doc, words)
        tables["statements"] += _statement_rows(doc, statements)
        tables["mentions"] += _mention_rows(doc, mentions, words)
        tables["actions"] += _action_rows(doc, find_actions(doc, mentions), words)
        for codebook in FRAME_CODEBOOKS:
            scores = score_frames(doc, load_frames(codebook))
            tables["frames"] += _frame_rows(doc, codebook, scores)
    return tables


def _article_row(doc: Doc) -> dict[str, Any]:
    fields = asdict(doc.article)
    del fields["dropped"]
    return {
        "article_id": fields.pop("id"),
        **fields,
        "words": len(doc.word_starts),
        "models": [describe_model(), f"rules@{version('presslens')}"],
        "codebooks": [load_codebook(name).label for name in CODEBOOKS],
    }


def _sentence_rows(doc: Doc, words: VoicedWords) -> list[dict[str, Any]]:
    return [
        {
            "article_id": doc.article.id,
            "sentence": sentence.index,
            "paragraph": sentence.paragraph,
            "start": sentence.span.start,
            "end": sentence.span.end,
            "is_title": sentence.is_title,
            "word_starts": [word.start for word in sentence.words],
            **_voice_columns(words.between(sentence.span)),
            "compound": compound,
        }
        for sentence, compound in zip(doc.sentences, sentence_compounds(doc), strict=True)
    ]


def _voice_columns(words: Sequence[WordVoice]) -> dict[str, int]:
    counts = count_voices(words)
    return {voice: counts[voice] for voice in VOICES}


def _statement_rows(doc: Doc, statements: Sequence[Statement]) -> list[dict[str, Any]]:
    return [
        {
            "article_id": doc.article.id,
            "statement": number,
            "form": statement.form,
            **_spans_and_texts(doc, source=statement.source, cue=statement.cue),
            **_spans_and_texts(doc, content=statement.content),
            "quoted": statement.quoted,
            # Empty where the article never says who speaks, as in the codebook.
            "speaker": statement.speaker or "",
            "described": statement.described,
            "country": statement.country,
            "speaker_type": statement.speaker_type,
            "official": statement.speaker_type in OFFICIAL_TYPES,
            "naming": statement.naming,
            "collective": statement.collective,
            "act": statement.act,
            "endorsement": statement.endorsement,
            "negated": statement.negated,
            "channel": statement.channel,
            "words": sum(doc.count_words(span) for span in statement.content),
            "quoted_words": sum(doc.count_words(span) for span in statement.quoted),
            "confidence": statement.confidence,
        }
        for number, statement in enumerate(statements)
    ]


def _mention_rows(
    doc: Doc, mentions: Sequence[Mention], words: VoicedWords
) -> list[dict[str, Any]]:
    tones = tones_towards(doc, [mention.span for mention in mentions])
    return [
        {
            "article_id": doc.article.id,
            "start": mention.span.start,
            "end": mention.span.end,
            "text": mention.text,
            "entity": mention.entity,
            "label": mention.label,
            **_tone_columns(tone),
            "voice": words.at(mention.span.start),
            "labels": mention.labels,
        }
        for mention, tone in zip(mentions, tones, strict=True)
    ]


def _tone_columns(tone: TargetSentiment) -> dict[str, Any]:
    return {
        "sentiment": tone.label,
        "p_negative": tone.p_negative,
        "p_neutral": tone.p_neutral,
        "p_positive": tone.p_positive,
    }


def _action_rows(doc: Doc, actions: Sequence[Action], words: VoicedWords) -> list[dict[str, Any]]:
    return [
        {
            "article_id": doc.article.id,
            "sentence": action.sentence,
            "verb": action.verb,
            "lemma": action.lemma,
            "form": action.form,
            **_spans_and_texts(doc, agent=action.agent, patient=action.patient),
            "agent_entity": action.agent_entity,
            "patient_entity": action.patient_entity,
            "harm": action.harm,
            "voice": words.at(action.verb.start),
        }
        for action in actions
    ]


def _frame_rows(doc: Doc, codebook: str, scores: Sequence[FrameScore]) -> list[dict[str, Any]]:
    return [
        {
            "article_id": doc.article.id,
            "codebook": codebook,
            "frame": score.frame,
            "item": score.item,
            "score": score.score,
            "evidence": [(span.start, span.end, weight) for span, weight in score.evidence],
        }
        for score in scores
    ]


def _spans_and_texts(doc: Doc, **columns: Spans) -> dict[str, Any]:
    texts = {f"{name}_text": excerpt(doc.text, spans) for name, spans in columns.items()}
    return {**columns, **texts}
