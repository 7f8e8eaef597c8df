"""The command line `presslens`: analyze, read, report and fetch, thin faces of the library."""

from __future__ import annotations

import errno
import json
import re
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from presslens.fetching.command import fetch_command
from presslens.paths import REPORTS
from presslens.problems import PresslensError, Problem

app = typer.Typer(
    help="Who speaks in the news, how it is framed and how it feels.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Inputs = Annotated[list[Path], typer.Argument(metavar="INPUT...", help="Files and folders.")]
Verbatim = Annotated[
    bool,
    typer.Option("--verbatim", help="Take the `text` of JSONL or CSV rows word for word."),
]

Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="FIELD=NAME", help="What a column of yours holds, as text=Inhalt."
    ),
]

DEFAULT_NOTEBOOKS = ["attribution", "framing", "sentiment"]

# How many problems are printed; all of them are in the table `problems`.
SHOWN_PROBLEMS = 20

# Characters that would break a line in two, move the cursor or turn the writing round.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")

ADVICE = {
    errno.ENOSPC: "; make room on the disk or choose another folder. Nothing was changed",
    errno.EDQUOT: "; make room on the disk or choose another folder. Nothing was changed",
    errno.EACCES: "; choose another folder, or give yourself the right to write there",
    errno.EPERM: "; choose another folder, or give yourself the right to write there",
    errno.EROFS: "; choose a folder that can be written to",
    errno.EEXIST: "; there is a file of that name, where a folder is needed: choose another name",
    errno.ENOTDIR: "; a file stands where a folder is needed: choose another name",
    errno.ENAMETOOLONG: "; choose a shorter name",
}


@app.command()
def analyze(
    inputs: Inputs,
    out: Annotated[Path, typer.Option(help="Folder for the tables, made if need be.")],
    verbatim: Verbatim = False,
    column: Columns = None,
) -> None:
    """Read and analyse articles, and write the tables as Parquet files."""
    from presslens.corpus import build_corpus

    columns = _columns(column)
    with _plain_errors():
        ledger = build_corpus(inputs, out, verbatim=verbatim, columns=columns)
        _print_problems(ledger.problems, stored=ledger.written)
        if not ledger.written:
            raise PresslensError(
                "nothing could be analysed; the lines above say why. "
                f"The earlier tables in {out} stay as they were"
            )
        rows = ", ".join(f"{name} {count:,}" for name, count in ledger.rows.items())
        typer.echo(f"{out}: rows of {rows}")
        if not ledger.rows["articles"]:
            raise PresslensError("nothing could be analysed; the lines above say why")
    if ledger.failed:
        raise typer.Exit(1)


@app.command()
def read(inputs: Inputs, verbatim: Verbatim = False, column: Columns = None) -> None:
    """Show what a reader makes of files, as JSON, an article a line."""
    from presslens.reading import read_all, screen

    columns = _columns(column)
    problems: list[Problem] = []
    with _plain_errors():
        for item in screen(read_all(inputs, verbatim=verbatim, columns=columns)):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                typer.echo(json.dumps(asdict(item), ensure_ascii=False, default=str))
        _print_problems(problems, stored=False)
    if any(problem.failed for problem in problems):
        raise typer.Exit(1)


app.command("fetch")(fetch_command)


def _columns(assignments: Sequence[str] | None) -> dict[str, str]:
    """The fields that columns of the user's hold, of `FIELD=NAME`."""
    columns: dict[str, str] = {}
    for assignment in assignments or ():
        name, given, column = assignment.partition("=")
        if not (name and given and column):
            raise typer.BadParameter(f"expected FIELD=NAME, as in text=Inhalt, found: {assignment}")
        columns[name.strip()] = column.strip()
    return columns


@app.command()
def report(
    inputs: Annotated[
        list[Path] | None, typer.Argument(metavar="[INPUT]...", help="Files and folders.")
    ] = None,
    corpus: Annotated[
        Path | None, typer.Option(help="Folder of tables to report on, instead of inputs.")
    ] = None,
    job: Annotated[str, typer.Option(help="Name of the job, and of its folder.")] = "report",
    notebook: Annotated[
        list[str] | None,
        typer.Option("--notebook", "-n", help="Only this notebook, by name or path; repeatable."),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="For the notebooks."),
    ] = None,
    verbatim: Verbatim = False,
    reports: Annotated[Path, typer.Option(help="Folder of all reports.")] = REPORTS,
) -> None:
    """Analyse articles and report on them: attribution, framing and sentiment."""
    if bool(inputs) == bool(corpus):
        raise typer.BadParameter("give either inputs or --corpus")
    from presslens.reporting.notebooks import find_notebooks, known_parameters
    from presslens.reporting.parameters import ParameterError, parse_assignments
    from presslens.reporting.run import run_job

    with _plain_errors():
        notebooks = find_notebooks(notebook or DEFAULT_NOTEBOOKS)
        try:
            values = parse_assignments(known_parameters(notebooks), parameter or [])
        except ParameterError as error:
            raise typer.BadParameter(str(error)) from None
        result = run_job(
            job,
            notebooks,
            values,
            corpus=corpus,
            inputs=inputs or (),
            verbatim=verbatim,
            reports=reports,
        )
    _print_problems(result.problems, stored=True)
    for run in result.notebooks:
        message = f": {run.message}" if run.message else ""
        typer.echo(f"{run.outcome:16s} {result.folder / run.page}{message}")
    typer.echo(f"All reports: {result.index}")
    if result.failed or any(problem.failed for problem in result.problems):
        raise typer.Exit(1)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn an error that a person can mend into its sentence and exit status 1; let SIGTERM end
    the work as Ctrl-C does, so that nothing half-written stays."""
    try:
        with _terminated_gently():
            yield
    except PresslensError as error:
        typer.echo(f"presslens: {error}", err=True)
        raise typer.Exit(1) from None
    except BrokenPipeError:
        raise  # Typer ends quietly: whoever read the output has stopped.
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        advice = ADVICE.get(error.errno or 0, "")
        typer.echo(f"presslens: {where}{error.strerror or error}{advice}", err=True)
        raise typer.Exit(1) from None


@contextmanager
def _terminated_gently() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _print_problems(problems: Sequence[Problem], *, stored: bool) -> None:
    """Print problems; where a table holds them all, only the first ones."""
    shown = problems[:SHOWN_PROBLEMS] if stored else problems
    for problem in shown:
        line = f"{problem.origin}: {problem.stage}: {problem.reason}"
        typer.echo(_CONTROL.sub(lambda match: ascii(match[0])[1:-1], line), err=True)
    if len(problems) > len(shown):
        typer.echo(f"… and {len(problems) - len(shown)} more, in problems.parquet", err=True)


if __name__ == "__main__":
    sys.exit(app())
