"""What readers find in files that tests make: articles and problems, apart and with their parts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from presslens.article import Article
from presslens.problems import PresslensError, Problem
from presslens.reading.files import HEAD_BYTES, Source
from presslens.reading.registry import Found, Reader


def found_in(reader: Reader, raw: bytes | str, folder: Path, name: str) -> list[Found]:
    """What a reader finds in a file of this name, which messages call by the name alone."""
    path = folder / name
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return list(reader.read(Source(path, name, name), False))


def article_in(reader: Reader, raw: bytes | str, folder: Path, name: str) -> Article:
    """The one article of a file."""
    (found,) = found_in(reader, raw, folder, name)
    assert isinstance(found, Article), found
    return found


def is_recognised(reader: Reader, content: bytes | str, name: str) -> bool:
    """Whether a reader takes a file, by as much of it as readers are shown."""
    raw = content.encode() if isinstance(content, str) else content
    return reader.recognises(raw[:HEAD_BYTES], name)


def table_found(reader: Reader, path: Path, **columns: str) -> tuple[list[Article], list[Problem]]:
    """Articles and problems of a table whose columns may be named; that it is refused is one."""
    found: list[Found] = []
    try:
        found += reader.read(Source(path, str(path), path.name, columns=columns), False)
    except PresslensError as error:
        found = [Problem(str(path), "reading", str(error))]
    return sort_out(found)


def sort_out(found: Iterable[Found]) -> tuple[list[Article], list[Problem]]:
    """Articles and problems apart."""
    all_found = list(found)
    articles = [item for item in all_found if isinstance(item, Article)]
    return articles, [item for item in all_found if isinstance(item, Problem)]


def body_of(found: Found) -> list[str]:
    """The paragraphs of an article's body."""
    assert isinstance(found, Article), found
    return found.text[found.body_start :].split("\n\n")
