"""Sources: goes through files and folders, finds each file's reader and names what fails."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, cast

from presslens.problems import PresslensError, Problem
from presslens.reading.decoding import binary_format
from presslens.reading.files import Source, leads_outside, printable, read_head, source_of, walk
from presslens.reading.registry import Found, find_reader, readers
from presslens.reading.repeats import without_repeats


def read_inputs(
    inputs: Iterable[str | Path], *, verbatim: bool, columns: Mapping[str, str]
) -> Iterator[Found]:
    """What `presslens.reading.read_all` promises."""
    for item in inputs:
        path = Path(os.path.expanduser(item))  # noqa: PTH111 -- leaves an unknown ~user as it is
        # Asked of os.path, which says no where pathlib raises: too long a name, no right to look
        folder = os.path.isdir(path)  # noqa: PTH112
        files = _read_folder(path, verbatim, columns) if folder else _read(path, verbatim, columns)
        for found in files:
            yield _storable(found)


def _read(path: Path, verbatim: bool, columns: Mapping[str, str]) -> Iterator[Found]:
    source = replace(source_of(path), columns=columns)
    return without_repeats(read_source(source, verbatim), origin=source.origin)


def _read_folder(folder: Path, verbatim: bool, columns: Mapping[str, str]) -> Iterator[Found]:
    empty = True
    try:
        for path in walk(folder):
            empty = False
            if leads_outside(path, folder):
                yield Problem(str(path), "reading", _link_reason(path))
                continue
            yield from _read(path, verbatim, columns)
    except OSError as error:
        yield Problem(str(folder), "reading", _system_reason(error))
        return
    if empty:
        formats = ", ".join(reader.formats for reader in readers())
        yield Problem(str(folder), "reading", f"the folder holds no articles; expected {formats}")


def read_source(source: Source, verbatim: bool) -> Iterator[Found]:
    """The articles of one file, or of one member of an archive; what fails is a Problem."""
    try:
        head = read_head(source.path)
        reader = find_reader(head, source.name)
        if reader is None:
            yield Problem(source.origin, "reading", _unknown(head, source))
            return
        empty = True
        for found in reader.read(source, verbatim):
            empty = False
            yield found
        if empty:
            reason = "it holds no article; expected at least one line or row with a text"
            yield Problem(source.origin, "reading", reason)
    except OSError as error:
        yield Problem(source.origin, "reading", _system_reason(error))
    except PresslensError as error:
        yield Problem(source.origin, "reading", str(error))
    except RecursionError:
        reason = "it is nested too deeply to be read; check the file"
        yield Problem(source.origin, "reading", reason)
    except Exception as error:  # noqa: BLE001 -- one file must not cost the others
        reason = f"it could not be read ({type(error).__name__}: {error}); check the file"
        yield Problem(source.origin, "reading", reason)


def _unknown(head: bytes, source: Source) -> str:
    """What a file is that no reader knows, and the one thing to do about it."""
    kind = binary_format(head)
    if kind == "an image":
        return "it is an image, which no reader knows; leave it out, or give its text (OCR)"
    named = kind or (f"a {source.suffix} file" if source.suffix else "a file of no known kind")
    return (
        f"it is {named}, which no reader knows; leave it out, or save its articles as text or PDF"
    )


def _link_reason(link: Path) -> str:
    target = os.path.realpath(link)
    return f"it is a link that leads outside the folder; give {target} itself to have it read"


def _system_reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file (any more); check the path"
    if isinstance(error, PermissionError):
        return "it may not be read; give yourself the right to read it (chmod u+rX)"
    return f"it could not be read ({error.strerror or error}); check the file and the disk"


def _storable(found: Found) -> Found:
    """The same without halves of characters, which no table and no terminal takes."""
    changed: dict[str, Any] = {}
    for field in fields(found):
        value = getattr(found, field.name)
        if isinstance(value, str):
            shown: Any = printable(value)
        elif value and isinstance(value, tuple):
            shown = tuple(map(printable, value))
        else:
            continue
        if shown != value:
            changed[field.name] = shown
    return cast("Found", replace(cast("Any", found), **changed)) if changed else found
