"""How far two coders of the same statements agree.

    python training/speakers/agreement.py [CODES ...]

codes.jsonl holds the codes of 17,338 statements in 1,149 articles: PolNeAR's training articles,
as annotated there, and articles of the world's papers with the statements of found.jsonl, as an
earlier version found them. `type`, `naming`, `collective` and where the speaker's fullest name or
description stands, as [start, end) in the article's text; in 72 articles also `act` and
`endorsement`. acts.jsonl holds act, endorsement and negation of 330 cues of other training
articles, coded twice; unseen.jsonl 625 statements, coded twice, to measure on only. Whoever coded
a statement second had not seen the first one's codes. The coders were language models working
under the codebook, not people.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from nltk.metrics.agreement import AnnotationTask

from presslens.attribution.voices import OFFICIAL_TYPES

VARIABLES = (
    "type", "official", "naming", "collective", "speaker", "act", "endorsement", "negated",
)  # fmt: skip
CODES = [Path(__file__).with_name(name) for name in ("codes.jsonl", "acts.jsonl")]

Code = dict[str, Any]


class Agreement(NamedTuple):
    """Of two coders: the share of equal codes, Krippendorff's alpha (nominal), and of how many."""

    share: float
    alpha: float
    statements: int


def main() -> None:
    """A line for each variable of each file."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("codes", type=Path, nargs="*", default=CODES)
    for path in ask.parse_args().codes:
        codes = [json.loads(line) for line in path.open(encoding="utf-8")]
        articles = {code["id"] for code in codes}
        print(f"{path.name}: {len(set(map(_unit, codes)))} statements in {len(articles)} articles")
        for variable in VARIABLES:
            if found := agree(codes, variable):
                print(
                    f"{variable:12s} {found.share:.3f} equal, alpha {found.alpha:.3f} "
                    f"({found.statements} statements)"
                )


def agree(codes: Iterable[Code], variable: str) -> Agreement | None:
    """How far the coders agree on a variable, over the statements that two have coded, or None."""
    both: dict[str, dict[str, str]] = {}
    for code in codes:
        if variable in code or (variable == "official" and "type" in code):
            both.setdefault(_unit(code), {})[code["coder"]] = _value(code, variable)
    pairs = {unit: said for unit, said in both.items() if len(said) == 2}
    if not pairs:
        return None
    task = AnnotationTask(data=list(_rows(pairs)))
    equal = sum(len(set(said.values())) == 1 for said in pairs.values())
    return Agreement(equal / len(pairs), task.alpha(), len(pairs))


def _rows(pairs: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    return ((coder, unit, value) for unit, said in pairs.items() for coder, value in said.items())


def _unit(code: Code) -> str:
    return f"{code['id']} {code['statement']}"


def _value(code: Code, variable: str) -> str:
    return str(code["type"] in OFFICIAL_TYPES if variable == "official" else code[variable])


if __name__ == "__main__":
    main()
