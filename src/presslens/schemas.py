"""Arrow schemas of all tables: the contract between analysis, corpora, notebooks and users."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from presslens.spans import Span, format_spans

if TYPE_CHECKING:
    import pandas as pd

SPANS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32())])
EVIDENCE = pa.list_(
    pa.struct([("start", pa.int32()), ("end", pa.int32()), ("weight", pa.float32())])
)
TEXTS = pa.list_(pa.string())

TABLES: dict[str, pa.Schema] = {
    "articles": pa.schema(
        {
            "article_id": pa.string(),
            "title": pa.string(),
            "outlet": pa.string(),
            "published": pa.date32(),
            "published_time": pa.timestamp("us", tz="UTC"),
            "authors": TEXTS,
            "credits": TEXTS,
            "captions": TEXTS,
            "related": TEXTS,
            "corrections": TEXTS,
            "section": pa.string(),
            "language": pa.string(),
            "url": pa.string(),
            "origin": pa.string(),
            "reader": pa.string(),
            "duplicate_of": pa.string(),
            "duplicate": pa.string(),
            "copied": pa.float32(),
            "story": pa.string(),
            "words": pa.int32(),
            "body_start": pa.int32(),
            "text": pa.string(),
            "models": TEXTS,
            "codebooks": TEXTS,
        }
    ),
    "sentences": pa.schema(
        {
            "article_id": pa.string(),
            "sentence": pa.int32(),
            "paragraph": pa.int32(),
            "start": pa.int32(),
            "end": pa.int32(),
            "is_title": pa.bool_(),
            "word_starts": pa.list_(pa.int32()),
            "official": pa.int32(),
            "other": pa.int32(),
            "unresolved": pa.int32(),
            "attribution": pa.int32(),
            "unattributed": pa.int32(),
            "compound": pa.float32(),
        }
    ),
    "statements": pa.schema(
        {
            "article_id": pa.string(),
            "statement": pa.int32(),
            "form": pa.string(),
            "source": SPANS,
            "cue": SPANS,
            "content": SPANS,
            "quoted": SPANS,
            "source_text": pa.string(),
            "cue_text": pa.string(),
            "content_text": pa.string(),
            "speaker": pa.string(),
            "described": TEXTS,
            "country": pa.string(),
            "speaker_type": pa.string(),
            "official": pa.bool_(),
            "naming": pa.string(),
            "collective": pa.bool_(),
            "act": pa.string(),
            "endorsement": pa.string(),
            "negated": pa.bool_(),
            "channel": pa.string(),
            "words": pa.int32(),
            "quoted_words": pa.int32(),
            "confidence": pa.float32(),
        }
    ),
    "mentions": pa.schema(
        {
            "article_id": pa.string(),
            "start": pa.int32(),
            "end": pa.int32(),
            "text": pa.string(),
            "entity": pa.string(),
            "label": pa.string(),
            "sentiment": pa.string(),
            "p_negative": pa.float32(),
            "p_neutral": pa.float32(),
            "p_positive": pa.float32(),
            "voice": pa.string(),
            "labels": TEXTS,
        }
    ),
    "actions": pa.schema(
        {
            "article_id": pa.string(),
            "sentence": pa.int32(),
            "verb": SPAN,
            "lemma": pa.string(),
            "form": pa.string(),
            "agent": SPANS,
            "agent_text": pa.string(),
            "agent_entity": pa.string(),
            "patient": SPANS,
            "patient_text": pa.string(),
            "patient_entity": pa.string(),
            "harm": pa.bool_(),
            "voice": pa.string(),
        }
    ),
    "frames": pa.schema(
        {
            "article_id": pa.string(),
            "codebook": pa.string(),
            "frame": pa.string(),
            "item": pa.string(),
            "score": pa.float32(),
            "evidence": EVIDENCE,
        }
    ),
    "passages": pa.schema(
        {
            "article_id": pa.string(),
            "start": pa.int32(),
            "end": pa.int32(),
            "words": pa.int32(),
            "source": pa.string(),
            "kind": pa.string(),
            "agency": pa.string(),
        }
    ),
    "problems": pa.schema({"origin": pa.string(), "stage": pa.string(), "reason": pa.string()}),
}

# Columns of `articles` that, like the table `passages`, depend on the whole corpus
# (`presslens.relations`); null where they are not worked out.
RELATIONS = ("duplicate_of", "duplicate", "copied", "story")
# What folders that earlier versions wrote may lack.
LATER_TABLES = frozenset({"passages"})
LATER_COLUMNS = {"articles": frozenset({"duplicate", "copied", "story"})}


def to_table(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows as an Arrow table of the named schema; a column that a row lacks is null.

    Raises:
        ValueError: if a row has a column that the schema does not know.
    """
    schema = TABLES[name]
    rows = list(rows)
    if unknown := {key for row in rows for key in row} - set(schema.names):
        raise ValueError(f"table {name} has no column {', '.join(sorted(unknown))}")
    return pa.Table.from_pylist(rows, schema=schema)


def to_frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a DataFrame, its span columns as tuples of `Span` (one `Span`, or None)."""
    import pandas as pd

    frame: pd.DataFrame = table.to_pandas(date_as_object=False)
    for field in table.schema:
        if field.type in (SPANS, SPAN):
            read = _spans if field.type == SPANS else _span
            cells = [read(cell) for cell in table.column(field.name).to_pylist()]
            frame[field.name] = pd.Series(cells, dtype=object, index=frame.index)
    return frame


def to_csv_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its span cells written as in CSV, `12-40;52-60`."""
    return frame.map(_csv_cell)


def _span(cell: Any) -> Span | None:
    return None if cell is None else Span(cell["start"], cell["end"])


def _spans(cells: Any) -> tuple[Span, ...]:
    return tuple(Span(cell["start"], cell["end"]) for cell in cells or ())


def _csv_cell(cell: Any) -> Any:
    if isinstance(cell, Span):
        return format_spans([cell])
    if isinstance(cell, tuple) and all(isinstance(span, Span) for span in cell):
        return format_spans(cell)
    return cell
