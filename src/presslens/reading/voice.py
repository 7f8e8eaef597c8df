"""Voice: whether an article speaks to its readers, as calls on a page do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from presslens.reading.furniture import call_weight
from presslens.reading.parts import Part

# What a paragraph to readers has of a call's weight.
_HINT = 0.5
_LONGEST, _SHORT = 220, 160
# Paragraphs that a voice can be told from, and the share that may speak to readers.
_TELLING, _PERSONAL = 4, 0.15
_ADDRESS = re.compile(r"(?<![\w-])(?:[Yy]ou|[Yy]ours?|us|[Oo]urs?|YOU|YOUR|OUR)(?![\w-])")
_REPORTED = re.compile(
    r"\b(?:said|says|say|told|tells|added|adds|asked|asks|wrote|writes|explained|recalled)\b"
)
_QUOTED = re.compile(r"[“\"«][^“”\"»]{0,600}[”\"»]?|(?<!\w)[‘'][^‘’']{2,300}[’'](?!\w)")


class Voice:
    """Whether the article speaks to its readers; one that does not has no paragraphs that do."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._impersonal: bool | None = None

    def addresses_readers(self, part: Part, *, last: bool) -> bool:
        """Whether a short paragraph says "you" or "our" where no other one does; unless it is one
        of the last, it must have something of a call, too."""
        if len(part.text) > _LONGEST or not _speaks_to_readers(part.text):
            return False
        if _REPORTED.search(part.text):
            return False
        if call_weight(part.text) < _HINT and not (last and len(part.text) < _SHORT):
            return False
        if self._impersonal is None:
            prose = [one for one in self._parts if one.kind == "prose"]
            personal = sum(map(_speaks_to_readers, (one.text for one in prose)))
            self._impersonal = len(prose) >= _TELLING and personal <= _PERSONAL * len(prose)
        return self._impersonal


def _speaks_to_readers(text: str) -> bool:
    if not _ADDRESS.search(text):
        return False
    # A question or an answer may be another's.
    return bool(_ADDRESS.search(_QUOTED.sub("", text))) and text[0] not in "“\"‘'«"
