"""Feed: the links of the entries of an RSS or Atom feed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from presslens.reading.xml import root_name

# Feeds have tens of entries, archives of them hundreds.
MAX_ENTRIES = 2_000
_HEAD = 4_096
_ROOTS = frozenset({"rss", "feed", "rdf"})


def is_feed(raw: bytes) -> bool:
    """Whether a document is RSS or Atom, whatever it was announced as."""
    return _root(raw) in _ROOTS


def is_page(raw: bytes) -> bool:
    """Whether a document is a web page by its first element or its document type."""
    return _root(raw) == "html"


def _root(raw: bytes) -> str:
    return (root_name(raw[:_HEAD]) or "").lower()


def feed_links(raw: bytes, base: str) -> list[str]:
    """The URLs of a feed's entries, each once, in their order.

    Args:
        raw: the feed, which may be broken.
        base: its own URL, for links that are relative.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        return []
    links: dict[str, None] = {}
    for entry in root.iter() if root is not None else ():
        if len(links) >= MAX_ENTRIES:
            break
        if _name(entry) in {"item", "entry"} and (link := next(_links(entry), None)):
            links.setdefault(_joined(_base(entry, base), link))
    return list(links)


def _links(entry: Any) -> Iterator[str]:
    """The links of an entry to its page, best first."""
    children = [(_name(child), child) for child in entry]
    links = [child for name, child in children if name == "link"]
    yield from (text for link in links if (text := (link.text or "").strip()))
    for link in links:
        if link.get("href") and (link.get("rel") or "alternate") == "alternate":
            yield link.get("href").strip()
    for name, child in children:
        text = (child.text or "").strip()
        if name == "guid" and child.get("isPermaLink") != "false" and text.startswith("http"):
            yield text


def _name(element: Any) -> str:
    """An element's name without its namespace; nothing for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _base(element: Any, base: str) -> str:
    steps = [step.get("{http://www.w3.org/XML/1998/namespace}base") for step in _upwards(element)]
    for step in reversed(steps):
        base = _joined(base, step) if step else base
    return base


def _upwards(element: Any) -> Iterator[Any]:
    yield element
    yield from element.iterancestors()


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:  # a broken IPv6 address; whoever asks for it says so
        return link
