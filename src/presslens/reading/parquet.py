"""Parquet: tables with an article per row, as Hugging Face, Spark and pandas write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from presslens.problems import Problem, ReadingError
from presslens.reading.columns import Columns, find_columns
from presslens.reading.files import Source
from presslens.reading.objects import expand
from presslens.reading.registry import Found, Reader
from presslens.reading.row_stream import Item, TableRow, articles_of_rows

_MAGIC = b"PAR1"
# Rows that are held at a time; a long article has 100 kB.
_BATCH = 256
# Unpacked, by the file's own account; a group of rows is the least that is unpacked at a time.
MAX_GROUP = 2**30
# A table's description that is larger is hostile.
_MAX_STRUCTURE = 64 * 2**20


def _recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 -- the magic says it all
    return head.startswith(_MAGIC)


def _read(source: Source, verbatim: bool) -> Iterator[Found]:
    rows = _rows(source)
    yield from articles_of_rows(rows, origin=source.origin, reader=READER.name, verbatim=verbatim)


def _rows(source: Source) -> Iterator[Item]:
    with source.path.open("rb") as file:
        table = _open(file)
        names = list(_names(table.schema_arrow))
        columns = find_columns(names, source.columns)
        wanted = {name for fitting in columns.values() for name in fitting}
        tops = [name for name in table.schema_arrow.names if _holds(name, wanted)]
        number = 0
        for group in range(table.num_row_groups):
            first, number = number + 1, number + table.metadata.row_group(group).num_rows
            yield from _group_rows(table, group, tops, columns, source, first)


READER = Reader("parquet", "Parquet tables with a column of texts", _recognises, _read)


def _open(file: Any) -> Any:
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(
            file,
            pre_buffer=False,
            thrift_string_size_limit=_MAX_STRUCTURE,
            thrift_container_size_limit=_MAX_STRUCTURE // 64,
        )
    except Exception as error:
        reason = (
            f"the Parquet table is broken or cut off ({_cause(error)}); fetch or export it anew"
        )
        raise ReadingError(reason) from error


def _names(fields: Iterable[Any], prefix: str = "") -> Iterator[str]:
    """The names of columns, those in structures with dots: `source.title`."""
    for field in fields:
        yield prefix + field.name
        if hasattr(field.type, "fields"):
            yield from _names(field.type.fields, f"{prefix}{field.name}.")


def _holds(name: str, wanted: set[str]) -> bool:
    return name in wanted or any(column.startswith(f"{name}.") for column in wanted)


def _group_rows(
    table: Any, group: int, tops: list[str], columns: Columns, source: Source, number: int
) -> Iterator[Item]:
    """The rows of one group of rows; if it is broken, the next one may be whole."""
    about = table.metadata.row_group(group)
    place = f"{source.origin}:{number}"
    if about.total_byte_size > MAX_GROUP:
        reason = f"the {about.num_rows} rows from here have more than {MAX_GROUP // 2**20} MB"
        yield Problem(place, "reading", f"{reason}; write the table in smaller groups of rows")
        return
    try:
        for batch in table.iter_batches(_BATCH, row_groups=[group], columns=tops):
            for row in _batch_rows(batch):
                yield TableRow(row, columns, f"{source.origin}:{number}")
                number += 1
    except Exception as error:  # noqa: BLE001 -- pyarrow fails in many ways on broken pages
        reason = f"the {about.num_rows} rows of this group cannot be read to their end"
        place = f"{source.origin}:{number}"
        yield Problem(place, "reading", f"{reason} ({_cause(error)}); fetch or export it anew")


def _batch_rows(batch: Any) -> Iterator[dict[str, Any]]:
    import pyarrow as pa

    values = {}
    for field, column in zip(batch.schema, batch.columns, strict=True):
        # As text: Python knows neither nanoseconds nor the year 10000.
        if pa.types.is_timestamp(field.type):
            column = column.cast(pa.string())
        elif pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type):
            with suppress(pa.ArrowInvalid):  # text that its writer did not call so
                column = column.cast(pa.large_string())
        values[field.name] = column.to_pylist()
    for cells in zip(*values.values(), strict=True):
        yield expand(dict(zip(values, cells, strict=True)))


def _cause(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:100]}"
