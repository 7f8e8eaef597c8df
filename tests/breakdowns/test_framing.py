import pytest

from presslens.breakdowns import framing
from presslens.problems import PresslensError
from presslens.selection import select


def frame(number, name, score, *words, item=None):
    text = "Rents rise\n\nMayor Bell said rents fall. Snow fell. Nobody smiled at all."
    evidence = [
        {"start": text.index(word), "end": text.index(word) + len(word), "weight": 1.0}
        for word in words
    ]
    row = {"article_id": f"a{number}", "codebook": "generic", "frame": name, "item": item}
    return {**row, "score": score, "evidence": evidence}


@pytest.fixture
def framed(made):
    frames = [
        frame(1, "conflict", 0.9, "rents fall", "smiled"),
        frame(1, "conflict", 0.9, "rents fall", item="C1"),
        frame(1, "morality", 0.05),
        frame(2, "conflict", 0.0),
        frame(2, "morality", 0.9, "Snow"),
    ]
    return select(
        made["Rows"](
            articles=[made["article"](1, "Post"), made["article"](2, "Herald")],
            sentences=[*made["sentences"](1), *made["sentences"](2)],
            statements=[made["statement"](1)],
            frames=frames,
        )
    )


def test_scores_are_of_frames_not_items_and_stand_against_what_is_usual(framed):
    scores = framing.frame_scores(framed)
    assert len(scores) == 4
    assert set(scores["label"]) == {"Conflict", "Morality"}
    standing = scores.set_index(["article_id", "frame"])["standing"]
    assert standing["a1", "conflict"] > 1 > 0 > standing["a2", "conflict"]
    leading = framing.leading_frames(scores).set_index("article_id")["frame"]
    assert leading.to_dict() == {"a1": "conflict", "a2": "morality"}


def test_a_codebook_that_was_not_analysed_is_named(framed):
    with pytest.raises(
        PresslensError, match=r"no frames of codebook 'climate' \(it has: generic\)"
    ):
        framing.frame_scores(framed, "climate")


def test_terms_tell_whose_words_they_are(framed):
    terms = framing.evidence_terms(framed).set_index("term")
    assert terms["voice"].to_dict() == {
        "rents fall": "official",
        "smiled": "unattributed",
        "snow": "unattributed",
    }
    carried = framing.carriers(framed, terms.reset_index()).set_index(["label", "part"])["estimate"]
    assert carried["Conflict", "official"] == 0.5
    assert carried["All words", "official"] == pytest.approx(2 / 26)


def test_top_terms_and_sentences_stand_behind_each_frame(framed):
    terms = framing.evidence_terms(framed)
    listed = framing.top_terms(terms, 1).set_index("frame")["terms"]
    assert listed.to_dict() == {"Conflict": "rents fall (1)", "Morality": "snow (1)"}
    behind = framing.evidence_sentences(framed, terms)
    assert set(behind[behind["label"] == "Conflict"]["text"]) == {
        "Mayor Bell said rents fall.",
        "Nobody smiled at all.",
    }
    assert framing.evidence_sentences(framed, terms.head(0)).empty


def test_articles_without_a_word_for_any_frame_give_empty_lists(made):
    bare = select(
        made["Rows"](
            articles=[made["article"](1, "Post")],
            sentences=made["sentences"](1),
            statements=[],
            frames=[frame(1, "conflict", 0.0), frame(1, "morality", 0.0)],
        )
    )
    terms = framing.evidence_terms(bare)
    assert terms.empty
    assert framing.top_terms(terms, 3).empty
    assert framing.evidence_sentences(bare, terms).empty
    assert set(framing.carriers(bare, terms)["label"]) == {"All words"}
