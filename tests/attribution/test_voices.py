from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.attribution.voices import (
    OFFICIAL_TYPES,
    VOICES,
    VoicedWords,
    count_voices,
    statement_voice,
    voices,
    word_voices,
)
from presslens.problems import PresslensError
from presslens.spans import Span

# Ten words of one letter at 0, 2, 4 … 18.
STARTS = list(range(0, 20, 2))


def statement(speaker_type, content, *, source=(), cue=(), quoted=()):
    as_spans = {
        "content": content,
        "source": source,
        "cue": cue,
        "quoted": quoted,
    }
    spans = {role: tuple(Span(*piece) for piece in pieces) for role, pieces in as_spans.items()}
    return SimpleNamespace(speaker_type=speaker_type, **spans)


def voices_of(*statements, **options):
    return [word.voice for word in word_voices(STARTS, statements, **options)]


@pytest.mark.parametrize(
    ("speaker_type", "voice"),
    [
        ("government", "official"),
        ("security", "official"),
        ("legislature", "official"),
        ("judiciary", "official"),
        ("intergovernmental", "official"),
        ("party", "other"),
        ("armed_group", "other"),
        ("document", "other"),
        ("author", "other"),
        ("unknown", "unresolved"),
    ],
)
def test_who_speaks_decides_the_voice_of_a_content(speaker_type, voice):
    assert statement_voice(speaker_type) == voice


def test_source_and_cue_are_attribution_and_the_rest_is_the_papers():
    roe = statement("citizen", [(8, 12)], source=[(0, 4)], cue=[(4, 6)])
    assert (
        voices_of(roe)
        == ["attribution"] * 3 + ["unattributed"] + ["other"] * 2 + ["unattributed"] * 4
    )


def test_where_contents_overlap_official_wins_over_other_over_unresolved_over_attribution():
    unresolved = statement("unknown", [(0, 8)])
    other = statement("ngo", [(0, 6)])
    official = statement("security", [(0, 4)])
    cue = statement("ngo", [], cue=[(0, 12)])
    expected = ["official"] * 2 + ["other"] + ["unresolved"] + ["attribution"] * 2
    for order in ((unresolved, other, official, cue), (cue, official, other, unresolved)):
        assert voices_of(*order)[:6] == expected


def test_a_word_belongs_to_a_span_by_its_first_character():
    assert voices_of(statement("ngo", [(1, 3)]))[:3] == ["unattributed", "other", "unattributed"]
    assert voices_of(statement("ngo", [(0, 2)]))[:2] == ["other", "unattributed"]


def test_which_types_are_official_is_a_parameter():
    party = statement("party", [(0, 4)])
    minister = statement("government", [(4, 8)])
    assert voices_of(party, minister, official={"party"})[:4] == ["official"] * 2 + ["other"] * 2


def test_quoted_words_are_counted_within_their_voice_only():
    roe = statement("ngo", [(0, 8)], quoted=[(0, 4)])
    counts = count_voices(word_voices(STARTS, [roe]))
    assert counts["words"] == 10
    assert (counts["other"], counts["other_quoted"]) == (4, 2)
    assert (counts["official_quoted"], counts["unresolved_quoted"]) == (0, 0)
    assert counts["unattributed"] == 6


def tables():
    sentences = pd.DataFrame(
        {
            "article_id": ["a", "a", "b"],
            "sentence": [0, 1, 0],
            "outlet": ["Herald", "Herald", None],
            "word_starts": [[0, 2, 4], [6, 8], [0, 2]],
        }
    )
    statements = pd.DataFrame(
        [{"article_id": "a", **vars(statement("government", [(2, 8)], cue=[(0, 2)]))}]
    )
    return sentences, statements


def test_voices_are_counted_per_article_and_articles_without_statements_are_kept():
    frame = voices(*tables()).set_index("article_id")
    assert frame.loc["a", ["words", *VOICES]].tolist() == [5, 3, 0, 0, 1, 1]
    assert frame.loc["b", ["words", *VOICES]].tolist() == [2, 0, 0, 0, 0, 2]


def test_voices_can_be_counted_per_sentence_and_by_columns_with_gaps():
    by_sentence = voices(*tables(), by=("article_id", "sentence"))
    assert by_sentence["official"].tolist() == [2, 1, 0]
    by_outlet = voices(*tables(), by=("outlet",))
    assert by_outlet["words"].tolist() == [5, 2]


def test_voices_take_the_official_types_anew():
    frame = voices(*tables(), official=())
    assert frame["official"].sum() == 0
    assert frame["other"].sum() == 3


def test_no_sentences_give_no_rows():
    sentences, statements = tables()
    assert voices(sentences[:0], statements[:0]).empty


pieces = st.lists(
    st.tuples(st.integers(0, 24), st.integers(0, 8)).map(lambda p: (p[0], p[0] + p[1])), max_size=3
)


@given(
    st.lists(
        st.builds(
            statement,
            st.sampled_from(["government", "ngo", "unknown", "author", "security"]),
            pieces,
            source=pieces,
            cue=pieces,
            quoted=pieces,
        ),
        max_size=5,
    ),
    st.sets(st.sampled_from(sorted(OFFICIAL_TYPES | {"ngo"}))),
)
def test_voices_add_up_to_all_words_whatever_the_statements(statements, official):
    counts = count_voices(word_voices(STARTS, statements, official=official))
    assert sum(counts[voice] for voice in VOICES) == counts["words"] == len(STARTS)
    for voice in ("official", "other", "unresolved"):
        assert counts[f"{voice}_quoted"] <= counts[voice]


def test_an_unknown_type_among_the_official_ones_is_refused() -> None:
    with pytest.raises(PresslensError, match="expertz: no such speaker type"):
        word_voices([0], [], official=["expertz"])


def test_the_voice_of_a_place_is_that_of_its_word():
    roe = statement("government", [Span(4, 9)], cue=[Span(2, 3)])
    words = VoicedWords(STARTS, word_voices(STARTS, [roe]))
    assert [words.at(position) for position in (0, 2, 3, 4, 9, 19)] == [
        "unattributed", "attribution", "attribution", "official", "official", "unattributed",
    ]  # fmt: skip
    assert [word.voice for word in words.between(Span(3, 7))] == ["official", "official"]
    assert VoicedWords([], []).at(3) == "unattributed"
