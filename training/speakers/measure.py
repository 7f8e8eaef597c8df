"""Writes how far attribution is off on annotated articles, for the intervals of reports.

    python training/speakers/measure.py

Of each coded article of PolNeAR dev and of the worldwide articles: words by speaker type and in
quotation marks, as annotated and as found from the text; and the scorer's figures. Needs the
corpora and the scorer in ../shared, beside the checkout.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
from attribution import SETS, article_of, load_scorer, predict, read_gold

from presslens.attribution.measured import ERRORS, Voiced
from presslens.attribution.voices import VOICES, statement_voice, words_in
from presslens.doc import Doc
from presslens.nlp.encoder import describe_model
from presslens.spans import Span, Spans
from presslens.tokens import tokenize
from presslens.tokens.quotes import find_quotations

Row = dict[str, Any]


class Said(NamedTuple):
    """What voices need to know of a statement."""

    source: Spans
    cue: Spans
    content: Spans
    speaker_type: str


def main() -> None:
    """Write the file, and print its scores."""
    scorer = load_scorer()
    scores, rows = {}, []
    for corpus, (gold, sources) in SETS.items():
        articles = read_gold(gold)
        found = predict(articles)
        scores[corpus] = counts_of(articles, sources) | scorer.evaluate(gold, found, sources)
        rows += list(checked(corpus, articles, found, sources))
    content = {"model": describe_model(), "scores": scores, "articles": rows}
    lines = ",\n".join(json.dumps(row) for row in rows)
    head = json.dumps({**content, "articles": []}, indent=1).removesuffix("]\n}")
    ERRORS.write_text(f"{head}\n{lines}\n]\n}}\n", "utf-8")
    print(json.dumps(scores, indent=1))


def counts_of(articles: list[Row], sources: Path) -> dict[str, float]:
    """How many articles and statements figures rest on."""
    codes = [json.loads(line) for line in sources.read_text("utf-8").splitlines()]
    return {
        "articles": len(articles),
        "coded_articles": len({code["id"] for code in codes}),
        "coded_statements": sum(code.get("agreed", True) for code in codes),
    }


def checked(
    corpus: str, articles: list[Row], found: dict[str, list[Row]], sources: Path
) -> Iterator[Row]:
    """A row for each article whose statements are coded."""
    codes: dict[str, dict[int, str]] = {}
    for line in sources.read_text("utf-8").splitlines():
        code = json.loads(line)
        codes.setdefault(code["id"], {})[code["statement"]] = code["type"]
    for row in articles:
        if row["id"] not in codes:
            continue
        doc = tokenize(article_of(row))
        kinds = codes[row["id"]]
        annotated = [
            said_of(one, kinds.get(number, "unknown"))
            for number, one in enumerate(row["annotations"][0]["statements"])
        ]
        analysed = [said_of(one, one["speaker_type"]) for one in found[row["id"]]]
        yield {
            "corpus": corpus,
            "words": len(doc.word_starts),
            "annotated": asdict(voiced(doc, annotated)),
            "found": asdict(voiced(doc, analysed)),
        }


def said_of(row: Row, speaker_type: str) -> Said:
    """A statement from the spans of a file."""
    parts = (tuple(Span(*span) for span in row[name]) for name in ("source", "cue", "content"))
    return Said(*parts, speaker_type)


def voiced(doc: Doc, statements: list[Said]) -> Voiced:
    """Words by speaker type, inside quotation marks and outside them."""
    starts = doc.word_starts
    kinds: dict[int, str] = {}
    for said in sorted(statements, key=rank):
        for word in words_in(starts, said.content):
            kinds.setdefault(word, said.speaker_type)
    around = {word for said in statements for word in words_in(starts, said.source + said.cue)}
    marked = set(words_in(starts, [quote.span for quote in find_quotations(doc)]))
    return Voiced(
        attribution=len(around - kinds.keys()),
        quoted=dict(Counter(kind for word, kind in kinds.items() if word in marked)),
        paraphrased=dict(Counter(kind for word, kind in kinds.items() if word not in marked)),
    )


def rank(said: Said) -> int:
    """Where contents overlap, official statements count first, as for voices."""
    return VOICES.index(statement_voice(said.speaker_type))


if __name__ == "__main__":
    main()
