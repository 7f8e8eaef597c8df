"""ODT: documents of LibreOffice and OpenOffice, zipped (.odt) or as one XML file (.fodt)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from presslens.problems import ReadingError
from presslens.reading.document import articles_of_paragraphs
from presslens.reading.files import Source, read_bytes
from presslens.reading.package import Package, attribute, local, parse_xml, title_stated
from presslens.reading.registry import Found, Reader

_SUFFIXES = frozenset({".odt", ".ott", ".odm"})
_ZIP = b"PK\x03\x04"
# The first member of a zipped document is its media type, stored as it is.
_TYPE = b"mimetypeapplication/vnd.oasis.opendocument."
_TEXT_TYPE = _TYPE + b"text"
_HEAD = 200
_FLAT = re.compile(
    rb"<office:document\s[^<>]*office:mimetype=\"application/vnd\.oasis\.opendocument\.text"
)
# Elements whose words are not the article's: notes, comments, deleted words (kept apart at the
# text's head), frames with pictures, forms, running heads, indexes, rulings.
_LEFT_OUT = frozenset({
    "note", "annotation", "tracked-changes", "frame", "forms", "ruby-text", "table-of-content",
    "alphabetical-index", "bibliography", "illustration-index", "table-index", "object-index",
    "user-index", "hidden-text", "hidden-paragraph", "custom-shape", "rect", "sequence-decls",
    "variable-decls", "user-field-decls",
})  # fmt: skip
_CHARACTERS = {"tab": "\t", "line-break": "\n"}
# A run of blanks is given as a number; no line has more.
_MAX_BLANKS = 100


def _recognises(head: bytes, name: str) -> bool:
    if head.startswith(_ZIP):
        if _TYPE in head[:_HEAD]:
            return _TEXT_TYPE in head[:_HEAD]
        return PurePath(name).suffix.lower() in _SUFFIXES
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and bool(_FLAT.search(head))


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- a document has no text of its own
    with source.path.open("rb") as file:
        zipped = file.read(len(_ZIP)) == _ZIP
    root, stated = _zipped(source) if zipped else _flat(source)
    body = next(root.iter("{*}text"), None)
    if body is None:
        raise ReadingError("it holds no text document; save it again as .odt")
    paragraphs = _paragraphs(body, _title_styles(root))
    yield from articles_of_paragraphs(paragraphs, stated=stated, source=source, reader=READER.name)


READER = Reader("odt", "OpenDocument texts (.odt)", _recognises, _read)


def _zipped(source: Source) -> tuple[Any, str | None]:
    with Package(source.path) as package:
        if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
            raise ReadingError("it is protected by a password; save it without one")
        root = package.tree("content.xml")
        if root is None:
            raise ReadingError("it is no OpenDocument text or not all of one; save it again")
        return root, title_stated(package.tree_if_sound("meta.xml"))


def _flat(source: Source) -> tuple[Any, str | None]:
    root = parse_xml(read_bytes(source.path), source.name)
    return root, title_stated(next(root.iter("{*}meta"), None))


def _title_styles(root: Any) -> frozenset[str]:
    """The names of paragraph styles that are Title or a Heading 1, or made from them."""
    wanted = {"Title", "Heading_20_1"}
    made = {
        attribute(style, "name")
        for style in root.iter("{*}style")
        if attribute(style, "parent-style-name") in wanted
    }
    return frozenset(wanted | made)


def _paragraphs(body: Any, styles: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """All paragraphs in order, and whether each is a title; those of a text box follow the
    paragraph that it is fixed to, or stand last where it is fixed to a page."""
    queue: list[Any] = [body]
    last: list[Any] = []
    while queue or last:
        if not queue:
            queue, last = last[::-1], []
        element = queue.pop()
        name = local(element)
        if name in {"p", "h"}:
            heading = name == "h" and attribute(element, "outline-level") in {"", "1"}
            yield _text(element), heading or attribute(element, "style-name") in styles
            queue.extend(reversed(_boxes(element)))
        elif name == "frame":
            last += _boxes(element)
        elif name not in _LEFT_OUT:
            queue.extend(reversed(element))


def _boxes(element: Any) -> list[Any]:
    """The text boxes in a paragraph or a frame, without those around a picture and its caption."""
    found: list[Any] = []
    queue = list(reversed(element))
    while queue:
        part = queue.pop()
        name = local(part)
        if name == "text-box":
            if next(part.iter("{*}image"), None) is None:
                found.append(part)
        elif name == "frame" or name not in _LEFT_OUT:
            queue.extend(reversed(part))
    return found


def _text(paragraph: Any) -> str:
    """The words of a paragraph that are seen; blanks in the XML count once."""
    pieces: list[str] = []
    # Elements to open, and the text behind elements that are done
    queue: list[Any] = [paragraph]
    while queue:
        item = queue.pop()
        if isinstance(item, str):
            pieces.append(re.sub(r"\s+", " ", item))
            continue
        name = local(item)
        if item is not paragraph and item.tail:
            queue.append(item.tail)
        if name in _CHARACTERS:
            pieces.append(_CHARACTERS[name])
        elif name == "s":
            count = attribute(item, "c")
            pieces.append(" " * (min(int(count), _MAX_BLANKS) if count.isdecimal() else 1))
        elif name and name not in _LEFT_OUT:
            queue.extend(reversed(item))
            if item.text:
                queue.append(item.text)
    return "".join(pieces).strip(" ")
