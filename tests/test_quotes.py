import pytest

from presslens.article import Article
from presslens.tokens import tokenize
from presslens.tokens.quotes import find_quotations


def quotations(text):
    found = find_quotations(tokenize(Article(id="a", text=text)))
    return [(quotation.span.of(text), quotation.closed) for quotation in found]


def closed(text):
    found = quotations(text)
    assert all(closed for _, closed in found)
    return [quoted for quoted, _ in found]


@pytest.mark.parametrize(
    "quoted",
    ['"It rains."', "“It rains.”", "‘It rains.’", "'It rains.'", "«It rains.»", "``It rains.''"],
)
def test_every_pair_of_marks_makes_a_quotation_with_its_marks(quoted):
    assert closed(f"{quoted} Then he left.") == [quoted]


def test_curly_and_straight_marks_may_be_mixed_by_a_typist():
    assert closed('“It rains," she said.') == ['“It rains,"']


def test_apostrophes_are_no_quotations():
    assert closed("The farmers' dog didn't bark at Roe's cat, nor at the '90s singers’ van.") == []


def test_a_possessive_in_single_quotation_marks_doesnt_close_them():
    assert closed("‘Roe’s dog barked,’ she said.") == ["‘Roe’s dog barked,’"]


def test_only_the_outermost_quotation_counts():
    assert closed("“He said ‘no’ to me,” she said.") == ["“He said ‘no’ to me,”"]


def test_a_quote_broken_by_he_said_is_two_quotations():
    assert closed("“It rains,” he said, “and it pours.”") == ["“It rains,”", "“and it pours.”"]


def test_inches_and_minutes_dont_open_a_quotation():
    assert closed('The 6.5" gun and the 40" pipe lay there.') == []


def test_a_quote_opened_anew_in_each_paragraph_is_one_quotation():
    text = "“The river is low.\n\n“The wells are dry.\n\n“We leave,” she said. “Now.”"
    assert closed(text) == [
        "“The river is low.\n\n“The wells are dry.\n\n“We leave,”",
        "“Now.”",
    ]


def test_a_quotation_that_nobody_closes_ends_with_its_paragraph():
    assert closed("“The river is low.\n\nThe wells are dry.\n\n“We leave.”") == [
        "“The river is low.",
        "“We leave.”",
    ]


def test_the_last_quotation_of_an_article_may_stay_open():
    assert quotations("He said: “The river is low.") == [("“The river is low.", False)]


@pytest.mark.parametrize("text", ["”", "’ ’ ’", '"', "“ “ “", "''", "«", "he said”."])
def test_stray_marks_give_no_nonsense(text):
    for quoted, _ in quotations(text):
        assert quoted in text
        assert quoted
