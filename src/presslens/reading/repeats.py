"""Repeats: of the problems that one file has by the thousand, the first ones and a count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from presslens.problems import Problem
from presslens.reading.registry import Found

# As many as one looks at; the count says how many there are.
MAX_ALIKE = 20
# A file whose every line is broken in a way of its own has no end of kinds.
MAX_KINDS = 50
# Numbers and names differ among problems of one kind, whose first words tell it.
_VARIES = re.compile(r"\d+|'[^']{0,100}'|\"[^\"]{0,100}\"")
_TELLING = 40


def without_repeats(found: Iterable[Found], *, origin: str) -> Iterator[Found]:
    """What was found in a file; of problems of one kind the first ones, then how many more.

    Args:
        found: its articles and problems, which keep their order.
        origin: what the file is called.
    """
    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for item in found:
        if isinstance(item, Problem):
            kind = _kind_of(item)
            if kind not in examples and len(examples) >= MAX_KINDS:
                kind = ""
            counts[kind] += 1
            examples.setdefault(kind, item.reason)
            if counts[kind] > MAX_ALIKE:
                continue
        yield item
    for kind, count in counts.items():
        if (more := count - MAX_ALIKE) > 0:
            what = f"like this: {examples[kind]}" if kind else "of other kinds"
            yield Problem(origin, "reading", f"it has {more:,} more problems {what}")


def _kind_of(problem: Problem) -> str:
    return problem.stage + _VARIES.sub("", problem.reason[:400])[:_TELLING]
