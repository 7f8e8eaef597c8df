"""Document: the article of a document of Word, OpenOffice, RTF or PDF, or those of an export; which
of its lines and properties is the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from presslens.problems import ReadingError
from presslens.reading import exports
from presslens.reading.cleaning import bare, mend_line
from presslens.reading.credits import read_byline
from presslens.reading.dates import is_date_line
from presslens.reading.draft import Draft
from presslens.reading.files import Source
from presslens.reading.lines import classify, reads_like_a_title
from presslens.reading.registry import Found
from presslens.reading.urls import url_of_line

# A thousand articles have 5 MB of text; cleaning takes a second for each.
MAX_TEXT = 8 * 2**20
# Where the head of an article may still be: kicker, date, byline, then the title.
HEAD_LINES = 12
# No kicker, date or byline is as long; what follows such a line is a subheading.
_LONG_LINE = 40

_FILE_NAME = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|odt|rtf|pdf|txt|html?|indd|qxp|pages"
    r"|pptx?|xlsx?|tmp))",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"(?:document|dokument|doc|untitled|unnamed|(?:word|powerpoint) (?:document|presentation)"
    r"|normal|template|title|headline|slide|layout|page|scan(?:ned)?|new)\W*(?:document|\d*)\W*",
    re.IGNORECASE,
)
_SITE = re.compile(r"\s\|\s[^|]{2,40}$")


def articles_of_paragraphs(
    paragraphs: Iterable[tuple[str, bool]], *, stated: str | None, source: Source, reader: str
) -> Iterator[Found]:
    """The articles of paragraphs, each with whether the document marks it as a title.

    The other arguments are as in `articles_of_document`.
    """
    lines = [
        (line, title)
        for text, title in paragraphs
        # A line break within a heading doesn't end it
        for line in ([text.replace("\n", " ")] if title else text.split("\n"))
    ]
    yield from articles_of_document(
        [line for line, _ in lines],
        stated=stated,
        heading=_heading_among(lines),
        origin=source.origin,
        name=source.name,
        reader=reader,
    )


def articles_of_document(
    lines: list[str],
    *,
    stated: str | None,
    heading: str | None,
    origin: str,
    name: str,
    reader: str,
    draft: Draft | None = None,
) -> Iterator[Found]:
    """The articles of a document's paragraphs.

    Args:
        lines: its paragraphs, one a line.
        stated: the title that the document gives itself, taken where it is plausible.
        heading: the title by the document's own marks.
        origin: how messages call the file.
        name: the file's name, which is no title.
        reader: the reader's name.
        draft: fields that are known otherwise.

    Raises:
        ReadingError: if the text is larger than any article or export.
    """
    text = "\n".join(lines)
    if len(text) > MAX_TEXT:
        raise ReadingError(f"it has more than {MAX_TEXT // 2**20} MB of text; split it")
    draft = draft or Draft()
    draft.title = mend_line(heading) or _title(stated, lines, name)
    yield from exports.articles_of(text, draft, origin=origin, reader=reader)


def _heading_among(lines: list[tuple[str, bool]]) -> str | None:
    """The first line that is marked as a heading, if it stands at the head of the text."""
    head = [(line, title) for line, title in lines if line.strip()][:HEAD_LINES]
    for line, title in head:
        if title:
            return line
        if len(line.split()) > _LONG_LINE:
            break
    return None


def _title(title: str | None, lines: list[str], name: str) -> str | None:
    """A property's title, if it is one and the text doesn't begin with another."""
    title = mend_line(title)
    # What a browser adds: "Ferry will run all night | The Harbour Post"
    if title and (match := _SITE.search(title)) and len(title[: match.start()].split()) > 2:
        title = title[: match.start()]
    stem = PurePath(name).stem
    if title is None or not reads_like_a_title(title) or bare(title) == bare(stem):
        return None
    if _FILE_NAME.fullmatch(title) or _NO_TITLE.fullmatch(title) or re.search(r"[\\_]", title):
        return None
    head = [line for line in map(mend_line, lines[: 4 * HEAD_LINES]) if line][:HEAD_LINES]
    if bare(title) in map(bare, head):
        return title
    first = next((line for line in head if not _is_metadata(line)), "")
    return None if reads_like_a_title(first) else title


def _is_metadata(line: str) -> bool:
    return bool(
        is_date_line(line) or read_byline(line) or url_of_line(line) or classify(line) is not None
    )
