import pytest

from presslens.article import Article
from presslens.names.descriptions import describe
from presslens.names.lists import name_lists
from presslens.names.runs import find_segments
from presslens.tokens import tokenize


def descriptions(text):
    lists = name_lists()
    segments = find_segments(tokenize(Article(id="a", text=text)), lists)
    return {segment.span.of(text): describe(segment, text, lists) for segment in segments}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They met the bearded Kesh.", ("bearded",)),
        ("They met former President Kesh.", ("former President",)),
        ("It was the Palestinian militant group Kesh.", ("Palestinian militant group",)),
        ("It was Kesh, a militant group allied with nobody.", ("militant group",)),
        ("It was Kesh, the mayor of Larn.", ("mayor",)),
        ("It was the deputy minister of fisheries, Kesh.", ("deputy minister of fisheries",)),
        ("In the town, Kesh met them.", ()),
        ("They met an aide, a driver, Kesh.", ("driver",)),
        ("After years of work, Kesh left.", ()),
        ("They thanked Kesh, and the mayor left.", ()),
        ("Yesterday officials thanked Kesh.", ()),
    ],
)
def test_titles_adjectives_and_appositions_describe_a_name(text, told):
    assert descriptions(text)["Kesh"] == told


def test_what_is_too_long_for_a_description_is_none():
    assert descriptions("It was Kesh, the tall old harbour cook.")["Kesh"] == (
        "tall old harbour cook",
    )
    long = "the tall old grumpy little local harbour board cook"
    assert descriptions(f"It was Kesh, {long}.")["Kesh"] == ()
