import numpy as np
import pytest

from presslens.analysis import analyze
from presslens.article import Article
from presslens.attribution.people import Office
from presslens.attribution.speaker import AUTHOR, Speaker
from presslens.attribution.statement import Attribution
from presslens.attribution.voices import NAMINGS, SPEAKER_TYPES
from presslens.attribution.weighing import (
    CUE,
    FARTHEST,
    MOST_TOKENS,
    NAMED,
    SURE,
    SURE_AGAINST_OFFICE,
    SUSPECTED,
    Evidence,
    Likely,
    choose,
    likelihoods,
    weigh,
)
from presslens.mentions import find_mentions
from presslens.nlp.encoder import encode
from presslens.spans import Span
from presslens.tokens import tokenize

TEXT = "Mira Quennell said that the herring had gone. They said so again. It was cold."


@pytest.fixture(scope="module")
def doc():
    (made,) = encode([tokenize(Article(id="a", text=TEXT))])
    return made


def found(source, cue, content, text=TEXT):
    spans = []
    for words in (source, cue, content):
        start = text.index(words)
        spans.append((Span(start, start + len(words)),) if words else ())
    return Attribution(*spans, confidence=1.0)


QUENNELL = found("Mira Quennell", "said", "that the herring had gone")
THEY = found("They", "said", "so again")


def person(*descriptions):
    return Speaker("Mira Quennell", True, True, False, descriptions=list(descriptions))


def sure_of(kind, likelihood, naming="named", of_naming=0.4):
    return Likely(_peak(SPEAKER_TYPES, kind, likelihood), _peak(NAMINGS, naming, of_naming))


def _peak(names, name, likelihood):
    likely = np.full(len(names), (1 - likelihood) / (len(names) - 1))
    likely[names.index(name)] = likelihood
    return likely


def test_every_code_has_a_likelihood(doc):
    ((types, namings),) = likelihoods([Evidence(doc, ()).of(person(), [QUENNELL])])
    assert types.shape == (len(SPEAKER_TYPES),)
    assert namings.shape == (len(NAMINGS),)
    assert types.sum() == pytest.approx(1, abs=1e-4)
    assert namings.sum() == pytest.approx(1, abs=1e-4)


def test_tokens_near_a_speaker_are_told_from_their_names_and_from_cues(doc):
    shown = Evidence(doc, ()).of(person(), [QUENNELL])
    assert shown.marks[:3].tolist() == [NAMED, NAMED, CUE]
    assert (shown.distances[:4] - FARTHEST).tolist() == [0, 0, 1, 2]
    assert shown.vectors.shape == (len(shown.marks), 384)
    assert (shown.pieces[:, 0] >= 0).all()


def test_what_lists_tell_gives_way_only_to_what_is_likelier_than_a_bar():
    minister = person("minister")
    assert choose(minister, sure_of("party", SURE - 0.01)).type == "government"
    assert choose(minister, sure_of("party", SURE + 0.01)).type == "party"
    assert choose(person(), sure_of("party", SUSPECTED - 0.01)).type == "citizen"
    assert choose(person(), sure_of("party", SUSPECTED + 0.01)).type == "party"


def test_an_office_that_is_known_holds_against_doubts():
    mayor = person()
    mayor.office = Office("government", certain=True)
    assert choose(mayor, sure_of("citizen", SURE_AGAINST_OFFICE - 0.01)).type == "government"
    assert choose(mayor, sure_of("citizen", SURE_AGAINST_OFFICE + 0.01)).type == "citizen"


def test_who_is_anonymous_is_of_unknown_type_and_only_they():
    source = Speaker("a source", False, False, False, descriptions=["a source"])
    assert choose(source, sure_of("unknown", 0.9, "anonymous", 0.9)) == ("unknown", "anonymous")
    assert choose(source, sure_of("government", 0.5, "affiliated", 0.9)).type == "unknown"
    told = choose(source, sure_of("government", 0.9, "affiliated", 0.9))
    assert told == ("government", "affiliated")
    assert choose(person(), sure_of("unknown", 0.4, "named", 0.9)).naming == "named"


def test_where_no_source_is_given_nobody_is_named():
    assert choose(None, sure_of("party", 0.9, "named", 0.9)) == ("party", "anonymous")
    assert choose(None, sure_of("unknown", 0.9)) == ("unknown", "anonymous")


def test_all_statements_of_a_speaker_have_the_same_codes(doc):
    speaker = person()
    codes = weigh(doc, (), [QUENNELL, THEY], [speaker, speaker])
    assert len(codes) == 2
    assert len(set(codes)) == 1


def test_the_author_is_never_weighed(doc):
    assert weigh(doc, (), [THEY], [AUTHOR]) == [("author", "affiliated")]
    assert weigh(doc, (), [], []) == []


def test_a_speaker_with_many_names_shows_a_bounded_number_of_tokens():
    text = "Mira Quennell said no. " + "The harbour was empty and Mira Quennell waited there. " * 60
    (long,) = encode([tokenize(Article(id="b", text=text))])
    (mentions,) = find_mentions([long])
    shown = Evidence(long, mentions).of(person(), [found("Mira Quennell", "said", "no", text)])
    assert len(shown.marks) <= MOST_TOKENS


def test_what_lists_do_not_know_is_told_by_the_words_around_a_name():
    text = (
        "Torv Alderik, who teaches marine biology at the University of Quelling and has studied "
        "the herring for twenty years, said that the shoals had moved north. Alderik said that "
        "his research showed why."
    )
    statements = analyze(Article(id="c", text=text)).statements
    assert set(statements["speaker_type"]) == {"expert"}


def test_a_type_does_not_depend_on_other_articles():
    other = Article(id="b", text="Herring boats lay in the harbour. Skipper Roe said it was over.")
    alone = analyze(Article(id="a", text=TEXT)).statements
    beside = analyze([other, Article(id="a", text=TEXT)]).statements
    beside = beside[beside["article_id"] == "a"].reset_index(drop=True)
    assert alone["speaker_type"].tolist() == beside["speaker_type"].tolist()


def test_what_a_speaker_is_told_to_be_does_not_hang_on_the_others(doc):
    evidence = Evidence(doc, ())
    shown = [evidence.of(person(), [QUENNELL]), evidence.of(None, [THEY])]
    together = likelihoods(shown)
    for one, alone in zip(together, (likelihoods([each])[0] for each in shown), strict=True):
        np.testing.assert_allclose(one.types, alone.types, atol=1e-5)
        np.testing.assert_allclose(one.namings, alone.namings, atol=1e-5)
