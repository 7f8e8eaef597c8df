"""A spaCy pipeline of the user's own, in place of the shipped parser."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc as SpacyDoc
from spacy.training import Example

from presslens.article import Article
from presslens.doc import Doc
from presslens.nlp.pipeline import SpacyParser, SyntaxModelError
from presslens.nlp.sentences import LONGEST
from presslens.nlp.syntax import ENVIRONMENT, describe_model, parse, parse_with
from presslens.tokens import tokenize


def read(text: str) -> Doc:
    return tokenize(Article(id="article", text=text))


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


def parser_with(component: str) -> SpacyParser:
    nlp = spacy.blank("en")
    nlp.add_pipe(component)
    return SpacyParser(nlp)


def test_heads_count_tokens_of_the_article_and_stay_inside_their_sentence() -> None:
    doc = read("The crew left. It rained.\n\nNobody came.")
    (found,) = parse_with(parser_with("heads_before"), [doc])
    assert found.heads.tolist() == [0, 0, 1, 2, 4, 4, 5, 7, 7, 8]
    assert found.deps == ("root", "dep", "dep", "dep", "root", "dep", "dep", "root", "dep", "dep")


def test_a_second_root_of_a_sentence_hangs_on_the_first() -> None:
    (found,) = parse_with(parser_with("all_roots"), [read("Come here now. Go.")])
    assert found.heads.tolist() == [0, 0, 0, 0, 4, 4]
    assert found.deps == ("root", *["parataxis"] * 3, "root", "parataxis")


def test_it_reads_the_words_as_they_stand_and_no_more_than_it_can() -> None:
    texts = []

    @Language.component("reading")
    def reading(doc: SpacyDoc) -> SpacyDoc:
        texts.append(doc.text)
        return doc

    parse_with(parser_with("reading"), [read("The crew’s boat.")])
    assert texts == ["The crew’s boat."]
    parse_with(parser_with("reading"), [read("lantern, " * 1500 + "and harbour")])
    assert max(len(text.replace(",", " ,").split()) for text in texts) <= LONGEST


def test_words_of_past_articles_are_not_kept() -> None:
    parser = parser_with("heads_before")
    parse_with(parser, [read("Warm up.")])
    before = len(parser.nlp.vocab.strings)
    parse_with(parser, [read(" ".join(f"zyx{number}word" for number in range(300)))])
    assert len(parser.nlp.vocab.strings) == before


def save_pipeline(folder: Path) -> None:
    """A pipeline with a parser, as somebody may have installed it."""
    nlp = spacy.blank("en")
    nlp.add_pipe("parser")
    words, heads, deps = ["Dogs", "bark", "."], [1, 1, 1], ["nsubj", "ROOT", "punct"]
    doc = SpacyDoc(nlp.vocab, words=words, heads=heads, deps=deps)
    nlp.initialize(lambda: [Example(SpacyDoc(nlp.vocab, words=words), doc)])
    nlp.meta["name"] = "somebody"
    nlp.to_disk(folder)


def test_a_named_pipeline_is_used_on_our_tokens_and_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_pipeline(tmp_path / "mine")
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "mine"))
    (found,) = parse([read("Ferry crews walk out. Nobody came.")])
    assert describe_model().startswith("en_somebody")
    assert [n for n, head in enumerate(found.heads.tolist()) if head == n][1] >= 5
    assert found.lemmas[:2] == ("Ferry", "crews")


def test_a_named_pipeline_that_is_not_installed_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(ENVIRONMENT, "en_core_web_missing")
    with pytest.raises(SyntaxModelError, match="python -m spacy download en_core_web_missing"):
        parse([read("Rain.")])


def test_a_named_pipeline_without_a_parser_says_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spacy.blank("en").to_disk(tmp_path)
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path))
    with pytest.raises(SyntaxModelError, match="has no parser"):
        parse([read("Rain.")])


def test_without_spacy_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    monkeypatch.setenv(ENVIRONMENT, "en_core_web_absent")
    with pytest.raises(SyntaxModelError, match="pip install spacy"):
        parse([read("Rain.")])
