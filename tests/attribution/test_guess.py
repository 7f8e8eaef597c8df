import numpy as np
import pytest

from presslens.analysis import analyze
from presslens.article import Article
from presslens.attribution import guess
from presslens.attribution.guess import Evidence, guess_types, is_open, log_probabilities
from presslens.attribution.speaker import AUTHOR, Speaker
from presslens.attribution.statement import Attribution
from presslens.attribution.voices import SPEAKER_TYPES
from presslens.nlp.encoder import encode
from presslens.spans import Span
from presslens.tokens import tokenize

TEXT = "Mira Quennell said that the herring had gone. They said so again. It was cold."


@pytest.fixture(scope="module")
def doc():
    (made,) = encode([tokenize(Article(id="a", text=TEXT))])
    return made


def found(source, cue, content):
    spans = []
    for words in (source, cue, content):
        start = TEXT.index(words)
        spans.append((Span(start, start + len(words)),) if words else ())
    return Attribution(*spans, confidence=1.0)


QUENNELL = found("Mira Quennell", "said", "that the herring had gone")
THEY = found("They", "said", "so again")


def person(*descriptions):
    return Speaker("Mira Quennell", True, True, False, descriptions=list(descriptions))


def test_only_speakers_of_whom_lists_tell_nothing_are_open():
    assert is_open(None)
    assert is_open(person())
    assert is_open(Speaker("the panel", False, False, False))
    assert not is_open(person("minister"))
    assert not is_open(person("a resident"))
    assert not is_open(AUTHOR)
    assert not is_open(Speaker("critics", False, False, True, descriptions=["critics"]))


def test_every_type_has_a_probability(doc):
    row = Evidence(doc, ()).row(QUENNELL, person())
    (likely,) = np.exp(log_probabilities(row[None]))
    assert likely.shape == (len(SPEAKER_TYPES),)
    assert likely.sum() == pytest.approx(1, abs=1e-4)


def test_a_type_is_guessed_only_if_it_is_likely_enough(doc, monkeypatch):
    speakers = [person(), None]
    monkeypatch.setattr(guess, "SURE", 1.01)
    assert guess_types(doc, (), [QUENNELL, THEY], speakers) == {}
    monkeypatch.setattr(guess, "SURE", 0.0)
    guessed = guess_types(doc, (), [QUENNELL, THEY], speakers)
    assert set(guessed) == {0, 1}
    assert set(guessed.values()) <= set(SPEAKER_TYPES)


def test_all_statements_of_a_speaker_have_one_type(doc, monkeypatch):
    monkeypatch.setattr(guess, "SURE", 0.0)
    speaker = person()
    guessed = guess_types(doc, (), [QUENNELL, THEY], [speaker, speaker])
    assert len(set(guessed.values())) == 1


def test_what_lists_tell_is_never_guessed_anew(doc, monkeypatch):
    monkeypatch.setattr(guess, "SURE", 0.0)
    assert guess_types(doc, (), [QUENNELL], [person("minister")]) == {}


def test_a_guess_does_not_depend_on_other_articles():
    other = Article(id="b", text="Herring boats lay in the harbour. Skipper Roe said it was over.")
    alone = analyze(Article(id="a", text=TEXT)).statements
    beside = analyze([other, Article(id="a", text=TEXT)]).statements
    beside = beside[beside["article_id"] == "a"].reset_index(drop=True)
    assert alone["speaker_type"].tolist() == beside["speaker_type"].tolist()
