from presslens.sentiment.cues import FEATURES, target_features
from presslens.spans import Span


def features(sentence, target):
    start = sentence.index(target)
    values = target_features(sentence, Span(start, start + len(target)))
    return dict(zip(FEATURES, values, strict=True))


def test_active_and_passive_judgements_reach_their_object():
    assert features("Critics slammed Ode.", "Ode")["against_it"] == 1
    assert features("Ode was widely criticized.", "Ode")["against_it"] == 1
    assert features("Ode slammed her critics at length.", "Ode")["against_it"] == 0


def test_a_negated_judgement_is_turned_round():
    assert features("Nobody would say they did not praise Ode.", "Ode")["for_it"] == -1


def test_harm_is_told_apart_from_judgement():
    values = features("Ode was abducted in May.", "Ode")
    assert values["harm_to_it"] == 1
    assert values["against_it"] == 0


def test_a_target_inside_quotes_is_marked():
    assert features("She said: “Ode is here.”", "Ode")["quoted"] == 1
    assert features("“Go,” said Ode.", "Ode")["quoted"] == 0
