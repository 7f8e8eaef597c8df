"""Syntax: trees for our own tokens and sentences, whichever parser makes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.article import Article
from presslens.doc import Doc
from presslens.nlp.grammar import ASIDES, CLAUSES, DEPENDENCIES, PARTS_OF_SPEECH, PENN_TAGS
from presslens.nlp.sentences import LONGEST, Parsed, Part, cuts, split_parts
from presslens.nlp.syntax import Syntax, describe_model, parse, parse_with
from presslens.tokens import tokenize

NEWS = """Ferry Crews Walk Out

“The boats are too old,” said Ines Halloran, the union's leader. She met the minister on Monday.

The minister, who had promised new ships, didn't answer. 'We will see,' he wrote later."""


def read(text: str, number: int = 0) -> Doc:
    return tokenize(Article(id=f"article-{number}", text=text))


class HeadsBefore:
    """Every token hangs on the one before it; sentences come last first."""

    def describe(self) -> str:
        return "heads before"

    def parts(self, docs: Sequence[Doc]) -> Iterator[tuple[Part, Parsed]]:
        every = [part for number, doc in enumerate(docs) for part in split_parts(number, doc)]
        for part in reversed(every):
            size = part.end - part.start
            deps = ["root", *["dep"] * (size - 1)]
            heads = np.maximum(np.arange(size) - 1, 0)
            yield part, Parsed(heads, deps, ["X"] * size, ["FW"] * size, ["lemma"] * size)


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


def test_heads_count_tokens_of_the_article_and_stay_inside_their_sentence() -> None:
    doc = read("The crew left. It rained.\n\nNobody came.")
    (found,) = parse_with(HeadsBefore(), [doc])
    assert found.heads.tolist() == [0, 0, 1, 2, 4, 4, 5, 7, 7, 8]
    assert found.deps == ("root", "dep", "dep", "dep", "root", "dep", "dep", "root", "dep", "dep")


def test_a_sentence_without_end_is_parsed_in_parts_under_one_root() -> None:
    doc = read("lantern, " * 1500 + "and harbour")
    assert len(doc.sentences) == 1
    parts = list(split_parts(0, doc))
    assert max(part.end - part.start for part in parts) <= LONGEST
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]
    for (found,) in (parse_with(HeadsBefore(), [doc]), parse([doc])):
        assert_is_a_forest(doc, found)


def test_a_long_sentence_is_cut_after_a_mark() -> None:
    words = ["word"] * 350 + [";"] + ["word"] * 100
    assert cuts(words) == [351]
    assert cuts(["word"] * (LONGEST + 1)) == [LONGEST]
    assert cuts(["word"] * LONGEST) == []


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


def test_the_shipped_parser_gives_every_sentence_one_tree_with_tags_and_lemmas() -> None:
    doc = read(NEWS)
    (found,) = parse([doc])
    assert_is_a_forest(doc, found)
    assert all(found.tags)
    assert all(found.pos)
    assert all(found.lemmas)
    assert all(found.deps)


def test_an_articles_trees_do_not_depend_on_its_neighbours() -> None:
    texts = [NEWS, "Rain.", "A. B. C. " * 40, NEWS.replace("Monday", "Friday"), "One, two, three!"]
    docs = [read(text, number) for number, text in enumerate(texts)]
    together = [rows(found) for found in parse(docs)]
    alone = [rows(found) for doc in docs for found in parse([doc])]
    backwards = [rows(found) for found in parse(docs[::-1])][::-1]
    assert together == alone == backwards


@settings(max_examples=25)
@given(st.text(alphabet=st.sampled_from('ab .,\n"“”’-—\u00ad\u200b\u0301😀א7'), min_size=1))
def test_odd_text_has_trees_too(text: str) -> None:
    if not text.strip():
        return
    doc = read(text)
    (found,) = parse([doc])
    assert_is_a_forest(doc, found)


def test_nothing_to_parse_is_no_error() -> None:
    assert parse([]) == []


def test_plain_sentences_are_parsed_as_any_grammar_says() -> None:
    doc = read("The mayor said the bridge had opened. Nobody answered the letter that Oda sent.")
    (found,) = parse([doc])
    words = [token.of(doc.text) for token in doc.tokens]
    told = {
        word: (words[head], dep)
        for word, head, dep in zip(words, found.heads.tolist(), found.deps, strict=True)
    }
    assert told["mayor"] == ("said", "nsubj")
    assert told["opened"] == ("said", "ccomp")
    assert told["bridge"] == ("opened", "nsubj")
    assert told["letter"] == ("answered", "obj")
    assert told["sent"] == ("letter", "acl:relcl")
    assert dict(zip(words, found.lemmas, strict=True))["sent"] == "send"
    assert dict(zip(words, found.tags, strict=True))["Oda"] == "NNP"


def test_labels_are_those_of_the_grammar() -> None:
    (found,) = parse([read(NEWS)])
    assert set(found.deps) <= set(DEPENDENCIES)
    assert set(found.pos) <= set(PARTS_OF_SPEECH)
    assert set(found.tags) <= set(PENN_TAGS)


def test_the_record_names_the_weights() -> None:
    assert describe_model().startswith("encoder@")
