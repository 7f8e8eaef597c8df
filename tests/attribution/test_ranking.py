"""Whom a source that is no name stands for: the cases that every reader of news settles alike."""

import numpy as np
import pytest

from presslens.attribution.ranking import BAR, choose

SCENE = (
    "The harbour will close in May, Mayor Oda Brandt said on Tuesday. "
    "Fishermen were angry. Their union, the Larn Fishers’ League, called the plan a disgrace.\n\n"
)


@pytest.fixture
def speakers(statements_of):
    return lambda marked: [one.speaker for one in statements_of(marked)[0]]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("{Mayor Oda Brandt} [said] <it rained>.\n\n|<“It is over,”> {she} [added].", "Oda Brandt"),
        (
            "{Oda Brandt, the mayor,} [said] <it rained>.\n\n|<“It is over,”> {the mayor} [added].",
            "Oda Brandt",
        ),
        (
            "{The Larn Fishers’ League} [said] <it rained>.\n\n|<The plan was mad>, {it} [added].",
            "Larn Fishers’ League",
        ),
    ],
)
def test_who_just_spoke_goes_on(speakers, text, speaker):
    assert speakers(text)[-1] == speaker


def test_an_aide_to_somebody_is_not_that_person(speakers):
    text = "{Mayor Oda Brandt} [said] <it rained>. |{An aide to Brandt} [said] <that it poured>."
    assert speakers(text) == ["Oda Brandt", "An aide to Brandt"]


def test_a_draw_goes_to_the_rules():
    assert choose(np.array([0.4, 0.4 * BAR - 0.01, 0.1], np.float32)) == 0
    assert choose(np.array([0.2, 0.7, 0.1], np.float32)) == 1
    assert choose(np.array([0.7, 0.2, 0.1], np.float32)) == 0
