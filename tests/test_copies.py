from datetime import date

import pandas as pd

from presslens import copies as module
from presslens.analysis import analyze
from presslens.article import Article
from presslens.copies import MOST_HOLDERS, Shared, compare, copies

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
    (shared,) = compare(articles(FERRY, later)).passages
    assert (shared.article_id, shared.source) == ("a1", "a0")
    assert later[shared.start : shared.end] == FERRY.rstrip(".")
    assert shared.words == len(FERRY.split())


def test_each_passage_is_told_by_itself():
    first, second, third = FERRY.split(". ", 2)
    between = " while nobody on the quay could say why or when. "
    found = compare(articles(FERRY, first + between + second + between + third)).passages
    assert [one.words for one in found] == [len(part.split()) for part in (first, second, third)]


def test_what_nobody_shares_and_no_articles_at_all_give_no_passage():
    assert compare(articles(FERRY, OWN)).passages == []
    assert compare(articles()).passages == []
    assert compare(articles("Rain.", "Rain.")).passages == []


def test_a_third_paper_has_an_agencys_words_from_the_agency_not_from_the_second():
    found = compare(articles(FERRY, FERRY + " " + OWN, FERRY + " " + OWN, days=[1, 2, 3]))
    third = [(one.source, one.words) for one in found.passages if one.article_id == "a2"]
    assert third == [("a0", len(FERRY.split())), ("a1", len(OWN.split()))]
    assert found.copied.tolist() == [0, len(FERRY.split()) / len(f"{FERRY} {OWN}".split()), 1]


def test_many_articles_are_compared_in_parts_with_the_same_result(monkeypatch):
    several = articles(*(FERRY + f" {word} " + OWN for word in "abcdef"), OWN, "Rain.")
    whole = compare(several)
    monkeypatch.setattr(module, "_SORTED", 50)
    parts = compare(several)
    assert parts.passages == whole.passages
    assert parts.originals.equals(whole.originals)


def test_an_analysis_has_its_passages_as_a_table():
    first = Article(id="a0", text=FERRY, published=date(2025, 3, 1))
    second = Article(id="a1", text="Rescued at night. " + FERRY, published=date(2025, 3, 2))
    (row,) = analyze([second, first]).passages.itertuples()
    assert (row.article_id, row.source) == ("a1", "a0")
    assert second.text[row.start : row.end] == FERRY.rstrip(".")
    assert list(analyze(first).passages.columns) == [*Shared._fields, "kind", "agency"]
    assert analyze(first).passages.empty
