"""Step 1: corpora to wordpieces with labels, one JSONL per set.

    python training/encoder/prepare.py DATA OUT

DATA is the folder with polnear/, ner/, newsmtsc/ and ud/; OUT receives
attribution-{train,dev,swapped,layouts}.jsonl, names-{train,dev,swapped,silver}.jsonl,
trees-{train,dev}.jsonl and targets-{train,dev_rw,dev_mt}.jsonl. A row is a document: its pieces
(`ids`, `features`, `firsts`), its sentences as ranges of tokens, and its labels, also as ranges of
tokens. The pieces come from `presslens.nlp.pieces`, so a model is trained on what it will read.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from layouts import in_marks, lay_out, lead_of, whole_quotes
from projection import Tree, project_trees, read_tokens
from swap_names import WorldNames, load_world_names, swap
from treebank import read_treebank

from presslens.article import Article
from presslens.doc import Doc
from presslens.nlp.grammar import DEPENDENCIES, PARTS_OF_SPEECH, PENN_TAGS
from presslens.nlp.pieces import split_pieces
from presslens.reading.draft import Draft
from presslens.reading.verbatim import whole
from presslens.tokens import tokenize

ROLES = ("source", "cue", "content")
UNER = {"PER": "person", "ORG": "organisation", "LOC": "place", "OTH": "other"}
CORENLP = {"PERSON": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}
TREEBANKS = {"train": ("en_ewt-train", "en_gum_open-train"), "dev": ("en_ewt-dev",)}
# Three labels of older versions that are left in the treebanks, four times in all.
RENAMED = {
    "obl:npmod": "obl:unmarked",
    "obl:tmod": "obl:unmarked",
    "nmod:npmod": "nmod:unmarked",
}
# UNER cuts EWT into sentences; the encoder reads this many together, as it will read paragraphs.
SENTENCES_TOGETHER = 6
SWAPPED_COPIES = 2
SILVER_GROUPS = 2500
# Single marks are usual in British and Indian papers, angled ones in some translations.
QUOTE_STYLES = ("‘’", "‘’", "''", "“”", '""', "«»")
KEPT_QUOTES = 0.3
# One article in so many lends its lead to one in another layout.
LAYOUTS_EVERY = 7

Row = dict[str, Any]
Entity = tuple[int, int, str]


def main() -> None:
    """Write all sets."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("data", type=Path)
    ask.add_argument("out", type=Path)
    given = ask.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    world = load_world_names(Path(__file__).with_name("world_names.yaml"))
    for part in ("train", "dev"):
        silver = _silver(given.data / f"ner/polnear_corenlp_silver-{part}.jsonl")
        articles = list(_articles(given.data / f"polnear/{part}.jsonl", silver))
        _write(given.out / f"attribution-{part}.jsonl", map(_attributed, articles))
        if part == "train":
            chance = random.Random(11)  # noqa: S311
            renamed = (_renamed(article, world, chance) for article in articles)
            _write(given.out / "attribution-swapped.jsonl", map(_attributed, renamed))
            laid_out = _laid_out(articles, world)
            _write(given.out / "attribution-layouts.jsonl", map(_attributed, laid_out))
    names = list(_names(given.data / "ner/uner_ewt-train-early.iob2"))
    _write(given.out / "names-train.jsonl", (_named(text, spans) for text, spans in names))
    _write(given.out / "names-swapped.jsonl", _swapped(names, world, copies=SWAPPED_COPIES))
    silver = _silver_names(given.data / "ner/polnear_corenlp_silver-train.jsonl")
    _write(given.out / "names-silver.jsonl", _swapped(silver, world, copies=1, silver=True))
    held_out = _names(given.data / "ner/uner_ewt-dev.iob2")
    _write(given.out / "names-dev.jsonl", (_named(text, spans) for text, spans in held_out))
    for part, files in TREEBANKS.items():
        paths = [given.data / f"ud/{file}.conllu" for file in files]
        _write(given.out / f"trees-{part}.jsonl", _trees(paths))
    for part in ("train", "dev_rw", "dev_mt"):
        rows = _targets(given.data / f"newsmtsc/{part}.jsonl")
        _write(given.out / f"targets-{part}.jsonl", rows)


def _write(path: Path, rows: Iterable[Row]) -> None:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row) + "\n")
            count += 1
    print(f"{path.name}: {count:,} documents")


def _read(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _doc(text: str, title: str | None = None) -> Doc:
    article = whole(text, origin="corpus", reader="corpus", draft=Draft(title=title))
    assert isinstance(article, Article)
    return tokenize(article)


def _row(doc: Doc, **labels: object) -> Row:
    pieces = split_pieces(doc)
    sentences, start = [], 0
    for sentence in doc.sentences:
        sentences.append([start, start + len(sentence.tokens)])
        start += len(sentence.tokens)
    return {
        "ids": pieces.ids.tolist(),
        "features": pieces.features.tolist(),
        "firsts": pieces.firsts.tolist(),
        "sentences": sentences,
        "texts": [sentence.span.of(doc.text) for sentence in doc.sentences],
        **labels,
    }


class _Places:
    """From characters to tokens."""

    def __init__(self, doc: Doc) -> None:
        self._starts = [token.start for token in doc.tokens]
        self._ends = [token.end for token in doc.tokens]

    def range(self, start: int, end: int) -> list[int] | None:
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end)
        return [first, last] if first < last else None


@dataclass(frozen=True, slots=True)
class _Attributed:
    """An article of PolNeAR: its annotators' statements, and names if they are known."""

    id: str
    text: str
    title: str
    versions: list[list[dict[str, list[tuple[int, int]]]]]
    names: list[Entity] | None


def _articles(path: Path, silver: dict[str, list[Entity]]) -> Iterator[_Attributed]:
    for row in _read(path):
        text, title = row["text"], row["title"]
        if not text.startswith(title):
            title = text.split("\n\n", 1)[0]
        versions = [
            [
                {role: [_tight(text, *piece) for piece in statement[role]] for role in ROLES}
                for statement in annotation["statements"]
            ]
            for annotation in row["annotations"]
        ]
        yield _Attributed(row["id"], text, title, versions, _locate(text, silver))


def _attributed(article: _Attributed) -> Row:
    doc = _doc(article.text, article.title)
    places = _Places(doc)
    versions = [
        [
            {
                role: [x for piece in statement[role] if (x := places.range(*piece))]
                for role in ROLES
            }
            for statement in statements
        ]
        for statements in article.versions
    ]
    return _row(doc, id=article.id, statements=versions, names=_ranges(places, article.names))


def _requoted(text: str, chance: random.Random) -> str:
    """The text with its double quotation marks in a style of another country, or as they are."""
    if chance.random() < KEPT_QUOTES:
        return text
    return in_marks(text, *chance.choice(QUOTE_STYLES))


def _renamed(article: _Attributed, world: WorldNames, chance: random.Random) -> _Attributed:
    """The article with names and quotation marks from the whole world, statements in place."""
    names = sorted(article.names or [])
    text, renamed = swap(article.text, names, world, chance)
    ends = [end for _, end, _ in names]

    def moved(place: int, *, is_end: bool) -> int:
        number = bisect_left(ends, place) if is_end else bisect_right(ends, place)
        if number < len(names) and names[number][0] < place + (not is_end):
            return renamed[number][is_end]
        return place + (renamed[number - 1][1] - ends[number - 1] if number else 0)

    def span(start: int, end: int) -> tuple[int, int]:
        return moved(start, is_end=False), moved(end, is_end=True)

    versions = [
        [
            {role: [span(*piece) for piece in pieces] for role, pieces in statement.items()}
            for statement in statements
        ]
        for statements in article.versions
    ]
    text = _requoted(text, chance)
    title = text[: moved(len(article.title), is_end=True)]
    return replace(article, text=text, title=title, versions=versions, names=renamed)


def _laid_out(articles: list[_Attributed], world: WorldNames) -> Iterator[_Attributed]:
    """Leads of some articles, with quotes of all in another layout."""
    chance = random.Random(13)  # noqa: S311
    quotes = sorted(
        {quote for one in articles for quote in whole_quotes(one.text, one.versions[0])}
    )
    for article in articles[::LAYOUTS_EVERY]:
        lead = lead_of(article.text, article.title, article.versions[0], chance)
        page = lay_out(lead, quotes, world, chance)
        yield replace(article, text=page.text, versions=[page.statements], names=None)


def _trees(paths: Iterable[Path]) -> Iterator[Row]:
    """Treebanks' documents, a tree for every sentence of ours, none where it cuts one of theirs."""
    for document in (document for path in paths for document in read_treebank(path)):
        trees = [_numbered(tree) if tree.whole else None for tree in project_trees(document)]
        yield _row(read_tokens(document), id=document.name, trees=trees)


def _numbered(tree: Tree) -> list[list[int]]:
    """Heads, dependencies, parts of speech and tags of a tree's tokens, as numbers."""
    deps = [RENAMED.get(dep, dep) for dep in tree.deps]
    return [
        list(tree.heads),
        [DEPENDENCIES.index(dep) for dep in deps],
        [PARTS_OF_SPEECH.index(pos) for pos in tree.pos],
        [PENN_TAGS.index(tag) for tag in tree.tags],
    ]


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())


def _silver(path: Path) -> dict[str, list[Entity]]:
    """The entities of every sentence, by its text without white space."""
    found = {}
    for row in _read(path):
        spans = [(s, e, CORENLP[label]) for s, e, label in row["entities"] if label in CORENLP]
        found[row["text"]] = spans
    return found


def _locate(text: str, silver: dict[str, list[Entity]]) -> list[Entity] | None:
    """Entities of the article by those of its sentences; None where no sentence was found."""
    found: list[Entity] = []
    hits = 0
    for paragraph in re.finditer(r"[^\n]+", text):
        rest, start = paragraph.group(), paragraph.start()
        while rest:
            cut = (
                next((n for n in range(len(rest), 0, -1) if rest[:n] in silver), None)
                if rest in silver or len(rest) < 3000
                else None
            )
            if cut is None:
                break
            hits += 1
            found += [(start + s, start + e, label) for s, e, label in silver[rest[:cut]]]
            skip = len(rest[cut:]) - len(rest[cut:].lstrip())
            start, rest = start + cut + skip, rest[cut + skip :]
    return found if hits else None


def _ranges(places: _Places, entities: list[Entity] | None) -> list[list[int | str]] | None:
    if entities is None:
        return None
    found = [(places.range(start, end), label) for start, end, label in entities]
    return [[*at, label] for at, label in found if at]


def _names(path: Path) -> Iterator[tuple[str, list[Entity]]]:
    """EWT's documents in parts of a few sentences, with their entities."""
    texts: list[str] = []
    entities: list[Entity] = []
    length = 0
    for is_new, text, spans in _iob2(path):
        if texts and (is_new or len(texts) == SENTENCES_TOGETHER):
            yield " ".join(texts), entities
            texts, entities, length = [], [], 0
        entities += [(length + start, length + end, label) for start, end, label in spans]
        texts.append(text)
        length += len(text) + 1
    yield " ".join(texts), entities


def _iob2(path: Path) -> Iterator[tuple[bool, str, list[Entity]]]:
    """Each sentence: whether it begins a document, its text, its entities."""
    is_new = False
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        text, place, spans = "", 0, []
        for line in block.splitlines():
            if line.startswith("# newdoc"):
                is_new = True
            elif line.startswith("# text = "):
                text = line.removeprefix("# text = ")
            elif line and not line.startswith("#"):
                _, form, tag = line.split("\t")[:3]
                place = text.index(form, place) if form in text[place:] else place
                label = UNER.get(tag[2:])
                if tag.startswith("B") and label:
                    spans.append((place, place + len(form), label))
                elif tag.startswith("I") and label and spans:
                    spans[-1] = (spans[-1][0], place + len(form), spans[-1][2])
                place += len(form)
        if text:
            yield is_new, text, spans
            is_new = False


def _named(text: str, entities: list[Entity]) -> Row:
    doc = _doc(text)
    return _row(doc, names=_ranges(_Places(doc), entities))


def _swapped(
    names: list[tuple[str, list[Entity]]], world: WorldNames, *, copies: int, silver: bool = False
) -> Iterator[Row]:
    chance = random.Random(7)  # noqa: S311
    for _ in range(copies):
        for text, entities in names:
            if entities:
                found = swap(text, entities, world, chance, share=0.9 if silver else 0.7)
                yield {**_named(*found), "silver": silver}


def _silver_names(path: Path) -> list[tuple[str, list[Entity]]]:
    """PolNeAR's sentences with CoreNLP's names, some together, those with most organisations.

    CoreNLP's labels are wrong in places, but once other names of the same kind stand in their
    place, what is left of its errors is in the sentences around them.
    """
    rows = [(row["text"], row["entities"]) for row in _read(path)]
    groups = []
    for start in range(0, len(rows), SENTENCES_TOGETHER):
        text, found = "", []
        for sentence, entities in rows[start : start + SENTENCES_TOGETHER]:
            length = len(text) + bool(text)
            found += [
                (length + s, length + e, CORENLP[label])
                for s, e, label in entities
                if label in CORENLP
            ]
            text = f"{text} {sentence}" if text else sentence
        groups.append((text, found))
    groups.sort(key=lambda group: -sum(label == "organisation" for _, _, label in group[1]))
    return groups[:SILVER_GROUPS]


def _targets(path: Path) -> Iterator[Row]:
    for row in _read(path):
        doc = _doc(row["sentence"])
        places = _Places(doc)
        spans = [
            [*at, target["polarity"]]
            for target in row["targets"]
            if (at := places.range(target["start"], target["end"]))
        ]
        yield _row(doc, targets=spans)


if __name__ == "__main__":
    main()
