"""JSON-LD: the fields that publishers state about an article in its page's head (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_SCRIPT = re.compile(
    r"<script[^>]{0,300}application/ld\+json[^>]{0,300}>(?P<json>.*?)</script\s*>",
    re.DOTALL | re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report)$")
_MAX_DEPTH = 8

Fields = dict[str, Any]


def article_fields(page: str) -> Fields:
    """The first article's properties in a page's JSON-LD, or an empty dictionary."""
    for match in _SCRIPT.finditer(page):
        try:
            data = json.loads(match["json"].strip().strip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data, 0):
            if _is_article(node) and isinstance(node.get("headline") or node.get("name"), str):
                return node
    return {}


def names(value: Any) -> list[str]:
    """The names in a value that is a text, a thing with a name, or a list of them."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() and "://" not in value else []
    if isinstance(value, dict):
        return names(value.get("name"))
    if isinstance(value, list):
        return [name for item in value[:50] if not isinstance(item, list) for name in names(item)]
    return []


def text_of(value: Any) -> str | None:
    """A value that is a text, or the first text of a list."""
    if isinstance(value, list) and value:
        value = value[0]
    return value.strip() or None if isinstance(value, str) else None


def url_of(fields: Fields) -> str | None:
    """The article's address: `url`, or the page that it is the main entity of."""
    page = fields.get("mainEntityOfPage")
    candidates = [fields.get("url"), page.get("@id") if isinstance(page, dict) else page]
    for candidate in candidates:
        if isinstance(candidate, str) and candidate.startswith(("http://", "https://")):
            return candidate
    return None


def _is_article(node: Fields) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds)


def _nodes(data: Any, depth: int) -> Iterator[Fields]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _nodes(data.get(key), depth + 1)
    elif isinstance(data, list):
        for item in data:
            yield from _nodes(item, depth + 1)
