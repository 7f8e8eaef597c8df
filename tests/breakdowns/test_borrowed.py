import doctest
from datetime import date

import pytest

from presslens.analysis import analyze
from presslens.article import Article
from presslens.breakdowns import borrowed
from presslens.schemas import to_table
from presslens.selection import select
from presslens.tables import Tables

FERRY = (
    "The ferry Solveig ran aground off Kestrel Point on Monday night with ninety people aboard. "
    "Lifeboats from Drenholm brought everybody ashore before dawn, harbourmaster Quist said. "
)
OWN = "This newspaper has asked the owners four times since spring about that radar. "
LATER = "Divers went down to the torn hull on Tuesday morning and found nobody there at all. "


class Rows(Tables):
    def __init__(self, *articles):
        self.rows = articles

    def table(self, name):
        return to_table(name, self.rows if name == "articles" else ())


def article(name, text, day, outlet=None, **more):
    facts = {"article_id": name, "text": text, "published": date(2025, 3, day), "outlet": outlet}
    return {**facts, **more}


@pytest.fixture
def corpus():
    return Rows(
        article("wire", FERRY, 1, "Reuters"),
        article("post", FERRY + OWN, 2, "Post"),
        article("post2", FERRY + OWN + LATER, 3, "Post"),
        article("echo", OWN, 4, "Echo"),
        article(
            "credited",
            "Seals came back to the sound this spring, the aquarium said on Sunday.",
            1,
            "Echo",
            credits=["VPA"],
        ),
    )


def told(words):
    columns = ["article_id", "kind", "source", "words"]
    return [tuple(None if one != one else one for one in row) for row in words[columns].to_numpy()]


def test_the_example_of_the_module_holds():
    names = {"Article": Article, "analyze": analyze, "date": date, "select": select}
    given = {"FERRY": FERRY, "ADDED": OWN, **names}
    results = doctest.testmod(borrowed, extraglobs=given, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert results.attempted > 3
    assert results.failed == 0


def test_words_are_an_agencys_another_outlets_the_outlets_own_or_new(corpus):
    words = borrowed.words_by_source(select(corpus))
    found = {(row[0], row[1]): row[2:] for row in told(words)}
    assert found["post", "agency"][0] == "Reuters"
    assert found["post2", "agency"] == found["post", "agency"]
    assert found["post2", "own"] == ("Post", found["post", "new"][1])
    assert found["echo", "outlet"] == ("Post", found["post", "new"][1])
    assert ("wire", "agency") not in found


def test_a_credit_without_an_author_makes_all_of_an_article_the_agencys(corpus):
    words = borrowed.words_by_source(select(corpus, until="2025-03-01", outlets="Echo"))
    ((_, kind, source, _),) = told(words)
    assert (kind, source) == ("agency", "VPA")


def test_words_of_an_article_add_up_and_shares_to_one(corpus):
    selection = select(corpus)
    words = borrowed.words_by_source(selection)
    totals = words.groupby("article_id")["words"].sum().to_dict()
    assert totals["post2"] == len((FERRY + OWN + LATER).split())
    by_outlet = borrowed.shares(words).groupby("outlet")["estimate"].sum()
    assert by_outlet.tolist() == pytest.approx([1, 1, 1])


def test_passages_say_whose_they_are_though_the_source_is_not_selected(corpus):
    found = borrowed.passages(select(corpus, outlets="Post"))
    first = found.iloc[0]
    assert (first["source_outlet"], first["kind"]) == ("Reuters", "agency")
    assert first["text"] == FERRY.strip().rstrip(".")
