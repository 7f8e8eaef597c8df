import pytest

from presslens.analysis import analyze
from presslens.article import Article
from presslens.attribution.channels import CHANNELS, channel_of, load_channels
from presslens.attribution.statement import Attribution
from presslens.codebooks import CodebookError
from presslens.paths import CODEBOOKS
from presslens.spans import Span
from presslens.tokens import tokenize


def channel(text: str, source: str, cue: str, content: str) -> str | None:
    """The channel of one statement whose parts are given by their words."""

    def spans(words: str) -> tuple[Span, ...]:
        start = text.index(words)
        return (Span(start, start + len(words)),) if words else ()

    found = Attribution(spans(source), spans(cue), spans(content), confidence=1.0)
    return channel_of(tokenize(Article(id="a", text=text)), found)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "told"),
    [
        ("The port will stay shut, the ministry said in a short statement.",
         "the ministry", "said", "The port will stay shut", "statement"),
        ("The mayor told reporters on Monday that the bridge was safe.",
         "The mayor", "told", "that the bridge was safe", "press_conference"),
        ("The mayor told Reuters that the bridge was safe.",
         "The mayor", "told", "that the bridge was safe", "interview"),
        ("In an open letter to the council, Oda called the plan reckless.",
         "Oda", "called", "the plan reckless", "letter"),
        ("Oda wrote on Facebook that the plan was reckless.",
         "Oda", "wrote", "that the plan was reckless", "social_media"),
        ("Oda tweeted that the plan was reckless.",
         "Oda", "tweeted", "that the plan was reckless", "social_media"),
        ("Oda issued a press release denouncing the plan.",
         "Oda", "issued a press release denouncing", "the plan", "statement"),
        ("The plan was reckless, his lawyers argued in court papers.",
         "his lawyers", "argued", "The plan was reckless", "court"),
        ("The study found that rents had doubled.",
         "The study", "found", "that rents had doubled", "document"),
        ("Trufan said in the video that he was well.",
         "Trufan", "said", "that he was well", "video"),
        ("Oda told the crowd that rents would fall.",
         "Oda", "told", "that rents would fall", "speech"),
        ("Oda said that rents would fall.", "Oda", "said", "that rents would fall", None),
    ],
)  # fmt: skip
def test_the_words_beside_a_statement_tell_where_it_was_made(text, source, cue, content, told):
    assert channel(text, source, cue, content) == told


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Oda said that he would write to her in a letter.",
         "Oda", "said", "that he would write to her in a letter"),
        ("The Washington Post poll led Oda to say rents would fall.",
         "Oda", "say", "rents would fall"),
        ("Oda, a Supreme Court clerk, said rents would fall.", "Oda", "said", "rents would fall"),
    ],
)  # fmt: skip
def test_words_inside_the_content_and_parts_of_names_tell_nothing(text, source, cue, content):
    assert channel(text, source, cue, content) is None


def test_the_phrase_nearest_to_the_cue_counts():
    text = "After a letter in a dispute at a rally on Monday, Oda said in an interview it was over."
    assert channel(text, "Oda", "said", "it was over") == "interview"


def test_a_statement_without_cue_and_source_has_no_channel():
    text = "“It is over.”"
    assert channel(text, "", "", text) is None


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (("  letter:", "  pigeon:"), "no such channel"),
        (("    hearers: [me, us]", "    hearer: [me, us]"), "expected lists named nouns"),
        (("    hearers: [me, us]", "    hearers: me"), "expected lists of words"),
    ],
)
def test_a_malformed_codebook_is_refused(edited_codebook, edit, told):
    text = (CODEBOOKS / "channels.yaml").read_text("utf-8")
    assert edit[0] in text
    with pytest.raises(CodebookError, match=told):
        edited_codebook("channels", load_channels)(text.replace(*edit))


def test_every_channel_has_words():
    book = load_channels()
    assert {told for words in book.meaning.values() for told in words.values()} == set(CHANNELS)


def test_the_table_of_statements_holds_channel_and_negation():
    text = (
        "Mayor Ann Oda said in an interview that the bridge was safe. She did not promise a date."
    )
    said = analyze(Article(id="a", text=text)).statements
    assert said["channel"].tolist()[0] == "interview"
    assert said["negated"].dtype == bool
