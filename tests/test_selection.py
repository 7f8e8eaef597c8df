import json
from datetime import date

import pytest

from presslens.problems import PresslensError
from presslens.schemas import to_table
from presslens.selection import (
    AGENCY_TEXT,
    UNKNOWN_OUTLET,
    NothingSelected,
    QueryError,
    parse_query,
    select,
)
from presslens.tables import Tables


class Rows(Tables):
    def __init__(self, **rows):
        self.rows = rows

    def table(self, name):
        return to_table(name, self.rows.get(name, ()))


def article(number, **fields):
    return {
        "article_id": f"a{number}",
        "title": f"Story {number}",
        "text": "The council will freeze rents in Port Varn.",
        "outlet": "The Varn Herald",
        "published": date(2024, 5, number),
        "words": 8,
        **fields,
    }


@pytest.fixture
def corpus():
    return Rows(
        articles=[
            article(1),
            article(2, outlet="Harbour Post", section="Politics"),
            article(3, duplicate_of="a1"),
            article(4, published=None, outlet=None),
            article(5, text="The striker’s goal decided the cup."),
        ],
        statements=[{"article_id": "a1", "statement": 0}, {"article_id": "a2", "statement": 0}],
    )


def reasons(selection):
    return dict(zip(selection.excluded.article_id, selection.excluded.reason, strict=True))


def kept(selection):
    return list(selection.articles.article_id)


def test_everything_but_duplicates_is_kept_without_criteria(corpus):
    selection = select(corpus)
    assert kept(selection) == ["a1", "a2", "a4", "a5"]
    assert reasons(selection) == {"a3": "duplicate of a1"}


def test_outlets_sections_and_dates_each_give_their_reason(corpus):
    selection = select(
        corpus, outlets=["the varn herald"], since="2024-05-02", until=date(2024, 5, 5)
    )
    assert kept(selection) == ["a5"]
    assert reasons(selection) == {
        "a1": "before 2024-05-02",
        "a2": "other outlet",
        "a3": "duplicate of a1",
        "a4": "other outlet",
    }
    assert kept(select(corpus, outlets="the varn herald")) == kept(
        select(corpus, outlets=["the varn herald"])
    )
    assert kept(select(corpus, section="politics")) == ["a2"]
    assert reasons(select(corpus, until="2024-05-04"))["a4"] == "no date, while dates are asked for"
    assert reasons(select(corpus, until="2024-05-04"))["a5"] == "after 2024-05-04"


WIRE = (
    "The ferry Solveig ran aground off Kestrel Point on Monday night with ninety people aboard. "
    "Lifeboats from Drenholm brought everybody ashore before dawn, harbourmaster Quist said. "
)
OURS = "This newspaper has asked the owners four times since spring about that radar. "


@pytest.fixture
def copied():
    return Rows(
        articles=[
            article(1, text=WIRE, outlet="Reuters"),
            article(2, text=WIRE, outlet="Harbour Post", duplicate_of="a1"),
            article(3, text=WIRE + OURS, outlet="Harbour Post"),
            article(4, text=WIRE + OURS),
            article(5, text=OURS + "The owners replied at last, through a lawyer, on Sunday."),
            article(6, text=OURS + "The owners replied at last, through their lawyer, on Sunday."),
            article(7, credits=["VPA"], text="Rents in Velm rose by a tenth last year, it said."),
        ]
    )


def test_copies_elsewhere_count_the_same_article_again_does_not(copied):
    assert kept(select(copied)) == ["a1", "a2", "a3", "a4", "a5", "a6", "a7"]
    again = Rows(articles=[article(1), article(2, duplicate_of="a1")])
    assert reasons(select(again)) == {"a2": "duplicate of a1"}


def test_counted_once_is_the_earliest_of_those_that_fit(copied):
    assert kept(select(copied, copies="once")) == ["a1", "a5", "a7"]
    later = select(copied, since="2024-05-03", copies="once")
    assert kept(later) == ["a3", "a5", "a7"]
    assert reasons(later)["a4"] == "copy of a3"
    assert kept(select(copied, outlets="The Varn Herald", copies="once")) == ["a4", "a5", "a7"]


def test_shown_apart_are_agencies_and_copies_but_no_editions_of_the_same_outlet(copied):
    outlets = select(copied, copies="apart").places["outlet"]
    apart = outlets[outlets == AGENCY_TEXT].index.tolist()
    assert apart == ["a1", "a2", "a3", "a4", "a7"]
    assert outlets["a6"] == "The Varn Herald"


def test_stories_and_passages_are_those_of_the_whole_corpus(copied):
    selection = select(copied, outlets="Harbour Post")
    assert selection.places["story"].tolist() == ["a1", "a1"]
    assert set(selection.passages["source"]) == {"a1"}
    assert selection.articles["copied"].tolist()[0] == 1


def test_both_ends_of_the_dates_count(corpus):
    assert kept(select(corpus, since="2024-05-02", until="2024-05-02")) == ["a2"]


def test_other_tables_hold_only_kept_articles(corpus):
    selection = select(corpus, outlets=["Harbour Post"])
    assert list(selection.statements.article_id) == ["a2"]
    assert selection.sentences.empty


def test_an_outlet_that_the_corpus_lacks_is_told(corpus):
    selection = select(corpus, outlets=["Harbour Post", "Gazette"])
    assert selection.missing_outlets == ("Gazette",)
    assert kept(selection) == ["a2"]


def test_nothing_selected_says_what_was_set_aside(corpus):
    selection = select(corpus, outlets=["Gazette"])
    assert len(selection) == 0
    assert "0 articles" in selection.summary
    with pytest.raises(NothingSelected, match=r"other outlet \(4\)"):
        selection.require()
    select(corpus).require()
    assert select(Rows()).summary.startswith("0 articles")


def test_rows_get_the_outlet_and_date_of_their_article(corpus):
    placed = select(corpus).placed(corpus.statements)
    assert list(placed.outlet) == ["The Varn Herald", "Harbour Post"]
    assert select(corpus).places.loc["a4", "outlet"] == UNKNOWN_OUTLET


def test_a_selection_is_saved_as_json(corpus, tmp_path):
    select(corpus, outlets=["Harbour Post"]).save(tmp_path / "out")
    saved = json.loads((tmp_path / "out" / "selection.json").read_text())
    assert saved["kept"] == ["a2"]
    assert saved["criteria"] == {"outlets": ["Harbour Post"]}
    assert {row["article_id"]: row["reason"] for row in saved["excluded"]}["a1"] == "other outlet"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("council RENTS", True),
        ("council prices", False),
        ("rent", False),
        ("rent*", True),
        ('"freeze rents"', True),
        ('"rents freeze"', False),
        ("prices | rents council", True),
        ("council prices|wages", False),
        ("council -football", True),
        ("council -varn", False),
        ('-"port varn"', False),
        ("mayor's", True),
        ('"the  mayor’s"', True),
        ("e.g.", False),
        ("c++", False),
    ],
)
def test_queries(query, found):
    text = "The council will freeze\nrents in Port Varn, on the mayor’s word."
    assert parse_query(query).matches(text) is found


@pytest.mark.parametrize(
    "query", ['"open', "|", "a |", "| a", "a || b", "-", "a | -b", '""', " ", "-|"]
)
def test_a_malformed_query_is_refused_with_an_example(query):
    with pytest.raises(QueryError, match="a query looks like"):
        parse_query(query)


def test_malformed_dates_are_refused(corpus):
    with pytest.raises(PresslensError, match="since must be a day"):
        select(corpus, since="May 2024")
    with pytest.raises(PresslensError, match="is after"):
        select(corpus, since="2024-05-02", until="2024-05-01")
