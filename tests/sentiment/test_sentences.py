from presslens.article import Article
from presslens.sentiment import sentence_compounds
from presslens.tokens import tokenize


def test_each_sentence_has_its_own_tone():
    text = "The harvest was wonderful. The flood was a disaster. The council met on Monday."
    good, bad, plain = sentence_compounds(tokenize(Article(id="a", text=text)))
    assert good > 0.3
    assert bad < -0.3
    assert plain == 0
