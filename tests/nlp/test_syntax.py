"""Syntax: trees for our own tokens and sentences, whichever pipeline makes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc as SpacyDoc
from spacy.training import Example

from presslens.article import Article
from presslens.doc import Doc
from presslens.nlp import syntax
from presslens.nlp.syntax import (
    ASIDES,
    CLAUSES,
    ENVIRONMENT,
    LONGEST,
    Parser,
    Syntax,
    SyntaxModelError,
    describe_model,
    load_parser,
    parse,
    plain_words,
)
from presslens.tokens import tokenize

NEWS = """Ferry Crews Walk Out

“The boats are too old,” said Ines Halloran, the union's leader. She met the minister on Monday.

The minister, who had promised new ships, didn't answer. 'We will see,' he wrote later."""


def read(text: str, number: int = 0) -> Doc:
    return tokenize(Article(id=f"article-{number}", text=text))


packaged = pytest.mark.skipif(
    not syntax.MODEL.exists(), reason="the pipeline is not packaged: training/syntax/README.md"
)


@Language.component("heads_before", assigns=["token.head", "token.dep"])
def heads_before(doc: SpacyDoc) -> SpacyDoc:
    """Every token hangs on the one before it."""
    for token in doc:
        token.head = doc[max(token.i - 1, 0)]
        token.dep_ = "dep" if token.i else "ROOT"
    return doc


@Language.component("all_roots")
def all_roots(doc: SpacyDoc) -> SpacyDoc:
    for token in doc:
        token.dep_ = "ROOT"
    return doc


def parser_with(component: str, *, plain: bool = True) -> Parser:
    nlp = spacy.blank("en")
    nlp.add_pipe(component)
    return Parser(nlp, plain=plain)


def rows(found: Syntax) -> tuple[list[int], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return found.heads.tolist(), found.deps, found.tags, found.lemmas


def assert_is_a_forest(doc: Doc, found: Syntax) -> None:
    """Every sentence has one root, and every token's way up ends there."""
    assert len(found) == len(doc.tokens) == len(found.heads)
    first = 0
    for sentence in doc.sentences:
        after = first + len(sentence.tokens)
        heads = found.heads[first:after].tolist()
        roots = [n for n, head in enumerate(heads, first) if head == n]
        assert len(roots) == 1
        assert [n for n in range(first, after) if found.deps[n] == "root"] == roots
        for number in range(first, after):
            steps = 0
            while number != roots[0]:
                number = int(found.heads[number])
                steps += 1
                assert first <= number < after
                assert steps <= after - first
        first = after


@pytest.fixture
def fresh_parser() -> Iterator[None]:
    load_parser.cache_clear()
    yield
    load_parser.cache_clear()


def test_heads_count_tokens_of_the_article_and_stay_inside_their_sentence() -> None:
    doc = read("The crew left. It rained.\n\nNobody came.")
    (found,) = parser_with("heads_before").parse([doc])
    assert found.heads.tolist() == [0, 0, 1, 2, 4, 4, 5, 7, 7, 8]
    assert found.deps == ("root", "dep", "dep", "dep", "root", "dep", "dep", "root", "dep", "dep")


def test_a_second_root_of_a_sentence_hangs_on_the_first() -> None:
    (found,) = parser_with("all_roots").parse([read("Come here now. Go.")])
    assert found.heads.tolist() == [0, 0, 0, 0, 4, 4]
    assert found.deps == ("root", *["parataxis"] * 3, "root", "parataxis")


def test_a_sentence_without_end_is_parsed_in_parts_under_one_root() -> None:
    doc = read("lantern, " * 1500 + "and harbour")
    assert len(doc.sentences) == 1
    lengths = []

    class Counting(Parser):
        def _input(self, doc: Doc, part: syntax.Part) -> SpacyDoc:
            lengths.append(part.end - part.start)
            return super()._input(doc, part)

    (found,) = Counting(parser_with("heads_before").nlp, plain=True).parse([doc])
    assert max(lengths) <= LONGEST
    assert sum(lengths) == len(doc.tokens) == 3002
    assert_is_a_forest(doc, found)


def test_a_long_sentence_is_cut_after_a_mark() -> None:
    words = ["word"] * 350 + [";"] + ["word"] * 100
    assert syntax._cuts(words) == [351]
    assert syntax._cuts(["word"] * (LONGEST + 1)) == [LONGEST]
    assert syntax._cuts(["word"] * LONGEST) == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('"No," she said.', ["“", "No", ",", "”", "she", "said", "."]),
        ("“No,” she said.", ["“", "No", ",", "”", "she", "said", "."]),
        ("'No,' she said.", ["“", "No", ",", "”", "she", "said", "."]),
        ("The crew’s boat isn’t here.", ["The", "crew", "'s", "boat", "is", "n't", "here", "."]),
    ],
)
def test_the_pipeline_reads_the_same_words_whichever_quotes_were_typed(
    text: str, plain: list[str]
) -> None:
    doc = read(text)
    words = [token.of(text) for token in doc.tokens]
    spaces = [text[token.end : token.end + 1] == " " for token in doc.tokens]
    assert plain_words(words, spaces) == plain


def test_a_pipeline_of_ones_own_reads_the_words_as_they_stand() -> None:
    doc = read("The crew’s boat.")
    part = syntax.Part(0, 0, len(doc.tokens), True)
    own = parser_with("heads_before")._input(doc, part)
    theirs = parser_with("heads_before", plain=False)._input(doc, part)
    assert [token.text for token in own] == ["The", "crew", "'s", "boat", "."]
    assert theirs.text == "The crew’s boat."


def test_children_and_subtrees_follow_the_heads() -> None:
    # The minister , who slept , said no
    heads = [1, 6, 4, 4, 1, 4, 6, 6]
    deps = ("det", "nsubj", "punct", "nsubj", "acl:relcl", "punct", "root", "obj")
    found = Syntax(np.array(heads, dtype=np.int32), deps, *[("",) * 8] * 3)
    assert found.children[4] == (2, 3, 5)
    assert found.under(6) == [1, 7]
    assert found.under(6, "obj") == [7]
    assert found.subtree(1) == [0, 1, 2, 3, 4, 5]
    assert found.subtree(1, without=CLAUSES | ASIDES) == [0, 1]


@packaged
def test_the_shipped_pipeline_gives_every_sentence_one_tree_with_tags_and_lemmas() -> None:
    doc = read(NEWS)
    (found,) = parse([doc])
    assert_is_a_forest(doc, found)
    assert all(found.tags)
    assert all(found.pos)
    assert all(found.lemmas)
    assert all(found.deps)


@packaged
def test_an_articles_trees_do_not_depend_on_its_neighbours() -> None:
    texts = [NEWS, "Rain.", "A. B. C. " * 40, NEWS.replace("Monday", "Friday"), "One, two, three!"]
    docs = [read(text, number) for number, text in enumerate(texts)]
    together = [rows(found) for found in parse(docs)]
    alone = [rows(found) for doc in docs for found in parse([doc])]
    backwards = [rows(found) for found in parse(docs[::-1])][::-1]
    assert together == alone == backwards


@packaged
@settings(max_examples=25)
@given(st.text(alphabet=st.sampled_from('ab .,\n"“”’-—\u00ad\u200b\u0301😀א7'), min_size=1))
def test_odd_text_has_trees_too(text: str) -> None:
    if not text.strip():
        return
    doc = read(text)
    (found,) = parse([doc])
    assert_is_a_forest(doc, found)


@packaged
def test_nothing_to_parse_is_no_error() -> None:
    assert parse([]) == []


@packaged
def test_words_of_past_articles_are_not_kept() -> None:
    parse([read("Warm up.")])
    strings = load_parser().nlp.vocab.strings
    before = len(strings)
    parse([read(" ".join(f"zyx{number}word" for number in range(300)))])
    assert len(strings) == before


def save_pipeline(folder: Path) -> None:
    """A pipeline with a parser, as somebody may have installed it."""
    nlp = spacy.blank("en")
    nlp.add_pipe("parser")
    words, heads, deps = ["Dogs", "bark", "."], [1, 1, 1], ["nsubj", "ROOT", "punct"]
    doc = SpacyDoc(nlp.vocab, words=words, heads=heads, deps=deps)
    nlp.initialize(lambda: [Example(SpacyDoc(nlp.vocab, words=words), doc)])
    nlp.meta["name"] = "somebody"
    nlp.to_disk(folder)


@pytest.mark.usefixtures("fresh_parser")
def test_a_named_pipeline_is_used_on_our_tokens_and_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_pipeline(tmp_path / "mine")
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "mine"))
    doc = read(NEWS)
    (found,) = parse([doc])
    assert describe_model().startswith("en_somebody")
    assert_is_a_forest(doc, found)
    assert found.lemmas[:2] == ("Ferry", "Crews")


@pytest.mark.usefixtures("fresh_parser")
def test_a_named_pipeline_that_is_not_installed_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(ENVIRONMENT, "en_core_web_missing")
    with pytest.raises(SyntaxModelError, match="python -m spacy download en_core_web_missing"):
        parse([read("Rain.")])


@pytest.mark.usefixtures("fresh_parser")
def test_a_named_pipeline_without_a_parser_says_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spacy.blank("en").to_disk(tmp_path)
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path))
    with pytest.raises(SyntaxModelError, match="has no parser"):
        parse([read("Rain.")])


@pytest.mark.usefixtures("fresh_parser")
def test_the_pipeline_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []
    monkeypatch.setattr(
        syntax,
        "load_shipped",
        lambda folder: loaded.append(folder) or parser_with("heads_before"),
    )
    parse([read("Rain.")])
    parse([read("Sun.")])
    assert loaded == [syntax.MODEL]


def test_without_the_shipped_pipeline_the_error_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(SyntaxModelError, match="training/syntax"):
        syntax.load_shipped(tmp_path / "none")
