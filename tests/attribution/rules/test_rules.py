"""`find_attributions`: what the rules' finds become when they are put together."""

from presslens.article import Article
from presslens.attribution.rules import find_attributions
from presslens.tokens import tokenize


def found(text):
    doc = tokenize(Article(id="a", text=text))
    return [
        (one.cue[0].of(text), [span.of(text) for span in one.content])
        for one in find_attributions([doc])[0]
    ]


def test_a_quote_that_goes_on_in_the_next_sentence_is_another_piece():
    text = "“It rains,” the mayor said. “The dam will hold for now.”"
    assert found(text) == [("said", ["“It rains,”", "“The dam will hold for now.”"])]


def test_a_quote_that_goes_on_in_the_next_paragraph_is_another_piece():
    text = "The mayor said it rained.\n\n“The dam will hold for now.”"
    assert found(text) == [("said", ["it rained", "“The dam will hold for now.”"])]


def test_a_quote_over_several_sentences_before_its_cue_is_whole():
    text = "“It rains. It pours. It is a flood,” the mayor said."
    assert found(text) == [("said", ["“It rains. It pours. It is a flood,”"])]


def test_a_quote_over_paragraphs_opened_anew_in_each_is_one_piece():
    text = "The mayor said: “It rains.\n\n“It pours.\n\n“It is a flood.”\n\nShe left."
    assert found(text) == [("said:", ["“It rains.\n\n“It pours.\n\n“It is a flood.”"])]


def test_a_quote_far_from_any_statement_is_nobodys():
    text = "The mayor said it rained.\n\nThe town slept.\n\n“The dam will hold for now.”"
    assert found(text) == [("said", ["it rained"])]


def test_a_word_in_quotation_marks_is_no_statement_of_its_own():
    text = "The mayor said it rained. “Heron” is his boat."
    assert found(text) == [("said", ["it rained"])]


def test_a_quote_with_a_cue_of_its_own_is_not_joined_to_the_one_before():
    text = "“It rains here,” said Brandt. “It never did before,” said Kesh."
    assert [content for _, content in found(text)] == [
        ["“It rains here,”"],
        ["“It never did before,”"],
    ]


def test_attributions_come_in_the_order_of_the_text():
    text = "It rains, Brandt said. Kesh said that it pours. According to Roe, it floods."
    assert [cue for cue, _ in found(text)] == ["said", "said", "According to"]


def test_each_article_has_its_own_list_even_an_empty_one():
    docs = [
        tokenize(Article(id=str(n), text=text))
        for n, text in enumerate(["He said it rains.", "It rains."])
    ]
    assert [len(some) for some in find_attributions(docs)] == [1, 0]
    assert find_attributions([]) == []
