import pytest

from presslens.attribution.cues import ACTS, ENDORSEMENTS, act_of, load_cues
from presslens.codebooks import CodebookError

MINIMAL = """
version: "1"
verbs:
  - {act: state, endorsement: neutral, takes: clause, words: [say, carry, agree, pass on]}
needs: {}
nouns: []
noun_cues:
  - {act: deny, endorsement: neutral, words: [denial, inquiry]}
phrases:
  - {act: state, endorsement: neutral, words: [according to]}
impersonal:
  - {act: believe, endorsement: none, words: [expected]}
headings: [explainer]
irregular:
  say: [says, said, said, saying]
"""


@pytest.fixture
def book(edited_codebook):
    return edited_codebook("cues", load_cues)


def forms(book, lemma):
    found = {form for some in book.verbs.values() for form in some if form.cue.lemma == lemma}
    return {" ".join(form.words): form.inflection for form in found}


def test_regular_and_irregular_forms_are_made(book):
    found = book(MINIMAL)
    assert forms(found, "say") == {"say": "base", "says": "s", "said": "past", "saying": "ing"}
    assert forms(found, "carry") == {
        "carry": "base",
        "carries": "s",
        "carried": "past",
        "carrying": "ing",
    }
    assert forms(found, "agree") == {
        "agree": "base",
        "agrees": "s",
        "agreed": "past",
        "agreeing": "ing",
    }


def test_of_a_verb_of_several_words_the_first_is_inflected(book):
    found = book(MINIMAL)
    assert set(forms(found, "pass on")) == {"pass on", "passes on", "passed on", "passing on"}
    form = found.verb_at("it was passed on today".split(), 2)
    assert form is not None
    assert form.words == ("passed", "on")
    assert found.verb_at("it was passed over".split(), 2) is None


def test_phrases_and_nouns_are_found(book):
    found = book(MINIMAL)
    assert found.phrase_at("it rains according to roe".split(), 2) == (
        2,
        found.entries["according to"],
    )
    assert found.phrase_at("he acts according".split(), 2) is None
    assert {"denial", "denials", "inquiry", "inquiries"} == set(found.nouns)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (MINIMAL.replace("act: state", "act: stating", 1), "act must be one of state, argue"),
        (
            MINIMAL.replace("endorsement: neutral", "endorsement: warm", 1),
            "endorsement must be one of neutral",
        ),
        (MINIMAL.replace("takes: clause", "takes: all"), "takes must be one of clause"),
        (MINIMAL.replace("words: [say", "word: [say"), "verbs: group 1: expected act"),
        (MINIMAL.replace("say, carry", "say, say"), "'say' is listed twice"),
        (MINIMAL.replace("nouns: []", "nouns: none"), "'nouns' must be there and be a list"),
        (MINIMAL.replace("irregular:", "regular:"), "'irregular' must be there and be a dict"),
    ],
)
def test_a_malformed_codebook_is_refused_with_its_path_and_what_was_expected(book, text, told):
    with pytest.raises(CodebookError, match=told) as error:
        book(text)
    assert "cues.yaml" in str(error.value)


@pytest.mark.parametrize(
    ("lemma", "coded"),
    [
        ("say", ("state", "neutral")),
        ("claim", ("argue", "distancing")),
        ("reveal", ("state", "endorsing")),
        ("call on", ("ask", "none")),
        ("deny", ("deny", "neutral")),
        ("decline", ("decline", "none")),
        ("according to", ("state", "neutral")),
        (":", ("state", "neutral")),
        ("expected", ("believe", "none")),
    ],
)
def test_cues_of_the_shipped_codebook_are_coded(lemma, coded):
    assert act_of(lemma) == coded


def test_every_cue_of_the_shipped_codebook_has_a_known_act_and_endorsement():
    entries = load_cues().entries.values()
    assert len(entries) > 200
    assert {cue.act for cue in entries} <= set(ACTS)
    assert {cue.endorsement for cue in entries} <= set(ENDORSEMENTS)
