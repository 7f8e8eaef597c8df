from datetime import date

import pytest

from presslens.schemas import to_table
from presslens.selection import select
from presslens.tables import Tables

TEXT = "Rents rise\n\nMayor Bell said rents fall. Snow fell. Nobody smiled at all."


class Rows(Tables):
    """Tables of rows that a test gives."""

    def __init__(self, **rows):
        self.rows = rows

    def table(self, name):
        return to_table(name, self.rows.get(name, ()))


def span(piece):
    start = TEXT.index(piece)
    return [{"start": start, "end": start + len(piece)}]


def article(number, outlet, **fields):
    day = date(2024, 5, number)
    row = {"article_id": f"a{number}", "title": "Rents rise", "text": TEXT, "outlet": outlet}
    return {**row, "published": day, "words": 13, "body_start": 12, **fields}


def sentences(number, compounds=(0.0, -0.4, 0.0, 0.6)):
    pieces = ("Rents rise", "Mayor Bell said rents fall.", "Snow fell.", "Nobody smiled at all.")
    voices = ((0, 0, 2), (2, 3, 0), (0, 0, 2), (0, 0, 4))
    rows = []
    for place, (piece, voice) in enumerate(zip(pieces, voices, strict=True)):
        start = TEXT.index(piece)
        words = [start + piece.index(word) for word in piece.split()]
        counts = dict(zip(("official", "attribution", "unattributed"), voice, strict=True))
        row = {"article_id": f"a{number}", "sentence": place, "paragraph": min(place, 1)}
        row |= {"start": start, "end": start + len(piece), "is_title": place == 0}
        row |= {"word_starts": words, **counts, "other": 0, "unresolved": 0}
        rows.append({**row, "compound": compounds[place]})
    return rows


def statement(number, speaker="Mayor Bell", kind="government", **fields):
    row = {"article_id": f"a{number}", "statement": 0, "speaker": speaker, "speaker_type": kind}
    spans = {"source": span("Mayor Bell"), "cue": span("said"), "content": span("rents fall")}
    counts = {"words": 2, "quoted_words": 0, "confidence": 0.9, "naming": "named"}
    told = {
        "content_text": "rents fall",
        "cue_text": "said",
        "endorsement": "neutral",
        "described": [],
    }
    return {**row, **spans, **counts, **told, **fields}


@pytest.fixture
def made():
    """The builders of rows."""
    return {
        "Rows": Rows,
        "article": article,
        "sentences": sentences,
        "statement": statement,
        "span": span,
        "select": select,
    }


@pytest.fixture
def selection():
    """Three articles of two outlets, each with one official statement."""
    return select(
        Rows(
            articles=[article(1, "Post"), article(2, "Post"), article(9, "Herald")],
            sentences=[row for number in (1, 2, 9) for row in sentences(number)],
            statements=[
                statement(1),
                statement(2, speaker="MAYOR BELL", quoted=span("rents fall"), quoted_words=2),
                statement(9, speaker=None, kind="unknown", confidence=0.2, words=3),
            ],
        )
    )
