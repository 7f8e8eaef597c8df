"""The command `presslens fetch`: a thin face of `fetch`, with its progress and its report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from presslens.fetching import DELAY, MAX_BYTES, RETRIES, TIMEOUT, Entry, fetch
from presslens.problems import PresslensError
from presslens.terminal import shown


def fetch_command(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="URL|FILE...",
            help="Pages or feeds, files with a URL a line, or files of RSS or Atom.",
        ),
    ],
    out: Annotated[Path, typer.Option(help="Folder for the pages, made if need be.")],
    delay: Annotated[
        float, typer.Option(min=0, help="Seconds between two requests to a host.")
    ] = DELAY,
    timeout: Annotated[
        float,
        typer.Option(min=0.1, max=3600, help="Seconds to wait for an answer, and thrice for all."),
    ] = TIMEOUT,
    retries: Annotated[
        int, typer.Option(min=0, max=20, help="How often to ask a busy host again.")
    ] = RETRIES,
    max_mb: Annotated[
        float, typer.Option(min=0.001, max=1024, help="Size in MB of the largest page to take.")
    ] = MAX_BYTES / 2**20,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Ask again for pages that are there.")
    ] = False,
) -> None:
    """Save web pages to a folder as they are, politely; analyze the folder afterwards.

    Run again, it fetches only what is not there yet, and the new entries of feeds.
    """
    try:
        report = fetch(
            inputs,
            out=out,
            delay=delay,
            timeout=timeout,
            retries=retries,
            max_bytes=int(max_mb * 2**20),
            refresh=refresh,
            progress=_print_progress,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    except PresslensError as error:
        typer.echo(f"presslens: {error}", err=True)
        raise typer.Exit(1) from None
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        advice = "what was fetched is kept; make room or choose another folder, and run again"
        typer.echo(f"presslens: {where}{error.strerror or error}; {advice}", err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        typer.echo("presslens: stopped; run the same command again to go on", err=True)
        raise typer.Exit(130) from None
    typer.echo(str(report))
    if report.failed:
        raise typer.Exit(1)


def _print_progress(entry: Entry, done: int, known: int) -> None:
    typer.echo(shown(f"[{done}/{known}] {entry.outcome:9s} {entry.url}"), err=True)
