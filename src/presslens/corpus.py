"""Corpus: a folder of tables on disk, built from files of articles and opened as DataFrames."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from presslens.analysis import analyze_rows
from presslens.article import Article
from presslens.nlp.threads import single_threaded_blas
from presslens.problems import PresslensError, Problem
from presslens.reading import read_all, screen
from presslens.schemas import LATER_COLUMNS, LATER_TABLES, TABLES
from presslens.tables import Rows, Tables, TableWriter

# Articles analysed at a time, and their characters: the vectors of a batch take some 50 MB.
BATCH = 16
BATCH_CHARACTERS = 150_000

# Batches under way: while the encoder, which needs no interpreter, is busy with one, the rest of
# the analysis goes on in the other.
UNDER_WAY = 2

# Shown after two seconds, and only on a terminal.
PROGRESS: dict[str, Any] = {"desc": "Analysing", "unit": " articles", "delay": 2, "disable": None}


# The rows of a batch of articles, and what went wrong.
Analysed = tuple[Rows, list[Problem]]


class CorpusError(PresslensError):
    """A folder is not a corpus, or not a whole one."""


class Corpus(Tables):
    """The tables in a folder, as `presslens analyze --out` writes them, each read on first use.

    Folders of earlier versions lack what depends on the whole corpus (`presslens.relations`); there
    it is worked out on first use.

    Raises:
        CorpusError: if the folder or one of its tables is missing.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        needed = [name for name in TABLES if name not in LATER_TABLES]
        missing = [name for name in needed if not self._path(name).is_file()]
        if missing:
            raise CorpusError(
                f"{self.folder} is not a folder of Presslens tables: it lacks "
                f"{', '.join(f'{name}.parquet' for name in missing)}; "
                f"make them with: presslens analyze INPUT --out {self.folder}"
            )

    def __repr__(self) -> str:
        rows = pq.read_metadata(self._path("articles")).num_rows
        return f"Corpus({str(self.folder)!r}): {rows:,} articles"

    def check(self) -> None:
        """Look at the beginnings and ends of all tables, without reading them.

        Raises:
            CorpusError: if one is damaged or has other columns than this version's.
        """
        for name in TABLES:
            path = self._path(name)
            if self._lacks(name):
                continue
            try:
                columns = pq.read_schema(path).names
            except (OSError, pa.ArrowInvalid) as error:
                raise _unreadable(path, error) from error
            _require_columns(path, name, columns)

    def table(self, name: str) -> pa.Table:
        """One table as Arrow.

        Raises:
            CorpusError: if the file cannot be read or has other columns than this version's.
        """
        path = self._path(name)
        if self._lacks(name):
            return TABLES[name].empty_table()
        try:
            table = pq.read_table(path, partitioning=None)
        except (OSError, pa.ArrowInvalid) as error:
            raise _unreadable(path, error) from error
        _require_columns(path, name, table.column_names)
        for column in TABLES[name].names:
            if column not in table.column_names:
                table = table.append_column(column, pa.nulls(len(table)))
        try:
            return table.select(TABLES[name].names).cast(TABLES[name])
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise CorpusError(
                f"{path} was written by another version of Presslens ({error}); "
                "analyse its inputs anew"
            ) from error

    def _lacks(self, name: str) -> bool:
        return name in LATER_TABLES and not self._path(name).is_file()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"


def _unreadable(path: Path, error: Exception) -> CorpusError:
    return CorpusError(f"{path} cannot be read: {error}; analyse its inputs anew")


def _require_columns(path: Path, name: str, columns: Iterable[str]) -> None:
    needed = set(TABLES[name].names) - LATER_COLUMNS.get(name, frozenset())
    if lacking := needed - set(columns):
        raise CorpusError(
            f"{path} was written by another version of Presslens (no column "
            f"{', '.join(sorted(lacking))}); analyse its inputs anew"
        )


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of the inputs of one analysis.

    Attributes:
        rows: number of rows written, by table.
        problems: every input that gave no article, or not all of one.
        written: whether the tables are in the folder; not if they would have replaced earlier
            ones by none.
    """

    rows: dict[str, int]
    problems: tuple[Problem, ...]
    written: bool = True

    @property
    def failed(self) -> tuple[Problem, ...]:
        """The problems where something went wrong; the rest was set aside on purpose."""
        return tuple(problem for problem in self.problems if problem.failed)


def build_corpus(
    inputs: Iterable[str | Path],
    folder: str | Path,
    *,
    verbatim: bool = False,
    columns: Mapping[str, str] | None = None,
) -> Ledger:
    """Read and analyse files and folders, and write the tables to `folder`.

    Memory is bounded by a batch of articles and, at the end, when they are compared with one
    another (`presslens.relations`), by their texts. Earlier tables in the folder are replaced once
    the new ones are whole, and stay if no article came out. An input that fails is listed in the
    table `problems`; the others go on.

    Args:
        inputs: files and folders.
        folder: where the tables go, made if need be.
        verbatim: take the `text` of JSONL or CSV rows word for word.
        columns: what the user's columns hold, by field, as in `{"text": "Inhalt"}`.
    """
    problems: list[Problem] = []
    with TableWriter(folder) as writer:
        found = tqdm(screen(read_all(inputs, verbatim=verbatim, columns=columns)), **PROGRESS)
        articles = _articles(found, problems)
        with single_threaded_blas():
            for rows, failures in _in_order(_analyze, _batches(articles)):
                writer.write(rows)
                problems += failures
        writer.write({"problems": [asdict(problem) for problem in problems]})
        lost = not writer.counts["articles"] and writer.replaces
        if lost:
            writer.abandon()
        elif writer.counts["articles"]:
            writer.relate()
    return Ledger(writer.counts, tuple(problems), written=not lost)


def _load_everything() -> None:
    """Load models, lists and modules before there are threads, which must not import at once.

    Packages whose modules import one another (nltk) fail if two threads begin with them.
    """
    analyze_rows([Article(id="", text="It rained, Ann Oda said.")])


def _articles(found: Iterable[Article | Problem], problems: list[Problem]) -> Iterator[Article]:
    for item in found:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            yield item


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) >= BATCH or sum(len(one.text) for one in batch) >= BATCH_CHARACTERS:
            yield batch
            batch = []
    if batch:
        yield batch


def _in_order(
    work: Callable[[list[Article]], Analysed], batches: Iterator[list[Article]]
) -> Iterator[Analysed]:
    """What becomes of each batch, in order, with a few of them under way at a time."""
    first = list(islice(batches, UNDER_WAY))
    if first:
        _load_everything()
    with ThreadPoolExecutor(UNDER_WAY) as pool:
        waiting = deque(pool.submit(work, batch) for batch in first)
        while waiting:
            yield waiting.popleft().result()
            waiting += [pool.submit(work, batch) for batch in islice(batches, 1)]


def _analyze(batch: Sequence[Article]) -> Analysed:
    """The batch's rows; should one article break the analysis, the rows of the others."""
    try:
        return analyze_rows(batch), []
    except PresslensError:
        raise
    except Exception as error:  # noqa: BLE001 - one article must not cost the others' rows
        if len(batch) == 1:
            reason = f"the analysis failed with {type(error).__name__}: {error}; please report it"
            return {}, [Problem(batch[0].origin or batch[0].id, "analysis", reason)]
        parts = [_analyze([article]) for article in batch]
        rows = {name: [row for part, _ in parts for row in part.get(name, ())] for name in TABLES}
        return rows, [problem for _, problems in parts for problem in problems]
