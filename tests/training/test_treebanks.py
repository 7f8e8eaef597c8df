"""training/encoder: what a treebank says of its words, said of our tokens and sentences."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from presslens.nlp.grammar import DEPENDENCIES, PARTS_OF_SPEECH, PENN_TAGS
from presslens.paths import ROOT

ENCODER = ROOT / "training" / "encoder"
MODULES = ("treebank", "projection", "prepare")
SHARED = ROOT.parent / "shared" / "data" / "ud"


@pytest.fixture(scope="module")
def scripts() -> Iterator[dict[str, ModuleType]]:
    """The scripts as modules; other folders of training have modules of the same names."""
    before = {name: sys.modules.pop(name, None) for name in MODULES}
    sys.path.insert(0, str(ENCODER))
    yield {name: importlib.import_module(name) for name in MODULES}
    sys.path.remove(str(ENCODER))
    for name, module in before.items():
        sys.modules.pop(name)
        if module:
            sys.modules[name] = module


@pytest.fixture
def treebank(scripts: dict[str, ModuleType]) -> ModuleType:
    return scripts["treebank"]


@pytest.fixture
def projection(scripts: dict[str, ModuleType]) -> ModuleType:
    return scripts["projection"]


# Form, lemma, part of speech, tag, head, label; "_" after a form: no space after it.
CREW = [
    ("The", "the", "DET", "DT", 6, "det"),
    ("dock_", "dock", "NOUN", "NN", 4, "compound"),
    ("-_", "-", "PUNCT", "HYPH", 2, "punct"),
    ("trained", "train", "VERB", "VBN", 6, "amod"),
    ("ferry", "ferry", "NOUN", "NN", 6, "compound"),
    ("crew", "crew", "NOUN", "NN", 7, "nsubj"),
    ("left_", "leave", "VERB", "VBD", 0, "root"),
    (".", ".", "PUNCT", ".", 7, "punct"),
]
RAIN = [
    ("It", "it", "PRON", "PRP", 2, "nsubj"),
    ("rained_", "rain", "VERB", "VBD", 0, "root"),
    (".", ".", "PUNCT", ".", 2, "punct"),
]


def conllu(sentence: list[tuple[str, str, str, str, int, str]], *comments: str) -> list[str]:
    lines = [f"# {comment}" for comment in comments]
    for number, (form, lemma, pos, tag, head, dep) in enumerate(sentence, 1):
        misc = "SpaceAfter=No" if form.endswith("_") else "_"
        row = [number, form.removesuffix("_"), lemma, pos, tag, "_", head, dep, "_", misc]
        lines.append("\t".join(map(str, row)))
    return lines


def test_a_document_gets_its_running_text_back(treebank: ModuleType, tmp_path: Path) -> None:
    blocks = [
        conllu(CREW, "newdoc id = one", "newpar"),
        conllu(RAIN),
        conllu(RAIN, "newpar"),
        [*conllu(RAIN, "newdoc id = two", "newpar"), "2.1\tpoured\t_\t_\t_\t_\t_\t_\t_\t_"],
    ]
    path = tmp_path / "bank.conllu"
    path.write_text("\n\n".join("\n".join(lines) for lines in blocks) + "\n\n", encoding="utf-8")
    one, two = treebank.read_treebank(path)
    assert one.name == "one"
    assert one.text == "The dock-trained ferry crew left. It rained.\n\nIt rained."
    assert [word.span.of(one.text) for word in one.words[8:11]] == ["It", "rained", "."]
    assert [word.head for word in one.words[8:11]] == [9, 9, 9]
    assert [word.sentence for word in one.words] == [0] * 8 + [1] * 3 + [2] * 3
    assert two.text == "It rained."


def test_a_token_of_several_gold_words_takes_the_place_of_the_highest(
    treebank: ModuleType, projection: ModuleType
) -> None:
    (tree,) = projection.project_trees(treebank.build_document("crew", [conllu(CREW)]))
    assert tree.words == ("The", "dock-trained", "ferry", "crew", "left", ".")
    assert tree.heads == (3, 3, 3, 4, 4, 4)
    assert tree.deps == ("det", "amod", "compound", "nsubj", "root", "punct")
    assert tree.tags[1] == "VBN"
    assert tree.lemmas[1] == "dock-train"
    assert tree.exact == (True, False, True, True, True, True)


def test_later_pieces_of_a_gold_word_hang_on_its_first(
    treebank: ModuleType, projection: ModuleType
) -> None:
    sentence = [
        ("Pay", "pay", "VERB", "VB", 0, "root"),
        ("$5*_", "$5*", "NUM", "CD", 1, "obj"),
        (".", ".", "PUNCT", ".", 1, "punct"),
    ]
    (tree,) = projection.project_trees(treebank.build_document("pay", [conllu(sentence)]))
    assert tree.words == ("Pay", "$", "5", "*", ".")
    assert tree.heads == (0, 0, 1, 1, 0)
    assert tree.deps == ("root", "obj", "flat", "punct", "punct")
    assert tree.whole


def test_gold_sentences_that_we_read_as_one_hang_together(
    treebank: ModuleType, projection: ModuleType
) -> None:
    first = [("it", "it", "PRON", "PRP", 2, "nsubj"), ("rained", "rain", "VERB", "VBD", 0, "root")]
    document = treebank.build_document("run on", [conllu(first), conllu(CREW)])
    lower = document.text.replace("The", "the")
    document = treebank.Document("run on", lower, document.words)
    (tree,) = projection.project_trees(document)
    assert tree.sentences == 2
    assert tree.whole
    assert tree.deps.count("root") == 1
    left = tree.words.index("left")
    assert (tree.heads[left], tree.deps[left]) == (1, "parataxis")


def test_a_gold_sentence_that_we_cut_is_not_whole(
    treebank: ModuleType, projection: ModuleType
) -> None:
    joined = [*CREW]
    joined += [(f, le, p, t, h + 8 if h else 7, d if h else "conj") for f, le, p, t, h, d in RAIN]
    document = treebank.build_document("cut", [conllu(joined)])
    trees = list(projection.project_trees(document))
    assert [tree.whole for tree in trees] == [False, False]
    assert [tree.deps.count("root") for tree in trees] == [1, 1]


def test_trees_stay_trees_however_words_are_cut(
    treebank: ModuleType, projection: ModuleType
) -> None:
    # Two tokens of two words each, whose trees reach into each other.
    sentence = [
        ("dusk_", "dusk", "NOUN", "NN", 3, "compound"),
        ("lit", "light", "VERB", "VBN", 0, "root"),
        ("sea_", "sea", "NOUN", "NN", 4, "compound"),
        ("side", "side", "NOUN", "NN", 2, "obl"),
    ]
    (tree,) = projection.project_trees(treebank.build_document("dusk", [conllu(sentence)]))
    assert tree.words == ("dusklit", "seaside")
    assert tree.heads == (0, 0)
    assert tree.deps == ("root", "obl")


def test_a_prepared_row_holds_the_trees_of_its_sentences_as_numbers(
    scripts: dict[str, ModuleType], tmp_path: Path
) -> None:
    path = tmp_path / "bank.conllu"
    blocks = [conllu(CREW, "newdoc id = both", "newpar"), conllu(RAIN)]
    path.write_text("\n\n".join("\n".join(lines) for lines in blocks) + "\n\n", encoding="utf-8")
    (row,) = scripts["prepare"]._trees([path])
    assert row["sentences"] == [[0, 6], [6, 9]]
    heads, deps, pos, tags = row["trees"][0]
    assert heads == [3, 3, 3, 4, 4, 4]
    assert [DEPENDENCIES[n] for n in deps][3:] == ["nsubj", "root", "punct"]
    assert [PARTS_OF_SPEECH[n] for n in pos][3:] == ["NOUN", "VERB", "PUNCT"]
    assert [PENN_TAGS[n] for n in tags][3:] == ["NN", "VBD", "."]
    assert row["trees"][1][0] == [1, 1, 1]


def test_a_prepared_row_has_no_tree_where_a_gold_sentence_is_cut(
    scripts: dict[str, ModuleType], tmp_path: Path
) -> None:
    joined = [*CREW]
    joined += [(f, le, p, t, h + 8 if h else 7, d if h else "conj") for f, le, p, t, h, d in RAIN]
    path = tmp_path / "bank.conllu"
    path.write_text("\n".join(conllu(joined, "newdoc id = cut")) + "\n\n", encoding="utf-8")
    (row,) = scripts["prepare"]._trees([path])
    assert row["trees"] == [None, None]


@pytest.mark.skipif(not SHARED.exists(), reason="needs the treebanks in ../shared/data/ud")
def test_nearly_all_tokens_of_real_text_are_gold_words(
    treebank: ModuleType, projection: ModuleType
) -> None:
    documents = list(treebank.read_treebank(SHARED / "en_gum-dev.conllu"))[:4]
    trees = [tree for document in documents for tree in projection.project_trees(document)]
    exact = [flag for tree in trees for flag in tree.exact]
    assert sum(exact) > 0.95 * len(exact)
    for tree in trees:
        assert tree.deps.count("root") == 1
