import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.sentiment import target_sentiment


def of(text, *names):
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    return target_sentiment(text, spans)


def test_who_is_slammed_is_seen_negatively():
    (result,) = of("Critics slammed Mayor Ann Ode over the dishonest, failed plan.", "Ann Ode")
    assert result.label == "negative"


def test_who_is_praised_is_seen_positively():
    (result,) = of("Residents praised Ben Olu as a generous, honest man.", "Ben Olu")
    assert result.label == "positive"


def test_a_plain_sentence_is_neutral():
    (result,) = of("Ben Olu arrived in the town of Larn on Monday.", "Ben Olu")
    assert result.label == "neutral"


def test_two_targets_of_a_sentence_are_told_apart():
    accuser, accused = of("Ann Ode accused Ben Olu of fraud.", "Ann Ode", "Ben Olu")
    assert accused.p_negative > accuser.p_negative


def test_other_sentences_do_not_count():
    alone = of("Ann Ode spoke in Larn.", "Ann Ode")
    text = "What a horrible, disgusting crime.\n\nAnn Ode spoke in Larn. It was awful."
    assert of(text, "Ann Ode") == alone


def test_probabilities_add_up_to_one():
    (result,) = of("Ann Ode won.", "Ann Ode")
    assert result.p_negative + result.p_neutral + result.p_positive == pytest.approx(1)
    assert result.label == "positive"


@pytest.mark.parametrize("span", [(-1, 3), (0, 99), (3, 3), (5, 2)])
def test_a_span_outside_the_text_is_refused(span):
    with pytest.raises(ValueError, match="outside a text of 12 characters"):
        target_sentiment("Ann Ode won.", [span])


def test_no_targets_no_results():
    assert target_sentiment("", []) == []


@given(st.text(min_size=1, max_size=300), st.data())
def test_any_text_gives_one_result_per_span(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    (result,) = target_sentiment(text, [(start, end)])
    assert result.label in {"negative", "neutral", "positive"}
