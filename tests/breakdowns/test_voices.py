import math

import pytest

from presslens.breakdowns import voices


def test_voices_add_up_and_the_official_part_is_split(selection):
    counts = voices.voice_counts(selection)
    parts = counts[list(voices.PARTS)].sum(axis=1)
    assert parts.tolist() == counts["words"].tolist() == [13, 13, 13]
    assert counts["official_quoted"].tolist() == [0, 2, 0]
    assert counts["unresolved"].tolist() == [0, 0, 2]
    assert counts["attributed"].tolist() == [2, 2, 2]
    shares = voices.voice_shares(counts, by="outlet").set_index(["outlet", "part"])
    assert shares.loc[("Post", "official"), "estimate"] == pytest.approx(2 / 13)
    assert shares.loc[("Herald", "official"), "estimate"] == 0


def test_one_article_has_the_error_of_the_analysis_as_its_interval(selection):
    shares = voices.voice_shares(voices.voice_counts(selection), by="outlet")
    row = shares[(shares["outlet"] == "Herald") & (shares["part"] == "unresolved")].iloc[0]
    assert row["articles"] == 1
    assert 0 <= row["low"] < row["high"] <= 1


def test_which_types_are_official_is_a_parameter(selection):
    counts = voices.voice_counts(selection, official=["citizen"])
    assert counts["official"].sum() == 0
    assert counts["other"].sum() == 4
    shares = voices.voice_shares(counts, official=["citizen"]).set_index("part")
    assert shares.loc["official", "estimate"] == 0


def test_articles_can_count_alike_whatever_their_length(made):
    words = [
        {**row, "word_starts": row["word_starts"] * 3, "sentence": row["sentence"]}
        for row in made["sentences"](2)
    ]
    tables = made["Rows"](
        articles=[made["article"](1, "Post"), made["article"](2, "Post")],
        sentences=[*made["sentences"](1), *words],
        statements=[made["statement"](1)],
    )
    selection = made["select"](tables)
    by_words = voices.voice_shares(voices.voice_counts(selection)).set_index("part")
    by_articles = voices.voice_shares(voices.voice_counts(selection, weights="articles"))
    by_articles = by_articles.set_index("part")
    assert by_words.loc["official", "estimate"] == pytest.approx(2 / 52)
    assert by_articles.loc["official", "estimate"] == pytest.approx(1 / 13)


def test_title_first_paragraph_and_rest_are_counted_apart(selection):
    counts = voices.voice_counts(selection, by_place=True)
    assert list(counts["place"].astype(str).unique()) == ["title", "first"]
    assert counts.groupby("place", observed=True)["words"].sum().tolist() == [6, 33]
    shares = voices.voice_shares(counts, by="place")
    first = shares[(shares["place"] == "first") & (shares["part"] == "official")].iloc[0]
    assert first["estimate"] == pytest.approx(4 / 33)
    assert math.isnan(first["low"])


def test_differences_between_outlets_have_intervals(selection):
    counts = voices.voice_counts(selection)
    table = voices.voice_difference(counts, "official", by="outlet")
    assert table["outlet"].tolist() == ["Herald", "Post"]
    assert table["estimate"].tolist() == pytest.approx([-2 / 13, 2 / 13])
    assert (table["low"] < table["high"]).all()


def test_each_period_is_compared_with_the_one_before(selection):
    counts = voices.voice_counts(selection)
    table = voices.voice_changes(counts, "official", by="published")
    assert len(table) == 2
    assert table["estimate"].tolist() == pytest.approx([0, -2 / 13])
    assert voices.voice_changes(counts.head(1), "official", by="published").empty


def test_stories_not_articles_are_drawn(made):
    text = "Rents rise\n\n" + "Mayor Bell said rents fall in Quarry Lane since tenants struck. " * 3
    rows = [made["article"](number, "Post", text=text) for number in range(1, 8)]
    tables = made["Rows"](
        articles=rows,
        sentences=[row for number in range(1, 8) for row in made["sentences"](number)],
        statements=[],
    )
    shares = voices.voice_shares(voices.voice_counts(made["select"](tables)))
    assert set(shares["articles"]) == {1}


def test_bars_have_a_column_for_every_voice(selection):
    counts = voices.voice_counts(selection)
    bars = voices.as_bars(voices.voice_shares(counts, by="outlet"), "outlet")
    assert list(bars["articles"]) == [1, 1]
    assert bars[list(voices.PARTS)].sum(axis=1).tolist() == pytest.approx([1, 1])


def test_along_the_text_leaves_titles_out(selection):
    tenths = voices.along_text(selection, tenths=11)
    assert len(tenths) == 11
    assert tenths[list(voices.PARTS)].sum(axis=1).tolist() == pytest.approx([1] * 11)
    assert tenths["attribution"].tolist()[:3] == [1, 1, 1]
    assert tenths["official_quoted"].tolist()[3] == pytest.approx(1 / 3)
    assert tenths["unattributed"].tolist()[5:] == [1] * 6


def test_outlets_take_turns_among_the_examples(selection):
    counts = voices.voice_counts(selection)
    assert set(voices.typical_articles(selection, counts, 2)["outlet"]) == {"Post", "Herald"}
    assert len(voices.typical_articles(selection, counts, 9)) == 3
