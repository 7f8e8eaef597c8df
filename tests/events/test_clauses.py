import pytest

from presslens.events.clauses import Reading, noun_phrase_after, subject_before, verb_group


def phrase(words, found):
    return None if found is None else " ".join(words[found.start : found.end])


@pytest.mark.parametrize(
    ("sentence", "verb", "start", "auxiliary", "negated", "unreal"),
    [
        ("They have been brutally killed", "killed", "have", "been", False, False),
        ("He was shot", "shot", "was", "was", False, False),
        ("He was not shot", "shot", "was", "was", True, True),
        ("They would kill", "kill", "would", None, False, True),
        ("It 's attacked", "attacked", "'s", "'s", False, False),
        ("The rebels killed", "killed", "killed", None, False, False),
    ],
)
def test_auxiliaries_belong_to_the_verb(sentence, verb, start, auxiliary, negated, unreal):
    words = sentence.split()
    group = verb_group(Reading(words), words.index(verb))
    assert words[group.start] == start
    assert (group.auxiliary, group.negated, group.unreal) == (auxiliary, negated, unreal)


def test_a_possessive_is_no_auxiliary():
    words = "The army 's killed soldiers".split()
    assert verb_group(Reading(words), 3).auxiliary is None
    assert verb_group(Reading(["'s", "killed", "he"]), 1).auxiliary is None


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("killed more than 43,000 people in May", "more than 43,000 people"),
        ("killed two of the men and fled", "two of the men"),
        ("fined Roe and Poe on Monday", "Roe and Poe"),
        ("hit her in the face", "her"),
        ("hit her house", "her house"),
        ("seized a booklet titled nothing", "a booklet titled nothing"),
        ("detained on Monday", None),
        ("attacked again", None),
    ],
)
def test_a_noun_phrase_after_a_verb_ends_before_what_hangs_on_it(sentence, found):
    words = sentence.split()
    assert phrase(words, noun_phrase_after(Reading(words), 1)) == found


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("Roe 's father , Vitaly Roe ,", "Roe 's father"),
        ("The rebels , who", "The rebels"),
        ("They said the army", "the army"),
        ("In May the army", "the army"),
        ("The residents of the town near Larn", "The residents of the town"),
        ("He", "He"),
        ("The company that owns the plane", None),
        ("They wanted to", None),
        ("On Monday", None),
    ],
)
def test_a_subject_is_what_stands_right_before_the_verb_without_what_hangs_on_it(before, found):
    words = before.split()
    assert phrase(words, subject_before(Reading(words), len(words))) == found


def test_a_determiner_stands_within_reach_of_its_noun():
    words = "the long and bloody attack on a quiet town".split()
    reading = Reading(words)
    assert reading.determined(words.index("town"))
    assert not reading.determined(words.index("attack"))
