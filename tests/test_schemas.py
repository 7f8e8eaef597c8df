import pyarrow as pa
import pytest

from presslens.schemas import TABLES, to_csv_frame, to_frame, to_table
from presslens.spans import Span

SPANS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))

# The columns that others rely on (design: Tables), with their types.
PROMISED = {
    "articles": {
        "article_id": pa.string(),
        "title": pa.string(),
        "outlet": pa.string(),
        "published": pa.date32(),
        "authors": pa.list_(pa.string()),
        "credits": pa.list_(pa.string()),
        "language": pa.string(),
        "url": pa.string(),
        "section": pa.string(),
        "words": pa.int32(),
        "text": pa.string(),
        "origin": pa.string(),
        "reader": pa.string(),
        "duplicate_of": pa.string(),
        "duplicate": pa.string(),
        "copied": pa.float32(),
        "story": pa.string(),
        "models": pa.list_(pa.string()),
        "codebooks": pa.list_(pa.string()),
    },
    "sentences": {
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
    },
    "statements": {
        "article_id": pa.string(),
        "statement": pa.int32(),
        "form": pa.string(),
        "source": SPANS,
        "cue": SPANS,
        "content": SPANS,
        "source_text": pa.string(),
        "cue_text": pa.string(),
        "content_text": pa.string(),
        "speaker": pa.string(),
        "speaker_type": pa.string(),
        "official": pa.bool_(),
        "naming": pa.string(),
        "collective": pa.bool_(),
        "act": pa.string(),
        "endorsement": pa.string(),
        "words": pa.int32(),
        "quoted_words": pa.int32(),
        "confidence": pa.float32(),
    },
    "mentions": {
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
        "labels": pa.list_(pa.string()),
    },
    "actions": {
        "article_id": pa.string(),
        "sentence": pa.int32(),
        "verb": pa.struct([("start", pa.int32()), ("end", pa.int32())]),
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
    },
    "frames": {
        "article_id": pa.string(),
        "codebook": pa.string(),
        "frame": pa.string(),
        "item": pa.string(),
        "score": pa.float32(),
        "evidence": pa.list_(
            pa.struct([("start", pa.int32()), ("end", pa.int32()), ("weight", pa.float32())])
        ),
    },
    "passages": {
        "article_id": pa.string(),
        "start": pa.int32(),
        "end": pa.int32(),
        "words": pa.int32(),
        "source": pa.string(),
        "kind": pa.string(),
        "agency": pa.string(),
    },
    "problems": {"origin": pa.string(), "stage": pa.string(), "reason": pa.string()},
}


@pytest.mark.parametrize("name", PROMISED)
def test_the_columns_that_others_rely_on_are_there_with_their_types(name):
    schema = TABLES[name]
    assert {column: schema.field(column).type for column in PROMISED[name]} == PROMISED[name]


def test_there_are_eight_tables():
    assert set(TABLES) == set(PROMISED)


def test_rows_become_a_table_and_what_they_lack_is_null():
    table = to_table("problems", [{"origin": "a.txt", "stage": "reading"}])
    assert table.schema == TABLES["problems"]
    assert table.to_pylist() == [{"origin": "a.txt", "stage": "reading", "reason": None}]


def test_no_rows_become_an_empty_table_of_the_same_schema():
    assert to_table("statements", []).schema == TABLES["statements"]
    assert len(to_table("statements", [])) == 0


def test_a_column_that_the_schema_does_not_know_is_refused_by_name():
    with pytest.raises(ValueError, match="table problems has no column colour"):
        to_table("problems", [{"origin": "a", "colour": "red"}])


def test_spans_come_back_as_spans_and_go_to_csv_as_start_end():
    rows = [
        {"article_id": "a", "source": (), "cue": (Span(3, 7),), "content": [Span(0, 2), (8, 9)]},
    ]
    frame = to_frame(to_table("statements", rows))
    assert frame.loc[0, "source"] == ()
    assert frame.loc[0, "content"] == (Span(0, 2), Span(8, 9))
    assert isinstance(frame.loc[0, "cue"][0], Span)
    in_csv = to_csv_frame(frame)
    assert in_csv.loc[0, ["source", "cue", "content"]].tolist() == ["", "3-7", "0-2;8-9"]


def test_a_single_span_column_holds_a_span_or_nothing():
    rows = [{"article_id": "a", "verb": Span(1, 4)}, {"article_id": "a", "verb": None}]
    frame = to_frame(to_table("actions", rows))
    assert frame["verb"].tolist() == [Span(1, 4), None]
    assert to_csv_frame(frame).loc[0, "verb"] == "1-4"


def test_an_empty_table_becomes_an_empty_frame_with_all_columns():
    frame = to_frame(to_table("statements", []))
    assert frame.empty
    assert list(frame.columns) == TABLES["statements"].names
