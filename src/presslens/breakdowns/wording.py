"""Shared wording: what officials say that stands word for word in several outlets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# Words of the same official wording in several outlets: at least this many in the same order.
SHARED_WORDS = 8

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


def shared_wording(statements: pd.DataFrame, *, words: int = SHARED_WORDS) -> pd.DataFrame:
    """The same wording of officials in several outlets: a row per passage, the widest spread first.

    Args:
        statements: as `speakers.said` gives them; only those of official voice count.
        words: how many words in the same order make a shared passage.

    Returns:
        `passage` (as it stands first), `words`, `outlets` (number), `articles` (number), `speaker`,
        `first_outlet`, `first_published`, `article_id` of the first, and `where` (outlets, in the
        order of publication, as far as it is told; within a day by time, if all tell it).
    """
    import pandas as pd

    official = statements[(statements["voice"] == "official") & statements["content_text"].notna()]
    ordered = official.sort_values(
        ["published", "published_time", "article_id"], kind="stable", na_position="last"
    )
    rows: Sequence[Any] = list(ordered.itertuples())
    tokens = [[(m[0].casefold(), *m.span()) for m in _WORD.finditer(r.content_text)] for r in rows]
    found = []
    for first, where, (begin, end) in _shared(tokens, [row.outlet for row in rows], words):
        text = rows[first].content_text[tokens[first][begin][1] : tokens[first][end - 1][2]]
        found.append(_passage(rows, first, where, text, end - begin))
    columns = [
        "passage", "words", "outlets", "articles", "speaker", "first_outlet", "first_published",
        "article_id", "where",
    ]  # fmt: skip
    table = pd.DataFrame(found, columns=columns)
    order = ["outlets", "words", "articles"]
    return table.sort_values(order, ascending=False, kind="stable", ignore_index=True)


def _shared(
    tokens: Sequence[Sequence[tuple[str, int, int]]], outlets: Sequence[str], words: int
) -> Iterator[tuple[int, frozenset[int], tuple[int, int]]]:
    """Passages that statements of several outlets hold: the first holder, all of them, and where.

    A passage is given once, with those who hold all of it; a part of it is another passage only
    if more hold that.
    """
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, words_of in enumerate(tokens):
        for shingle in _shingles(words_of, words):
            if not holders[shingle] or holders[shingle][-1] != number:
                holders[shingle].append(number)
    for number, words_of in enumerate(tokens):
        run: tuple[int, frozenset[int]] | None = None
        shingles = [frozenset(holders[shingle]) for shingle in _shingles(words_of, words)]
        for start, where in enumerate([*shingles, frozenset[int]()]):
            if run and where != run[1]:
                yield number, run[1], (run[0], start - 1 + words)
                run = None
            several = len({outlets[holder] for holder in where}) > 1
            if run is None and several and min(where) == number:
                run = (start, where)


def _shingles(words_of: Sequence[tuple[str, int, int]], words: int) -> Iterator[tuple[str, ...]]:
    for start in range(len(words_of) - words + 1):
        yield tuple(word for word, *_ in words_of[start : start + words])


def _passage(
    rows: Sequence[Any], first: int, where: frozenset[int], text: str, words: int
) -> dict[str, Any]:
    sharing = [rows[number] for number in sorted(where)]
    return {
        "passage": text,
        "words": words,
        "outlets": len({row.outlet for row in sharing}),
        "articles": len({row.article_id for row in sharing}),
        "speaker": rows[first].identity,
        "first_outlet": rows[first].outlet,
        "first_published": rows[first].published,
        "article_id": rows[first].article_id,
        "where": ", ".join(dict.fromkeys(row.outlet for row in sharing)),
    }
