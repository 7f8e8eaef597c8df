"""How far two coders of the same statements agree.

    python training/speakers/agreement.py [CODES]

codes.jsonl holds the codes of 569 statements in 28 of PolNeAR's training articles (four of each
outlet), by the codebooks of speaker types and of statements: `type`, `naming`, `collective`, `act`,
`endorsement`, and where the speaker's fullest name or description stands, as [start, end) in the
article's text. Ten articles have a second coder, who worked from the text without seeing the
first one's codes. The coders were language models working under the codebook, not people.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from nltk.metrics.agreement import AnnotationTask

from presslens.attribution.voices import OFFICIAL_TYPES

VARIABLES = ("type", "official", "naming", "collective", "speaker", "act", "endorsement")
CODES = Path(__file__).with_name("codes.jsonl")

Code = dict[str, Any]


class Agreement(NamedTuple):
    """Of two coders: the share of equal codes, Krippendorff's alpha (nominal), and of how many."""

    share: float
    alpha: float
    statements: int


def main() -> None:
    """A line for each variable."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("codes", type=Path, nargs="?", default=CODES)
    codes = [json.loads(line) for line in ask.parse_args().codes.open(encoding="utf-8")]
    articles = {code["id"] for code in codes}
    print(f"{len(set(map(_unit, codes)))} statements in {len(articles)} articles")
    for variable in VARIABLES:
        share, alpha, count = agree(codes, variable)
        print(f"{variable:12s} {share:.3f} equal, alpha {alpha:.3f} ({count} statements)")


def agree(codes: Iterable[Code], variable: str) -> Agreement:
    """How far the coders agree on a variable, over the statements that both have coded."""
    both: dict[str, dict[str, str]] = {}
    for code in codes:
        both.setdefault(_unit(code), {})[code["coder"]] = _value(code, variable)
    pairs = {unit: said for unit, said in both.items() if len(said) == 2}
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
