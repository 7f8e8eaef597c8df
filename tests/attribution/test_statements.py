import pytest

from presslens.article import Article
from presslens.attribution.statements import find_statements
from presslens.mentions import find_mentions
from presslens.tokens import tokenize


def statements(text):
    doc = tokenize(Article(id="a", text=text))
    return find_statements([doc], [find_mentions(doc)])[0]


@pytest.mark.parametrize(
    ("text", "form", "quoted"),
    [
        ("“The river is low,” the mayor said.", "direct", ["“The river is low,”"]),
        ("The mayor said that the river was low.", "indirect", []),
        ("The mayor called the river “very low and dirty”.", "mixed", ["“very low and dirty”"]),
        (
            "“The river,” the mayor said, “is low.”",
            "direct",
            ["“The river,”", "“is low.”"],
        ),
        ("The mayor said the river was “low”.", "mixed", ["“low”"]),
    ],
)
def test_a_statement_is_direct_indirect_or_mixed_by_its_quotation_marks(text, form, quoted):
    (one,) = statements(text)
    assert one.form == form
    assert [span.of(text) for span in one.quoted] == quoted


@pytest.mark.parametrize(
    ("text", "act", "endorsement"),
    [
        ("The mayor said that it rained.", "state", "neutral"),
        ("The mayor claimed that it rained.", "argue", "distancing"),
        ("The mayor pointed out that it rained.", "state", "endorsing"),
        ("The mayor called on the rebels to leave.", "ask", "none"),
        ("The mayor accused the rebels of theft.", "accuse", "neutral"),
        ("The mayor denied the report.", "deny", "neutral"),
        ("The mayor admitted that it rained.", "admit", "endorsing"),
        ("The mayor vowed to stay.", "promise", "none"),
        ("The mayor threatened to leave.", "threaten", "none"),
        ("The court ruled that it was theft.", "decide", "none"),
        ("The mayor wants an apology.", "intend", "none"),
        ("The mayor believes that it rains.", "believe", "none"),
        ("The mayor fears that it rains.", "feel", "none"),
        ("The mayor declined to comment.", "decline", "none"),
    ],
)
def test_the_cue_tells_what_the_speaker_does_and_what_the_paper_commits_to(text, act, endorsement):
    (one,) = statements(text)
    assert (one.act, one.endorsement) == (act, endorsement)


def test_confidence_is_higher_for_quotations_than_for_passives():
    (quote,) = statements("“The river is low,” the mayor said.")
    (passive,) = statements("The dam is expected to open in May.")
    assert 0 < passive.confidence < quote.confidence < 1


def test_statements_come_in_the_order_of_the_text():
    found = statements("It rains, Brandt said. Kesh said that it pours. Roe denied it.")
    assert [one.cue[0].start for one in found] == sorted(one.cue[0].start for one in found)


def test_each_article_is_coded_by_its_own_names():
    docs = [
        tokenize(Article(id=name, text=f"{name} Brandt said it rained. Brandt said it poured."))
        for name in ("Oda", "Pell")
    ]
    found = find_statements(docs, [find_mentions(doc) for doc in docs])
    assert [{one.speaker for one in some} for some in found] == [{"Oda Brandt"}, {"Pell Brandt"}]
    assert find_statements([], []) == []


def test_what_a_speaker_is_called_later_tells_their_type_from_the_first_statement_on():
    text = (
        "The dam will hold, Tilda Roe said on Monday.\n\n"
        "Tilda Roe of the Foreign Ministry said that the talks would go on."
    )
    assert [one.speaker_type for one in statements(text)] == ["government", "government"]


def test_they_are_never_the_writer():
    text = "I think that the dam will hold. They said that it would not."
    writer, others = statements(text)
    assert (writer.speaker_type, others.speaker_type) == ("author", "unknown")
