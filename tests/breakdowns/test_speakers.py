import pandas as pd
import pytest

from presslens.attribution.groups import load_groups
from presslens.breakdowns import measured, speakers, wording
from presslens.selection import QueryError


@pytest.fixture
def said(selection):
    return speakers.said(selection)


@pytest.fixture
def made_said(made):
    """Statements of a corpus of articles 1 to 9, from rows that a test gives."""

    def build(*rows, mentions=(), outlets=("Post", "Herald")):
        numbers = range(1, 10)
        articles = [made["article"](n, outlets[n % len(outlets)]) for n in numbers]
        sentences = [row for n in numbers for row in made["sentences"](n)]
        tables = made["Rows"](
            articles=articles, sentences=sentences, statements=list(rows), mentions=list(mentions)
        )
        selection = made["select"](tables)
        return speakers.said(selection), selection

    return build


def test_a_speaker_counts_once_however_the_name_is_capitalised(said):
    [row] = speakers.ranking(said).to_dict("records")
    assert (row["speaker"], row["statements"], row["articles"], row["words"]) == (
        "Mayor Bell",
        2,
        2,
        4,
    )
    assert row["quoted"] == 0.5
    assert row["voice"] == "official"


def test_which_types_are_official_is_a_parameter(selection):
    table = speakers.ranking(speakers.said(selection, official=["party"]))
    assert table["voice"].tolist() == ["other"]


def test_speakers_can_be_ranked_by_statements_and_articles(made_said, made):
    statement = made["statement"]
    said, _ = made_said(
        statement(1, "Ann Oda", words=50),
        statement(2, "Per Roe"),
        statement(3, "Per Roe"),
        statement(1, "Bell", statement=1),
        statement(1, "Bell", statement=2),
        statement(1, "Bell", statement=3),
    )
    order = {
        by: speakers.ranking(said, by=by)["speaker"].tolist()[0]
        for by in ("words", "statements", "articles")
    }
    assert order == {"words": "Ann Oda", "statements": "Bell", "articles": "Per Roe"}


def test_how_few_speakers_fill_half_of_the_words(made_said, made):
    rows = [made["statement"](n, f"Speaker {'ABCDEFGH'[n]}", words=10) for n in range(1, 8)]
    said, _ = made_said(*rows, made["statement"](8, "Ann Oda", words=60))
    row = speakers.concentration(said).iloc[0]
    assert (row["speakers"], row["half"], row["words"]) == (8, 2, 130)
    assert row["share"] == pytest.approx(80 / 130)
    assert len(speakers.concentration(said, by="outlet")) == 2
    assert speakers.concentration(said.head(0)).empty


def test_withheld_names_are_told_from_crowds(made_said, made):
    said, _ = made_said(
        made["statement"](1, "a senior officer", "security", naming="affiliated"),
        made["statement"](2, "residents", "citizen", naming="affiliated", collective=True),
        made["statement"](3, "Ann Oda", naming="named", collective=True),
    )
    assert said["naming_kind"].tolist() == ["affiliated", "affiliated_collective", "named"]
    assert speakers.unnamed(said)["speaker"].tolist() == ["a senior officer", "residents"]


def test_articles_in_which_one_speaker_alone_is_told_are_listed(made_said, made):
    statement = made["statement"]
    said, selection = made_said(
        statement(1, "Ann Oda"),
        statement(1, "Ann Oda", statement=1),
        statement(2, "Ann Oda"),
        statement(2, "Per Roe", statement=1),
        statement(3, None, "unknown"),
    )
    [row] = speakers.single_source_articles(said).to_dict("records")
    assert (row["article_id"], row["speaker"], row["statements"]) == ("a1", "Ann Oda", 2)
    share = speakers.single_source(said, selection).iloc[0]
    assert (share["estimate"], share["n"]) == (0.5, 2)


def test_who_declined_who_is_in_the_title_and_who_speaks_first(made_said, made):
    title = [{"start": 0, "end": 5}]
    said, selection = made_said(
        made["statement"](1, "Ann Oda", content=title),
        made["statement"](1, "Per Roe", statement=1),
        made["statement"](1, "Bell", statement=2, act="decline"),
    )
    assert speakers.in_title(said, selection)["speaker"].tolist() == ["Ann Oda"]
    assert speakers.first_in_body(said, selection)["speaker"].tolist() == ["Per Roe"]
    assert speakers.declined(said)["speaker"].tolist() == ["Bell"]


def test_what_speakers_say_about_one_another_is_counted_with_its_tone(made_said, made):
    content = made["span"]("rents fall")
    start = content[0]["start"]
    mention = {"start": start, "end": start + 5, "label": "person", "text": "Roe"}
    said, selection = made_said(
        made["statement"](1, "Ann Oda"),
        made["statement"](2, "Per Roe", content=made["span"]("Snow fell")),
        mentions=[
            {"article_id": "a1", "entity": "Per Roe", "sentiment": "negative", **mention},
            {"article_id": "a1", "entity": "Nobody Else", "sentiment": "positive", **mention},
        ],
    )
    [row] = speakers.about_others(said, selection).to_dict("records")
    assert (row["speaker"], row["about"], row["statements"]) == ("Ann Oda", "Per Roe", 1)
    assert row["balance"] == -1
    assert speakers.about_others(said.head(0), selection).empty


WORDING = "the port will stay shut until the river falls below the mark again"


def test_the_same_official_wording_in_several_outlets_is_found(made_said, made):
    statement = made["statement"]
    said, _ = made_said(
        statement(1, "Ann Oda", content_text=f"We repeat: {WORDING}."),
        statement(2, "Ann Oda", content_text=f"“{WORDING.capitalize()}”, she said"),
        statement(4, "Per Roe", content_text="the port will stay shut"),
        statement(3, "A Reader", "citizen", content_text=WORDING),
    )
    [row] = wording.shared_wording(said).to_dict("records")
    assert row["passage"] == WORDING
    assert (row["words"], row["outlets"], row["articles"]) == (13, 2, 2)
    assert (row["speaker"], row["first_outlet"], row["where"]) == (
        "Ann Oda",
        "Herald",
        "Herald, Post",
    )


def test_one_outlet_alone_shares_nothing(made_said, made):
    said, _ = made_said(
        made["statement"](1, content_text=WORDING),
        made["statement"](3, content_text=WORDING),
    )
    assert wording.shared_wording(said).empty


def test_statements_are_searched_by_speaker_words_and_codes(made_said, made):
    statement = made["statement"]
    said, _ = made_said(
        statement(3, "Ann Oda", described=["the port minister"], content_text="It is shut."),
        statement(2, "Per Roe", act="deny", channel="interview", content_text="It is open."),
        statement(1, "Port Ministry", content_text="It will open.", confidence=0.1),
    )
    assert speakers.search(said, speaker="minister | ministry")["speaker"].tolist() == [
        "Port Ministry",
        "Ann Oda",
    ]
    assert speakers.search(said, query="open", act="deny")["speaker"].tolist() == ["Per Roe"]
    assert speakers.search(said, channel=["interview"])["speaker"].tolist() == ["Per Roe"]
    assert len(speakers.search(said, min_confidence=0.5)) == 2
    assert speakers.search(said, speaker_type="party").empty
    with pytest.raises(QueryError):
        speakers.search(said, speaker='"port')


def test_groups_are_a_column_to_group_by(selection, tmp_path):
    path = tmp_path / "groups.yaml"
    path.write_text('version: "1"\ngroups: {Town hall: {names: [Bell]}}\n', "utf-8")
    grouped = speakers.said(selection, groups=load_groups(path))
    assert grouped["group"].tolist() == ["Town hall", "Town hall", "(no group)"]


def test_confidence_filters_lists_of_statements(said):
    assert speakers.statement_list(said)["words"].tolist() == [3, 2, 2]
    assert len(speakers.statement_list(said, min_confidence=0.5)) == 2


def test_a_statement_is_tagged_with_speaker_type_cue_and_channel(said):
    rows = speakers.statement_list(said.assign(channel=[None, "press_conference", None]))
    tags = [speakers.statement_tag(row) for row in rows.to_dict("records")]
    assert tags[0] == "speaker not told · unknown · said"
    assert "Mayor Bell · government · said" in tags
    assert "MAYOR BELL · government · said · press conference" in tags


def test_measured_scores_have_a_column_for_each_corpus():
    table = measured.measured_scores()
    assert isinstance(table, pd.DataFrame)
    assert table["figure"].tolist() == list(measured.MEASURED.values())
    assert table.shape[1] >= 3
    assert table.notna().all(axis=None)
