from presslens.article import Article
from presslens.names.labels import label_names
from presslens.names.linking import link
from presslens.names.lists import name_lists
from presslens.names.runs import find_segments
from presslens.tokens import tokenize


def entities(text):
    lists = name_lists()
    segments = find_segments(tokenize(Article(id="a", text=text)), lists)
    linked = link(segments, label_names(segments, lists), text, lists)
    return [
        (segment.span.of(text), entity) for segment, entity in zip(segments, linked, strict=True)
    ]


def test_a_surname_means_the_full_name_even_before_it_is_given():
    text = "Mr. Brandt won. They thanked Mayor Oda Brandt."
    assert entities(text) == [("Brandt", "Oda Brandt"), ("Oda Brandt", "Oda Brandt")]


def test_a_shared_surname_goes_to_the_one_named_last():
    text = (
        "We met Mayor Oda Brandt and Dr. Ivo Brandt. They saw Mr. Brandt. "
        "Then came Mayor Oda Brandt. They saw Mrs. Brandt."
    )
    assert [entity for name, entity in entities(text) if name == "Brandt"] == [
        "Ivo Brandt",
        "Oda Brandt",
    ]


def test_a_title_tells_which_of_two_people_a_surname_means():
    text = "We met Mayor Robert Brandt and Dr. Rebecca Brandt. They saw Mr. Brandt and Mrs. Brandt."
    assert [entity for name, entity in entities(text) if name == "Brandt"] == [
        "Robert Brandt",
        "Rebecca Brandt",
    ]


def test_a_title_stands_before_a_surname():
    text = "We met Brandt Oda Kesh and Colm Brandt. They saw Mr. Brandt."
    assert entities(text)[-1] == ("Brandt", "Colm Brandt")


def test_a_name_with_its_article_is_the_same_without_it():
    text = "We met Speaker Marzan Al-Kesh. They saw Mr. Kesh."
    assert [entity for _, entity in entities(text)] == ["Marzan Al-Kesh"] * 2


def test_the_fullest_form_of_a_name_wins():
    text = "We met Mayor Oda Lena Brandt. They thanked Oda Brandt."
    assert entities(text)[1] == ("Oda Brandt", "Oda Lena Brandt")


def test_acronyms_mean_the_name_whose_initials_they_are():
    text = "They sued the Larn Water Authority. The LWA paid."
    assert entities(text)[1] == ("LWA", "Larn Water Authority")


def test_the_last_word_of_a_bodys_name_stands_for_it():
    text = "They wrote to the Larn Tribune. The Tribune answered."
    assert entities(text)[-1] == ("Tribune", "Larn Tribune")


def test_people_of_different_first_names_are_not_mixed_up():
    text = "We met Mayor Oda Brandt and Dr. Ivo Brandt."
    assert entities(text) == [("Oda Brandt", "Oda Brandt"), ("Ivo Brandt", "Ivo Brandt")]


def test_aliases_of_the_codebook_are_one_entity():
    assert entities("It was signed in the US.") == [("US", "United States")]
