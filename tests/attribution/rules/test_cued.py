"""What each rule finds, through `find_attributions`: (rule, source, cue, content pieces)."""

import pytest

from presslens.article import Article
from presslens.attribution.rules import find_attributions
from presslens.tokens import tokenize


def found(text):
    doc = tokenize(Article(id="a", text=text))
    return [
        (
            one.rule,
            " … ".join(span.of(text) for span in one.source),
            " … ".join(span.of(text) for span in one.cue),
            " … ".join(span.of(text) for span in one.content),
        )
        for one in find_attributions([doc])[0]
    ]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "“The river is low,” the mayor said.",
            ("quote", "the mayor", "said", "“The river is low,”"),
        ),
        (
            "“The river is low,” said Oda Brandt, the mayor of Kasp.",
            ("quote", "Oda Brandt, the mayor of Kasp", "said", "“The river is low,”"),
        ),
        (
            "“The river,” the mayor said, “is low.”",
            ("quote", "the mayor", "said", "“The river,” … “is low.”"),
        ),
        (
            "The river is low, officials said on Monday.",
            ("after", "officials", "said", "The river is low"),
        ),
        ("Not monsters, the engineer says.", ("after", "the engineer", "says", "Not monsters")),
        (
            "Vardania, he argued, was paying for it.",
            ("after", "he", "argued", "Vardania … was paying for it"),
        ),
        (
            "The mayor said that the river was low.",
            ("before", "The mayor", "said", "that the river was low"),
        ),
        ("The mayor said the river was low.", ("before", "The mayor", "said", "the river was low")),
        (
            "The mayor said “the river” was low.",
            ("before", "The mayor", "said", "“the river” was low"),
        ),
        (
            "The mayor told reporters that it was low.",
            ("before", "The mayor", "told", "that it was low"),
        ),
        (
            "The council called on the militants to free the crew.",
            ("before", "The council", "called on", "to free the crew"),
        ),
        ("The mayor vowed to stay.", ("before", "The mayor", "vowed", "to stay")),
        (
            "The mayor declined to comment.",
            ("before", "The mayor", "declined", "to comment"),
        ),
        (
            "According to the ministry, the river is low.",
            ("phrase", "the ministry", "According to", "the river is low"),
        ),
        (
            "The river is low, according to the ministry.",
            ("phrase", "the ministry", "according to", "The river is low"),
        ),
        (
            "The wells, according to the ministry, are dry.",
            ("phrase", "the ministry", "according to", "The wells … are dry"),
        ),
        (
            "MINISTER: The river is low.",
            ("label", "MINISTER", ":", "The river is low"),
        ),
        (
            "The dam is expected to open in May.",
            ("passive", "", "is expected", "The dam … to open in May"),
        ),
        (
            "The plan was criticized by Oda Brandt.",
            ("passive", "Oda Brandt", "was criticized", "The plan"),
        ),
        (
            "The widow was asked by a reporter whether she would stay.",
            ("passive", "a reporter", "was asked", "whether she would stay"),
        ),
    ],
)
def test_each_rule_finds_its_statement(text, finding):
    assert found(text) == [finding]


def test_a_participle_shares_the_subject_of_the_sentence():
    assert found("The mayor said that it rained, adding that the dam would hold.") == [
        ("before", "The mayor", "said", "that it rained"),
        ("participle", "The mayor", "adding", "that the dam would hold"),
    ]
    assert found("The mayor has left, saying that the dam would hold.") == [
        ("participle", "The mayor", "saying", "that the dam would hold")
    ]


def test_a_second_verb_shares_the_subject_of_the_first():
    assert found("The mayor rejected the offer and called on the rebels to leave.") == [
        ("before", "The mayor", "rejected", "the offer"),
        ("before", "The mayor", "called on", "to leave"),
    ]
    assert found("It rained, the mayor said, and accused the union of sleeping.") == [
        ("after", "the mayor", "said", "It rained"),
        ("before", "the mayor", "accused", "the union of sleeping"),
    ]


def test_who_stands_as_the_source_and_its_clause_ends_where_the_main_one_goes_on():
    text = "A diplomat, who asked not to be named, said that the talks had failed."
    assert found(text) == [
        ("before", "A diplomat", "said", "that the talks had failed"),
        ("before", "who", "asked", "not to be named"),
    ]


def test_who_introduces_what_a_person_said_after_the_name():
    assert found("The talks failed for Oda Brandt, who said that it rained.") == [
        ("before", "who", "said", "that it rained")
    ]


def test_two_statements_of_one_sentence_are_two():
    assert found("The mayor said it rained, but officials said it was dry.") == [
        ("before", "The mayor", "said", "it rained"),
        ("before", "officials", "said", "it was dry"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Doctors told the family that she would grow, says Mrs Finch.",
        "Corrin believes that a deal is near, his spokesman said.",
        "Corrin believes that a deal is near “within days,” his spokesman said.",
    ],
)
def test_what_is_said_within_a_statement_belongs_to_it(text):
    ((rule, _, _, content),) = found(text)
    assert rule in {"after", "quote"}
    assert text.startswith(content)


def test_only_the_outermost_statement_counts():
    assert found("The mayor said that the minister had told him that it rained.") == [
        (
            "before",
            "The mayor",
            "said",
            "that the minister had told him that it rained",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The plans were stolen from the report.",
        "They met the minister and left a statement on the table.",
        "He saw a dog in the yard.",
        "The state rests on hope and fear.",
        "No one was there.",
    ],
)
def test_sentences_in_which_nobody_says_anything_give_none(text):
    assert found(text) == []


def test_cues_inside_a_quotation_belong_to_it():
    assert found("“He said that it rained,” she said.") == [
        ("quote", "she", "said", "“He said that it rained,”")
    ]


def test_a_heading_of_a_title_is_no_speaker():
    assert found("Explainer: How the dam came to be built") == []
    assert found("Mayor: How the dam came to be built")[0][:2] == ("label", "Mayor")


def test_a_noun_attributes_to_its_possessor():
    assert found("The mayor's claim that the dam would hold was soon forgotten.")[0][:3] == (
        "noun", "The mayor's", "claim",
    )  # fmt: skip
    assert found("Nobody shared their hope that the dam would hold.") == [
        ("noun", "their", "hope", "that the dam would hold")
    ]
    assert found("The claim that the dam would hold was soon forgotten.") == []
