"""Tables: the tables of an analysis, in memory or in a folder, with one face for both."""

from __future__ import annotations

import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from presslens.attribution.voices import OFFICIAL_TYPES, voices
from presslens.relations import NEEDED, Relations, relate
from presslens.schemas import TABLES, to_frame, to_table
from presslens.unfinished import sweep, working_folder

if TYPE_CHECKING:
    import pandas as pd

_PREFIX = ".writing-"

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


class Tables(ABC):
    """The tables of one or many articles as DataFrames; spans are tuples of `Span`."""

    @abstractmethod
    def table(self, name: str) -> pa.Table:
        """One table as Arrow, with the schema of `presslens.schemas.TABLES`."""

    @cached_property
    def articles(self) -> pd.DataFrame:
        """A row per article.

        `duplicate_of`, `duplicate`, `copied` and `story` are of all articles together; where the
        tables don't hold them they are worked out, see `presslens.relations`.
        """
        table = self.table("articles")
        return to_frame(table if _related(table) else self._relations.fill(table))

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """A row per sentence, with its words by voice and its tone."""
        return to_frame(self.table("sentences"))

    @cached_property
    def statements(self) -> pd.DataFrame:
        """A row per statement: source, cue, content, and who speaks."""
        return to_frame(self.table("statements"))

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """A row per mention of a person, organisation, place or group."""
        return to_frame(self.table("mentions"))

    @cached_property
    def actions(self) -> pd.DataFrame:
        """A row per action: who does what to whom."""
        return to_frame(self.table("actions"))

    @cached_property
    def frames(self) -> pd.DataFrame:
        """A row per article and frame, or item of a frame."""
        return to_frame(self.table("frames"))

    @cached_property
    def problems(self) -> pd.DataFrame:
        """A row per input that gave no article, or not all of one."""
        return to_frame(self.table("problems"))

    @cached_property
    def passages(self) -> pd.DataFrame:
        """A row per passage that an article shares with an earlier one: `article_id`, `start`,
        `end`, `words`; `source`, the earlier one's id; its `kind` (agency, outlet, own) and
        `agency`. Worked out like those columns of `articles`.
        """
        related = _related(self.table("articles"))
        return to_frame(self.table("passages") if related else self._relations.passages)

    @cached_property
    def _relations(self) -> Relations:
        return relate(to_frame(self.table("articles").select(NEEDED)))

    def voices(
        self, *, by: Sequence[str] = ("article_id",), official: Iterable[str] = OFFICIAL_TYPES
    ) -> pd.DataFrame:
        """Words by voice; `by` names columns of `sentences`, `official` the official types."""
        return voices(self.sentences, self.statements, by=by, official=official)


def _related(articles: pa.Table) -> bool:
    """Whether a table `articles` holds relations; then each of its articles has a story."""
    return bool(articles["story"].null_count == 0)


class TableWriter:
    """Writes tables to a folder, batch by batch; readers never see an unfinished file.

    The files are written in a hidden folder beside their final place and moved there, one after
    the other, when the `with` block ends well; after an error in it nothing has changed. What a
    killed run left behind is cleared by the next.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.counts = dict.fromkeys(TABLES, 0)
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._wanted = True

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        sweep(self.folder, f"{_PREFIX}*")
        with ExitStack() as opened:
            self._partial = opened.enter_context(working_folder(self._make))
            for name, schema in TABLES.items():
                path = self._partial / f"{name}.parquet"
                self._writers[name] = pq.ParquetWriter(path, schema, compression="zstd")
            self._opened = opened.pop_all()
        return self

    def _make(self) -> Path:
        return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self.folder))

    @property
    def replaces(self) -> bool:
        """Whether there are earlier tables in the folder."""
        return any((self.folder / f"{name}.parquet").exists() for name in TABLES)

    def abandon(self) -> None:
        """Leave the folder as it was: what was written goes when the block ends."""
        self._wanted = False

    def write(self, rows: Rows) -> None:
        """Append rows, by table name."""
        for name, some in rows.items():
            if some:
                self._writers[name].write_table(to_table(name, some))
                self.counts[name] += len(some)

    def relate(self) -> None:
        """Fill in what depends on all articles, once they are written; none can follow.

        Memory holds the texts of all articles, and some 25 bytes for each of their words.
        """
        path = self._partial / "articles.parquet"
        self._writers.pop("articles").close()
        found = relate(to_frame(pq.read_table(path, columns=list(NEEDED), partitioning=None)))
        self._writers["passages"].write_table(found.passages)
        self.counts["passages"] += found.passages.num_rows
        filled = path.with_suffix(".filled")
        schema = TABLES["articles"]
        with (
            pq.ParquetFile(path) as written,
            pq.ParquetWriter(filled, schema, compression="zstd") as writer,
        ):
            for group in range(written.num_row_groups):
                writer.write_table(found.fill(written.read_row_group(group)))
        filled.replace(path)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._opened:
            with suppress(*(() if kind is None else (OSError,))), ExitStack() as closing:
                for writer in self._writers.values():
                    closing.callback(writer.close)
            if kind is None and self._wanted:
                for name in TABLES:
                    (self._partial / f"{name}.parquet").replace(self.folder / f"{name}.parquet")
