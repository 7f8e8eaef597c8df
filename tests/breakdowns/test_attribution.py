import pytest

from presslens.breakdowns import attribution


def test_voices_add_up_and_the_official_part_is_split(selection):
    counts = attribution.voice_counts(selection)
    parts = counts[list(attribution.PARTS)].sum(axis=1)
    assert parts.tolist() == counts["words"].tolist() == [13, 13, 13]
    assert counts["official_quoted"].tolist() == [0, 2, 0]
    assert counts["unresolved"].tolist() == [0, 0, 2]
    assert counts["attributed"].tolist() == [2, 2, 2]
    shares = attribution.voice_shares(counts, by="outlet").set_index(["outlet", "part"])
    assert shares.loc[("Post", "official"), "estimate"] == pytest.approx(2 / 13)
    assert shares.loc[("Herald", "official"), "estimate"] == 0


def test_which_types_are_official_is_a_parameter(selection):
    counts = attribution.voice_counts(selection, official=["citizen"])
    assert counts["official"].sum() == 0
    assert counts["other"].sum() == 4


def test_bars_have_a_column_for_every_voice(selection):
    counts = attribution.voice_counts(selection)
    bars = attribution.as_bars(attribution.voice_shares(counts, by="outlet"), "outlet")
    assert list(bars["articles"]) == [1, 2]
    assert bars[list(attribution.PARTS)].sum(axis=1).tolist() == pytest.approx([1, 1])


def test_a_speaker_counts_once_however_the_name_is_capitalised(selection):
    [row] = attribution.speakers(selection).to_dict("records")
    assert (row["speaker"], row["statements"], row["articles"], row["words"]) == (
        "Mayor Bell",
        2,
        2,
        4,
    )
    assert row["quoted"] == 0.5
    assert row["voice"] == "official"
    assert attribution.speakers(selection, official=["party"])["voice"].tolist() == ["other"]


def test_along_the_text_leaves_titles_out(selection):
    tenths = attribution.along_text(selection, tenths=11)
    assert len(tenths) == 11
    assert tenths[list(attribution.PARTS)].sum(axis=1).tolist() == pytest.approx([1] * 11)
    assert tenths["attribution"].tolist()[:3] == [1, 1, 1]
    assert tenths["official_quoted"].tolist()[3] == pytest.approx(1 / 3)
    assert tenths["unattributed"].tolist()[5:] == [1] * 6


def test_confidence_filters_the_list_of_statements(selection):
    assert attribution.statement_list(selection)["words"].tolist() == [3, 2, 2]
    assert len(attribution.statement_list(selection, min_confidence=0.5)) == 2


def test_a_statement_is_tagged_with_speaker_type_and_cue(selection):
    rows = attribution.statement_list(selection).to_dict("records")
    assert attribution.statement_tag(rows[0]) == "speaker not told · unknown · said"
    assert attribution.statement_tag(rows[1]) == "Mayor Bell · government · said"


def test_outlets_take_turns_among_the_examples(selection):
    counts = attribution.voice_counts(selection)
    assert set(attribution.typical_articles(selection, counts, 2)["outlet"]) == {"Post", "Herald"}
    assert len(attribution.typical_articles(selection, counts, 9)) == 3
