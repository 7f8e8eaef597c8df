import pytest

from presslens.breakdowns import sentiment
from presslens.selection import select


@pytest.fixture
def felt(made):
    def mention(number, start, entity, label, negative, positive):
        row = {"article_id": f"a{number}", "start": start, "end": start + 4, "entity": entity}
        tone = "negative" if negative > positive else "positive"
        return {
            **row,
            "label": label,
            "sentiment": tone,
            "p_negative": negative,
            "p_neutral": 1 - negative - positive,
            "p_positive": positive,
        }

    return select(
        made["Rows"](
            articles=[made["article"](1, "Post"), made["article"](2, "Herald")],
            sentences=[*made["sentences"](1), *made["sentences"](2, (0.0, 0.0, -0.9, 0.0))],
            mentions=[
                mention(1, 12, "Bell", "person", 0.8, 0.1),
                mention(1, 40, "Bell", "person", 0.2, 0.3),
                mention(2, 12, "Bell", "place", 0.1, 0.5),
                mention(2, 40, "Varn", "place", 0.1, 0.5),
            ],
        )
    )


def test_the_mean_weighs_sentences_by_their_words(felt):
    table = sentiment.mean_tone(sentiment.tone(felt), by="outlet").set_index("outlet")["estimate"]
    assert table["Post"] == pytest.approx((5 * -0.4 + 4 * 0.6) / 13)
    assert table["Herald"] == pytest.approx(2 * -0.9 / 13)


def test_shares_of_tones_add_up(felt):
    shares = sentiment.tone_shares(sentiment.tone(felt)).set_index("part")["estimate"]
    assert shares.to_dict() == pytest.approx(
        {"negative": 7 / 26, "neutral": 15 / 26, "positive": 4 / 26}
    )


def test_a_sentence_counts_for_each_voice_by_its_words(felt):
    voiced = sentiment.by_voice(sentiment.tone(felt))
    counted = voiced.groupby("voice")["words"].sum()
    assert counted.to_dict() == {"official": 4, "attribution": 6, "unattributed": 16}
    assert set(voiced["label"]) >= {"official statement"}


def test_targets_are_one_row_per_name_with_its_commonest_kind(felt):
    table = sentiment.targets(felt).set_index("entity")
    assert list(table.index) == ["Bell", "Varn"]
    assert table.loc["Bell", "estimate"] == pytest.approx((-0.7 + 0.1 + 0.4) / 3)
    assert table.loc["Bell", "kind"] == "person"
    # Both articles are one text, so one story.
    assert table.loc["Bell", ["mentions", "articles", "negative", "positive"]].tolist() == [
        3,
        1,
        1,
        2,
    ]
    assert len(sentiment.targets(felt, by_outlet=True)) == 3


def test_telling_sentences_are_the_strongest_that_are_long_enough(felt):
    rows = sentiment.telling_sentences(felt, sentiment.tone(felt))
    assert rows["text"].iloc[0] == "Mayor Bell said rents fall."
    assert "Snow fell." not in set(rows["text"])
    assert (rows["compound"].abs() >= sentiment.NEUTRAL_BAND).all()
    assert sentiment.score_tag({"compound": -0.4}) == "−0.40"


def test_sentences_about_a_name_come_once_the_least_neutral_first(felt):
    rows = sentiment.mention_sentences(felt, "Bell")
    assert list(rows["article_id"]) == ["a1", "a2", "a1"]
    assert rows["text"].iloc[0] == "Mayor Bell said rents fall."


def test_extreme_articles_are_the_lowest_and_highest(felt):
    chosen = sentiment.extreme_articles(felt, sentiment.tone(felt), 2)
    assert list(chosen["article_id"]) == ["a2", "a1"]
    assert len(sentiment.extreme_articles(felt, sentiment.tone(felt), 9)) == 2
