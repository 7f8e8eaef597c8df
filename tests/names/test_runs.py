import pytest

from presslens.article import Article
from presslens.mentions import find_mentions
from presslens.names.lists import name_lists
from presslens.names.runs import cut, find_segments, is_headline
from presslens.tokens import tokenize


def segments(text):
    return find_segments(tokenize(Article(id="a", text=text)), name_lists())


def found(text):
    return [segment.span.of(text) for segment in segments(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The deal was signed by Oda van Brandt.", ["Oda van Brandt"]),
        ("Aides at the Ministry of Trade and Industry left.", ["Ministry of Trade and Industry"]),
        ("We spoke to Oda Brandt and Ivo Kesh.", ["Oda Brandt", "Ivo Kesh"]),
        ("Later the University of Larn closed.", ["University of Larn"]),
        ("It was the mayor, Oda Brandt, a Russian-Israeli citizen.", ["Oda Brandt"]),
    ],
)
def test_runs_of_capitals_end_where_names_do(text, names):
    assert found(text) == names


@pytest.mark.parametrize("mark", ["-", "‑", "–"])
def test_a_compound_names_only_its_first_part_and_joins_no_name_after_it(mark):
    text = f"He met Larn{mark}based Tessal Press and Kesh{mark}led rebels."
    assert found(text) == ["Larn", "Tessal Press", "Kesh"]


def test_an_inserted_first_name_is_part_of_the_name_and_its_brackets_of_the_span():
    text = "“I saw [Oda] Brandt,” he said."
    (segment,) = segments(text)
    assert segment.name == ("Oda", "Brandt")
    assert segment.span.of(text) == "[Oda] Brandt"


def test_a_word_that_the_article_writes_in_lower_case_is_no_name_at_the_start_of_a_sentence():
    assert found("Wharfage rose. They met Kesh. Nobody paid wharfage.") == ["Kesh"]


def test_a_headline_in_capitals_yields_only_what_is_sure():
    text = "New Rules Anger Farmers In Kenya\n\nThe rules anger farmers."
    assert found(text) == ["Kenya"]


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("New Rules Anger Farmers Across Tessal", True),
        ("New Rules Anger Farmers Across Tessal .", False),
        ("New rules anger farmers across Tessal", False),
    ],
)
def test_headlines_are_told_by_their_capitals(sentence, headline):
    assert is_headline(sentence.split()) is headline


def test_a_run_is_cut_before_a_title_and_keeps_where_the_title_begins():
    words = "US President Joe Fenwick".split()
    assert cut(words, 0, 4, name_lists()) == [(0, 1, None), (2, 4, 1)]


def test_a_demonym_before_a_name_is_cut_off_but_stays_in_an_organisations_name():
    lists = name_lists()
    assert cut(["Kenyan", "Oda", "Brandt"], 0, 3, lists) == [(1, 3, None)]
    assert cut(["Kenyan", "Rowing", "Association"], 0, 3, lists) == [(0, 3, None)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("President of the Republic Pedro Oda spoke.", "Pedro Oda"),
        ("The mayor of New York City Bill Oda spoke.", "Bill Oda"),
        ("Secretary General of the Presidency Giorgio Oda spoke.", "Giorgio Oda"),
    ],
)
def test_what_somebody_is_head_of_is_no_part_of_the_name(text, name):
    found = find_mentions([tokenize(Article(id="a", text=text))])[0]
    assert [mention.text for mention in found if mention.label == "person"] == [name]
