"""Page elements: texts of articles within JSON, as the lists of elements that editors make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from presslens.reading.blocks import blocks_of_html
from presslens.reading.cleaning import bare, mend_line

_MAX_NODES = 300_000
_MAX_DEPTH = 40
# Lists lie in paragraphs, paragraphs in quotations or columns.
_MAX_NESTING = 6
# A long text has some hundred elements; all texts of a page have some thousand.
_MAX_ELEMENTS = 50_000
# A text that is shorter is a teaser or a notice.
_SHORTEST = 40
_TITLE_LENGTH = 400
_MAX_NAMES = 200

# Where elements of a text keep their own text, and where those that lie within.
_TEXT_KEYS = ("content", "text", "value", "html", "body", "textContent")
_CHILD_KEYS = ("content", "children", "items", "elements", "content_elements", "nodes", "blocks",
               "body")  # fmt: skip
_WRAPPERS = ("model", "data", "fields", "attributes", "props")
_KIND_KEYS = ("type", "_type", "__typename", "kind", "tag", "name", "nodeType", "blockName")
# Elements that are no text of the article, by what they say they are.
_OTHER = re.compile(
    r"image|photo|picture|video|audio|media|gallery|slideshow|caption|figure|embed|social|tweet"
    r"|twitter|instagram|facebook|youtube|iframe|html$|script|advert|(?:^|[_-])ad(?:$|[_-s])|promo"
    r"|newsletter|related|interstitial|link_?list|recirc|teaser|card|widget|table|chart|map|button"
    r"|divider|reference|author|byline|comment|poll|quiz|podcast",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"(?:text|span|link|a|strong|em|b|i|u|bold|italic|fragment|#text|hyperlink|mark|sup|sub)",
    re.IGNORECASE,
)
# What whole stories have, and pieces of a text have not.
_STORY_KEYS = frozenset({
    "headline", "headlines", "slug", "publishedAt", "published_at", "datePublished", "publishDate",
    "publish_date", "byline", "author", "authors", "user", "username", "createdAt", "created_at",
})  # fmt: skip
_PARAGRAPHS = re.compile(r"<p[\s>]", re.IGNORECASE)
# Addresses and codes.
_NO_TEXT = re.compile(r"[\w.-]*[/:=_?&#%\d][\w./:?=&#%-]*|")
# Keys under which objects have their titles, or objects that have them.
_NAMING = re.compile(r"head|title|name|basic|meta|seo", re.IGNORECASE)


class Body(NamedTuple):
    """A text that was found; `own` if what it lies in has a title of the page."""

    own: bool
    words: int
    lines: list[str]


def bodies_in(values: Iterable[Any], titles: set[str]) -> list[Body]:
    """All texts in JSON values that may be an article's; `titles` are bare."""
    elements = _Elements()
    return [body for value in values for body in _bodies(value, titles, elements)]


def _bodies(value: Any, titles: set[str], elements: _Elements) -> Iterator[Body]:
    queue: list[tuple[Any, bool, int]] = [(value, False, 0)]
    for _ in range(_MAX_NODES):
        if not queue:
            return
        node, own, depth = queue.pop()
        lines: list[str] = []
        if isinstance(node, dict):
            own = _is_own(node, titles, above=own)
            queue += [(each, own, depth + 1) for each in node.values() if depth < _MAX_DEPTH]
        elif isinstance(node, list):
            lines = elements.lines(node)
            queue += [(each, own, depth + 1) for each in node if depth < _MAX_DEPTH]
        elif isinstance(node, str) and len(node) > _SHORTEST:
            lines = _of_text(node)
        words = sum(len(line.split()) for line in lines)
        if words >= _SHORTEST:
            yield Body(own, words, lines)


def _is_own(node: dict[str, Any], titles: set[str], *, above: bool) -> bool:
    """Whether an object is the story of one of the titles; `above` is for what lies in it."""
    named = [value for key, value in list(node.items())[:_MAX_NAMES] if _NAMING.search(str(key))]
    inner = (value.values() for value in named if isinstance(value, dict))
    named += [text for values in inner for text in list(values)[:_MAX_NAMES]]
    texts = [bare(text) for text in named if isinstance(text, str) and len(text) < _TITLE_LENGTH]
    if any(text in titles for text in texts):
        return True
    other = _STORY_KEYS & node.keys() and any(len(text.split()) > 1 for text in texts)
    return above and not other


def _of_text(text: str) -> list[str]:
    """The paragraphs of a text in HTML."""
    return blocks_of_html(text).paragraphs if len(_PARAGRAPHS.findall(text, 0, 5_000)) > 1 else []


class _Elements:
    """Makes paragraphs of elements, of no more than a page can have."""

    def __init__(self) -> None:
        self._left = _MAX_ELEMENTS

    def lines(self, elements: list[Any], depth: int = 0) -> list[str]:
        """The paragraphs of a text that is a list of elements, each with its kind."""
        lines: list[str] = []
        for element in elements:
            if self._left <= 0 or depth > _MAX_NESTING:
                break
            if isinstance(element, dict) and not _STORY_KEYS & element.keys():
                lines += self._of_element(element, depth)
        return lines

    def _of_element(self, element: dict[str, Any], depth: int) -> list[str]:
        self._left -= 1
        kind = _kind(element)
        if _OTHER.search(kind) or depth > _MAX_NESTING:
            return []
        for inner in map(element.get, _WRAPPERS):
            if isinstance(inner, dict):
                found = self._of_element({"type": kind, **inner}, depth + 1)
                if found:
                    return found
        text = _own_text(element)
        if text is not None:
            return [] if _NO_TEXT.fullmatch(text) else blocks_of_html(f"<p>{text}</p>").paragraphs
        children = _children(element)
        if children and "list" not in kind.lower() and all(map(_is_inline, children)):
            line = mend_line("".join(self._inline(child, depth) for child in children))
            return [line] if line else []
        return self.lines(children, depth + 1)

    def _inline(self, element: Any, depth: int) -> str:
        """The text of a piece of a paragraph."""
        self._left -= 1
        if not isinstance(element, dict):
            return element if isinstance(element, str) else ""
        text = _own_text(element)
        if text is not None or depth > _MAX_NESTING or self._left <= 0:
            return text or ""
        return "".join(self._inline(child, depth + 1) for child in _children(element))


def _own_text(element: dict[str, Any]) -> str | None:
    return next((element[key] for key in _TEXT_KEYS if isinstance(element.get(key), str)), None)


def _children(element: dict[str, Any]) -> list[Any]:
    return next((element[key] for key in _CHILD_KEYS if isinstance(element.get(key), list)), [])


def _kind(element: dict[str, Any]) -> str:
    """What an element says it is."""
    kinds = (element.get(key) for key in _KIND_KEYS)
    return next((kind for kind in kinds if isinstance(kind, str)), "")[:60]


def _is_inline(element: Any) -> bool:
    if not isinstance(element, dict):
        return isinstance(element, str)
    kind = _kind(element)
    return not kind or bool(_INLINE.fullmatch(kind))
