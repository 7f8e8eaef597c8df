"""The table of the lemmatizer (presslens.nlp.lemmas), made from the treebanks' lemmas.

    python training/encoder/lemmas.py DATA

DATA is the folder with ud/; models/lemmas.json is written anew.

Exceptions are the forms that rules would get wrong. Base forms are the treebanks' own and, after
them, words of a list in lower case, which count for every kind unless they look like forms of the
treebanks' words.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from projection import project_trees
from treebank import read_treebank

from presslens.nlp.lemmas import ANY, APOSTROPHES, RULES, TABLE, Table
from presslens.paths import MODELS

TREEBANKS = ("en_ewt-train", "en_gum_open-train")

KINDS = {"NOUN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "adjective", "ADV": "adjective"}
# Forms of one are mostly forms of the other: "fought" is seen as one or the other.
SAME_FORMS = {"VBD": ("VBN",), "VBN": ("VBD",)}
# Times that an exception must be seen for words without endings; what is rarer is mostly a typing
# error ("it" for "if").
SEEN = 3
NAMES = frozenset({"NNP", "NNPS"})

# Word as read, Penn's tag, UD's part of speech, lemma.
Reading = tuple[str, str, str, str]


def main() -> None:
    """Write the table."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("data", type=Path)
    given = ask.parse_args()
    # The encoder's wordpieces serve as a list of words.
    pieces = (MODELS / "vocab.txt").read_text(encoding="utf-8").splitlines()
    listed = [piece for piece in pieces if piece.isalpha() and piece.isascii()]
    table = build_table(readings(given.data), listed)
    bases = {kind: sorted(words) for kind, words in table.bases.items()}
    stored = {"exceptions": table.exceptions, "bases": bases}
    text = json.dumps(stored, ensure_ascii=False, indent=0, sort_keys=True)
    TABLE.write_text(text + "\n", encoding="utf-8")
    print(f"{TABLE.name}: {TABLE.stat().st_size:,} bytes")


def readings(data: Path) -> Iterator[Reading]:
    """Every token of the training treebanks, with tag, part of speech and lemma."""
    for name in TREEBANKS:
        for document in read_treebank(data / f"ud/{name}.conllu"):
            for tree in project_trees(document):
                words = [word.translate(APOSTROPHES) for word in tree.words]
                yield from zip(words, tree.tags, tree.pos, tree.lemmas, strict=True)


def build_table(readings: Iterable[Reading], listed: Iterable[str]) -> Table:
    """The table that gives every form's most frequent lemma."""
    lemmas: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    bases: dict[str, set[str]] = defaultdict(set)
    for word, tag, pos, lemma in readings:
        if tag not in NAMES:
            lemmas[tag, word.lower()][lemma] += 1
        if pos in KINDS:
            bases[KINDS[pos]].add(lemma.lower())
    treebanks = Table({}, {kind: frozenset(words) for kind, words in bases.items()})
    plain = [word for word in set(listed) if len(word) > 2 and not is_form(word, treebanks)]
    known = frozenset().union(*treebanks.bases.values())
    table = Table({}, {**treebanks.bases, ANY: frozenset(plain) - known})
    exceptions: dict[str, dict[str, str]] = defaultdict(dict)
    for (tag, form), seen in lemmas.items():
        lemma, count = seen.most_common(1)[0]
        if count < SEEN and tag not in RULES:
            continue
        for each in (tag, *SAME_FORMS.get(tag, ())):
            if table.lemma(form, each) != lemma and (each == tag or (each, form) not in lemmas):
                exceptions[each][form] = lemma
    return Table(dict(exceptions), table.bases)


def is_form(word: str, table: Table) -> bool:
    """Whether a word can be a form of a base that the treebanks have."""
    return any(
        table.lemma(word, tag) in table.bases.get(kind, ()) and table.lemma(word, tag) != word
        for tag, (kind, _) in RULES.items()
    )


if __name__ == "__main__":
    main()
