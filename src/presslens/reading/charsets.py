"""Charsets: the text of a web page's bytes, by what they are and by what is stated about them."""

from __future__ import annotations

import codecs
import re

from presslens.reading.decoding import decode

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
# The prolog of XHTML.
_XML_CHARSET = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_META_WITHIN = 8 * 2**10
# A few stray NULs are a fault of the publisher's system; a binary file has many, UTF-16 half.
_MAX_NULS = 0.001
# Codecs of Python's that no page is written in.
_NO_CHARSETS = frozenset(
    {"utf_7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs"}
)
# What browsers take a charset for, and so do those who write it (WHATWG Encoding Standard).
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip


def page_text(raw: bytes, charset: str | None = None) -> str:
    """The text of a web page.

    A byte-order mark counts first; then UTF-8 where all bytes are that, since no other text is by
    chance and pages saved anew keep what they said before; then what is stated; then a guess.

    Args:
        raw: the page.
        charset: what the HTTP or mail header says; the page's own word comes after it.

    Raises:
        ReadingError: if it is not text.
    """
    if raw.startswith(_MARKS):
        return decode(raw)
    if 0 < raw.count(b"\0") <= _MAX_NULS * len(raw):
        raw = raw.replace(b"\0", b"")
    stated = _XML_CHARSET.match(raw[:_META_WITHIN]) or _META_CHARSET.search(raw[:_META_WITHIN])
    labels = [charset, stated[1].decode("ascii", "replace") if stated else None]
    # Some charsets of the East are written in the bytes of ASCII.
    for label in labels if raw.isascii() else ["utf-8", *labels]:
        encoding = _encoding(label)
        if encoding is None:
            continue
        try:
            text = raw.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        # Bytes that fit any charset but are no text are refused as everywhere.
        return text if "\0" not in text else decode(raw)
    return decode(raw)


def _encoding(label: str | None) -> str | None:
    try:
        name = codecs.lookup(label).name if label else None
    except (LookupError, ValueError):
        return None
    if name is None or name.replace("-", "_") in _NO_CHARSETS:
        return None
    return _MEANT.get(name, name)
