"""training/encoder: corpora to pieces with labels, and those to windows with the same labels."""

from __future__ import annotations

import importlib.util
import json
import sys
from bisect import bisect_right
from itertools import pairwise
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.nlp.pieces import CLS, IN_TITLE, INSIDE, PARAGRAPH_START, PLACES, SEP, SHAPES
from presslens.nlp.tagging import ATTRIBUTION, NAMES
from presslens.nlp.windows import REACH
from presslens.paths import ROOT

ENCODER = ROOT / "training" / "encoder"
TEXT = (
    "Ferry to run\n\n“It is late,” Mira Quennell said, “but welcome.” The Drenholm ministry denied "
    "it.\n\nResidents’ groups told the Herald that they’d asked for years."
)
TITLE = "Ferry to run"


def load_script(name: str) -> ModuleType:
    """A script as a module of a name of its own; it finds those beside it as when it is run."""
    spec = importlib.util.spec_from_file_location(f"encoder_{name}", ENCODER / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    sys.path.insert(0, str(ENCODER))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(ENCODER))
    return module


prepare = load_script("prepare")


@pytest.fixture(scope="module")
def data() -> ModuleType:
    pytest.importorskip("torch", reason="PyTorch is needed for training only; see training/")
    return load_script("data")


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311


def place(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def statement(source: str, cue: str, *content: str) -> dict[str, list[list[int]]]:
    return {
        "source": [place(source)] if source else [],
        "cue": [place(cue)] if cue else [],
        "content": [place(piece) for piece in content],
    }


STATEMENTS = [
    statement("Mira Quennell", "said", "“It is late,”", "“but welcome.”"),
    statement("The Drenholm ministry", "denied", "it"),
    statement("Residents’ groups", "told the Herald", "that they’d asked for years"),
]


@pytest.fixture(scope="module")
def row(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The text above as prepare.py writes it."""
    path = tmp_path_factory.mktemp("polnear") / "train.jsonl"
    annotations = [{"statements": STATEMENTS}, {"statements": STATEMENTS[:1]}]
    given = {"id": "a", "text": TEXT, "title": TITLE, "annotations": annotations}
    path.write_text(json.dumps(given) + "\n", "utf-8")
    silver = {"“It is late,” Mira Quennell said, “but welcome.”": [(14, 27, "person")]}
    (article,) = prepare._articles(path, silver)
    return dict(json.loads(json.dumps(prepare._attributed(article))))


def words_of(tokens: list[int]) -> str:
    doc = prepare._doc(TEXT, TITLE)
    return TEXT[doc.tokens[tokens[0]].start : doc.tokens[tokens[1] - 1].end]


def test_annotated_spans_become_ranges_of_tokens(row: dict[str, Any]) -> None:
    all_of_them, first = row["statements"]
    assert [[words_of(piece) for piece in s["content"]] for s in all_of_them] == [
        ["“It is late,”", "“but welcome.”"],
        ["it"],
        ["that they’d asked for years"],
    ]
    assert [words_of(s["cue"][0]) for s in all_of_them] == ["said", "denied", "told the Herald"]
    assert first == all_of_them[:1]
    assert [(words_of(name[:2]), name[2]) for name in row["names"]] == [("Mira Quennell", "person")]


def test_a_prepared_article_is_what_the_encoder_will_read(row: dict[str, Any]) -> None:
    doc = prepare._doc(TEXT, TITLE)
    pieces = prepare.split_pieces(doc)
    assert row["ids"] == pieces.ids.tolist()
    assert row["features"] == pieces.features.tolist()
    assert row["firsts"] == pieces.firsts.tolist()
    assert doc.sentences[0].is_title
    borders = [0, *(last for _, last in row["sentences"])]
    assert [[a, b] for a, b in pairwise(borders)] == row["sentences"]
    assert borders[-1] == len(doc.tokens)


def test_a_span_within_a_token_is_that_token_and_white_space_is_none() -> None:
    places = prepare._Places(prepare._doc("They don't  know."))
    assert places.range(0, 4) == [0, 1]
    assert places.range(1, 2) == [0, 1]
    assert places.range(5, 10) == [1, 3]
    assert places.range(10, 12) is None
    assert places.range(5, 9) == [1, 3]
    assert prepare._tight("  a b ", 0, 6) == (2, 5)


def test_sentences_with_entities_are_read_from_iob2(tmp_path: Path) -> None:
    lines = [
        "# newdoc id = a\n# text = Mira Quennell's\n1\tMira\tB-PER\n2\tQuennell\tI-PER\n3\t's\tO",
        "# text = In Drenholm\n1\tIn\tO\n2\tDrenholm\tB-LOC",
        "# newdoc id = b\n# text = The Tollen Bank\n1\tThe\tO\n2\tTollen\tB-ORG\n3\tBank\tI-ORG",
    ]
    path = tmp_path / "ewt.iob2"
    path.write_text("\n\n".join(lines) + "\n", "utf-8")
    first, second = prepare._names(path)
    assert first == (
        "Mira Quennell's In Drenholm",
        [(0, 13, "person"), (19, 27, "place")],
    )
    assert second == ("The Tollen Bank", [(4, 15, "organisation")])
    named = prepare._named(*second)
    assert named["names"] == [[1, 3, "organisation"]]


def test_targets_are_ranges_of_tokens_with_their_polarity(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    targets = [{"start": 16, "end": 22, "polarity": "negative"}]
    path.write_text(json.dumps({"sentence": "Critics slammed Brandt.", "targets": targets}))
    (found,) = prepare._targets(path)
    assert found["targets"] == [[2, 3, "negative"]]


def test_targets_of_teachers_keep_their_probabilities(
    data: ModuleType, row: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(row) + "\n")
    (tmp_path / "set-targets.jsonl").write_text("[[4, 5, [0.2, 0.5, 0.3]], [8, 10, [1, 0, 0]]]\n")
    (document,) = data.load(path)
    found = data._targets(document.row, 3, 9)
    assert [(one.ranges[:2], one.polarities) for one in found] == [
        ((1, 2), (0.2, 0.5, 0.3)),
        ((5, 6), (1, 0, 0)),
    ]
    annotated = data.soft("negative")
    assert annotated.index(max(annotated)) == 0
    assert sum(annotated) == pytest.approx(1)
    assert min(annotated) > 0


def test_silver_entities_are_found_sentence_by_sentence() -> None:
    silver = {"Oda left.": [(0, 3, "person")], "It rained.": []}
    assert prepare._locate("Oda left. It rained.\n\nOda left.", silver) == [
        (0, 3, "person"),
        (22, 25, "person"),
    ]
    assert prepare._locate("Nobody knows.", silver) is None


def document(data: ModuleType, sizes: list[int]) -> Any:
    """A document whose tokens have so many pieces, each piece a number of its own."""
    firsts = np.cumsum([0, *sizes[:-1]]).tolist()
    ids = list(range(1000, 1000 + sum(sizes)))
    row = {"ids": ids, "features": [0] * len(ids), "firsts": firsts, "sentences": [[0, len(sizes)]]}
    return data.Document(row)


SIZES = st.lists(st.integers(1, 9), min_size=1, max_size=900)


@given(sizes=SIZES, seed=st.integers(0, 99))
def test_every_token_is_in_one_window_that_the_encoder_can_read(
    data: ModuleType, sizes: list[int], seed: int
) -> None:
    given_document = document(data, sizes)
    ranges = data.cut(given_document, chance(seed))
    assert [n for start, end in ranges for n in range(start, end)] == list(range(len(sizes)))
    for start, end in ranges:
        one = data.sample(given_document, start, end, chance(seed))
        assert len(one.ids) <= REACH + 2
        assert (one.ids[0], one.ids[-1]) == (CLS, SEP)
        firsts = given_document.firsts[start:end]
        read = {n: one.ids[n] for n in one.firsts if one.ids[n] != data.MASK}
        assert read == {
            n: given_document.row["ids"][first]
            for n, first in zip(one.firsts, firsts, strict=True)
            if n in read
        }
        assert len(one.features) == len(one.ids)
        assert start == 0 or sum(sizes[start:end]) == len(one.ids) - 2


def test_a_windows_labels_are_those_of_its_tokens(data: ModuleType, row: dict[str, Any]) -> None:
    given_document = data.Document({**row, "statements": row["statements"][:1]})
    start, end = 3, len(row["firsts"]) - 2
    one = data.sample(given_document, start, end, chance(0))
    spans = [
        (*piece, role)
        for s in row["statements"][0]
        for role in ("source", "cue", "content")
        for piece in s[role]
    ]
    tags = ATTRIBUTION.encode(sorted(spans), len(row["firsts"]))
    assert one.tags.argmax(1).tolist() == tags[start:end].tolist()
    assert (one.tags.max(1) == 1).all()
    names = NAMES.encode([tuple(name) for name in row["names"]], len(row["firsts"]))
    assert one.names.tolist() == names[start:end].tolist()


def test_what_an_unseeing_network_says_counts_beside_the_annotator(
    data: ModuleType, row: dict[str, Any]
) -> None:
    probable = np.full((len(row["firsts"]), len(ATTRIBUTION.tags)), 1 / len(ATTRIBUTION.tags))
    judged = data.Document({**row, "statements": row["statements"][:1]}, probable=probable)
    plain = data.Document({**row, "statements": row["statements"][:1]})
    one, other = (data.sample(x, 3, 12, chance(0)) for x in (judged, plain))
    assert np.allclose(one.tags, (probable[3:12] + other.tags) / 2)


def linked(links: Any, start: int) -> list[tuple[str, str]]:
    def words(span: tuple[int, int]) -> str:
        return words_of([span[0] + start, span[1] + start])

    parents = [*map(words, links.parents), ""]
    return [(words(c), parents[n]) for c, n in zip(links.children, links.gold, strict=True)]


def test_links_lead_from_contents_to_cues_and_from_cues_to_sources(
    data: ModuleType, row: dict[str, Any]
) -> None:
    given_document = data.Document({**row, "statements": row["statements"][:1]})
    for start in (0, 3):
        one = data.sample(given_document, start, len(row["firsts"]), chance(0))
        assert linked(one.contents, start) == [
            ("“It is late,”", "said"),
            ("“but welcome.”", "said"),
            ("it", "denied"),
            ("that they’d asked for years", "told the Herald"),
        ]
        assert linked(one.cues, start) == [
            ("said", "Mira Quennell"),
            ("denied", "The Drenholm ministry"),
            ("told the Herald", "Residents’ groups"),
        ]
        assert one.contents.relations.shape == (4, 3, 3)


def test_what_a_model_drew_says_nothing_about_links(data: ModuleType, row: dict[str, Any]) -> None:
    drawn = data.Document({**row, "drawn": True})
    one = data.sample(drawn, 0, len(drawn.firsts), chance(1))
    assert one.tags.any()
    assert one.contents is None
    assert one.cues is None


def test_some_windows_hide_some_words_and_these_wholly(data: ModuleType) -> None:
    given_document = document(data, [1 + n % 3 for n in range(300)])
    row = given_document.row
    windows = [data._hidden(given_document, 5, 500, chance(seed)) for seed in range(40)]
    hidden = [[n + 5 for n, id_ in enumerate(ids) if id_ == data.MASK] for ids in windows]
    assert 10 < sum(not places for places in hidden) < 30
    for ids, places in zip(windows, hidden, strict=True):
        assert [id_ for id_ in ids if id_ != data.MASK] == [
            id_ for n, id_ in enumerate(row["ids"][5:500], 5) if n not in places
        ]
        words = {bisect_right(row["firsts"], n) for n in places}
        assert len(words) < 60
        assert all(n in places for n in range(6, 500) if bisect_right(row["firsts"], n) in words)
    row["trees"] = []
    assert all(
        data._hidden(given_document, 5, 500, chance(seed)) == row["ids"][5:500] for seed in range(9)
    )


def test_statements_move_along_when_names_are_swapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "KEPT_QUOTES", 1)
    versions = [
        [{role: [tuple(x) for x in spans] for role, spans in s.items()} for s in STATEMENTS]
    ]
    names = [(*place("Mira Quennell"), "person"), (*place("Drenholm"), "place")]
    article = prepare._Attributed("a", TEXT, TITLE, versions, names)
    world = prepare.load_world_names(ENCODER / "world_names.yaml")
    swapped = 0
    for seed in range(9):
        found = prepare._renamed(article, world, chance(seed))
        person, where = (found.text[start:end] for start, end, _ in found.names)
        swapped += person != "Mira Quennell"
        assert found.title == TITLE
        assert [
            [[found.text[a:b] for a, b in s[role]] for role in ("source", "cue", "content")]
            for s in found.versions[0]
        ] == [
            [[person], ["said"], ["“It is late,”", "“but welcome.”"]],
            [[f"The {where} ministry"], ["denied"], ["it"]],
            [["Residents’ groups"], ["told the Herald"], ["that they’d asked for years"]],
        ]
    assert swapped > 3


def test_quotation_marks_of_other_countries_take_the_place_of_double_ones() -> None:
    text = '“It’s late,” said Ann.\n\n"It’s late," ("late") she said.'
    found = {prepare._requoted(text, chance(seed)) for seed in range(60)}
    assert found == {
        text,
        "‘It’s late,’ said Ann.\n\n‘It’s late,’ (‘late’) she said.",
        "'It’s late,' said Ann.\n\n'It’s late,' ('late') she said.",
        "“It’s late,” said Ann.\n\n“It’s late,” (“late”) she said.",
        '"It’s late," said Ann.\n\n"It’s late," ("late") she said.',
        "«It’s late,» said Ann.\n\n«It’s late,» («late») she said.",
    }


def test_a_title_is_at_times_not_marked_and_nothing_else_changes(
    data: ModuleType, row: dict[str, Any]
) -> None:
    seen = set()
    for seed in range(20):
        found = data._features(row["features"], chance(seed))
        seen.add(tuple(found))
        for before, after in zip(row["features"], found, strict=True):
            assert before % SHAPES == after % SHAPES
            assert before // (SHAPES * PLACES) == after // (SHAPES * PLACES)
    assert len(seen) == 2
    (unmarked,) = seen - {tuple(row["features"])}
    places = [feature // SHAPES % PLACES for feature in unmarked]
    titled = [feature // SHAPES % PLACES == IN_TITLE for feature in row["features"]]
    assert [p for p, is_title in zip(places, titled, strict=True) if is_title] == [
        PARAGRAPH_START,
        *[INSIDE] * (sum(titled) - 1),
    ]


def test_batches_hold_every_document_once_and_no_more_pieces_than_asked(data: ModuleType) -> None:
    documents = [document(data, [1 + n % 3] * (5 + 7 * n % 60)) for n in range(30)]
    seen = []
    for batch in data.batches(documents, chance(1), pieces=400):
        rows, width = batch.ids.shape
        assert rows == 1 or rows * width <= 400
        for row, one in enumerate(batch.samples):
            length = len(one.ids)
            assert batch.ids[row, :length].tolist() == one.ids
            assert not batch.ids[row, length:].any()
            assert batch.mask is None or batch.mask[row, 0, 0].sum() == length
            assert batch.tokens[row].sum() == len(one.firsts)
            seen.append(length - 2)
    assert sorted(seen) == sorted(len(one) for one in documents)
