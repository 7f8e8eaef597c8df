"""Reading: one reader per format, and the cleaning that all of them share."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from presslens.article import Article
from presslens.problems import Problem, ReadingError

__all__ = ["read", "read_all", "screen"]


def read(
    path: str | Path, *, verbatim: bool = False, columns: Mapping[str, str] | None = None
) -> list[Article]:
    """The articles of a file, or of all files under a folder.

    Args:
        path: a file of any format that the README lists, or a folder of them.
        verbatim: take each text word for word, neither cleaned nor prefixed with its title.
        columns: which column of a table or key of JSON holds which field of an article, for those
            whose names say it in no usual way: `{"text": "Inhalt", "published": "Datum"}`. Fields
            are title, text, url, outlet, published, section, authors, language and id.

    Raises:
        ReadingError: if no article could be read, or `columns` names a field that there isn't;
            what failed beside articles is a warning.
    """
    articles: list[Article] = []
    problems: list[Problem] = []
    for found in read_all([path], verbatim=verbatim, columns=columns):
        if isinstance(found, Article):
            articles.append(found)
        else:
            problems.append(found)
    if not articles:
        raise ReadingError("\n".join(f"{problem.origin}: {problem.reason}" for problem in problems))
    for problem in problems:
        warnings.warn(f"{problem.origin}: {problem.reason}", stacklevel=2)
    return articles


def read_all(
    inputs: Iterable[str | Path],
    *,
    verbatim: bool = False,
    columns: Mapping[str, str] | None = None,
    dropped: bool = False,
) -> Iterator[Article | Problem]:
    """The articles of files and folders one after the other, and a Problem for what failed.

    Folders are gone through in the order of names; their dot-files, READMEs and licences are
    passed over. One bad input never stops the others. `verbatim` and `columns` are as in `read`;
    with `dropped` articles also say which lines around them are left out.

    Raises:
        ReadingError: if `columns` names a field that articles don't have.
    """
    from presslens.reading.columns import check_fields
    from presslens.reading.sources import read_inputs

    check_fields(columns or {})
    found = read_inputs(inputs, verbatim=verbatim, columns=columns or {})
    if not dropped:
        return found
    from presslens.reading.dropped import with_dropped

    return with_dropped(found)


def screen(items: Iterable[Article | Problem]) -> Iterator[Article | Problem]:
    """The same items, with what is not English or was there already set aside as a Problem.

    The language is filled in. The same id with the same text is a Problem of stage "duplicate";
    with another text a new version with the suffix `~2`. The same text under another id is kept
    with `duplicate_of` set.
    """
    from presslens.reading.duplicates import mark_duplicates
    from presslens.reading.language import set_aside_foreign

    return mark_duplicates(set_aside_foreign(items))
