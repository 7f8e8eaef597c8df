from presslens.article import Article
from presslens.attribution.quotes import find_quotations
from presslens.attribution.rules.line import Line, Range
from presslens.tokens import tokenize

TEXT = "“The river’s low. The wells are dry,” said Oda Brandt."


def line(number=0, text=TEXT):
    doc = tokenize(Article(id="a", text=text))
    return Line(doc, doc.sentences[number], find_quotations(doc))


def test_words_are_lower_case_with_straight_apostrophes():
    assert line().words[:4] == ["“", "the", "river", "'s"]
    assert line().raw[:4] == ["“", "The", "river", "’s"]


def test_words_beyond_the_sentence_are_empty():
    assert line().word(-1) == ""
    assert line().word(len(line())) == ""


def test_tokens_know_the_quotation_that_holds_them():
    last = line(1)
    position = last.words.index("said")
    assert last.quoted[position - 1]
    assert not any(last.quoted[position:])


def test_a_range_in_a_quotation_grows_to_all_of_it_over_the_sentence():
    last = line(1)
    said = last.words.index("said")
    assert last.content(Range(0, said)).of(TEXT) == "“The river’s low. The wells are dry,”"
    assert last.content(Range(said, len(last))).of(TEXT) == "said Oda Brandt."


def test_names_are_written_with_a_capital():
    last = line(1)
    assert last.is_name(last.words.index("oda"))
    assert not last.is_name(last.words.index("said"))
