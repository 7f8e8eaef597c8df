from datetime import UTC, date, datetime

import pandas as pd
import pytest

from presslens.relations import relate
from presslens.schemas import RELATIONS, to_frame, to_table

FERRY = (
    "The ferry Solveig ran aground off Kestrel Point on Monday night with ninety people aboard. "
    "Lifeboats from Drenholm brought everybody ashore before dawn, harbourmaster Quist said. "
)
OWN = "This newspaper has asked the owners four times since spring about that radar. "
RENTS = "Rents in Velm rose by a tenth last year, the statistics office reported on Friday. "


def frame(*rows):
    return to_frame(to_table("articles", rows))


def row(name, text, day=1, outlet=None, **more):
    facts = {"article_id": name, "text": text, "published": date(2025, 3, day), "outlet": outlet}
    return {**facts, **more}


def told(*rows):
    columns = relate(frame(*rows)).columns.astype(object)
    return columns.where(columns.notna(), None)


def passages(*rows):
    return to_frame(relate(frame(*rows)).passages).set_index("article_id")


def test_an_edition_of_the_same_outlet_and_a_copy_elsewhere_are_told_apart():
    found = told(
        row("a", FERRY, 1, "Post"),
        row("b", FERRY + OWN, 2, "post"),
        row("c", "Rescued. " + FERRY, 3, "Echo"),
        row("d", RENTS, 1, "Echo"),
    )
    assert found["duplicate_of"].tolist() == [None, "a", "a", None]
    assert found["duplicate"].tolist() == [None, "edition", "copy", None]
    assert found["story"].tolist() == ["a", "a", "a", "d"]


@pytest.mark.parametrize(
    ("outlets", "kind"),
    [(("Post", "Post"), "same"), (("Post", None), "same"), (("Post", "Echo"), "copy")],
)
def test_the_same_text_is_the_same_article_unless_another_outlet_has_it(outlets, kind):
    first, second = outlets
    found = told(row("a", FERRY, 1, first), row("b", FERRY, 2, second, duplicate_of="a"))
    assert found.loc["b", "duplicate"] == kind


def test_the_earliest_is_the_original_though_another_was_read_first():
    found = told(row("a", FERRY, 2, "Post"), row("b", FERRY, 1, "Echo", duplicate_of="a"))
    assert found["duplicate_of"].tolist() == ["b", None]


def test_short_texts_that_readers_found_twice_are_duplicates_too():
    found = told(row("a", "Rain.", 1, "Post"), row("b", "Rain.", 2, "Post", duplicate_of="a"))
    assert found["duplicate_of"].tolist() == [None, "a"]


def test_a_version_of_an_article_is_never_the_original():
    found = told(row("a", FERRY, 3, "Post"), row("a~2", RENTS + OWN, 1, "Post", duplicate_of="a"))
    assert found.loc["a~2", ["duplicate_of", "duplicate"]].tolist() == ["a", "same"]
    assert found.loc["a", "duplicate_of"] is None


def test_copied_is_the_share_of_words_in_earlier_articles_whichever_they_are():
    found = told(row("a", FERRY, 1), row("b", RENTS, 1), row("c", FERRY + OWN + RENTS, 2))
    own, all_words = len(OWN.split()), len((FERRY + OWN + RENTS).split())
    assert found.loc["c", "copied"] == pytest.approx(1 - own / (all_words - 1), abs=0.03)
    assert found.loc["a", "copied"] == 0
    assert set(
        passages(row("a", FERRY), row("b", RENTS), row("c", FERRY + RENTS, 2))["source"]
    ) == {
        "a",
        "b",
    }


def test_a_passage_comes_from_where_it_stood_first_not_from_who_passed_it_on():
    found = passages(
        row("wire", FERRY, 1, "Reuters"),
        row("post", FERRY + OWN, 2, "Post"),
        row("echo", FERRY + OWN + RENTS, 3, "Echo"),
    )
    echo = found.loc[["echo"], ["source", "kind", "agency"]].astype(object)
    assert echo.iloc[0].tolist() == ["wire", "agency", "Reuters"]
    assert echo.iloc[1].tolist()[:2] == ["post", "outlet"]


def test_the_same_outlets_earlier_text_is_its_own_unless_it_was_an_agencys():
    found = passages(row("a", FERRY, 1, "Post"), row("b", FERRY + OWN, 2, "Post"))
    assert found.loc["b", "kind"] == "own"
    wired = row("a", FERRY, 1, "Post", credits=["VPA"])
    found = passages(wired, row("b", FERRY + OWN, 2, "Post"))
    assert found.loc["b", ["kind", "agency"]].tolist() == ["agency", "VPA"]
    found = passages(row("a", FERRY, 1, "Reuters"), row("b", FERRY + OWN, 2, "Reuters"))
    assert found.loc["b", "kind"] == "own"


def test_within_a_day_times_decide_and_an_agency_without_one_is_first():
    at = {"published_time": datetime(2025, 3, 1, 9, tzinfo=UTC)}
    found = told(row("a", FERRY, 1, "Post", **at), row("z", FERRY, 1, "Reuters"))
    assert found.loc["a", "duplicate_of"] == "z"
    found = told(row("a", FERRY, 1, "Echo"), row("z", FERRY, 1, "Post", **at))
    assert found.loc["a", "duplicate_of"] == "z"


def test_the_order_of_the_table_changes_nothing():
    rows = [row(f"a{n}", FERRY + OWN * n, 1 + n % 3, "Post") for n in range(5)]
    there, back = relate(frame(*rows)), relate(frame(*rows[::-1]))
    columns = ["duplicate_of", "duplicate", "copied"]
    pd.testing.assert_frame_equal(
        there.columns[columns], back.columns.loc[there.columns.index, columns]
    )
    assert there.passages.sort_by("article_id").equals(back.passages.sort_by("article_id"))


def test_a_table_is_filled_row_by_row_and_no_articles_are_no_error():
    rows = [row("a", FERRY, 1, "Post"), row("b", FERRY, 2, "Echo")]
    filled = relate(frame(*rows)).fill(to_table("articles", rows[::-1]))
    assert filled.schema == to_table("articles", ()).schema
    assert filled.select(RELATIONS).to_pylist() == [
        {"duplicate_of": "a", "duplicate": "copy", "copied": 1.0, "story": "a"},
        {"duplicate_of": None, "duplicate": None, "copied": 0.0, "story": "a"},
    ]
    assert relate(frame()).passages.num_rows == 0
    assert relate(frame()).fill(to_table("articles", ())).num_rows == 0
