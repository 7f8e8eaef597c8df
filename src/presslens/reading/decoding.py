"""Decoding: bytes to text, by byte-order mark, strict UTF-8, Windows-1252, then by statistics."""

from __future__ import annotations

import codecs

from presslens.problems import ReadingError

# UTF-32's mark begins with UTF-16's, so it is asked first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OPENINGS = tuple(mark for mark, _ in _MARKS)
# What the common binary formats begin with, so that the message can name them.
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip file or an Office document (docx, odt, epub)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (doc, xls)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3", "a database"),
)
_MAGICS = tuple(magic for magic, _ in _MAGIC)
_CONTROL = bytes({*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)})
# A text has next to no control characters; random bytes have about one in ten.
_MAX_CONTROL = 0.01


def binary_format(head: bytes) -> str | None:
    """What a file that is not text seems to be ("a PDF"), or None where it may be text."""
    if head.startswith(_MAGICS):
        return next(name for magic, name in _MAGIC if head.startswith(magic))
    if head.startswith(_OPENINGS):
        return None
    return "a binary file" if b"\0" in head else None


def decode(raw: bytes) -> str:
    """The text of a file, without its byte-order mark.

    Raises:
        ReadingError: if it is not text; the message is a reason without the file's name.
    """
    if kind := binary_format(raw):
        raise ReadingError(f"it is {kind}, not text; save or export it as text or HTML")
    text = _decoded(raw).removeprefix("\ufeff")
    # Counted in UTF-8, where each is a byte of its own: bytes are quicker to search than characters
    plain = text.encode("utf-8", "surrogatepass")
    if len(plain) - len(plain.translate(None, _CONTROL)) > _MAX_CONTROL * len(text):
        raise ReadingError("it is a binary file, not text; save or export it as text or HTML")
    return text


def _decoded(raw: bytes) -> str:
    if not raw.startswith(_OPENINGS):
        try:
            return raw.decode()
        except UnicodeDecodeError:
            pass
    return raw.decode(encoding_of(raw), "replace")


def encoding_of(raw: bytes) -> str:
    """The encoding of a text: its mark's, else the first of the guesses that fits."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy_encoding(raw)
    return "utf-8"


def _legacy_encoding(raw: bytes) -> str:
    if _almost_utf8(raw):
        return "utf-8"
    if _mostly_ascii(raw) and _decodes(raw, "cp1252"):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:100_000]).best()
    if best is not None and _decodes(raw, best.encoding):
        return best.encoding
    return "cp1252" if _decodes(raw, "cp1252") else "latin-1"


def _mostly_ascii(raw: bytes) -> bool:
    # An English text holds quotes, dashes and a few accents, well under a tenth; statistics on so
    # few take "señora" for Polish, while old English files are Windows-1252 (or Latin-1 in it).
    return sum(byte >= 0x80 for byte in raw) < len(raw) / 10


def _almost_utf8(raw: bytes) -> bool:
    """UTF-8 that was cut off in a character or has a few broken bytes in it."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - broken
    return good > 3 * broken


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
