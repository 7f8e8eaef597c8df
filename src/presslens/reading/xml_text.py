"""XML text: an XML document as text, decoded, without its document type, with what is harmless
put right: bare "&" and "<", HTML's entities, characters that XML forbids."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5

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
_OWN_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def prepared(raw: bytes) -> str:
    """The document without declaration and document type, with what is harmless put right.

    Raises:
        ReadingError: if it is no text, or declares entities that may be a bomb or name files.
    """
    text = _DECLARATION.sub("", decoded(raw), count=1)
    own: dict[str, str] = {}
    opening = root_tag(text)
    match = _DOCTYPE.search(text, 0, opening.start() if opening else len(text))
    if match:
        end = _end_of_doctype(text, match.start())
        own = _own_entities(text[match.start() : end])
        # Its line ends stay, so that messages name the file's lines.
        text = text[: match.start()] + "\n" * text.count("\n", match.start(), end) + text[end:]
    text = _NOT_ALLOWED.sub("", text)
    return "".join(_mended(piece, own) for piece in _around_cdata(text))


def decoded(raw: bytes) -> str:
    """The text of a document by its mark, its declaration or a guess; raises like `decode`."""
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


def root_tag(text: str) -> re.Match[str] | None:
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
