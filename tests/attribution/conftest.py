import shutil
from collections import defaultdict

import pytest

from presslens import codebooks
from presslens.article import Article
from presslens.attribution import statements
from presslens.attribution.statement import Attribution
from presslens.attribution.statements import find_statements
from presslens.mentions import find_mentions
from presslens.paths import CODEBOOKS
from presslens.spans import Span
from presslens.tokens import tokenize

# Written around the parts of an attribution.
OPENED = {"{": "source", "[": "cue", "<": "content"}
CLOSED = {"}": "source", "]": "cue", ">": "content"}


@pytest.fixture
def edited_codebook(tmp_path, monkeypatch):
    """Makes a function that puts a text in a codebook's place and loads it, for one test."""
    loaders = []

    def edit(name, load):
        def put(text):
            for path in CODEBOOKS.glob("*.yaml"):
                shutil.copy(path, tmp_path)
            (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
            monkeypatch.setattr(codebooks, "CODEBOOKS", tmp_path)
            load.cache_clear()
            return load()

        loaders.append(load)
        return put

    yield edit
    monkeypatch.undo()
    for load in loaders:
        load.cache_clear()


@pytest.fixture
def statements_of(monkeypatch):
    """Makes a function that codes articles whose attributions are given by marks in their texts.

    {Mira Quennell} [said] <that the dam had burst> is a source, a cue and a content. A bar ends an
    attribution if another one follows, and each may have several contents and no source. Names are
    those that the package finds, unless they are given, too.
    """

    def code(*marked, mentions=None, confidence=0.5):
        read = [_unmarked(text) for text in marked]
        docs = [tokenize(Article(id=str(n), text=text)) for n, (text, _) in enumerate(read)]
        found = [
            [_attribution(doc, parts, confidence) for parts in given]
            for doc, (_, given) in zip(docs, read, strict=True)
        ]
        monkeypatch.setattr(statements, "find_attributions", lambda _: found)
        return find_statements(docs, find_mentions(docs) if mentions is None else mentions)

    return code


def _unmarked(marked):
    """A text without its marks, and the spans of the parts of each attribution."""
    text, given, begun = "", [defaultdict(list)], {}
    for character in marked:
        if character == "|":
            given.append(defaultdict(list))
        elif character in OPENED:
            begun[OPENED[character]] = len(text)
        elif character in CLOSED:
            role = CLOSED[character]
            given[-1][role].append(Span(begun.pop(role), len(text)))
        else:
            text += character
    assert not begun, f"not closed in {marked!r}: {', '.join(begun)}"
    return text, given


def _attribution(doc, parts, confidence):
    return Attribution(
        source=tuple(parts["source"]),
        cue=tuple(parts["cue"]),
        content=tuple(parts["content"]),
        confidence=confidence,
    )
