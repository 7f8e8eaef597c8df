from datetime import UTC, date, datetime
from importlib.metadata import version

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presslens import analyze
from presslens.article import Article, compose
from presslens.attribution import statements
from presslens.attribution.statement import Attribution
from presslens.attribution.voices import VOICES
from presslens.codebooks import load_codebook
from presslens.nlp.encoder import describe_model
from presslens.paths import ROOT
from presslens.reading import read
from presslens.schemas import TABLES
from presslens.spans import Span

SHARED = ROOT.parent / "shared"

TITLE = "Vardania Shuts Port, Ministry Says"
PARAGRAPHS = [
    (
        "Vardania closed the port of Drenholm on Monday, the Transport Ministry said in a "
        "statement. “The river is low."
    ),
    (
        "“The port stays shut,” Transport Minister Oskel Marden told reporters. He called on "
        "Keldoria to open the dam, adding that 27 vessels had been turned away."
    ),
    (
        "According to residents, “nobody was warned”. Critics said it was a mistake. "
        "Rebels attacked the village of Reedholt on Sunday. Keldoria denied the charge."
    ),
]


def article(name="a", paragraphs=PARAGRAPHS):
    text, body_start = compose(TITLE, paragraphs)
    return Article(
        id=name,
        text=text,
        title=TITLE,
        body_start=body_start,
        outlet="The Vardanian Herald",
        published=date(2025, 3, 4),
        published_time=datetime(2025, 3, 4, 9, 30, tzinfo=UTC),
        authors=("Roe", "Poe"),
    )


def rows(analysis, name, article_id):
    return [row for row in analysis.table(name).to_pylist() if row["article_id"] == article_id]


def test_every_table_has_its_schema_and_the_rows_of_the_article():
    analysis = analyze(article())
    for name, schema in TABLES.items():
        assert analysis.table(name).schema == schema
        if name not in ("problems", "passages"):
            assert len(rows(analysis, name, "a")) == len(analysis.table(name)) > 0, name


def test_an_article_row_keeps_the_metadata_and_says_what_it_was_made_with():
    (row,) = analyze(article()).table("articles").to_pylist()
    assert row["title"] == TITLE
    assert row["published"] == date(2025, 3, 4)
    assert row["published_time"] == datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
    assert row["authors"] == ["Roe", "Poe"]
    assert row["section"] is None
    assert row["text"].startswith(TITLE)
    assert row["models"] == [describe_model(), f"rules@{version('presslens')}"]
    assert load_codebook("cues").label in row["codebooks"]


def test_an_article_has_the_same_rows_alone_and_in_any_batch():
    others = [
        article("b", ["Oskel Marden, a singer, said it rained. He left.", "“It pours.”"]),
        article("c", ["“The dam", "holds,” he said."]),
    ]
    alone = analyze(article())
    for batch in ([others[0], article(), others[1]], [article(), *others], [*others, article()]):
        together = analyze(batch)
        for name in TABLES:
            if name != "problems":
                assert rows(together, name, "a") == rows(alone, name, "a"), name


def test_the_same_article_gives_the_same_rows_again():
    first, second = analyze(article()), analyze(article())
    assert all(first.table(name).equals(second.table(name)) for name in TABLES)


def test_no_articles_give_empty_tables():
    analysis = analyze([])
    assert analysis.statements.empty
    assert analysis.voices().empty
    assert list(analysis.articles.columns) == TABLES["articles"].names


def test_an_article_without_statements_is_all_reported_fact(monkeypatch):
    monkeypatch.setattr(statements, "find_attributions", lambda _: [[]])
    voices = analyze(Article(id="a", text="The river rose by two metres.")).voices().iloc[0]
    assert voices["unattributed"] == voices["words"] == 6


def test_the_sentences_voices_add_up_to_the_articles_words():
    analysis = analyze([article("a"), article("b", PARAGRAPHS[1:])])
    sentences = analysis.sentences
    assert sentences[list(VOICES)].sum().sum() == analysis.articles["words"].sum()
    voices = analysis.voices()
    assert (voices[list(VOICES)].sum(axis=1) == voices["words"]).all()
    assert voices["words"].tolist() == analysis.articles["words"].tolist()
    assert voices["official"].tolist() == (
        sentences.groupby("article_id", sort=False)["official"].sum().tolist()
    )


def test_texts_are_those_of_the_spans_and_words_are_counted_in_them():
    for row in analyze(article()).statements.itertuples():
        text = article().text
        for role in ("source", "cue", "content"):
            pieces = [span.of(text) for span in getattr(row, role)]
            assert " … ".join(pieces) == (getattr(row, f"{role}_text") or "")
        assert 0 <= row.quoted_words <= row.words


def attributed(*, source=(), cue=(), content=()):
    return Attribution(source, cue, content, confidence=0.5)


def test_statements_without_a_source_have_no_source_text_and_no_speaker(monkeypatch):
    found = [attributed(cue=(Span(11, 19),), content=(Span(0, 7), Span(20, 34)))]
    monkeypatch.setattr(statements, "find_attributions", lambda _: [found])
    analysis = analyze(Article(id="a", text="The dam is expected to open in May."))
    (row,) = analysis.table("statements").to_pylist()
    assert (row["source"], row["source_text"], row["speaker"]) == ([], None, "")
    assert (row["cue_text"], row["content_text"]) == ("expected", "The dam … to open in May")


def test_the_words_of_a_statement_are_in_the_voice_of_its_speaker(monkeypatch):
    found = [attributed(source=(Span(0, 12),), cue=(Span(13, 17),), content=(Span(18, 27),))]
    monkeypatch.setattr(statements, "find_attributions", lambda _: [found])
    analysis = analyze(Article(id="a", text="The ministry said it rained. It poured."))
    voices = analysis.voices().iloc[0]
    assert voices[list(VOICES)].to_dict() == {
        "official": 2, "other": 0, "unresolved": 0, "attribution": 3, "unattributed": 2,
    }  # fmt: skip


def test_an_analysis_tells_what_it_holds():
    assert repr(analyze(article())).startswith("Analysis(1 articles, ")


def check(text):
    analysis = analyze(Article(id="a", text=text))
    for row in analysis.statements.itertuples():
        assert row.content
        assert row.words > 0
        assert row.cue or not row.source
        for role in ("source", "cue", "content", "quoted"):
            for span in getattr(row, role):
                piece = span.of(text)
                assert 0 <= span.start < span.end <= len(text)
                assert piece == piece.strip()
        ends = [edge for span in row.content for edge in span]
        assert ends == sorted(ends)
    voices = analysis.voices()
    assert (voices[list(VOICES)].sum(axis=1) == voices["words"]).all()
    starts = [start for starts in analysis.sentences["word_starts"] for start in starts]
    assert starts == sorted(set(starts))


HOSTILE = {
    "markup": "<script>alert(1)</script> <b>Roe</b> said &quot;no&quot; <!-- and -->.",
    "dollars": "Roe said $5 and $10_000 were \\frac{1}{2} of it.",
    "control characters": "Roe\x00 said\x07 that\x1b[31m it\u200b rained\x7f.",
    "line separators": "Roe said\u2028that it\u2029rained\x85and\x0bpoured.",
    "only punctuation": "... !!! ??? “” '' — – ;;",
    "one mark": "“",
    "emoji": "“🙂,” said 👩‍👩‍👧. 👍🏽 said that 🏳️‍🌈.",
    "right to left": "\u202eאמר said שלום “مرحبا,” he said. \u202c",
    "combining marks": "Roe\u0301 sai\u0308d that it ra\u0300ined.",
    "unbalanced quotes": "“He said ‘no. \"Yes,» she said. ''",
    "a cue alone": "said",
    "many cues": "said said said according to according to said that that who which",
    "brackets": "Roe (the ) said ( that ] it [ rained.",
    "colons": "ROE: : : “:”",
    "lone surrogate-like": "\ufffd said that \uffff.",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_never_breaks_the_analysis(text):
    check(text)


@pytest.mark.parametrize("text", ["a" * 50_000, "Roe said it rained, " * 2_500, "“a " * 16_000])
def test_a_line_of_50_000_characters_is_analysed(text):
    check(text)


WORDS = (
    "said says told Roe Mr. the minister according to that who which and adding accused of is "
    "expected was by in a statement it he they officials MINISTER \n\n \n “ ” \" ' ‘ ’ , . ? ! : ; "
    "— ( ) $ <b> &amp; … « » `` '' 😀 שלום"
).split(" ")
news_like = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(news_like, st.text(min_size=1, max_size=120)).filter(str.strip))
def test_any_text_gives_trimmed_spans_inside_it_and_voices_that_add_up(text):
    check(text)


def seed():
    files = sorted((SHARED / "data" / "seed").glob("*.txt"))
    if not files:
        pytest.skip("the seed article lies in ../shared, which is not here")
    (found,) = read(files[0])
    return analyze(found)


# The nine statements of the seed by their cue, who says them, and whether that is official.
NINE = [
    ("called on", "Foreign Ministry", True),
    ("said in a statement", "Foreign Ministry", True),
    ("says", "Israel", True),
    ("said", "health officials", True),
    ("recently accused", "Human Rights Watch", False),
    ("urged", "Alexander Trufanov", False),
    ("spoke", "Alexander Trufanov", False),
]


def test_the_nine_statements_of_the_seed_are_found():
    statements = seed().statements
    assert len(statements) >= 9
    for cue, speaker, official in NINE:
        fitting = statements[
            statements["cue_text"].str.startswith(cue)
            & statements["speaker"].str.contains(speaker, case=False)
        ]
        assert len(fitting), (cue, speaker)
        assert fitting["official"].eq(official).all(), (cue, speaker)
    assert statements.loc[0, "source"][0].start == 0  # the title's


def test_the_seeds_voice_shares_add_up():
    voices = seed().voices().iloc[0]
    assert sum(voices[voice] for voice in VOICES) == voices["words"]
    assert voices["official"] > voices["other"] > 0
