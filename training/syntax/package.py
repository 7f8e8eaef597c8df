"""Last step: a trained pipeline as it ships, small and with its lemmas.

    python training/syntax/package.py RUN DATA VOCABULARY OUT [--version 1.0.0]

RUN is a folder that `spacy train` wrote (`model-best`), DATA the treebanks' folder, VOCABULARY a
list of words in lower case that may be base forms (the encoder's wordpieces). OUT, usually
src/presslens/models/syntax, receives the pipeline: weights and vectors in half precision, only the
strings that it needs, no path of where it was made.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import spacy
from lemmas import Reading, build_table
from prepare import SETS, as_read
from projection import project_trees
from spacy.strings import StringStore
from treebank import read_treebank

from presslens.nlp.lemmas import FACTORY

if TYPE_CHECKING:
    from spacy.language import Language

DESCRIPTION = (
    "Tags, lemmas and dependencies for Presslens's own tokens, trained on Universal Dependencies: "
    "English EWT and the openly licensed documents of English GUM"
)
LARGEST = 10_000_000


def main() -> None:
    """Write the pipeline."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("run", type=Path)
    ask.add_argument("data", type=Path)
    ask.add_argument("vocabulary", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--version", default="1.0.0")
    given = ask.parse_args()
    nlp = spacy.load(given.run)
    words = given.vocabulary.read_text(encoding="utf-8").splitlines()
    listed = [word for word in words if word.isalpha() and word.isascii()]
    nlp.add_pipe(FACTORY).use(build_table(readings(given.data), listed))
    describe(nlp, given.version)
    narrow(nlp)
    if given.out.exists():
        shutil.rmtree(given.out)
    nlp.to_disk(given.out, exclude=["vocab"])
    nlp.vocab.to_disk(given.out / "vocab", exclude=["strings"])
    StringStore(needed_strings(nlp)).to_disk(given.out / "vocab" / "strings.json")
    clean_meta(given.out / "meta.json")
    size = sum(path.stat().st_size for path in given.out.rglob("*") if path.is_file())
    print(f"{given.out}: {size:,} bytes")
    if size > LARGEST:
        raise SystemExit(f"larger than {LARGEST:,} bytes: fewer vectors or a narrower network")


def readings(data: Path) -> list[Reading]:
    """Every word of the training treebanks as it is read, with tag, part of speech and lemma."""
    trees = (
        as_read(tree)
        for name in SETS["train"]
        for document in read_treebank(data / f"{name}.conllu")
        for tree in project_trees(document)
    )
    return [
        reading
        for tree in trees
        for reading in zip(tree.words, tree.tags, tree.pos, tree.lemmas, strict=True)
    ]


def describe(nlp: Language, version: str) -> None:
    """What the pipeline is; paths of the training machine go."""
    nlp.meta.update(
        name="presslens_syntax", version=version, description=DESCRIPTION, license="CC BY-SA 4.0"
    )
    config = nlp.config
    config["paths"] = dict.fromkeys(config["paths"])
    nlp.config = config


def narrow(nlp: Language) -> None:
    """Weights and vectors to half precision, which `presslens.nlp.syntax` widens again."""
    for _, component in nlp.pipeline:
        for layer in component.model.walk() if hasattr(component, "model") else ():
            for name in layer.param_names:
                if layer.has_param(name):
                    layer.set_param(name, layer.get_param(name).astype(np.float16))
    nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype(np.float16)


def needed_strings(nlp: Language) -> list[str]:
    """The vectors' words and the labels; other strings are made as texts bring them."""
    words = [nlp.vocab.strings[key] for key in nlp.vocab.vectors]
    labels = [label for names in nlp.pipe_labels.values() for label in names]
    return sorted({*words, *labels, "ROOT"})


def clean_meta(path: Path) -> None:
    """The description without training's scores by label, which stand in the model card."""
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta.pop("performance", None)
    path.write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
