import pytest

from presslens.article import Article
from presslens.names.labels import label_names
from presslens.names.lists import name_lists
from presslens.names.runs import find_segments
from presslens.tokens import tokenize


def labels(text):
    lists = name_lists()
    segments = find_segments(tokenize(Article(id="a", text=text)), lists)
    return {" ".join(name): label for name, label in label_names(segments, lists).items()}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("We met Mayor Dorvik.", "Dorvik", "person"),
        ("They live in Dorvik.", "Dorvik", "place"),
        ("They left the city of Dorvik.", "Dorvik", "place"),
        ("It was northern Dorvik.", "Dorvik", "place"),
        ("It was Dorvik's widow.", "Dorvik", "person"),
        ("So said Dorvik, 43, on Monday.", "Dorvik", "person"),
        ("They knew that Dorvik was late.", "Dorvik", "person"),
        ("They sued Dorvik Steel Corporation.", "Dorvik Steel Corporation", "organisation"),
        ("They sued the DSC.", "DSC", "organisation"),
        ("They fished in Lake Dorvik.", "Lake Dorvik", "place"),
        ("They asked Kenyans.", "Kenyans", "group"),
        ("They went to Kenya.", "Kenya", "place"),
    ],
)
def test_words_and_neighbours_tell_what_a_name_names(text, name, label):
    assert labels(text)[name] == label


def test_all_mentions_of_a_name_vote_together():
    text = "A fire broke out at Dorvik. Many live in Dorvik. The road leads to Dorvik."
    assert labels(text) == {"Dorvik": "place"}


def test_a_surname_is_a_person_where_the_full_name_is_one():
    assert labels("We met Mayor Oda Brandt. The Brandt plan failed.")["Brandt"] == "person"


def test_a_listed_place_stays_one_beside_a_person_of_that_name():
    assert labels("We met Mayor Oda Kenya. They live in Kenya.")["Kenya"] == "place"
