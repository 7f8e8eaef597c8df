"""Duplicates: the same article again, a new version of one, the same text elsewhere."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading.registry import Found


def mark_duplicates(items: Iterable[Found]) -> Iterator[Found]:
    """The items without articles that were there already; see `presslens.reading.screen`.

    Texts are the same if they differ in white space, case and Unicode form alone. Only hashes
    and ids are kept in memory.
    """
    versions: dict[str, dict[bytes, str]] = {}
    texts: dict[bytes, str] = {}
    for item in items:
        yield item if isinstance(item, Problem) else _judge(item, versions, texts)


def _judge(
    article: Article, versions: dict[str, dict[bytes, str]], texts: dict[bytes, str]
) -> Found:
    digest = text_digest(article.text)
    known = versions.setdefault(article.id, {})
    if digest in known:
        reason = f"it is the same article as {known[digest]}, which was read before; it is left out"
        return Problem(article.origin or article.id, "duplicate", reason)
    first = article.id if known else texts.get(digest)
    name = _free_name(article.id, len(known) + 1, versions)
    known[digest] = name
    if name != article.id:
        versions.setdefault(name, {})[digest] = name
    texts.setdefault(digest, name)
    if first is None:
        return article
    return replace(article, id=name, duplicate_of=first)


def _free_name(name: str, version: int, versions: dict[str, dict[bytes, str]]) -> str:
    """`name~2` for the second version, or the next that no article was given as its own id."""
    if version == 1:
        return name
    while f"{name}~{version}" in versions:
        version += 1
    return f"{name}~{version}"


def text_digest(text: str) -> bytes:
    """A hash of a text that white space, case and Unicode form do not change."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=16).digest()
