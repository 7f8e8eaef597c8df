"""Terminal: what commands print: problems, errors that a person can mend, and foreign text made
harmless."""

from __future__ import annotations

import errno
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import typer

from presslens.problems import PresslensError, Problem

# How many problems are printed; all of them are in the table `problems`.
SHOWN_PROBLEMS = 20

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


def shown(text: str) -> str:
    """A text whose characters can neither break the line nor steer the terminal."""
    return "".join(mark if mark.isprintable() else ascii(mark)[1:-1] for mark in text)


def print_problems(problems: Sequence[Problem], *, stored: bool) -> None:
    """Prints problems to the error output; where a table holds them all, only the first ones."""
    few = problems[:SHOWN_PROBLEMS] if stored else problems
    for problem in few:
        typer.echo(shown(f"{problem.origin}: {problem.stage}: {problem.reason}"), err=True)
    if len(problems) > len(few):
        typer.echo(f"… and {len(problems) - len(few)} more, in problems.parquet", err=True)


@contextmanager
def plain_errors() -> Iterator[None]:
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
