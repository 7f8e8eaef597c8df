import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.article import Article
from presslens.nlp.encoder import encode
from presslens.sentiment import target_sentiment
from presslens.sentiment.targets import tones_towards
from presslens.spans import Span
from presslens.tokens import tokenize


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


STORY = "Ann Ode spoke in Larn.\n\nCritics slammed Ben Olu. “A crime,” the Larn Herald wrote."


def test_results_come_in_the_order_of_the_spans():
    names = ["Ann Ode", "Ben Olu", "Larn Herald"]
    results = of(STORY, *names)
    assert of(STORY, *reversed(names)) == results[::-1]
    singly = [one for name in names for one in of(STORY, name)]
    # Sums of floats may round otherwise if there are more of them at a time.
    assert [one.p_negative for one in singly] == pytest.approx([r.p_negative for r in results])
    assert len(set(results)) == len(names)


def test_an_articles_tones_are_the_same_alone_and_among_others():
    texts = [STORY, "Praise.", f"{STORY}\n\n" * 20]
    docs = [tokenize(Article(id=str(n), text=text)) for n, text in enumerate(texts)]
    start = STORY.index("Ben Olu")
    spans = [Span(0, len("Ann Ode")), Span(start, start + len("Ben Olu"))]
    alone = tones_towards(encode(docs[:1])[0], spans)
    assert tones_towards(encode(docs)[0], spans) == alone
    assert tones_towards(encode(docs[::-1])[-1], spans) == alone
    assert tones_towards(docs[0], spans) == alone


def test_probabilities_add_up_to_one_and_the_largest_gives_the_label():
    for result in of(STORY, "Ann Ode", "Ben Olu", "Larn Herald"):
        shares = {
            "negative": result.p_negative,
            "neutral": result.p_neutral,
            "positive": result.p_positive,
        }
        assert sum(shares.values()) == pytest.approx(1)
        assert shares[result.label] == max(shares.values())


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
