"""CSV rows: tables of text, with an article per row, whatever delimiter and encoding."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice

from presslens.problems import Problem
from presslens.reading.bounded_lines import (
    CR_ENDS,
    MAX_LINE,
    bounded_lines,
    encoding_of_file,
    too_long,
)
from presslens.reading.columns import find_columns
from presslens.reading.files import Source
from presslens.reading.header import NoHeaderError, find_header, is_header
from presslens.reading.registry import Found
from presslens.reading.rows_article import article_from_row, row_of

# Lines that are looked at for the delimiter; of what stands above a header, no more is usual.
_LINES_AHEAD = 20
# A file that is not called a table is one whose first line names the text and this many fields in
# all; no prose does.
_SURE_FIELDS = 3
_LONGEST_HEADER = 4096
DELIMITERS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}


def names_articles(head: bytes) -> bool:
    """Whether the first line of a file, whatever its name, is the header of a table of articles."""
    line = head[:_LONGEST_HEADER].lstrip(b"\xef\xbb\xbf\r\n").partition(b"\n")[0]
    text = line.decode("utf-8", "replace").strip()
    for mark in ",;\t|":
        cells = [cell.strip(' "') for cell in text.split(mark)]
        if len(cells) >= _SURE_FIELDS and is_header(cells, {}):
            return len(find_columns(cells)) >= _SURE_FIELDS
    return False


def read_csv(source: Source, *, reader: str, verbatim: bool) -> Iterator[Found]:
    """The articles of a table, and what is wrong with its rows.

    Raises:
        ReadingError: if none of its first rows is a header with a column of texts.
    """
    table = _Table(source)
    try:
        header, columns = find_header(table, source.columns)
    except NoHeaderError:
        if not (problems := table.problems()):
            raise
        yield from problems
        return
    for cells in table:
        yield from table.problems()
        if not any(cell.strip() for cell in cells):
            continue
        place = f"{source.origin}:{table.start}"
        if fault := table.fault() or _surplus(header, cells, table.delimiter):
            yield Problem(place, "reading", fault)
        else:
            row = row_of(header, cells)
            yield article_from_row(row, columns, origin=place, reader=reader, verbatim=verbatim)
    yield from table.problems()


class _Table:
    """The rows of a table one by one; those that are broken are kept as problems.

    Attributes:
        delimiter: what parts its cells.
        start: the number of the line in which the last row begins.
    """

    def __init__(self, source: Source) -> None:
        csv.field_size_limit(MAX_LINE)
        self.start = 1
        self._origin = source.origin
        self._lines = _Lines(source)
        self.delimiter = _sniff(
            self._lines.ahead(), DELIMITERS.get(source.suffix, ","), source.columns
        )
        self._reader = csv.reader(self._lines, delimiter=self.delimiter)
        self._broken: list[Problem] = []

    def __iter__(self) -> _Table:
        return self

    def __next__(self) -> list[str]:
        while True:
            self.start = self._lines.begin_row()
            try:
                return next(self._reader)
            except csv.Error as error:
                old = "new-line character" in str(error)
                reason = CR_ENDS if old else f"broken row: {error}; check its quotes"
                place = f"{self._origin}:{self._lines.number}"
                self._broken.append(Problem(place, "reading", reason))

    def fault(self) -> str | None:
        """What is wrong with the quotation marks of the row just read."""
        return self._lines.fault(self.delimiter)

    def problems(self) -> list[Problem]:
        """What went wrong since this was last asked."""
        found, self._broken = [*self._broken, *self._lines.too_long], []
        self._lines.too_long = []
        return found


def _surplus(header: list[str], cells: list[str], delimiter: str) -> str | None:
    """What is wrong with a row that has more cells than the header; its text may be cut off."""
    if not any(cell.strip() for cell in cells[len(header) :]):
        return None
    return (
        f"broken row: it has {len(cells)} cells, the header {len(header)};"
        f" put quotation marks around a cell that holds {delimiter!r}"
    )


def _sniff(lines: list[str], default: str, chosen: Mapping[str, str]) -> str:
    """The delimiter: the one by which a line is a header, else what the first line has most of."""
    marks: tuple[str, ...] = (default, ",", ";", "\t", "|")
    for line in lines:
        for mark in sorted(set(marks) & set(line), key=line.count, reverse=True):
            with suppress(csv.Error):
                if is_header(next(csv.reader([line], delimiter=mark), []), chosen):
                    return mark
    first = lines[0] if lines else ""
    counts = {mark: first.count(mark) for mark in marks}
    return max(counts, key=lambda mark: counts[mark])


class _Lines:
    """The lines of a table decoded, one by one.

    Attributes:
        number: of the line given last.
        too_long: problems of the lines that were left out.
    """

    def __init__(self, source: Source) -> None:
        self.number = 0
        self.too_long: list[Problem] = []
        self._origin = source.origin
        self._encoding = encoding_of_file(source.path)
        self._lines = bounded_lines(source.path)
        self._ahead: list[tuple[int, bytes | None]] = []
        self._row: list[str] = []
        self._ended = False

    def ahead(self) -> list[str]:
        """The first lines, which are given again when the lines are gone through."""
        self._ahead = list(islice(self._lines, _LINES_AHEAD))
        return [self._decoded(raw) for _, raw in self._ahead if raw]

    def begin_row(self) -> int:
        """Forgets the lines of the row before; the number of the next line."""
        self._row = []
        return self.number + 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        while (numbered := self._next()) is not None:
            self.number, raw = numbered
            if raw is not None:
                self._row.append(self._decoded(raw))
                return self._row[-1]
            self.too_long.append(too_long(f"{self._origin}:{self.number}"))
        self._ended = True
        raise StopIteration

    def _next(self) -> tuple[int, bytes | None] | None:
        return self._ahead.pop(0) if self._ahead else next(self._lines, None)

    def _decoded(self, raw: bytes) -> str:
        line = raw.decode(self._encoding, "replace").replace("\0", "")
        return line.removeprefix("\ufeff")

    def fault(self, delimiter: str) -> str | None:
        """What is wrong with the quotation marks of the row just read, if it swallowed lines.

        A quotation mark that nobody closed takes all lines up to the next one into its cell.
        """
        if self._ended:
            where = "the end of the file"
        elif len(self._row) > 1 and not _is_strict(self._row, delimiter):
            where = f"line {self.number}"
        else:
            return None
        return (
            f"broken row: a quotation mark is opened and not closed before {where}, so that nothing"
            " of these lines could be read; close it, and double those inside a cell"
        )


def _is_strict(lines: list[str], delimiter: str) -> bool:
    """Whether a row's quotation marks are as CSV wants them."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True
