"""Sources: goes through files and folders, finds each file's reader and names what fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from presslens.problems import PresslensError, Problem
from presslens.reading.decoding import binary_format
from presslens.reading.files import read_head, walk
from presslens.reading.registry import Found, find_reader, readers


def read_inputs(inputs: Iterable[str | Path], *, verbatim: bool) -> Iterator[Found]:
    """What `presslens.reading.read_all` promises."""
    for item in inputs:
        path = Path(item).expanduser()
        if path.is_dir():
            yield from _read_folder(path, verbatim)
        else:
            yield from _read_file(path, verbatim)


def _read_folder(folder: Path, verbatim: bool) -> Iterator[Found]:
    empty = True
    try:
        for path in walk(folder):
            empty = False
            yield from _read_file(path, verbatim)
    except OSError as error:
        yield Problem(str(folder), "reading", _system_reason(error))
        return
    if empty:
        formats = ", ".join(reader.formats for reader in readers())
        yield Problem(str(folder), "reading", f"the folder holds no articles; expected {formats}")


def _read_file(path: Path, verbatim: bool) -> Iterator[Found]:
    try:
        head = read_head(path)
        reader = find_reader(head, path.name)
        if reader is None:
            yield Problem(str(path), "reading", _unknown(head, path))
            return
        empty = True
        for found in reader.read(path, verbatim):
            empty = False
            yield found
        if empty:
            yield Problem(str(path), "reading", "it holds no article, not even a broken one")
    except OSError as error:
        yield Problem(str(path), "reading", _system_reason(error))
    except PresslensError as error:
        yield Problem(str(path), "reading", str(error))
    except (ValueError, RecursionError, MemoryError) as error:
        reason = f"it could not be read ({type(error).__name__}: {error}); check the file"
        yield Problem(str(path), "reading", reason)


def _unknown(head: bytes, path: Path) -> str:
    kind = binary_format(head) or f"a {path.suffix or 'nameless'} file"
    formats = ", ".join(reader.formats for reader in readers())
    return f"it is {kind}, which no reader knows; expected {formats}"


def _system_reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file (any more); check the path"
    if isinstance(error, PermissionError):
        return "it may not be read; give yourself the right to read it (chmod u+r)"
    return f"it could not be read ({error.strerror or error}); check the file and the disk"
