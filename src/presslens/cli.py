"""The command line `presslens`: analyze, read and report, each a thin face of the library."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

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

DEFAULT_NOTEBOOKS = ["attribution", "framing", "sentiment"]

# How many problems are printed; all of them are in the table `problems`.
SHOWN_PROBLEMS = 20


@app.command()
def analyze(
    inputs: Inputs,
    out: Annotated[Path, typer.Option(help="Folder for the tables, made if need be.")],
    verbatim: Verbatim = False,
) -> None:
    """Read and analyse articles, and write the tables as Parquet files."""
    from presslens.corpus import build_corpus

    with _plain_errors():
        ledger = build_corpus(inputs, out, verbatim=verbatim)
        _print_problems(ledger.problems)
        rows = ", ".join(f"{count:,} {name}" for name, count in ledger.rows.items())
        typer.echo(f"{out}: {rows}")
        if not ledger.rows["articles"]:
            raise PresslensError("nothing could be analysed; the lines above say why")
    if ledger.failed:
        raise typer.Exit(1)


@app.command()
def read(inputs: Inputs, verbatim: Verbatim = False) -> None:
    """Show what a reader makes of files, as JSON, an article a line."""
    from presslens.reading import read_all, screen

    problems: list[Problem] = []
    for item in screen(read_all(inputs, verbatim=verbatim)):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            typer.echo(json.dumps(asdict(item), ensure_ascii=False, default=str))
    _print_problems(problems)
    if any(problem.failed for problem in problems):
        raise typer.Exit(1)


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
    from presslens.reporting.parameters import parse_assignments
    from presslens.reporting.run import find_notebooks, known_parameters, run_job

    with _plain_errors():
        notebooks = find_notebooks(notebook or DEFAULT_NOTEBOOKS)
        values = parse_assignments(known_parameters(notebooks), parameter or [])
        result = run_job(
            job,
            notebooks,
            values,
            corpus=corpus,
            inputs=inputs or (),
            verbatim=verbatim,
            reports=reports,
        )
    _print_problems(result.problems)
    for run in result.notebooks:
        message = f": {run.message}" if run.message else ""
        typer.echo(f"{run.outcome:16s} {result.folder / run.page}{message}")
    typer.echo(f"All reports: {result.index}")
    if result.failed or any(problem.failed for problem in result.problems):
        raise typer.Exit(1)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn an error that a person can mend into its sentence and exit status 1."""
    try:
        yield
    except PresslensError as error:
        typer.echo(f"presslens: {error}", err=True)
        raise typer.Exit(1) from None
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"presslens: {where}{error.strerror or error}", err=True)
        raise typer.Exit(1) from None


def _print_problems(problems: Any) -> None:
    for problem in problems[:SHOWN_PROBLEMS]:
        typer.echo(f"{problem.origin}: {problem.stage}: {problem.reason}", err=True)
    if len(problems) > SHOWN_PROBLEMS:
        typer.echo(f"… and {len(problems) - SHOWN_PROBLEMS} more, in problems.parquet", err=True)


if __name__ == "__main__":
    sys.exit(app())
