import pytest

from presslens.attribution.cues import ACTS, ENDORSEMENTS, load_cues, read_cue, regular_forms
from presslens.codebooks import CodebookError

MINIMAL = """
version: "1"
verbs:
  - {act: state, endorsement: neutral, words: [say, carry, agree, pass on]}
nouns:
  - {act: deny, endorsement: neutral, words: [denial, inquiry]}
adjectives:
  - {act: feel, endorsement: none, words: [fed up]}
phrases:
  - {act: state, endorsement: neutral, words: [according to]}
impersonal:
  - {act: believe, endorsement: none, words: [expected]}
leading: [carry]
negations: [not]
refusals: [agree]
answering: [say]
irregular:
  say: [says, said, said, saying]
"""


@pytest.fixture
def book(edited_codebook):
    return edited_codebook("cues", load_cues)


def forms(book, lemma):
    found = [form for some in book.forms.values() for form in some if form.cue.lemma == lemma]
    return [" ".join(form.words) for form in found]


def test_regular_and_irregular_forms_are_made(book):
    found = book(MINIMAL)
    assert forms(found, "say") == ["say", "says", "said", "saying"]
    assert forms(found, "carry") == ["carry", "carries", "carried", "carrying"]
    assert forms(found, "agree") == ["agree", "agrees", "agreed", "agreeing"]


def test_of_a_verb_of_several_words_the_first_is_inflected(book):
    found = book(MINIMAL)
    assert forms(found, "pass on") == ["pass on", "passes on", "passed on", "passing on"]


@pytest.mark.parametrize(
    ("cue", "entry"),
    [
        ("has since said", "say"),
        ("it was passed on today", "pass on"),
        ("it was passed over", None),
        ("rains according to", "according to"),
        ("he acts according", None),
        ("his denials", "denial"),
        ("an inquiry", "inquiry"),
        ("inquiries said", "inquiry"),
        ("is expected", "expected"),
        (":", None),
        ("", None),
    ],
)
def test_a_cue_takes_the_entry_that_comes_first_in_it(book, cue, entry):
    found = next(book(MINIMAL).cues_in(cue.split()), None)
    assert (found and found[1].lemma) == entry


def test_of_two_entries_that_begin_alike_the_longer_counts(book):
    found = book(MINIMAL.replace("pass on", "pass, pass on"))
    assert list(found.cues_in(["passed", "on"])) == [(0, found.entries["pass on"])]
    assert list(found.cues_in(["passed", "over"])) == [(0, found.entries["pass"])]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (MINIMAL.replace("act: state", "act: stating", 1), "act must be one of state, argue"),
        (
            MINIMAL.replace("endorsement: neutral", "endorsement: warm", 1),
            "endorsement must be one of neutral",
        ),
        (MINIMAL.replace("words: [say", "word: [say"), "verbs: group 1: expected act"),
        (MINIMAL.replace("say, carry", "say, say"), "'say' is listed twice"),
        (MINIMAL.replace("impersonal:", "impersonal: none\nothers:"), "'impersonal' must be there"),
        (MINIMAL.replace("irregular:", "regular:"), "'irregular' must be there and be a dict"),
    ],
)
def test_a_malformed_codebook_is_refused_with_its_path_and_what_was_expected(book, text, told):
    with pytest.raises(CodebookError, match=told) as error:
        book(text)
    assert "cues.yaml" in str(error.value)


@pytest.mark.parametrize(
    ("cue", "coded"),
    [
        ("said", ("state", "neutral", False)),
        ("has claimed", ("argue", "distancing", False)),
        ("revealed", ("state", "endorsing", False)),
        ("called on", ("ask", "none", False)),
        ("denies", ("deny", "neutral", False)),
        ("according to", ("state", "neutral", False)),
        (":", ("state", "neutral", False)),
        ("is expected", ("believe", "none", False)),
        ("was furious", ("feel", "none", False)),
        ("burbled", ("state", "neutral", False)),
        ("ripped", ("accuse", "neutral", False)),
        ("is hoping", ("intend", "none", False)),
    ],
)
def test_cues_of_the_shipped_codebook_are_coded(cue, coded):
    assert read_cue(cue.split()) == coded


@pytest.mark.parametrize(
    ("cue", "coded"),
    [
        ("did n't promise", ("promise", "none", True)),
        ("did n’t say", ("decline", "none", False)),
        ("has never denied", ("deny", "neutral", True)),
        ("declined to comment", ("decline", "none", False)),
        ("did not respond to", ("decline", "none", False)),
        ("refused to answer", ("decline", "none", False)),
        ("refused to release", ("decline", "none", False)),
        ("can not forgive", ("state", "neutral", True)),
        ("refused to leave", ("decline", "none", False)),
        ("said it was not", ("state", "neutral", False)),
    ],
)
def test_a_denied_cue_is_told_from_one_that_declines(cue, coded):
    assert read_cue(cue.split()) == coded


@pytest.mark.parametrize(
    ("cue", "act"),
    [
        ("issued a statement denouncing", "accuse"),
        ("issued a statement", "state"),
        ("seemed to suggest", "argue"),
        ("continued to insist", "argue"),
        ("seems", "believe"),
    ],
)
def test_a_cue_that_only_leads_to_another_gives_way(cue, act):
    assert read_cue(cue.split()).act == act


@pytest.mark.parametrize(
    ("verb", "past"),
    [("rip", "ripped"), ("pan", "panned"), ("vet", "vetted"), ("tweet", "tweeted"),
     ("report", "reported"), ("vow", "vowed"), ("quiz", "quizzed"), ("boo", "booed")],
)  # fmt: skip
def test_verbs_of_one_syllable_double_their_last_letter(verb, past):
    assert regular_forms(verb)[1] == past


def test_every_cue_of_the_shipped_codebook_has_a_known_act_and_endorsement():
    entries = load_cues().entries.values()
    assert len(entries) > 200
    assert {cue.act for cue in entries} <= set(ACTS)
    assert {cue.endorsement for cue in entries} <= set(ENDORSEMENTS)
