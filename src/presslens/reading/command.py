"""The command `presslens read`: a thin face of reading, for people, programs and whole folders."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from presslens.problems import Problem
from presslens.terminal import plain_errors, print_problems

if TYPE_CHECKING:
    from presslens.article import Article

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


def read_command(
    inputs: Inputs,
    problems: Annotated[
        bool,
        typer.Option("--problems", help="Sum up: what was read, what is missing, what failed."),
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Show whole texts and lists, however long.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, an article a line, for programs.")
    ] = False,
    verbatim: Verbatim = False,
    column: Columns = None,
) -> None:
    """Show what a reader makes of files: every field, and what was dropped as not the article."""
    if problems and as_json:
        raise typer.BadParameter("give either --problems or --json")
    from presslens.reading import read_all, screen

    columns = columns_of(column)
    with plain_errors():
        found = read_all(inputs, verbatim=verbatim, columns=columns, dropped=not problems)
        if problems:
            failed = _sum_up(screen(found), full=full)
        else:
            failed = _show(screen(found), full=full, as_json=as_json)
    if failed:
        raise typer.Exit(1)


def columns_of(assignments: Sequence[str] | None) -> dict[str, str]:
    """The fields that columns of the user's hold, of `FIELD=NAME`.

    Raises:
        typer.BadParameter: if one is written otherwise.
    """
    columns: dict[str, str] = {}
    for assignment in assignments or ():
        name, given, column = assignment.partition("=")
        if not (name and given and column):
            raise typer.BadParameter(f"expected FIELD=NAME, as in text=Inhalt, found: {assignment}")
        columns[name.strip()] = column.strip()
    return columns


def _show(found: Iterator[Article | Problem], *, full: bool, as_json: bool) -> bool:
    """Prints articles as they come and problems at the end; whether something failed."""
    from presslens.reading.shown import article_lines, terminal_width

    problems: list[Problem] = []
    width = terminal_width()
    for item in found:
        if isinstance(item, Problem):
            problems.append(item)
        elif as_json:
            typer.echo(json.dumps(asdict(item), ensure_ascii=False, default=str))
        else:
            typer.echo("\n".join(article_lines(item, full=full, width=width)))
    print_problems(problems, stored=False)
    return any(problem.failed for problem in problems)


def _sum_up(found: Iterator[Article | Problem], *, full: bool) -> bool:
    """Prints a summary; whether something failed."""
    from presslens.reading.shown import terminal_width
    from presslens.reading.summary import Summary

    summary = Summary()
    for item in found:
        summary.add(item)
    typer.echo("\n".join(summary.lines(full=full, width=terminal_width())))
    return summary.failed
