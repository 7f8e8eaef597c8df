import pytest

from presslens.sentiment.lexicon import compound, load_lexicon, normalize


def test_the_lexicon_is_shipped_whole():
    lexicon = load_lexicon()
    assert len(lexicon) > 7000
    assert lexicon["good"] == pytest.approx(1.9)


def test_a_curly_apostrophe_negates_like_a_straight_one():
    assert compound("The plan isn’t good.") == compound("The plan isn't good.") < 0


@pytest.mark.parametrize(
    "text", ["He called it a “disaster.”", "(disaster)", "a disaster—again", "‘disaster’, he said"]
)
def test_marks_at_a_word_do_not_hide_it(text):
    assert compound(text) < -0.3


def test_a_possessive_stays_one_word():
    assert normalize("the boy’s hat") == "the boy's hat"


@pytest.mark.parametrize("text", ["", " ", "…", "😀", "word " * 1000])
def test_any_text_has_a_score(text):
    assert -1 <= compound(text) <= 1
