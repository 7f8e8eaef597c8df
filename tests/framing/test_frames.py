import pytest

from presslens.article import Article
from presslens.framing.codebook import load_frames
from presslens.framing.frames import (
    calibrated,
    dominant_frame,
    item_densities,
    score_frames,
)
from presslens.tokens import tokenize

BOOK = """\
version: "1"
frames:
  water:
    definition: About water.
    items:
      W1: {question: 'A shortage?', terms: {drought*: 2, dry well: 1, well: 0.5}}
      W2: {question: 'A flood?', terms: {flood*: 1}}
  fire:
    definition: About fire.
    items:
      F1: {question: 'A fire?', terms: {fire*: 1}}
"""
TEXT = "Droughts came to Larn. The dry well is deep.\n\nIt is dry. Well, nobody knew."


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "elements.yaml"
    path.write_text(BOOK, encoding="utf-8")
    return load_frames(path)


def scores_of(text, book):
    scores = score_frames(tokenize(Article(id="a", text=text)), book)
    return {(score.frame, score.item): score for score in scores}


def test_evidence_is_the_words_found_with_their_weights(book):
    evidence = scores_of(TEXT, book)["water", "W1"].evidence
    assert [(span.of(TEXT), weight) for span, weight in evidence] == [
        ("Droughts", 2.0),
        ("dry well", 1.0),
        ("well", 0.5),
        ("Well", 0.5),
    ]


def test_a_phrase_does_not_run_over_the_end_of_a_sentence(book):
    text = "It is dry. Well water helps."
    assert scores_of(text, book)["water", "W1"].evidence[0][0].of(text) == "Well"


def test_a_frame_scores_the_mean_of_its_items(book):
    scores = scores_of(TEXT, book)
    items = [scores["water", "W1"].score, scores["water", "W2"].score]
    assert scores["water", None].score == pytest.approx(sum(items) / 2)
    assert scores["water", "W1"].score > scores["water", "W2"].score


def test_an_article_without_terms_has_the_base_score_and_no_evidence(book):
    score = scores_of("Nothing to see here.", book)["fire", "F1"]
    assert score.evidence == ()
    assert score.score == book.frames[1].items[0].calibration.base


def test_scores_stay_below_one_however_often_a_term_stands(book):
    assert scores_of("flood " * 5000, book)["water", "W2"].score <= 1


def test_a_term_counts_with_the_root_of_its_matches_whatever_their_endings(book):
    doc = tokenize(Article(id="a", text="Fires burn. Fire trucks and firefighters came."))
    found = item_densities(doc, book)
    assert found == {"W1": 0, "W2": 0, "F1": pytest.approx(100 * 3**0.5 / 107)}
    score = next(score for score in score_frames(doc, book) if score.item == "F1")
    assert score.score == calibrated(found["F1"], book.frames[1].items[0].calibration)


def test_the_dominant_frame_stands_out_from_what_is_usual(book):
    doc = tokenize(Article(id="a", text="Fire in Larn: the fires burn and firefighters came."))
    assert dominant_frame(score_frames(doc, book), book) == "fire"


def test_invented_stories_get_their_generic_frame():
    stories = {
        "economic_consequences": "The closure will cost the port 40 million euros a year. Exports "
        "fell and investors fear that inflation and unemployment will rise as profits shrink.",
        "morality": "The bishop said it was immoral to turn away. We must forgive, he prayed, for "
        "God calls us to conscience, dignity and compassion. It is a sin to stay silent.",
        "human_interest": "Ada, a mother of two, wept. Her daughter had grown up in the house; her "
        "husband, she recalled in tears, loved its kitchen. Their family lost everything.",
    }
    generic = load_frames("generic")
    for frame, text in stories.items():
        scores = score_frames(tokenize(Article(id="a", text=text)), generic)
        assert dominant_frame(scores, generic) == frame
