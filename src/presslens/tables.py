"""Tables: the seven tables of an analysis, in memory or in a folder, with one face for both."""

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
        """A row per article."""
        return to_frame(self.table("articles"))

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
        """A row per passage that an article shares with an earlier one, worked out on first use:
        `article_id`, `start`, `end`, `words`, and `source`, the earlier one's id.
        """
        import pandas as pd

        from presslens.copies import Shared, shared_passages

        return pd.DataFrame(shared_passages(self.articles), columns=Shared._fields)

    def voices(
        self, *, by: Sequence[str] = ("article_id",), official: Iterable[str] = OFFICIAL_TYPES
    ) -> pd.DataFrame:
        """Words by voice; `by` names columns of `sentences`, `official` the official types."""
        return voices(self.sentences, self.statements, by=by, official=official)


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
