from datetime import date

import pandas as pd

from presslens.analysis import analyze
from presslens.article import Article
from presslens.copies import MOST_HOLDERS, Shared, copies, shared_passages

FERRY = (
    "The ferry Solveig ran aground off Kestrel Point on Monday night with ninety people aboard. "
    "Lifeboats from Drenholm brought everybody ashore before dawn, harbourmaster Quist said. "
    "The hull was torn below the waterline and the Solveig began to list."
)
OWN = (
    "This newspaper has asked the owners four times since spring why the radar was switched off. "
    "They have not replied to any of our letters, nor to the questions of the coast guard's union."
)


def articles(*texts, days=None):
    days = days or range(1, len(texts) + 1)
    return pd.DataFrame(
        {
            "article_id": [f"a{number}" for number in range(len(texts))],
            "text": texts,
            "published": pd.to_datetime(["2025-03-01"] * len(texts))
            + pd.to_timedelta(list(days), unit="D"),
        }
    )


def test_a_later_edition_that_has_grown_is_a_copy():
    assert copies(articles(FERRY, FERRY + " " + OWN + " " + OWN[:60])).tolist() == [None, "a0"]


def test_a_report_that_quotes_a_sentence_of_another_is_no_copy():
    quoting = OWN + " " + FERRY[:90] + " " + OWN.replace("four", "nine")
    assert copies(articles(FERRY, quoting)).tolist() == [None, None]


def test_a_wire_story_in_more_papers_than_are_compared_is_found_in_all_of_them():
    several = [FERRY + f" {word}." for word in "abcdefghijklmnopqrstuvwxyz"]
    found = copies(articles(*several))
    assert len(several) > MOST_HOLDERS
    assert found.tolist() == [None] + ["a0"] * (len(several) - 1)


def test_shared_passages_are_spans_of_the_text():
    later = "Rescued at night. " + FERRY + " " + OWN
    (shared,) = shared_passages(articles(FERRY, later))
    assert (shared.article_id, shared.source) == ("a1", "a0")
    assert later[shared.start : shared.end] == FERRY.rstrip(".")
    assert shared.words == len(FERRY.split())


def test_each_passage_is_told_by_itself():
    first, second, third = FERRY.split(". ", 2)
    between = " while nobody on the quay could say why or when. "
    found = list(shared_passages(articles(FERRY, first + between + second + between + third)))
    assert [one.words for one in found] == [len(part.split()) for part in (first, second, third)]


def test_what_nobody_shares_and_no_articles_at_all_give_no_passage():
    assert list(shared_passages(articles(FERRY, OWN))) == []
    assert list(shared_passages(articles())) == []
    assert list(shared_passages(articles("Rain.", "Rain."))) == []


def test_an_analysis_has_its_passages_as_a_table():
    first = Article(id="a0", text=FERRY, published=date(2025, 3, 1))
    second = Article(id="a1", text="Rescued at night. " + FERRY, published=date(2025, 3, 2))
    (row,) = analyze([second, first]).passages.itertuples()
    assert (row.article_id, row.source) == ("a1", "a0")
    assert second.text[row.start : row.end] == FERRY.rstrip(".")
    assert list(analyze(first).passages.columns) == [*Shared._fields]
    assert analyze(first).passages.empty
