"""Visible: the lines of a text as a person sees them, of a web page those that a browser shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from presslens.reading.cleaning import mend

# What ends a paragraph of a page; plain texts with stray tags seldom close them.
_MARKUP = re.compile(
    r"</(?:p|div|td|tr|li|article|section|body|html|title|h[1-6])\s{0,9}>", re.IGNORECASE
)
# Elements that no browser shows. Menus of choices are no text either.
_UNSEEN = frozenset({
    "script", "style", "noscript", "template", "head", "svg", "select", "option", "iframe",
    "object", "canvas", "math",
})  # fmt: skip
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
# Elements within a line; all others begin and end one.
_WITHIN = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "acronym", "big", "label",
})  # fmt: skip
_BREAK = re.compile(r"\n[ \t\r]*\n\s*")


def visible_lines(raw: str, most: int) -> Iterator[str]:
    """The lines of a plain text or of a page, mended, their blanks single, without empty ones.

    Args:
        raw: the text, with its markup if it has any.
        most: after so many letters the rest is passed over.
    """
    text = _seen(raw) if _MARKUP.search(raw) else raw
    for line in mend(text[:most]).split("\n"):
        if line := " ".join(line.split()):
            yield line


def _seen(page: str) -> str:
    """The text of a page that a browser shows, a line for each element that begins one."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(page.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return page
    return "".join(_pieces(root)) if root is not None else page


def _pieces(root: Any) -> Iterator[str]:
    from lxml import etree

    depth = 0  # in elements that are not shown
    for event, node in etree.iterwalk(root, events=("start", "end", "comment")):
        # A comment, which is neither started nor shown
        name = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            depth += _is_unseen(node, name)
            text = node.text
        else:
            depth -= event == "end" and _is_unseen(node, name)
            text = node.tail
        if depth:
            continue
        if name and name not in _WITHIN:
            yield "\n"
        elif name == "a":  # links side by side have gaps between them that only styles know
            yield " "
        if text:
            yield _in_lines(text)


def _in_lines(text: str) -> str:
    """A line break in markup is a blank; what empty lines part are lines."""
    return "\n".join(part.replace("\n", " ") for part in _BREAK.split(text))


def _is_unseen(node: Any, name: str) -> bool:
    return (
        name in _UNSEEN
        or "hidden" in node.attrib
        or bool(_HIDDEN.search((node.get("style") or "")[:300]))
    )
