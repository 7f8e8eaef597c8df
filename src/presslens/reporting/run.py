"""Run: a job's notebooks one after another, by papermill, into a folder of pages and tables."""

from __future__ import annotations

import json
import logging
import re
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from presslens.corpus import Corpus, Ledger, build_corpus
from presslens.paths import REPORTS
from presslens.problems import PresslensError, Problem, ReadingError
from presslens.reporting import manifest as facts
from presslens.reporting.index import readable_time, write_reports_index, write_run_index
from presslens.reporting.notebooks import known_parameters, read_notebook
from presslens.reporting.parameters import check_parameters, read_parameters
from presslens.selection import NothingSelected
from presslens.unfinished import sweep, working_folder

if TYPE_CHECKING:
    from nbformat import NotebookNode

Outcome = Literal["complete", "nothing selected", "failed"]

# Where a run keeps the tables of the articles that it analysed.
TABLES_FOLDER = "tables"
# Longest that one cell may take before the notebook counts as failed, in seconds.
CELL_TIMEOUT = 3600

_JOB = re.compile(r"[A-Za-z0-9][\w-]*")
# What the hidden folder of a run that is not over ends in.
_PARTIAL = ".partial"
# Names in a run's folder that no notebook's page or tables may take.
_TAKEN = frozenset({"index", "manifest", TABLES_FOLDER})
# Parameters that a run fills in itself, in notebooks that have them.
_FILLED = ("corpus", "out")


@dataclass(frozen=True, slots=True)
class NotebookRun:
    """How one notebook of a job went.

    Attributes:
        name: its file name without suffix; `page` and `notebook` stand under it in the folder.
        message: why it failed or has nothing to report, else None.
        selected: what the notebook selected, in a sentence, if it told.
        selection: what it wrote as selection.json (criteria, kept, excluded), if it did.
    """

    name: str
    title: str
    outcome: Outcome
    message: str | None
    seconds: float
    parameters: dict[str, Any]
    page: str
    notebook: str
    selected: str = ""
    selection: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class JobResult:
    """Where a job's reports are, how its notebooks went, and what became of its inputs."""

    folder: Path
    notebooks: tuple[NotebookRun, ...]
    index: Path
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether any notebook stopped with an error; nothing to report is no error."""
        return any(run.outcome == "failed" for run in self.notebooks)


def run_job(
    job: str,
    notebooks: Sequence[Path],
    parameters: Mapping[str, Any] | None = None,
    *,
    corpus: str | Path | None = None,
    inputs: Sequence[str | Path] = (),
    verbatim: bool = False,
    reports: str | Path = REPORTS,
) -> JobResult:
    """Run notebooks on a corpus, or on articles, and render them into `reports/<job>/<time>/`.

    The folder is made under a hidden name and renamed when it is whole, so a run that is broken
    off leaves nothing under a final name, and no run overwrites another. A notebook that fails is
    kept with its error and the others still run.

    Args:
        job: name of the job and of its folder: letters, digits, _ and -.
        notebooks: clean notebooks; they are read, never written.
        parameters: values by name, for every notebook that has the parameter; `corpus` and `out`
            are filled in.
        corpus: folder of tables, as `presslens analyze --out` writes it; without it the inputs
            are analysed and their tables kept with the reports, in `tables/`.
        inputs: files and folders of articles; with `corpus`, what it was made from. They are
            hashed into the manifest.
        verbatim: take the `text` of JSONL or CSV rows word for word.
        reports: where jobs have their folders, and index.html lists them.

    Raises:
        ParameterError: if a parameter is in none of the notebooks, or of the wrong type.
        CorpusError: if the corpus is not one.
        ReadingError: if the inputs gave no article.
        PresslensError: if the job's name is no folder name, or two notebooks share a name.
    """
    given = _check(job, notebooks, parameters or {})
    opened = None if corpus is None else _open(corpus)
    started = datetime.now(UTC)
    home = Path(reports).resolve() / job
    home.mkdir(parents=True, exist_ok=True)
    sweep(home, f".*{_PARTIAL}")
    with working_folder(lambda: _reserve(home, started)) as partial:
        final = home / partial.name.removeprefix(".").removesuffix(_PARTIAL)
        analysed = None if opened else _analyse(inputs, partial / TABLES_FOLDER, verbatim)
        opened = opened or Corpus(partial / TABLES_FOLDER)
        runs = _run_all(job, given, opened, partial, started)
        manifest = _manifest(job, started, opened, runs, inputs)
        write_run_index(partial, manifest)
        facts.write_json(partial / facts.FILE, manifest)
        _name_finally(partial, final)
    index = write_reports_index(Path(reports).resolve())
    return JobResult(final, runs, index, analysed.problems if analysed else ())


def _open(folder: str | Path) -> Corpus:
    corpus = Corpus(Path(folder).resolve())
    corpus.check()
    return corpus


def _analyse(inputs: Sequence[str | Path], folder: Path, verbatim: bool) -> Ledger:
    ledger = build_corpus(inputs, folder, verbatim=verbatim)
    if not ledger.rows["articles"]:
        reasons = [f"{each.origin}: {each.reason}" for each in ledger.problems]
        raise ReadingError("\n".join(["no article in the inputs", *reasons]))
    return ledger


def _check(
    job: str, notebooks: Sequence[Path], parameters: Mapping[str, Any]
) -> dict[Path, dict[str, Any]]:
    """The values for each notebook, and its own `corpus` and `out` still to be filled in."""
    if not _JOB.fullmatch(job):
        raise PresslensError(f"{job!r} is no name for a job; use letters, digits, _ and -")
    names = [notebook.stem for notebook in notebooks]
    if len(set(names)) < len(names):
        raise PresslensError(f"two notebooks of a job have one name: {', '.join(sorted(names))}")
    if taken := _TAKEN.intersection(names):
        raise PresslensError(f"a notebook may not be called {', '.join(taken)}; rename it")
    for notebook in notebooks:
        read_notebook(notebook)
    check_parameters(known_parameters(notebooks), parameters)
    values = {}
    for notebook in notebooks:
        own = read_parameters(notebook)
        fitting = {p.name: parameters[p.name] for p in own if p.name in parameters}
        filled = dict.fromkeys(p.name for p in own if p.name in _FILLED)
        values[notebook] = check_parameters(own, fitting) | filled
    return values


def _reserve(folder: Path, started: datetime) -> Path:
    """A new hidden folder to work in, under the name that it shall have when it is whole."""
    base = f"{started:%Y-%m-%dT%H-%M-%SZ}"
    number = 1
    while True:
        name = base if number == 1 else f"{base}-{number}"
        partial = folder / f".{name}{_PARTIAL}"
        number += 1
        if (folder / name).exists():
            continue
        try:
            partial.mkdir()
        except FileExistsError:
            continue
        return partial


def _name_finally(partial: Path, final: Path) -> None:
    """Rename the folder, and its old name in the files that tell where they stand."""
    for path in (*partial.glob("*.ipynb"), *partial.glob("*.html"), partial / facts.FILE):
        path.write_text(path.read_text("utf-8").replace(partial.name, final.name), "utf-8")
    partial.rename(final)


def _run_all(
    job: str,
    given: Mapping[Path, Mapping[str, Any]],
    corpus: Corpus,
    folder: Path,
    started: datetime,
) -> tuple[NotebookRun, ...]:
    from tqdm import tqdm

    clean = {path: read_notebook(path) for path in given}
    cells = sum(len(_code(notebook)) + 1 for notebook in clean.values())
    runs = []
    with tqdm(total=cells, desc="Reporting", unit=" cells", disable=None, file=sys.stderr) as bar:
        for path, values in given.items():
            own = {"corpus": str(corpus.folder), "out": str(folder / path.stem)}
            filled = {**values, **{name: own[name] for name in _FILLED if name in values}}
            bar.set_postfix_str(path.stem)
            runs.append(_run_one(path, job, filled, folder, started, bar.update))
    return tuple(runs)


def _run_one(
    path: Path,
    job: str,
    values: dict[str, Any],
    folder: Path,
    started: datetime,
    tick: Any,
) -> NotebookRun:
    import nbformat

    from presslens.reporting.page import PageFacts, notebook_title, render_page

    begun = time.monotonic()
    target = folder / f"{path.stem}.ipynb"
    error = _execute(path, target, values, tick)
    if not target.exists():
        shutil.copyfile(path, target)
    executed = nbformat.read(target, as_version=4)
    outcome, message = _outcome(error)
    given = {name: value for name, value in values.items() if name not in _FILLED}
    run = NotebookRun(
        path.stem,
        notebook_title(executed) or path.stem,
        outcome,
        message,
        round(time.monotonic() - begun, 2),
        given,
        f"{path.stem}.html",
        target.name,
        *_selection(folder / path.stem),
    )
    page = PageFacts(
        run.name,
        run.title,
        job,
        readable_time(started.isoformat()),
        facts.versions()["presslens"] or "",
        ", ".join(f"{name} = {value!r}" for name, value in given.items()) or "as in the notebook",
        error=message if outcome == "failed" else None,
        nothing=message if outcome == "nothing selected" else None,
    )
    (folder / run.page).write_text(render_page(executed, page), "utf-8")
    return run


def _execute(path: Path, target: Path, values: dict[str, Any], tick: Any) -> Exception | None:
    """Run one notebook; the error that stopped it, or None."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill import execute_notebook
    from papermill.exceptions import PapermillException

    from presslens.reporting.kernel import NAME, EnvironmentKernelManager

    try:
        with _quiet("papermill"):
            execute_notebook(
                path,
                target,
                values,
                kernel_name=NAME,
                language="python",
                progress_bar=False,
                cwd=path.resolve().parent,
                execution_timeout=CELL_TIMEOUT,
                kernel_manager_class=EnvironmentKernelManager,
                extra_arguments=["--IPKernelApp.log_level=CRITICAL"],
                on_cell_executed=lambda **_: tick(),
            )
    except (PapermillException, CellTimeoutError, DeadKernelError, RuntimeError) as error:
        return error
    return None


def _outcome(error: Exception | None) -> tuple[Outcome, str | None]:
    if error is None:
        return "complete", None
    name, text = getattr(error, "ename", type(error).__name__), getattr(error, "evalue", str(error))
    if name == NothingSelected.__name__:
        return "nothing selected", text
    return "failed", f"{name}: {text}"


def _selection(out: Path) -> tuple[str, dict[str, Any] | None]:
    try:
        told = json.loads((out / "selection.json").read_text("utf-8"))
    except (OSError, ValueError):
        return "", None
    return str(told.get("summary", "")), told


def _manifest(
    job: str,
    started: datetime,
    corpus: Corpus,
    runs: Sequence[NotebookRun],
    inputs: Sequence[str | Path],
) -> dict[str, Any]:
    return {
        "job": job,
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "notebooks": [asdict(run) for run in runs],
        "inputs": facts.describe_inputs(inputs),
        "corpus": facts.describe_corpus(corpus),
        "problems": corpus.problems.to_dict("records"),
        "models": facts.labels(corpus, "models"),
        "codebooks": facts.labels(corpus, "codebooks"),
        "versions": facts.versions(),
        "git": facts.git_state(),
    }


def _code(notebook: NotebookNode) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Only a logger's errors; papermill warns of parameters that its own inspection overlooks."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
