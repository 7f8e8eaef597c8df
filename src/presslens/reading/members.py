"""Members: hands what lies in an archive to the readers, a member at a time and within bounds.

A member's bytes go to a temporary file with a name of our own; the member's name is only shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from presslens.problems import Problem, ReadingError
from presslens.reading.files import Source
from presslens.reading.registry import Found
from presslens.reading.unpacking import TornError

# An archive in an archive in an archive (a year's zip of a month's zips of .html.gz) is seen; more
# is a trap.
MAX_DEPTH = 3
# The largest export that is one file, a JSONL of a hundred thousand articles, has about 500 MB.
MAX_MEMBER_BYTES = 512 * 2**20
# All that one archive unpacks to, with the archives in it (a tar.gz counts twice, as the tar and as
# its members).
MAX_TOTAL_BYTES = 2 * 2**30
# A zip of a paper's archive holds a page per article; more than this is better a JSONL.
MAX_MEMBERS = 50_000
# A name of more characters makes messages unreadable.
_MAX_NAME = 200
# Control characters, and those that turn the direction of a line or are not seen at all.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(slots=True)
class Budget:
    """What an archive, with the archives in it, may still unpack."""

    bytes_left: int = MAX_TOTAL_BYTES
    members_left: int = MAX_MEMBERS

    @property
    def spent(self) -> bool:
        """Whether nothing more may be unpacked."""
        return self.bytes_left <= 0 or self.members_left <= 0


@dataclass(frozen=True, slots=True)
class Member(Source):
    """A member of an archive; shares the budget of the archive that it lies in."""

    budget: Budget = field(default_factory=Budget)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an archive lists: a name, and the bytes, which are unpacked when they are asked for."""

    name: str
    chunks: Callable[[], Iterable[bytes]]


def budget_of(source: Source) -> Budget:
    """The budget of the archive that a source lies in, else a new one."""
    return source.budget if isinstance(source, Member) else Budget()


def shown_name(name: str) -> str:
    """A member's name as messages show it: no way out of the archive, nothing unprintable.

    `../../etc/passwd` becomes `etc/passwd`, an escape character becomes `\\x1b`.
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    text = _UNSAFE.sub(lambda match: f"\\x{ord(match[0]):02x}", "/".join(parts)) or "nameless"
    return text if len(text) <= _MAX_NAME else f"…{text[-_MAX_NAME:]}"


def read_member(
    chunks: Iterable[bytes], name: str, source: Source, budget: Budget, verbatim: bool
) -> Iterator[Found]:
    """The articles of a member of the archive `source`.

    Args:
        chunks: the member's bytes; a ReadingError that they raise becomes a Problem, and what came
            before it is read where the error says so (`TornError`).
        name: the member's name in the archive.
        budget: what may still be unpacked; the member is taken off it.
    """
    from presslens.reading.sources import read_source

    shown = shown_name(name)
    origin = f"{source.origin} ({shown})"
    if source.depth >= MAX_DEPTH:
        reason = f"it lies more than {MAX_DEPTH} archives deep; unpack the outer ones"
        yield Problem(origin, "reading", reason)
        return
    budget.members_left -= 1
    with NamedTemporaryFile(prefix="presslens-") as copy:
        problem = None
        try:
            write_bounded(chunks, copy, budget)
        except TornError as torn:
            problem = Problem(origin, "reading", str(torn))
            if not copy.tell():
                yield problem
                return
        except ReadingError as error:
            yield Problem(origin, "reading", str(error))
            return
        copy.flush()
        own_name = shown.rsplit("/", 1)[-1]
        member = Member(
            path=Path(copy.name),
            origin=origin,
            name=own_name,
            depth=source.depth + 1,
            columns=source.columns,
            budget=budget,
        )
        yield from read_source(member, verbatim)
        if problem:
            yield problem


def write_bounded(
    chunks: Iterable[bytes], file: IO[bytes], budget: Budget, limit: int = MAX_MEMBER_BYTES
) -> None:
    """Writes a member's bytes to a file and takes them off the budget.

    Raises:
        ReadingError: if it is larger than a member may be, or than the budget allows.
    """
    written = 0
    for chunk in chunks:
        written += len(chunk)
        budget.bytes_left -= len(chunk)
        if written > limit:
            reason = f"it unpacks to more than {limit // 2**20} MB; unpack and split it"
            raise ReadingError(reason)
        if budget.bytes_left < 0:
            total = MAX_TOTAL_BYTES // 2**20
            reason = f"the archive unpacks to more than {total} MB; unpack it and give the folder"
            raise ReadingError(reason)
        file.write(chunk)
