"""How attributions are coded that are marked in a text; conftest.py tells of the marks."""

import pytest

from presslens.attribution.statements import find_statements


@pytest.mark.parametrize(
    ("marked", "form", "quoted"),
    [
        ("<“The river is low,”> {the mayor} [said].", "direct", ["“The river is low,”"]),
        ("{The mayor} [said] <that the river was low>.", "indirect", []),
        (
            "{The mayor} [called] <the river “very low and dirty”>.",
            "mixed",
            ["“very low and dirty”"],
        ),
        (
            "<“The river,”> {the mayor} [said], <“is low.”>",
            "direct",
            ["“The river,”", "“is low.”"],
        ),
        ("{The mayor} [said] <the river was “low”>.", "mixed", ["“low”"]),
    ],
)
def test_a_statement_is_direct_indirect_or_mixed_by_its_quotation_marks(
    statements_of, marked, form, quoted
):
    ((one,),) = statements_of(marked)
    text = "".join(character for character in marked if character not in "{}[]<>")
    assert one.form == form
    assert [span.of(text) for span in one.quoted] == quoted


@pytest.mark.parametrize(
    ("marked", "act", "endorsement"),
    [
        ("{The mayor} [said] <that it rained>.", "state", "neutral"),
        ("{The mayor} [claimed] <that it rained>.", "argue", "distancing"),
        ("{The mayor} [pointed out] <that it rained>.", "state", "endorsing"),
        ("{The mayor} [called on] <the rebels to leave>.", "ask", "none"),
        ("{The mayor} [accused] <the rebels of theft>.", "accuse", "neutral"),
        ("{The mayor} [denied] <the report>.", "deny", "neutral"),
        ("{The mayor} [admitted] <that it rained>.", "admit", "endorsing"),
        ("{The mayor} [vowed] <to stay>.", "promise", "none"),
        ("{The mayor} [threatened] <to leave>.", "threaten", "none"),
        ("{The court} [ruled] <that it was theft>.", "decide", "none"),
        ("{The mayor} [wants] <an apology>.", "intend", "none"),
        ("{The mayor} [believes] <that it rains>.", "believe", "none"),
        ("{The mayor} [fears] <that it rains>.", "feel", "none"),
        ("{The mayor} [declined] <to comment>.", "decline", "none"),
    ],
)
def test_the_cue_tells_what_the_speaker_does_and_what_the_paper_commits_to(
    statements_of, marked, act, endorsement
):
    ((one,),) = statements_of(marked)
    assert (one.act, one.endorsement) == (act, endorsement)


def test_every_attribution_becomes_a_statement_with_its_parts_and_its_confidence(statements_of):
    text = "It rains, Brandt said. It is expected to pour."
    (found,) = statements_of(
        "<It rains>, {Brandt} [said]. |<It> is [expected] <to pour>.", confidence=0.25
    )
    assert [
        [[span.of(text) for span in part] for part in (one.source, one.cue, one.content)]
        for one in found
    ] == [[["Brandt"], ["said"], ["It rains"]], [[], ["expected"], ["It", "to pour"]]]
    assert [one.confidence for one in found] == [0.25, 0.25]


def test_each_article_is_coded_by_its_own_names(statements_of):
    found = statements_of(
        *(
            f"{{{name} Brandt}} [said] <it rained>. |{{Brandt}} [said] <it poured>."
            for name in ("Oda", "Pell")
        )
    )
    assert [{one.speaker for one in some} for some in found] == [{"Oda Brandt"}, {"Pell Brandt"}]


def test_no_articles_no_statements():
    assert find_statements([], []) == []


def test_what_a_speaker_is_called_later_tells_their_type_from_the_first_statement_on(statements_of):
    (found,) = statements_of(
        "<The dam will hold>, {Tilda Roe} [said] on Monday.\n\n"
        "|{Tilda Roe of the Foreign Ministry} [said] <that the talks would go on>."
    )
    assert [one.speaker_type for one in found] == ["government", "government"]


def test_they_are_never_the_writer(statements_of):
    ((writer, others),) = statements_of(
        "{I} [think] <that the dam will hold>. |{They} [said] <that it would not>."
    )
    assert (writer.speaker_type, others.speaker_type) == ("author", "unknown")
