import math

import pandas as pd
import pytest

from presslens.breakdowns.common import (
    by_period,
    composition,
    in_a_row,
    in_words,
    label_of,
    with_text,
)


def test_periods_begin_on_their_first_day_and_leave_out_the_undated():
    days = pd.to_datetime(["2024-05-01", "2024-05-12", None])
    frame = pd.DataFrame({"published": days})
    assert [f"{day:%d.%m.}" for day in by_period(frame, "week")["period"]] == ["29.04.", "06.05."]
    assert [f"{day:%d.%m.}" for day in by_period(frame, "day")["period"]] == ["01.05.", "12.05."]
    assert [f"{day:%d.%m.}" for day in by_period(frame, "month")["period"]] == ["01.05.", "01.05."]


def test_a_composition_adds_up_and_counts_what_is_not_told():
    frame = pd.DataFrame(
        {
            "article_id": ["a", "a", "b", "b"],
            "kind": ["x", None, "x", "y"],
            "words": [6, 1, 2, 1],
            "outlet": ["P", "P", "Q", "Q"],
        }
    )
    whole = composition(frame, "kind", weight="words")
    assert list(whole.kind) == ["x", "not told", "y"]
    assert whole.estimate.tolist() == pytest.approx([0.8, 0.1, 0.1])
    rows = composition(frame, "kind", by="outlet", order=["y", "x"])
    assert list(rows.kind)[:3] == ["y", "x", "not told"]
    assert rows[rows.outlet == "Q"].estimate.tolist() == pytest.approx([0.5, 0.5, 0.0])


def test_sentences_get_their_words_and_their_articles_facts(selection):
    rows = with_text(selection, selection.sentences.head(2))
    assert list(rows.text) == ["Rents rise", "Mayor Bell said rents fall."]
    assert list(rows.outlet) == ["Post", "Post"]


def test_estimates_are_put_in_words():
    row = {"estimate": 0.314, "low": 0.2, "high": 0.4}
    assert in_words(row) == "31% (95% interval 20% to 40%)"
    assert in_words({**row, "low": math.nan}) == "31%"
    assert in_words(row, percent=False) == "+0.31 (95% interval +0.20 to +0.40)"
    frame = pd.DataFrame({"name": ["A", pd.Timestamp("2024-05-01")], "estimate": [0.1, 0.2]})
    assert in_a_row(frame, "name") == "A 10%, 2024-05-01 20%"


def test_codes_become_labels():
    assert [label_of(code) for code in ("human_interest", "ngo")] == ["Human interest", "NGO"]
