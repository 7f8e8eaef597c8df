"""JSON-LD: the fields that publishers state about an article in its page's head (schema.org)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from presslens.reading.jsonld_blocks import blocks_in

_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report)$")
_PAGE = re.compile(r"(?:\w*WebPage)$")
# A live blog's first posts are articles too; what states itself to be the whole comes first.
_NESTING = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
_MAX_DEPTH = 8
# A page has a handful of nodes; more are a catalogue or an attack.
_MAX_NODES = 2000
_MAX_NAMES = 50
# Live blogs of a long day have some hundred posts.
_MAX_POSTS = 1000

Fields = dict[str, Any]


def article_fields(page: str, *, url: str | None = None) -> Fields:
    """The article's properties in a page's JSON-LD, or an empty dictionary.

    Of several articles the one at `url` is taken, else the first one; what it leaves out is taken
    from others of the same headline or address and from the page's own node. A person that is only
    referred to (`{"@id": …}`) is looked up.
    """
    found = [node for data in blocks_in(page) for node in _nodes(data, 0)][:_MAX_NODES]
    known = {
        node["@id"]: node for node in found if isinstance(node.get("@id"), str) and "name" in node
    }
    articles = [node for node in found if _is(node, _ARTICLE) and _headline(node)]
    if not articles:
        return {}
    main = next((node for node in articles if url and _same_address(node, url)), articles[0])
    fields = dict(main)
    for node in (*articles, *(node for node in found if _is(node, _PAGE))):
        if _is_same(node, main):
            fields |= {key: value for key, value in node.items() if not fields.get(key)}
    for key in ("author", "creator", "publisher"):
        if key in fields:
            fields[key] = _resolved(fields[key], known)
    return fields


def names(value: Any) -> list[str]:
    """The names in a value that is a text, a thing with a name, or a list of them."""
    return [name for name, _ in named(value)]


def named(value: Any) -> list[tuple[str, bool]]:
    """The same with whether each is said to be an organisation and no person."""
    if isinstance(value, str):
        return [(value.strip(), False)] if value.strip() and "://" not in value else []
    if isinstance(value, dict):
        kinds = _kinds(value)
        organised = any("Organization" in kind for kind in kinds) and "Person" not in kinds
        return [(name, organised) for name, _ in named(value.get("name"))]
    if isinstance(value, list):
        items = (item for item in value[:_MAX_NAMES] if not isinstance(item, list))
        return [name for item in items for name in named(item)]
    return []


def text_of(value: Any) -> str | None:
    """A value that is a text, or the first text of a list."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value")
    return value.strip() or None if isinstance(value, str) else None


def posts_of(fields: Fields) -> list[str]:
    """The headings and texts of a live blog's posts, in the page's order."""
    posts = fields.get("liveBlogUpdate")
    posts = posts[:_MAX_POSTS] if isinstance(posts, list) else [posts]
    found = (
        text_of(post.get(key))
        for post in posts
        if isinstance(post, dict)
        for key in ("headline", "articleBody")
    )
    return [text for text in found if text]


def url_of(fields: Fields) -> str | None:
    """The article's address: `url`, or the page that it is the main entity of."""
    page = fields.get("mainEntityOfPage")
    candidates = [fields.get("url"), page.get("@id") if isinstance(page, dict) else page]
    for candidate in candidates:
        if isinstance(candidate, str) and candidate.startswith(("http://", "https://")):
            return candidate
    return None


def _resolved(value: Any, known: dict[str, Fields]) -> Any:
    if isinstance(value, list):
        return [_resolved(item, known) for item in value[:_MAX_NAMES] if not isinstance(item, list)]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return known.get(value["@id"], value)
    return value


def _headline(node: Fields) -> str | None:
    return text_of(node.get("headline")) or text_of(node.get("name"))


def _is_same(node: Fields, main: Fields) -> bool:
    if node is main:
        return False
    headline, address = _headline(node), url_of(node) or node.get("@id")
    return (headline is not None and headline == _headline(main)) or (
        isinstance(address, str) and _same_address(main, address)
    )


def _same_address(node: Fields, url: str) -> bool:
    stated = url_of(node)
    return stated is not None and _bare(stated) == _bare(url)


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*$", "", url).rstrip("/").lower()


def _kinds(node: Fields) -> list[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind for kind in kinds if isinstance(kind, str)]


def _is(node: Fields, kind: re.Pattern[str]) -> bool:
    return any(kind.search(each) for each in _kinds(node))


def _nodes(data: Any, depth: int) -> Iterator[Fields]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, dict):
        yield data
        for key in _NESTING:
            yield from _nodes(data.get(key), depth + 1)
    elif isinstance(data, list):
        for item in data:
            yield from _nodes(item, depth + 1)
