"""PDF: printed articles, pages saved from a browser and exports; pdfium tells where each letter
stands, `layout` and `reflow` make paragraphs of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from presslens.problems import ReadingError
from presslens.reading import printed
from presslens.reading.cleaning import mend_line
from presslens.reading.document import articles_of_document
from presslens.reading.draft import Draft
from presslens.reading.exports import database_of
from presslens.reading.files import Source
from presslens.reading.layout import Piece, in_reading_order, without_running_lines
from presslens.reading.lines import reads_like_a_title
from presslens.reading.outlets import outlet_named
from presslens.reading.reflow import Paragraph, to_paragraphs
from presslens.reading.registry import Found, Reader

_START = b"%PDF-"
# Some files carry a mail's or a printer's lines before the PDF, which pdfium looks for here too.
_START_WITHIN = 1024
MAX_PDF = 200 * 2**20
# An export of 300 articles has some 650 pages; letters cost about 4 microseconds each.
MAX_PAGES = 1_000
MAX_LETTERS = 2_000_000
# Fewer letters a page are a stamp on a scan.
_LEAST_LETTERS = 40
# Where so many letters have no meaning, the fonts don't say which they are.
_MAX_UNKNOWN = 0.2
# A gap wider than this many letters' heights (1.4 of the type size) parts columns.
_GAP = 0.9
# How much larger than the text a headline is.
_HEADLINE = 1.2
_MASTHEAD_WORDS = 3
# An article's address names it or numbers it; that of a paper's front page does neither.
_ARTICLE_PATH = re.compile(r"/[^/?#]*(?:[-_][^/?#]*[-_]|\d{5})")
_URL = re.compile(r"https?://[^\s…]+(?=\s|$)")


def _recognises(head: bytes, name: str) -> bool:
    if head.startswith(_START):
        return True
    return PurePath(name).suffix.lower() == ".pdf" and _START in head[:_START_WITHIN]


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- a document has no text of its own
    pages, heights, stated = _pages(source)
    _check_letters(pages)
    if database := database_of(printed.lines_of(pages)):
        text = printed.text_of(pages, heights, database.begins_part)
        yield from database.articles_from_text(text, origin=source.origin)
        return
    pages, margins = without_running_lines(pages, heights)
    found = to_paragraphs(in_reading_order(pages))
    if not found:
        raise ReadingError("its pages hold only running heads; expected an article")
    draft = Draft(url=_url(margins), margins=margins)
    yield from articles_of_document(
        [paragraph.text for paragraph in found],
        stated=stated,
        heading=_headline(found, draft),
        origin=source.origin,
        name=source.name,
        reader=READER.name,
        draft=draft,
    )


READER = Reader("pdf", "PDF with text (.pdf)", _recognises, _read)


def _pages(source: Source) -> tuple[list[list[Piece]], list[float], str | None]:
    """The pieces of text of each page, the pages' heights, and the file's own title.

    Raises:
        ReadingError: if it is protected, damaged or too long.
    """
    import pypdfium2

    if source.path.stat().st_size > MAX_PDF:
        raise ReadingError(f"it is larger than {MAX_PDF // 2**20} MB; split it")
    try:
        document = pypdfium2.PdfDocument(source.path)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            reason = "the PDF is encrypted and asks for a password; save it without one"
            raise ReadingError(reason) from error
        reason = f"the PDF is damaged or not all there ({error}); fetch or save it again"
        raise ReadingError(reason) from error
    try:
        if len(document) > MAX_PAGES:
            raise ReadingError(
                f"the PDF has {len(document)} pages, more than {MAX_PAGES}; split it"
            )
        told = document.get_metadata_dict()
        pages, heights, letters = [], [], 0
        for number in range(len(document)):
            pieces, height, count = _page(document, number, MAX_LETTERS - letters)
            letters += count
            pages.append(pieces)
            heights.append(height)
    finally:
        document.close()
    return pages, heights, told.get("Title")


def _page(document: Any, number: int, room: int) -> tuple[list[Piece], float, int]:
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:  # one broken page must not cost the others
        return [], 1.0, 0
    try:
        textpage = page.get_textpage()
        count = textpage.count_chars()
        if count > room:
            raise ReadingError(f"the PDF has more than {MAX_LETTERS:,} letters; split it")
        turned = page.get_rotation()
        width, height = page.get_size()
        pieces = _pieces(textpage, count, turned, (width, height))
        textpage.close()
    except pypdfium2.PdfiumError:
        return [], 1.0, 0
    finally:
        page.close()
    return pieces, height, count


def _pieces(textpage: Any, count: int, turned: int, size: tuple[float, float]) -> list[Piece]:
    """The letters of a page joined to pieces of lines; those that stand twice count once."""
    found: list[Piece] = []
    heights: list[dict[float, int]] = []
    blank = broken = False
    for letter, box in _letters(textpage, count, turned, size):
        if box is None:
            blank, broken = True, broken or letter in "\r\n"
            continue
        left, right, base, height = box
        last = found[-1] if found else None
        if last and not broken and _is_beside(last, left - last.right, base, height):
            last.text += (" " if blank else "") + letter
            last.right = max(last.right, right)
        else:
            found.append(Piece(letter, left, right, base, height))
            heights.append({})
        heights[-1][height] = heights[-1].get(height, 0) + 1
        blank = broken = False
    for piece, counted in zip(found, heights, strict=True):
        piece.size = max(counted, key=counted.__getitem__)
    return list({(p.text, round(p.left), round(p.base)): p for p in found}.values())


def _is_beside(last: Piece, gap: float, base: float, height: float) -> bool:
    size = max(last.size, height)
    return abs(base - last.base) < 0.35 * size and -size < gap < _GAP * size


def _letters(
    textpage: Any, count: int, turned: int, size: tuple[float, float]
) -> Iterator[tuple[str, tuple[float, float, float, float] | None]]:
    """Each letter with its left, right, base line and height; None for blanks and what has none."""
    from ctypes import byref, c_double

    import pypdfium2.raw as pdfium

    box, x, y = pdfium.FS_RECTF(), c_double(), c_double()
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        # pdfium marks a hyphen at a line's end
        letter = "-" if code == 2 else chr(code) if 0 < code <= 0x10FFFF else "\ufffd"
        if letter.isspace() or not pdfium.FPDFText_GetLooseCharBox(textpage, index, byref(box)):
            yield letter, None
            continue
        pdfium.FPDFText_GetCharOrigin(textpage, index, byref(x), byref(y))
        place = _upright(box, x.value, y.value, turned, size)
        yield letter, place if place[3] > 0 else None


def _upright(
    box: Any, x: float, y: float, turned: int, size: tuple[float, float]
) -> tuple[float, float, float, float]:
    """A letter's left, right, base line and height as the page is shown."""
    width, height = size
    if turned == 90:
        return box.bottom, box.top, height - x, box.right - box.left
    if turned == 180:
        return width - box.right, width - box.left, height - y, box.top - box.bottom
    if turned == 270:
        return width - box.top, width - box.bottom, x, box.right - box.left
    return box.left, box.right, y, box.top - box.bottom


def _check_letters(pages: list[list[Piece]]) -> None:
    text = "".join(piece.text for pieces in pages for piece in pieces)
    if len(text) < _LEAST_LETTERS * min(len(pages), 3):
        raise ReadingError(
            "the PDF has pictures of pages and no text in them; recognise its text first (OCR,"
            " for instance with ocrmypdf)"
        )
    unknown = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" for letter in text)
    if unknown > _MAX_UNKNOWN * len(text):
        raise ReadingError(
            "the PDF's fonts don't say which letters they show; recognise its text anew (OCR, for"
            " instance with ocrmypdf --force-ocr)"
        )


def _headline(found: list[Paragraph], draft: Draft) -> str | None:
    """The first page's headline: the largest text, unless that is the paper's name."""
    sizes: Counter[float] = Counter()
    for paragraph in found:
        sizes[round(paragraph.size, 1)] += len(paragraph.text)
    usual = sizes.most_common(1)[0][0]
    large = [
        paragraph for paragraph in found
        if paragraph.page == 0 and paragraph.size > _HEADLINE * usual
    ]  # fmt: skip
    for paragraph in list(large):
        if outlet := outlet_named(paragraph.text):
            draft.outlet = draft.outlet or outlet
            large.remove(paragraph)
    titles = [
        paragraph for paragraph in large
        if reads_like_a_title(paragraph.text.rstrip(".")) or len(large) == 1
    ]  # fmt: skip
    long = [paragraph for paragraph in titles if len(paragraph.text.split()) > _MASTHEAD_WORDS]
    best = max(long or titles, key=lambda paragraph: paragraph.size, default=None)
    return mend_line(best.text) if best else None


def _url(margins: list[str]) -> str | None:
    """The address that a browser prints on each page, if it is an article's."""
    for line in margins:
        match = _URL.search(line)
        if match and not line[match.end() :].startswith("…") and _ARTICLE_PATH.search(match[0], 8):
            return match[0]
    return None
