"""CSV rows: tables of text, with an article per row, whatever delimiter and encoding."""

from __future__ import annotations

import csv
import re
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
from presslens.reading.quote_marks import are_text, follows_rules
from presslens.reading.registry import Found
from presslens.reading.row_stream import Item, TableRow, articles_of_rows
from presslens.reading.rows_article import row_of

# Lines that are looked at for the delimiter; of what stands above a header, no more is usual.
_LINES_AHEAD = 20
# A file that is not called a table is one whose first line names the text and this many fields in
# all; no prose does.
_SURE_FIELDS = 3
_LONGEST_HEADER = 4096
_MARKS = ",;\t|"
# What parts cells; in prose blanks follow a comma, and digits in numbers.
_PARTED = re.compile(r"\t|[,;|](?![\s\d])")
# A table of one column has a header of a word or two, a text has a title.
_HEADER_WORDS = 2
DELIMITERS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}


def names_articles(head: bytes, fewest: int = _SURE_FIELDS) -> bool:
    """Whether the first line of a file, whatever its name, is the header of a table of articles.

    `fewest` is how many fields of an article it must have, the text with them.
    """
    line = head[:_LONGEST_HEADER].lstrip(b"\xef\xbb\xbf\r\n").partition(b"\n")[0]
    return _names_fields(line.decode("utf-8", "replace"), fewest)


def is_table(head: bytes) -> bool:
    """Whether the first lines of a file that is called a table may be one rather than prose."""
    lines = head[:_LONGEST_HEADER].decode("utf-8", "replace").strip("\ufeff\r\n").splitlines()
    lines = [line for line in lines if line.strip()][:_LINES_AHEAD]
    if not lines or _PARTED.search(lines[0]) or len(lines[0].split()) <= _HEADER_WORDS:
        return True
    if any(_names_fields(line, 2) for line in lines):
        return True
    counts = ({line.count(mark) for line in lines} for mark in _MARKS)
    return len(lines) > 1 and any(len(count) == 1 and 0 not in count for count in counts)


def _names_fields(line: str, fewest: int) -> bool:
    """Whether a line is a header that names so many fields, the text with them."""
    for mark in _MARKS:
        cells = [cell.strip(' "') for cell in line.strip().split(mark)]
        if len(cells) >= fewest and is_header(cells, {}):
            return len(find_columns(cells)) >= fewest
    return False


def read_csv(source: Source, *, reader: str, verbatim: bool) -> Iterator[Found]:
    """The articles of a table, and what is wrong with its rows.

    Raises:
        ReadingError: if none of its first rows is a header with a column of texts.
    """
    rows = _rows(source)
    yield from articles_of_rows(rows, origin=source.origin, reader=reader, verbatim=verbatim)


def _rows(source: Source) -> Iterator[Item]:
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
            yield TableRow(row_of(header, cells), columns, place)
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
        self._quoted = not are_text(
            _from_header(source, self._lines.encoding, self.delimiter), self.delimiter
        )
        self._reader = csv.reader(
            self._lines,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self._quoted else csv.QUOTE_NONE,
        )
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
        return self._lines.fault(self.delimiter) if self._quoted else None

    def problems(self) -> list[Problem]:
        """What went wrong since this was last asked."""
        found, self._broken = [*self._broken, *self._lines.too_long], []
        self._lines.too_long = []
        return found


def _from_header(source: Source, encoding: str, delimiter: str) -> Iterator[str]:
    """The lines of a table from its header on; none where no line is one by itself."""
    begun = False
    for number, raw in bounded_lines(source.path):
        line = raw.decode(encoding, "replace") if raw else ""
        if not begun:
            if number > _LINES_AHEAD:
                return
            begun = is_header(line.strip("\ufeff\r\n").split(delimiter), source.columns)
        if begun:
            yield line


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
        encoding: of the lines.
        number: of the line given last.
        too_long: problems of the lines that were left out.
    """

    def __init__(self, source: Source) -> None:
        self.number = 0
        self.too_long: list[Problem] = []
        self._origin = source.origin
        self.encoding = encoding_of_file(source.path)
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
        line = raw.decode(self.encoding, "replace").replace("\0", "")
        return line.removeprefix("\ufeff")

    def fault(self, delimiter: str) -> str | None:
        """What is wrong with the quotation marks of the row just read, if it swallowed lines.

        A quotation mark that nobody closed takes all lines up to the next one into its cell.
        """
        if self._ended:
            where = "the end of the file"
        elif len(self._row) > 1 and not follows_rules(self._row, delimiter):
            where = f"line {self.number}"
        else:
            return None
        return (
            f"broken row: a quotation mark is opened and not closed before {where}, so that nothing"
            " of these lines could be read; close it, and double those inside a cell"
        )
