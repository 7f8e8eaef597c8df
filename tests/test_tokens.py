from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nltk.tokenize import NLTKWordTokenizer

from presslens import paths
from presslens.article import Article, compose
from presslens.problems import PresslensError
from presslens.spans import Span
from presslens.tokens import split_sentences, split_words, tokenize
from presslens.tokens.punkt import PARAMETERS, load_abbreviations, read_parameters

SHARED = paths.ROOT.parent / "shared" / "data"

PROSE = st.text(st.sampled_from("abN.!?…,'\"“”‘’()[]-–—@#/:5 \n\u00a0$é"), max_size=60)
ANY_TEXT = st.one_of(st.text(max_size=60), PROSE)


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


def words(text: str) -> list[str]:
    return [token.of(text) for token in split_words(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "text",
    [
        # One sentence a part; the parts are joined by a space.
        "Sen. J. D. Vandel met U.S. officials at No. 10 on Jan. 6.|He left at once.",
        "Sens. Ana Prell and Dr. M. Oru spoke.|Gov. Lee and Lt. Col. Ray Moss did not.",
        "The board of Acme Inc. met at 9 a.m. on Monday.|It rained.",
        "Tulip Corp. President Ann Lee left.|Mr. Moss stayed.",
        "It began at 5 p.m.|The mayor was late.",
        "She works for Acme Inc.|He does not.",
        "They moved to Washington, D.C.|The house was small.",
        "He has lived in the U.S.|But he votes in Norland.",
        "The U.S. President spoke.|U.S. Embassy staff listened.",
        "George W. Bush and John Q. Public came.|L. Oyun-Erdel spoke.",
        "That was Plan B.|The end was near.",
        "Bring pens, paper, etc.|Lunch is at noon, i.e. at twelve, vs. Elmfield at one.",
        "He wrote Art. 5 and Vol. 2 on p. 7.|The answer was no.|The vote was on Sunday.",
        "The church was full for mass.|A choir sang in Boston, Mass. on Friday.",
        "They met in St. Orlo.|The crowd on Elm St.|The police came.",
        "Prices rose 3.5 percent in 2016.|In 2017 they fell by 1.2.|Nobody knew.",
        "Ten people left.|20 came back.",
        "Gov. Price met Gen. Will Moss.|Mr. So left.",
        "They grow plums, pears, etc.|Elmfield is proud of it.",
        "Did it end at 5 p.m?|Elmfield waits.",
    ],
)
def test_initials_abbreviations_and_numbers(text: str) -> None:
    parts = text.split("|")
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "“We are ready.”|The mayor left.",
        '"We are ready."|The mayor left.',
        "‘We are ready.’|The mayor left.",
        "(We are ready.)|The mayor left.",
        "She said “it is over.”|“We know,” he said.",
        "She said 'it is over.'|'We know,' he said.",
        'He said: "We won. "|Then he left.',
        "“Why now?” she asked.|Nobody knew.",
        "“Why now?” Ann Lee asked.|Nobody knew.",
        "“Why now?” Ms. Lee then asked reporters.|“Because.”",
        "She shouted “Stop!”|Ann Lee asked why.",
        "“Stop!”|Ann Lee came in.",
        "“We won the cup.”|Ann Lee said so on Monday.",
        "Yahoo! shares rose.|Really?|Yes!",
        "He said (and meant it!) that he left.|She stayed.",
        "“It is the best day.” — Ann Lee",
        "TRENTON, N.J. — The mayor left.|It rained.",
        "“It is the end.”|— This is what the mayor of Elmfield said to us on Monday.",
    ],
)
def test_quotes_brackets_and_dashes(text: str) -> None:
    parts = text.split("|")
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Well ... maybe we go.|Then we stay.",
        "He waited…|Then he left.",
        "We waited. ...|I was cold.",
        "It was . . . odd.|Nobody said a word.",
        "1. The plan is simple.",
        "b. The plan is simple.",
        "It was founded in 1971. [2]|It closed in 1980.",
        "iPhone sales fell.|iPhone prices rose.",
        "Old Hands Navigate U.S. Media",
    ],
)
def test_ellipses_enumerations_and_headlines(text: str) -> None:
    parts = text.split("|")
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("He said.Kharkin left.", ["He said.", "Kharkin left."]),
        ("It fell in 2016.He left.", ["It fell in 2016.", "He left."]),
        ("“We won.”The mayor left.", ["“We won.”", "The mayor left."]),
        ('"We won."The mayor left.', ['"We won."', "The mayor left."]),
        ('The mayor left."We won," he said.', ["The mayor left.", '"We won," he said.']),
        ("Why?Nobody knew.", ["Why?", "Nobody knew."]),
        ("He left.“We won,” he said.", ["He left.", "“We won,” he said."]),
        ("He left.“ Then he won.", ["He left.“", "Then he won."]),
    ],
)
def test_a_missing_space_ends_a_sentence(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Overstock.Com and example.com rose 3.5 percent in the U.S.A or so.",
        "See https://post.example/a.B?c=D.Ef&g for more.",
        "Write to Ann.Lee@post.Example.org today.",
        "The mayor of St.Orlo met Dr.Moss.",
    ],
)
def test_no_sentence_ends_inside_an_address_or_number(text: str) -> None:
    assert sentences(text) == [text]


def test_line_breaks_end_sentences_and_paragraphs() -> None:
    text = "A headline without end\n\nThe mayor of\nElmfield left.\r\nIt rained. It snowed."
    doc = tokenize(Article(id="a", text=text))
    assert [s.span.of(text) for s in doc.sentences] == [
        "A headline without end",
        "The mayor of",
        "Elmfield left.",
        "It rained.",
        "It snowed.",
    ]
    assert [s.paragraph for s in doc.sentences] == [0, 1, 2, 3, 3]
    assert len(doc.paragraphs) == 4


def test_the_title_is_a_paragraph_of_its_own() -> None:
    text, start = compose("Mayor leaves. Will he return?", ["He left.", "It rained."])
    doc = tokenize(Article(id="a", text=text, body_start=start))
    assert [s.is_title for s in doc.sentences] == [True, True, False, False]
    assert [s.paragraph for s in doc.sentences] == [0, 0, 1, 2]
    assert [s.index for s in doc.sentences] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("“We can’t,” she said.", "“ We ca n’t , ” she said ."),
        ('"We can\'t," she said.', '" We ca n\'t , " she said .'),
        ("‘Go,’ he said.", "‘ Go , ’ he said ."),
        ("The dogs’ home, Ann’s", "The dogs ’ home , Ann ’s"),
        ("left—quickly – and--so", "left — quickly – and -- so"),
        ("He cannot pay £5 or $3.50 (5%).", "He can not pay £ 5 or $ 3.50 ( 5 % ) ."),
        ("Well… so …", "Well … so …"),
        ("He lives in the U.S.", "He lives in the U.S."),
        ("She works for Acme Inc.”", "She works for Acme Inc. ”"),
        ("They had pens etc.", "They had pens etc."),
        ("It is so.", "It is so ."),
        ("See https://a.example/b?c=d, please.", "See https://a.example/b?c=d , please ."),
        ("(www.a.example/b).", "( www.a.example/b ) ."),
        ("Ask ann.lee@a.example.", "Ask ann.lee@a.example ."),
        ("@ann_lee: #StopIt!", "@ann_lee : #StopIt !"),
        ("He left. ” he said.", "He left . ” he said ."),
        ("and/or state-of-the-art O’Neil", "and/or state-of-the-art O’Neil"),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    assert words(text) == tokens.split()


@pytest.mark.parametrize(
    "text",
    [
        "The mayor's office can't pay $3.50, he said (on Monday); it won't.",
        'She said "it\'s over" and left: "Gimme that," they\'d say.',
        "In '99 the dogs' home, at 10:30, cost 1,000--or more...",
    ],
)
def test_plain_text_is_cut_as_nltk_cuts_it(text: str) -> None:
    expected = [Span(*span) for span in NLTKWordTokenizer().span_tokenize(text)]
    assert split_words(text, Span(0, len(text))) == expected


def test_words_are_tokens_with_a_letter_or_a_digit() -> None:
    text = "He — “Ann” — paid £5."
    (sentence,) = tokenize(Article(id="a", text=text)).sentences
    assert [word.of(text) for word in sentence.words] == ["He", "Ann", "paid", "5"]


@given(ANY_TEXT)
@example("\"''``\"'' .\"")
@example("a\u200b.B " * 3)
@example("x" * 300 + ". Yes.")
def test_every_character_belongs_to_one_token(text: str) -> None:
    if not text.strip():
        return
    doc = tokenize(Article(id="a", text=text))
    position = 0
    for token in doc.tokens:
        assert token.start >= position and token.start < token.end
        assert not any(map(str.isspace, token.of(text)))
        assert not text[position : token.start].strip()
        position = token.end
    assert not text[position:].strip()


@given(ANY_TEXT)
def test_sentences_lie_in_order_inside_their_paragraphs(text: str) -> None:
    if not text.strip():
        return
    doc = tokenize(Article(id="a", text=text))
    for sentence in doc.sentences:
        assert sentence.span.of(text) == sentence.span.of(text).strip() != ""
        assert doc.paragraphs[sentence.paragraph].contains(sentence.span)
        assert all(sentence.span.contains(token) for token in sentence.tokens)
    starts = [sentence.span.start for sentence in doc.sentences]
    assert starts == sorted(set(starts))


def test_the_shipped_parameters_are_small_and_sorted() -> None:
    assert PARAMETERS.stat().st_size < 200_000
    parameters = read_parameters(PARAMETERS)
    assert {"the", "he", "but"} <= parameters.starters
    assert "police" in parameters.common | parameters.either
    assert "president" in parameters.either
    assert not parameters.common & parameters.either


def test_a_line_outside_the_sections_of_the_parameters_is_named(tmp_path) -> None:
    path = tmp_path / "punkt.txt"
    path.write_text("# a comment\n\nthe\n", encoding="utf-8")
    with pytest.raises(PresslensError, match="line 3"):
        read_parameters(path)


def test_abbreviations_with_a_capital_stand_for_that_spelling() -> None:
    known = load_abbreviations()
    assert "Mass" in known and "MASS" in known and "mass" not in known
    assert "inc" in known and "Inc" in known


def test_news_from_polnear_keeps_all_its_characters() -> None:
    path = SHARED / "polnear" / "dev.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    for line in path.read_text(encoding="utf-8").splitlines()[:20]:
        text = json.loads(line)["text"]
        doc = tokenize(Article(id="a", text=text))
        assert "".join(t.of(text) for t in doc.tokens) == "".join(text.split())
