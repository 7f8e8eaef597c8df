"""The command line `presslens`: analyze, read, report and fetch, thin faces of the library."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from presslens.fetching.command import fetch_command
from presslens.paths import REPORTS
from presslens.problems import PresslensError
from presslens.reading.command import Columns, Inputs, Verbatim, columns_of, read_command
from presslens.terminal import plain_errors, print_problems

app = typer.Typer(
    help="Who speaks in the news, how it is framed and how it feels.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

DEFAULT_NOTEBOOKS = ["attribution", "framing", "sentiment"]


@app.command()
def analyze(
    inputs: Inputs,
    out: Annotated[Path, typer.Option(help="Folder for the tables, made if need be.")],
    verbatim: Verbatim = False,
    column: Columns = None,
) -> None:
    """Read and analyse articles, and write the tables as Parquet files."""
    from presslens.corpus import build_corpus

    columns = columns_of(column)
    with plain_errors():
        ledger = build_corpus(inputs, out, verbatim=verbatim, columns=columns)
        print_problems(ledger.problems, stored=ledger.written)
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


app.command("read")(read_command)
app.command("fetch")(fetch_command)


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

    with plain_errors():
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
    print_problems(result.problems, stored=True)
    for run in result.notebooks:
        message = f": {run.message}" if run.message else ""
        typer.echo(f"{run.outcome:16s} {result.folder / run.page}{message}")
    typer.echo(f"All reports: {result.index}")
    if result.failed or any(problem.failed for problem in result.problems):
        raise typer.Exit(1)


if __name__ == "__main__":
    sys.exit(app())
