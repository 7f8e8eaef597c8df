"""Odd input: whatever stands in a text, every span lies in it and says what its row says."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import presslens
from presslens.analysis import Analysis
from presslens.article import Article
from presslens.schemas import EVIDENCE, SPAN, SPANS, TABLES

# A hundred thousand words take over a minute of one core; the soak run takes the time.
SOAKS = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
LONG = 100_000 if SOAKS else 20_000
EXAMPLES = settings.default.max_examples if SOAKS and settings.default else 40

PROSE = [
    "Mira Quennell, a baker, told the Herald on Monday that",
    "the ferry to Drenholm would run all night,",
    "Foreign Minister Oda Brandt denied",
    "said.",
    "according to the police",
    "He was killed by Vardanian troops.",
    "DAM BURSTS TWICE",
    "Why?",
    "The government’s plan",
    "$1,200",
    "they",
    "great",
    "a.m.",
    "U.S.",
    "https://a.example/b?c=d",
]
ODD = [
    "👩‍👩‍👧‍👦",
    "🇬🇧🇫🇷",
    "👍🏽said",
    "e\u0301te\u0301",
    "Zoe\u0308 A\u0328\u0301lva",
    "\u0301\u0301",
    "שלום",
    "\u202eأهلا\u202c",
    "\u2067קול\u2069 said",
    "so\u00adft\u00adly",
    "Bra\u00adndt",
    "zero\u200bwidth",
    "\u200b",
    "\u200d\u2060\ufeff",
    "北京市。",
    "한국",
    "İSTANBUL ﬁne ǅ ẞ",
    "“",
    "”",
    '"',
    "''",
    "``",
    "«",
    "»",
    "‘",
    "’",
    "„",
    "'",
    "\x00",
    "\x07\x1b[31m",
    "\x1c\x1d\x85",
    "\u2028",
    "\ufffd",
    "\U0010ffff\ue000",
    "[SEP] [MASK] ##",
    "—…",
    "x" * 300,
    "Aa" * 120 + "!",
    "<b>&amp;",
    "=1+1",
]
GAPS = [" ", " ", " ", " ", "", "\n\n", "\n", "\t", "\r\n", "\u00a0", "\u2003", " \u200b ", "  "]
STRANGE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


@st.composite
def texts(draw: st.DrawFn) -> str:
    chunk = st.sampled_from(PROSE) | st.sampled_from(ODD) | STRANGE
    some = st.lists(st.tuples(chunk, st.sampled_from(GAPS)), min_size=1, max_size=14)
    return "".join(word + gap for word, gap in draw(some.filter(has_text)))


def has_text(pairs: list[tuple[str, str]]) -> bool:
    return bool("".join(word + gap for word, gap in pairs).strip())


def articles_of(given: Sequence[str], *, title_first: bool = False) -> list[Article]:
    """Articles with these texts; with `title_first` the first line of each is its title."""
    found = []
    for number, text in enumerate(given):
        head, gap, body = text.partition("\n\n")
        start = len(head) + len(gap) if title_first and head.strip() and body.strip() else 0
        title = head if start else None
        found.append(Article(id=f"a{number}", text=text, title=title, body_start=start))
    return found


def spans(name: str, row: dict[str, Any]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every span of a row, with its column."""
    for field in TABLES[name]:
        cell = row[field.name]
        if field.type in {SPANS, EVIDENCE}:
            yield from ((field.name, (span["start"], span["end"])) for span in cell)
        elif field.type == SPAN and cell is not None:
            yield field.name, (cell["start"], cell["end"])
    if {"start", "end"} <= set(TABLES[name].names):
        yield "start", (row["start"], row["end"])


def check(articles: Sequence[Article], analysis: Analysis) -> None:
    """Every span of every table lies in its article's text, and the row's words are the text's."""
    texts = {article.id: article.text for article in articles}
    for name in TABLES:
        if "article_id" not in TABLES[name].names:
            continue
        for row in analysis.table(name).to_pylist():
            text = texts[row["article_id"]]
            for column, (start, end) in spans(name, row):
                assert 0 <= start < end <= len(text), (name, column)
                assert text[start:end] == text[start:end].strip(), (name, column)
            check_words(name, row, text)


def check_words(name: str, row: dict[str, Any], text: str) -> None:
    columns = [column.removesuffix("_text") for column in row if column.endswith("_text")]
    for column in columns:
        pieces = [text[span["start"] : span["end"]] for span in row[column]]
        assert row[f"{column}_text"] == (" … ".join(pieces) or None), (name, column)
    if name == "articles":
        assert row["text"] == text
    if name == "mentions":
        assert row["text"] == text[row["start"] : row["end"]]
    if name == "sentences":
        starts = row["word_starts"]
        assert starts == sorted(set(starts))
        assert all(row["start"] <= start < row["end"] for start in starts)
        assert not any(text[start].isspace() for start in starts)


def rows_of(analysis: Analysis, article: Article) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [r for r in analysis.table(name).to_pylist() if r["article_id"] == article.id]
        for name in TABLES
        if "article_id" in TABLES[name].names
    }


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(texts(), min_size=1, max_size=3), st.booleans())
@example(["Rain", "“Rain", "\u200b"], True)
@example(["\x1c\x1dsaid\x85 he.\u2028Brandt left", "'' `` said Oda Brandt."], False)
def test_every_span_lies_in_its_text_and_no_article_changes_another(
    given: list[str], title_first: bool
) -> None:
    articles = articles_of(given, title_first=title_first)
    together = presslens.analyze(articles)
    check(articles, together)
    for article in articles:
        assert rows_of(together, article) == rows_of(presslens.analyze(article), article)


ONE_KIND = {
    "a word": "Rain",
    "a mark": "?",
    "an emoji": "👩‍👩‍👧",
    "a combining mark": "\u0301",
    "nothing to see": "\u200b",
    "a very long word": "x" * 20_000,
    "opening quotes only": "“" * 500,
    "cues only": "said " * 1000,
    "a name a line": "Brandt\n" * 400,
    "no end of a sentence": "the mayor said she told Mira Quennell that Oda Brandt " * 60,
    "tabs": "\t\tMira Quennell\tsaid\tthat\tit\train\u00aded\t\t",
    "carriage returns": "\r\n\r\n“It rains,” he said.\r\n\r\n“It pours.”\r\n",
    "right to left": "שלום, אמר שר החוץ. “It rains,” Brandt said \u202eto them\u202c.",
    "mixed quotes": "“It rains, 'he said, \"it pours,’ she ``said'' «again„ Brandt said.",
}


@pytest.mark.parametrize("kind", ONE_KIND)
def test_a_text_of_one_odd_kind_keeps_its_spans(kind: str) -> None:
    articles = articles_of([ONE_KIND[kind]])
    check(articles, presslens.analyze(articles))


def test_what_stands_in_odd_text_is_read_all_the_same() -> None:
    text = (
        "👩‍👩‍👧 “So\u00adft,” Zoe\u0308 Quennell said in Drenholm.\u2028\u2028It poured.\n\nשלום."
    )
    analysis = presslens.analyze(articles_of([text])[0])
    found = [text[row["start"] : row["end"]] for row in analysis.table("sentences").to_pylist()]
    assert "".join("".join(found).split()) == "".join(text.split())
    assert analysis.articles["words"].item() == analysis.sentences["word_starts"].map(len).sum()


def test_a_very_long_article_keeps_its_spans_and_leaves_its_neighbour_alone() -> None:
    parts = [*PROSE, *(word for word in ODD if len(word) < 100)]
    text, words, number = "", 0, 0
    while words < LONG:
        text += parts[number % len(parts)] + GAPS[(number // 3) % len(GAPS)]
        words += len(parts[number % len(parts)].split())
        number += 1 + (number % 5 == 0)
    articles = articles_of([text, "The dam burst, Brandt said."])
    analysis = presslens.analyze(articles)
    check(articles, analysis)
    alone = presslens.analyze(articles[1])
    assert rows_of(analysis, articles[1]) == rows_of(alone, articles[1])
