"""RTF: documents of word processors and of databases' exports; striprtf reads them, after what
would cost it minutes has been taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presslens.problems import ReadingError
from presslens.reading.decoding import encoding_of
from presslens.reading.document import articles_of_document
from presslens.reading.files import Source
from presslens.reading.registry import Found, Reader

_START = b"{\\rtf"
# Pictures make files large; they are hexadecimal digits and go before anything else.
MAX_RTF = 100 * 2**20
# What is left goes through Python letter by letter, about a second for two megabytes.
MAX_MARKUP = 8 * 2**20
# No word and no number has so many digits without a blank. Looking back keeps it from beginning
# anew at each digit of a shorter run.
_PICTURE = re.compile(rb"(?<![0-9a-fA-F\r\n])[0-9a-fA-F\r\n]{512,}+")
# striprtf looks for links with a pattern that takes the square of a line's length; a blank after
# the control word, which means nothing, keeps that pattern away. Links' addresses go unread.
_FIELD = re.compile(r"(\{\\field)(?=\{)", re.IGNORECASE)
# Deleted and hidden words, as a group that no reader need know.
_UNSEEN = re.compile(r"\\(?=(?:deleted|v)(?![a-z0-9-]))")
_FONT_ID = re.compile(r"\\f(\d{1,6})(?!\d)")
_FONT_CHARSET = re.compile(r"\\fcharset(\d{1,3})(?!\d)")
# A huge \u or \uc is an error of the file, and would be one of Python.
_HUGE = re.compile(r"\\u(?:c)?-?\d{6,}")
_TITLE = re.compile(r"\{\\title\s?((?:[^{}\\]|\\[^\n]){0,400})\}")
_PROPERTIES_WITHIN = 64 * 2**10


def _recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 -- RTF always says that it is
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_START)


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- a document has no text of its own
    markup = _markup(source)
    stated = _title(markup)
    text = _plain(markup)
    # A cell's end is a bar, which no line needs at its ends
    lines = [line.strip("|") for line in text.split("\n")]
    if not any(line.strip() for line in lines):
        raise ReadingError("the document holds no text; expected an article's words")
    yield from articles_of_document(
        lines,
        stated=stated,
        heading=None,
        origin=source.origin,
        name=source.name,
        reader=READER.name,
    )


READER = Reader("rtf", "RTF documents (.rtf)", _recognises, _read)


def _markup(source: Source) -> str:
    """The document's source without pictures.

    Raises:
        ReadingError: if it is larger than any article or export.
    """
    if source.path.stat().st_size > MAX_RTF:
        raise ReadingError(f"it is larger than {MAX_RTF // 2**20} MB; split it")
    raw = source.path.read_bytes()
    raw = _PICTURE.sub(b"", raw)
    if len(raw) > MAX_MARKUP:
        raise ReadingError(f"it has more than {MAX_MARKUP // 2**20} MB besides pictures; split it")
    return raw.decode(encoding_of(raw[:100_000]), "replace").lstrip("\ufeff \t\r\n")


def _plain(markup: str) -> str:
    """The words of a document.

    Raises:
        ReadingError: if it is too damaged.
    """
    from striprtf.striprtf import rtf_to_text

    markup = _FIELD.sub(r"\1 ", _HUGE.sub("", markup))
    markup = _with_short_fonts(_UNSEEN.sub(r"\\*\\", markup))
    try:
        text: str = rtf_to_text(markup, errors="replace")
    except (ValueError, LookupError, TypeError, IndexError, OverflowError) as error:
        raise ReadingError(f"the document is damaged ({error}); save it again") from error
    # Characters beyond the first plane are written as two halves
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _with_short_fonts(markup: str) -> str:
    """The same with a table of fonts that says only what character set each font has."""
    from striprtf.striprtf import font_table_group

    group = font_table_group(markup)
    if not group:
        return markup
    fonts = []
    for entry in group.split(";"):
        numbers, sets = _FONT_ID.findall(entry), _FONT_CHARSET.findall(entry)
        if numbers and sets:
            fonts.append(f"{{\\f{numbers[0]}\\fcharset{sets[0]} F;}}\n")
    table = "{\\fonttbl" + "".join(fonts) + "}"
    return markup.replace(group, table, 1)


def _title(markup: str) -> str | None:
    """The title that the document gives itself."""
    start = markup.find("{\\info", 0, _PROPERTIES_WITHIN)
    match = _TITLE.search(markup, start, start + _PROPERTIES_WITHIN) if start >= 0 else None
    return _plain_value(match[1]) if match else None


def _plain_value(value: str) -> str | None:
    try:
        return _plain("{\\rtf1\\ansi " + value + "}")
    except ReadingError:
        return None
