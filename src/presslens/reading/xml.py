"""XML: parsed safely whoever sent it, mended where that is harmless, without its broken items."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from html.entities import html5
from typing import Any

from presslens.problems import ReadingError
from presslens.reading.decoding import decode

# Encodings that a declaration may name; Python knows others that are none of text (zlib) or slow.
_ENCODINGS = re.compile(
    r"utf-?(?:8|16(?:-?[lb]e)?)|(?:us-)?ascii|iso-?8859-\d{1,2}|latin-?1|(?:windows|cp)-?125\d"
    r"|koi8-[ru]|shift_jis|euc-(?:jp|kr)|gb(?:2312|k|18030)|big5|macintosh",
    re.IGNORECASE,
)
# What the web takes for Latin-1 is Windows-1252, which has the quotation marks.
_LATIN_1 = re.compile(r"iso-?8859-1|latin-?1|(?:us-)?ascii", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml\b[^<>]{0,300}\?>")
_DECLARED = re.compile(rb"<\?xml\b[^<>]{0,200}?\bencoding\s*=\s*[\"']([\w.-]{1,40})[\"']")
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_ENTITY = re.compile(
    r"<!ENTITY\s+(?P<name>[\w.-]{1,60})\s+(?:\"(?P<double>[^\"<>]*)\"|'(?P<single>[^'<>]*)')\s*>"
)
# Long enough for any character and its like, too short to blow a file up.
_MAX_ENTITY_VALUE = 8
# A document type is declared in some hundred characters; the largest with entities in some 10,000.
_MAX_DOCTYPE = 100_000
_ROOT = re.compile(r"<(?P<name>[^\W\d][\w.:-]{0,100})(?=[\s/>])")
_NOT_ALLOWED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AMPERSAND = re.compile(r"&(?:(?P<name>\w{1,60}|#\d{1,8}|#[xX][0-9a-fA-F]{1,7});)?")
_LESS = re.compile(r"<(?![^\W\d]|[:/!?])")
_UNCLOSED = re.compile(r"<(?P<tag>(?:br|hr|img)\b[^<>]{0,2000})(?<!/)>(?!\s{0,9}</(?:br|hr|img)>)")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[^\W\d][\w.:-]*+)[^<>]*+>")
# Each item of a broken file is parsed by itself, with the root's tag and its declarations around.
_MAX_ITEMS = 50_000
_MAX_ROOT_TAG = 4_000
_MAX_OPEN = 256
_OWN_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
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
    return _parse_text(_prepared(raw))


def parse_items(raw: bytes, names: Iterable[str]) -> tuple[Element, dict[int, str]]:
    """The root of a document without its broken items, and what is wrong with those, by number.

    Args:
        raw: the document.
        names: local names of the elements that are the items, which do not lie in each other.

    Raises:
        ReadingError: like `parse`, and if the document is broken outside its items.
    """
    text = _prepared(raw)
    try:
        return _parse_text(text), {}
    except ReadingError as error:
        before, items = _split(text, "|".join(map(re.escape, names)))
        start = _root_tag(before)
        end = before.find(">", start.start()) + 1 if start else 0
        # A document that is one item has nothing else to save.
        if not (items and start and end):
            raise error from None
    opening = before[start.start() : end]
    if len(opening) > _MAX_ROOT_TAG:
        raise ReadingError("it is broken, and its first tag too long to mend it; export it again")
    closing = f"</{start['name']}>"
    broken: dict[int, str] = {}
    whole = []
    for number, item in enumerate(items, start=1):
        try:
            _parse_text(opening + item + closing)
            whole.append(item)
        except ReadingError as error:
            broken[number] = str(error)
    if len(items) not in broken and not _ends(text, closing):
        broken[len(items) + 1] = "the file breaks off here; export it again for what is missing"
    return _parse_text(before + "".join(whole) + _closing_tags(before)), broken


def root_name(head: bytes) -> str | None:
    """The local name of the root element that a file's first bytes open, or None if it is no XML.

    Where an HTML page has its doctype, that is "html".
    """
    if not head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        return None
    try:
        text = _decoded(head)
    except ReadingError:
        return None
    match = _root_tag(text)
    return local(match["name"]) if match else None


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


def text_in(element: Element | None) -> str | None:
    """All text in an element on one line, or None where there is none."""
    return " ".join("".join(element.itertext()).split()) or None if element is not None else None


def _root_tag(text: str) -> re.Match[str] | None:
    """The start of the root's tag, behind comments, document type and instructions."""
    position = 0
    while (start := text.find("<", position)) >= 0:
        if text.startswith("<!--", start):
            position = text.find("-->", start) + 3
        elif text.startswith(("<?", "<!"), start):
            position = _end_of_doctype(text, start) if text[start + 1] == "!" else start + 2
        else:
            return _ROOT.match(text, start)
        if position < start + 2:
            return None
    return None


def _parse_text(text: str) -> Element:
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


def _prepared(raw: bytes) -> str:
    """The document without declaration and document type, with what is harmless put right."""
    text = _DECLARATION.sub("", _decoded(raw), count=1)
    own: dict[str, str] = {}
    opening = _root_tag(text)
    match = _DOCTYPE.search(text, 0, opening.start() if opening else len(text))
    if match:
        end = _end_of_doctype(text, match.start())
        own = _own_entities(text[match.start() : end])
        # Its line ends stay, so that messages name the file's lines.
        text = text[: match.start()] + "\n" * text.count("\n", match.start(), end) + text[end:]
    text = _NOT_ALLOWED.sub("", text)
    return "".join(_mended(piece, own) for piece in _around_cdata(text))


def _decoded(raw: bytes) -> str:
    declared = _DECLARED.search(raw[:400])
    name = declared[1].decode("ascii", "replace") if declared else ""
    # A file that its first bytes show to be 8-bit is no UTF-16, whatever it declares.
    marked = raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    if name and not marked and _ENCODINGS.fullmatch(name) and "16" not in name[:6]:
        try:
            return raw.decode("cp1252" if _LATIN_1.fullmatch(name) else name).lstrip("\ufeff")
        except (UnicodeDecodeError, LookupError):
            return decode(raw)
    if not marked and raw[:4] in {b"<\0?\0", b"\0<\0?"}:
        return raw.decode("utf-16-le" if raw[:1] == b"<" else "utf-16-be", "replace")
    return decode(raw)


def _end_of_doctype(text: str, start: int) -> int:
    """Where a document type ends, the declarations in its square brackets included."""
    end = text.find(">", start)
    bracket = text.find("[", start, end) if end >= 0 else -1
    if bracket >= 0:
        close = text.find("]", bracket)
        while close >= 0 and not text[close + 1 : close + 100].lstrip().startswith(">"):
            close = text.find("]", close + 1)
        end = text.find(">", close) if close >= 0 else -1
    return end + 1 if end >= 0 else len(text)


def _own_entities(doctype: str) -> dict[str, str]:
    """The entities that a document type declares for single characters, others being refused."""
    if len(doctype) > _MAX_DOCTYPE:
        raise ReadingError("its document type is too long; save it without its <!DOCTYPE …>")
    own = {}
    for match in _ENTITY.finditer(doctype):
        value = html.unescape(match["double"] if match["single"] is None else match["single"])
        if len(value) > _MAX_ENTITY_VALUE or "&" in value or "%" in value or "<" in value:
            break
        own[match["name"]] = value
    if len(own) != doctype.upper().count("<!ENTITY"):
        raise ReadingError(
            "it declares entities of its own, which may name files or blow up without end;"
            " save it without its <!DOCTYPE …>"
        )
    return own


def _around_cdata(text: str) -> Iterator[str]:
    """The text in pieces, each CDATA section one of them."""
    position = 0
    while (start := text.find("<![CDATA[", position)) >= 0:
        yield text[position:start]
        end = text.find("]]>", start)
        position = end + 3 if end >= 0 else len(text)
        yield text[start:position]
    yield text[position:]


def _mended(piece: str, own: dict[str, str]) -> str:
    if piece.startswith("<![CDATA["):
        return piece

    def character(match: re.Match[str]) -> str:
        name = match["name"]
        if name in _OWN_ENTITIES:
            return match[0]
        if name and name.startswith("#"):
            return html.escape(_NOT_ALLOWED.sub("", html.unescape(match[0]).strip("\ufffd")))
        value = own.get(name) or html5.get(f"{name};") if name else None
        return html.escape(value) if value else "&amp;" + match[0][1:]

    return _LESS.sub("&lt;", _AMPERSAND.sub(character, piece))


def _split(text: str, names: str) -> tuple[str, list[str]]:
    """What stands before the first item, and the items, of which broken ones may lack their end."""
    starts = [match.start() for match in re.finditer(rf"<(?:[\w.-]+:)?(?:{names})(?=[\s>])", text)]
    last_end = re.compile(rf"</(?:[\w.-]+:)?(?:{names})\s*>")
    items = []
    if len(starts) > _MAX_ITEMS:
        raise ReadingError(f"it is broken and has more than {_MAX_ITEMS} items; split it")
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        closed = last_end.search(text, start, end)
        items.append(text[start : closed.end() if closed else end])
    return (text[: starts[0]] if starts else text), items


def _ends(text: str, closing: str) -> bool:
    """Whether a file ends with its root's end tag."""
    return closing in text[-1000:]


def _closing_tags(before: str) -> str:
    """The end tags of the elements that a document's beginning leaves open."""
    opened: list[str] = []
    for match in _TAG.finditer(before):
        if match["end"] and match["name"] in opened:
            while opened.pop() != match["name"]:
                pass
        elif len(opened) == _MAX_OPEN:
            break
        elif not match["end"] and not match[0].endswith("/>"):
            opened.append(match["name"])
    return "".join(f"</{name}>" for name in reversed(opened))
