"""XML: parsed safely whoever sent it, and ways to find what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from presslens.problems import ReadingError
from presslens.reading.xml_text import decoded, prepared, root_tag

_UNCLOSED = re.compile(r"<(?P<tag>(?:br|hr|img)\b[^<>]{0,2000})(?<!/)>(?!\s{0,9}</(?:br|hr|img)>)")
_PAGE = re.compile(r"<!doctype\s{1,9}html\b", re.IGNORECASE)
# libxml2's errors after which nothing is lost: prefixes that no declaration explains (NS_ERR_*),
# an attribute given twice.
_HARMLESS = frozenset({42, 200, 201, 202, 203, 204, 205})

Element = Any
"""An element of lxml's tree, which has no types of its own."""


def parse(raw: bytes) -> Element:
    """The root of an XML document.

    No DTD is loaded and no entity expanded but for single characters. Bare "&" and "<" in text,
    HTML's entities, characters that XML forbids and unclosed <br> are put right.

    Raises:
        ReadingError: if it is no XML, is broken elsewhere, or declares entities that may be a bomb
            or name files.
    """
    return parse_text(prepared(raw))


def parse_text(text: str) -> Element:
    """The root of a document that is prepared; raises ReadingError where it is broken."""
    from lxml import etree

    for repaired in (text, _UNCLOSED.sub(r"<\g<tag>/>", text)):
        parser = etree.XMLParser(
            encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=False, recover=True, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(repaired.encode("utf-8"), parser)
        except etree.XMLSyntaxError as error:
            raise ReadingError(f"its XML is broken: {error.msg}; export it again") from None
        faults = [error for error in parser.error_log if error.type not in _HARMLESS]
        if root is not None and not faults:
            return root
    if not faults:
        raise ReadingError("it is no XML; expected a document that begins with a tag")
    fault = faults[0]
    raise ReadingError(
        f"its XML is broken at line {fault.line}: {fault.message.strip()}; export it again"
    )


def root_name(head: bytes) -> str | None:
    """The local name of the root element that a file's first bytes open, or None if it is no XML.

    Where an HTML page has its doctype, that is "html".
    """
    if not head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        return None
    try:
        text = decoded(head)
    except ReadingError:
        return None
    match = root_tag(text)
    if match is None:
        return None
    return "html" if _PAGE.search(text, 0, match.start()) else local(match["name"])


def local(name: object) -> str:
    """A tag's name without namespace and prefix; nothing for comments and the like."""
    if not isinstance(name, str):
        return ""
    return name.rpartition("}")[2].rpartition(":")[2]


def first(element: Element, *names: str) -> Element | None:
    """The first element under this one with a local name out of these, in the names' order."""
    return next((found for name in names for found in every(element, name)), None)


def every(element: Element, name: str) -> Iterator[Element]:
    """All elements under this one with a local name, in the document's order."""
    return (node for node in element.iterdescendants() if local(node.tag) == name)


def child(element: Element, *path: str) -> Element | None:
    """The element under this one by local names from child to child, or None."""
    for name in path:
        element = next((node for node in element if local(node.tag) == name), None)
        if element is None:
            return None
    return element


def lines_in(element: Element) -> list[str]:
    """The text in an element, a line for each element whose text no text stands around."""
    lines, within = [], [element]
    while within:
        node = within.pop()
        mixed = [node.text, *(part.tail for part in node)]
        if not any(text and text.strip() for text in mixed):
            within += reversed(node)
        elif line := text_in(node):
            lines.append(line)
    return lines


def text_in(element: Element | None) -> str | None:
    """All text in an element on one line, or None where there is none."""
    return " ".join("".join(element.itertext()).split()) or None if element is not None else None
