"""Word: .docx documents, an article each or a database's export; what is no running text (notes,
heads and feet, comments, deleted words) stays out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from presslens.problems import ReadingError
from presslens.reading.document import articles_of_paragraphs
from presslens.reading.files import Source
from presslens.reading.package import Package, attribute, local, title_stated
from presslens.reading.registry import Found, Reader

_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".dotm"})
_OLD_SUFFIXES = frozenset({".doc", ".dot"}) | _SUFFIXES
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a Word document's first member is called, so that a zip of documents is not taken for one.
_FIRST = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"customXml/")
_MEMBER_NAME = 30
_MAIN = "word/document.xml"
# Elements whose words are not the article's: deleted or moved away, alternatives said twice,
# drawings, ruby glosses, and codes of fields.
_LEFT_OUT = frozenset({
    "del", "moveFrom", "delText", "Fallback", "drawing", "pict", "object", "instrText", "rt",
    "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "delInstrText",
})  # fmt: skip
# A text box stands in these, and its paragraphs are the article's all the same.
_BOX = "txbxContent"
_AROUND_BOX = frozenset({"drawing", "pict", "object"})
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TITLE_STYLE = re.compile(r"(?:heading ?1|title)", re.IGNORECASE)


def _recognises(head: bytes, name: str) -> bool:
    suffix = PurePath(name).suffix.lower()
    if head.startswith(_OLE):
        return suffix in _OLD_SUFFIXES
    if not head.startswith(_ZIP):
        return False
    if not head.startswith(_FIRST, _MEMBER_NAME):
        return suffix in _SUFFIXES
    return b"word/" in head or suffix in _SUFFIXES


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- a document has no text of its own
    with source.path.open("rb") as file:
        if file.read(len(_OLE)) == _OLE:
            raise ReadingError(
                "it is an old Word document (.doc) or protected by a password; open it in Word or"
                " LibreOffice and save it as .docx without a password"
            )
    with Package(source.path) as package:
        main = package.main_part(_MAIN)
        root = package.tree(main)
        if root is None:
            raise ReadingError("it is no Word document or not all of one; save it again as .docx")
        stated = title_stated(package.tree_if_sound("docProps/core.xml"))
        styles = package.tree_if_sound(posixpath.join(posixpath.dirname(main), "styles.xml"))
    paragraphs = _paragraphs(root, _title_styles(styles))
    yield from articles_of_paragraphs(paragraphs, stated=stated, source=source, reader=READER.name)


READER = Reader("word", "Word documents (.docx)", _recognises, _read)


def _title_styles(styles: Any | None) -> frozenset[str]:
    """The ids of the styles called Title and Heading 1, whatever language the ids are in."""
    found = {"Title", "Heading1"}
    for style in styles.iter("{*}style") if styles is not None else ():
        name = next((_value(child) for child in style if local(child) == "name"), "")
        if _TITLE_STYLE.fullmatch(name):
            found.add(attribute(style, "styleId"))
        elif attribute(style, "styleId") in found:
            found.discard(attribute(style, "styleId"))
    return frozenset(found)


def _value(element: Any) -> str:
    return attribute(element, "val")


def _paragraphs(root: Any, styles: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """The paragraphs in order, those in tables and content controls too, and whether each is a
    title; one whose end mark was deleted goes on in the next. Those of a text box follow the
    paragraph that it is fixed to."""
    carried = ""
    for paragraph in root.iter("{*}p"):
        if _is_left_out(paragraph):
            continue
        text = carried + _text(paragraph)
        marks = next((child for child in paragraph if local(child) == "pPr"), None)
        if _end_deleted(marks):
            carried = text
            continue
        carried = ""
        yield text, _style(marks) in styles
    if carried:
        yield carried, False


def _is_left_out(paragraph: Any) -> bool:
    """Whether a paragraph stands in deleted rows, in a drawing that is no text box or the like."""
    if _in_deleted_row(paragraph):
        return True
    boxed = False
    for ancestor in paragraph.iterancestors():
        name = local(ancestor)
        boxed = boxed or name == _BOX
        if name in _LEFT_OUT and not (boxed and name in _AROUND_BOX):
            return True
    return False


def _in_deleted_row(paragraph: Any) -> bool:
    cell = paragraph.getparent()
    row = cell.getparent() if local(cell) == "tc" else None
    return row is not None and row.find("{*}trPr/{*}del") is not None


def _end_deleted(marks: Any | None) -> bool:
    return marks is not None and marks.find("{*}rPr/{*}del") is not None


def _style(marks: Any | None) -> str:
    style = None if marks is None else marks.find("{*}pStyle")
    return "" if style is None else _value(style)


def _text(paragraph: Any) -> str:
    """The words of a paragraph that are seen."""
    pieces: list[str] = []
    queue = [paragraph]
    while queue:
        element = queue.pop()
        name = local(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name in _CHARACTERS:
            pieces.append(_CHARACTERS[name])
        elif name == "r" and _is_hidden(element):
            continue
        elif name not in _LEFT_OUT and (name != "p" or element is paragraph):
            queue.extend(reversed(element))
    return "".join(pieces)


def _is_hidden(run: Any) -> bool:
    mark = run.find("{*}rPr/{*}vanish")
    return mark is not None and _value(mark) not in {"0", "false", "off"}
