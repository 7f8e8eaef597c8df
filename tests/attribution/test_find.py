"""Find: what the encoder's tags and links become; what they are is told to it here, not learnt."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from presslens.article import Article
from presslens.attribution import find
from presslens.attribution.find import find_attributions
from presslens.attribution.statement import Attribution
from presslens.doc import Doc
from presslens.nlp.marginals import Marginals, span_marginals
from presslens.nlp.tagging import ATTRIBUTION
from presslens.tokens import tokenize

Ints = NDArray[np.int64]
FloatArray = NDArray[np.float32]
# Written about a text: which spans it holds, and to which cue and source they point.
ROLES = {"s": "source", "c": "cue", "t": "content", "m": "content"}
MARKED = re.compile(r"\[([sctm])(\d*)(?:>(\d+)(?:/(\d+))?)?: ?([^\]]*)\]")

Find = Callable[..., list[Attribution]]


class Told:
    """A model that tags and links as the marks in a text say.

    [s1: …] and [c1: …] are a source and a cue with a number; [c1>2: …] is a cue that points to
    source 2, [t>1: …] a content that points to cue 1, [t>1/3: …] one that may belong to cue 3 too.
    Who points nowhere belongs to none. [m>1: …] is a content with a probability of four in ten.
    """

    def __init__(self, marked: str) -> None:
        text, place = "", 0
        marks: list[tuple[int, int, re.Match[str]]] = []
        for match in MARKED.finditer(marked):
            text += marked[place : match.start()]
            marks.append((len(text), len(text) + len(match[5]), match))
            text += match[5]
            place = match.end()
        text += marked[place:]
        self.doc = tokenize(Article(id="a", text=text))
        starts = np.array([token.start for token in self.doc.tokens])
        self.marks = [
            (*np.searchsorted(starts, (start, end)).tolist(), match) for start, end, match in marks
        ]

    def scores(self, sureness: float) -> FloatArray:
        size = len(self.doc.tokens)
        spans = [(start, end, ROLES[match[1]]) for start, end, match in self.marks]
        scores = sureness * np.eye(len(ATTRIBUTION.tags))[ATTRIBUTION.encode(spans, size)]
        for start, end, match in self.marks:
            if match[1] == "m":
                scores[start:end] *= 1 - 0.4 / sureness / (end - start)
                scores[start:end, 0] = sureness
        return scores.astype(np.float32)

    def points(self, head: str, share: float, children: Ints) -> tuple[Ints, FloatArray]:
        """The first choice has the share, the second a tenth of it."""
        parent = "c" if head == "cue_of_content" else "s"
        numbers = [match[2] for _, _, match in self.marks if match[1] == parent]
        aims = {start: match.group(3, 4) for start, _, match in self.marks}
        found = [
            [numbers.index(aim) if aim else -1 for aim in aims[start]]
            for start, _ in children.tolist()
        ]
        shares = [[share, share / 10 if second >= 0 else 0] for _, second in found]
        return np.array(found).reshape(-1, 2), np.array(shares, np.float32).reshape(-1, 2)


@pytest.fixture
def found_in(monkeypatch: pytest.MonkeyPatch) -> Find:
    def run(marked: str, *, sureness: float = 20.0, share: float = 1.0) -> list[Attribution]:
        told = Told(marked)
        kinds = len(ATTRIBUTION.tags)
        monkeypatch.setattr(find, "tag_scores", lambda *_: told.scores(sureness))
        monkeypatch.setattr(find, "transitions", lambda *_: np.zeros((kinds, kinds), np.float32))
        monkeypatch.setattr(
            find, "point", lambda head, _, children, *__: told.points(head, share, children)
        )
        texts.append(told.doc.text)
        return find_attributions([told.doc])[0]

    return run


texts: list[str] = []


def words(found: Sequence[Attribution]) -> list[tuple[str, str, str]]:
    """Source, cue and content of each, several pieces parted by a bar."""
    text = texts[-1]
    return [
        tuple("|".join(span.of(text) for span in part) for part in (a.source, a.cue, a.content))  # type: ignore[misc]
        for a in found
    ]


def test_a_content_belongs_to_its_cue_and_the_cue_to_its_source(found_in: Find) -> None:
    found = found_in("[s1:Mira Quennell] [c1>1:said] [t>1:that the dam had burst].")
    assert words(found) == [("Mira Quennell", "said", "that the dam had burst")]


def test_a_content_around_its_cue_is_one_statement(found_in: Find) -> None:
    found = found_in("[t>1:“The river,”] [s1:she] [c1>1:said], [t>1:“is low.”] It rained.")
    assert words(found) == [("she", "said", "“The river,”|“is low.”")]


def test_a_quotation_that_runs_over_paragraphs_is_one_statement(found_in: Find) -> None:
    found = found_in("[t>1:“It rains.] He left, [s1:Oda] [c1>1:said].\n\n[t>1:“It pours.”]")
    assert words(found) == [("Oda", "said", "“It rains.|“It pours.”")]
    one = found_in("[s1:Oda] [c1>1:said]: [t>1:“It rains.\n\n“It pours.”]")
    assert words(one) == [("Oda", "said", "“It rains.\n\n“It pours.”")]


def test_one_source_may_speak_several_times(found_in: Find) -> None:
    found = found_in("[s1:Oda] [c1>1:said] [t>1:it rained] and [c2>1:denied] [t>2:that it poured].")
    assert words(found) == [("Oda", "said", "it rained"), ("Oda", "denied", "that it poured")]


def test_a_statement_may_lack_its_source_or_its_cue_too(found_in: Find) -> None:
    found = found_in("It was [c1:reported] [t>1:that it rained]. [t:“It poured.”] [t:“Why?”]")
    assert words(found) == [
        ("", "reported", "that it rained"),
        ("", "", "“It poured.”"),
        ("", "", "“Why?”"),
    ]


def test_a_cue_or_a_source_alone_says_nothing(found_in: Find) -> None:
    assert found_in("[s1:Oda] [c1>1:spoke]. [s2:Pell] left.") == []
    assert found_in("It rained.") == []


def test_a_cue_without_content_takes_one_that_nearly_belongs_to_it(found_in: Find) -> None:
    text = "[s1:Oda] [c1>1:said] [t>1:it rained]. [t>1/2:“It pours,”] [s2:Pell] [c2>2:wrote]."
    assert words(found_in(text)) == [("Oda", "said", "it rained"), ("Pell", "wrote", "“It pours,”")]


def test_a_cue_takes_no_content_that_is_anothers_only_one(found_in: Find) -> None:
    found = found_in("[s1:Oda] [c1>1:said] [t>1/2:it rained], [s2:Pell] [c2>2:wrote].")
    assert words(found) == [("Oda", "said", "it rained")]


def test_a_cue_takes_no_content_that_hardly_belongs_to_it(found_in: Find) -> None:
    text = "[s1:Oda] [c1>1:said] [t>1:it rained]. [t>1:“It pours,”] [s2:Pell] [c2>2:wrote]."
    assert words(found_in(text)) == [("Oda", "said", "it rained|“It pours,”")]


def test_a_cue_without_content_takes_the_best_that_was_not_chosen(found_in: Find) -> None:
    found = found_in("[s1:Oda] [c1>1:answered] with [m>1:a nod].")
    assert words(found) == [("Oda", "answered", "a nod")]
    assert found_in("[s1:Oda] [c1>1:answered] with [m>1:“] a nod.") == []
    two = "[s1:Oda] [c1>1:answered] with [m>1/2:a nod], [s2:Pell] [c2>2:sighed]."
    assert words(found_in(two)) == [("Oda", "answered", "a nod")]


def test_what_was_not_chosen_stays_so_without_a_cue_that_lacks_it(found_in: Find) -> None:
    found = found_in("[s1:Oda] [c1>1:said] [t>1:yes] with [m>1:a nod]. [m:It rained].")
    assert words(found) == [("Oda", "said", "yes")]
    assert found_in("[s1:Oda] [c1>1:answered] with [m>1:a nod].", share=0.05) == []


def test_an_unsure_cue_takes_nothing_that_was_not_chosen(
    found_in: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "SURE", 1.1)
    assert found_in("[s1:Oda] [c1>1:answered] with [m>1:a nod].") == []


def test_a_second_best_content_shares_no_word_with_a_chosen_one(
    found_in: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "[s1:Oda] [c1>1:answered] with [m>1:a nod] [c2>1:meaning] [t>2:yes]."
    assert words(found_in(text)) == [("Oda", "answered", "a nod"), ("Oda", "meaning", "yes")]
    real = span_marginals

    def longer(*given: Any) -> list[Marginals]:
        """The possible content goes on into the chosen one."""
        title, body = real(*given)
        spans = body.spans.copy()
        spans[(spans == (3, 5, 2)).all(axis=1), 1] = 7
        return [title, Marginals(spans, body.shares, body.inside)]

    monkeypatch.setattr(find, "span_marginals", longer)
    assert words(found_in(text)) == [("Oda", "meaning", "yes")]


def test_a_web_address_attributes_nothing(found_in: Find) -> None:
    found = found_in("[c1:https://gazette.example/2031/ferry]\n\n[t:The ferry sank.]")
    assert words(found) == [("", "", "The ferry sank.")]


def test_statements_come_in_the_order_of_the_text_whatever_points_where(found_in: Find) -> None:
    found = found_in(
        "[s1:Oda] [c1>1:said], though [t>2:“it rains”] [s2:Pell] [c2>2:wrote], [t>1:that she knew]."
    )
    assert [source for source, _, _ in words(found)] == ["Oda", "Pell"]
    assert [a.start for a in found] == sorted(a.start for a in found)


def test_a_statement_is_as_sure_as_its_tags_and_its_links(found_in: Find) -> None:
    text = "[s1:Oda] [c1>1:said] [t>1:that it rained]."
    (sure,) = found_in(text)
    (tags,) = found_in(text, sureness=2.0)
    (links,) = found_in(text, share=0.5)
    (neither,) = found_in(text, sureness=2.0, share=0.1)
    for found in (sure, tags, links, neither):
        assert 0 <= found.confidence <= 1
    assert sure.confidence > max(tags.confidence, links.confidence)
    assert min(tags.confidence, links.confidence) > neither.confidence


STORY = (
    "Ferry will run\n\n“It is late,” Mira Quennell, a baker, said on Monday. The ministry denied "
    "it.\n\nResidents told the Herald that they had\u00a0asked for years: “Why now?”"
)


def docs() -> list[Doc]:
    stories = [STORY, "Rain.", "\u200b", f"{STORY}\n\n" * 12, "He said it.", STORY * 5]
    return [tokenize(Article(id=str(n), text=text)) for n, text in enumerate(stories)]


def test_an_article_alone_has_the_attributions_it_has_among_others() -> None:
    for doc, found in zip(docs(), find_attributions(docs()), strict=True):
        assert find_attributions([doc]) == [found]
    assert find_attributions([]) == []


def test_spans_are_whole_tokens_of_the_article() -> None:
    for doc, found in zip(docs(), find_attributions(docs()), strict=True):
        starts = {token.start for token in doc.tokens}
        ends = {token.end for token in doc.tokens}
        for attribution in found:
            assert attribution.content
            for span in (*attribution.source, *attribution.cue, *attribution.content):
                assert span.start in starts
                assert span.end in ends
                assert span.of(doc.text) == span.of(doc.text).strip() != ""
