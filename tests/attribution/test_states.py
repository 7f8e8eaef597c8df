import pytest

from presslens.analysis import analyze
from presslens.article import Article
from presslens.attribution.states import state_of


@pytest.mark.parametrize(
    ("called", "state"),
    [
        (["Moscow"], "Russia"),
        (["the Kremlin"], "Russia"),
        (["Downing Street"], "United Kingdom"),
        (["Sergei Oda", "the Russian envoy to Turkey"], "Russia"),
        (["Guinea-Bissau’s army"], "Guinea-Bissau"),
        (["South Korean police"], "South Korea"),
        (["U.S. officials"], "United States"),
        (["Israelis"], "Israel"),
        (["Ann Oda", "the mayor"], None),
        (["Moscowitz"], None),
        ([], None),
    ],
)
def test_the_first_word_for_a_state_tells_the_country(called, state):
    assert state_of(called) == state


def test_a_seat_of_government_is_kept_as_said_and_told_to_be_its_state():
    text = "Moscow denied that it had closed the border. The Polish minister Marek Oda said it had."
    said = analyze(Article(id="a", text=text)).statements
    assert said[["speaker", "country"]].to_numpy().tolist() == [
        ["Moscow", "Russia"],
        ["Marek Oda", "Poland"],
    ]
