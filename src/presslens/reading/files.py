"""Files: what lies in a folder, and reading a file within bounds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from presslens.problems import ReadingError
from presslens.reading.decoding import decode
from presslens.reading.saved_pages import beside_a_page

# An article's page is a few hundred kilobytes; ten times the largest that we have seen.
MAX_ARTICLE_BYTES = 20 * 2**20
HEAD_BYTES = 64 * 2**10
_HALF = re.compile(r"[\ud800-\udfff]")
# Files that tell about a folder and are no articles; what `presslens fetch` notes is one.
ABOUT = re.compile(
    r"(?:readme|licen[cs]e|copying|notice|changelog)(?:\.\w+)?|fetched\.jsonl", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read.

    Attributes:
        path: the file with its bytes, for a member of an archive a copy.
        origin: how articles and problems call it: the file's path, with the member in brackets,
            `exports.zip (may/storm.html)`.
        name: its own name, by which formats are guessed where the content doesn't tell.
        depth: how many archives it lies in.
        columns: field of an article → column of a table, for those that the user named.
    """

    path: Path
    origin: str
    name: str
    depth: int = 0
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def suffix(self) -> str:
        """The name's ending, in lower case, as in `.html`."""
        return PurePath(self.name).suffix.lower()


def source_of(path: Path) -> Source:
    """A file as a source."""
    return Source(path, str(path), path.name)


def walk(folder: Path) -> Iterator[Path]:
    """All files under a folder in the order of their names, links within it followed once.

    Dot-files, files such as README.md and LICENSE, and the folders that browsers put beside a saved
    page are passed over. Of links that lead outside only the link is yielded (`leads_outside`).

    Raises:
        OSError: if the folder itself cannot be listed; of those under it, the path is yielded, so
            that whoever opens it learns why.
    """
    yield from _walk(folder, folder, set())


def leads_outside(path: Path, folder: Path) -> bool:
    """Whether a path in a folder is a link to something outside it, such as the whole disk."""
    if not os.path.islink(path):  # noqa: PTH114 -- says no where pathlib raises
        return False
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _walk(folder: Path, top: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    status = folder.stat()
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    names = sorted(os.listdir(folder))  # noqa: PTH208 -- keeps undecodable names
    lowered = {name.lower() for name in names}
    for name in names:
        path = folder / name
        if name.startswith(".") or ABOUT.fullmatch(name):
            continue
        # Asked of os.path, which says no where pathlib raises
        readable = os.path.isdir(path) and os.access(path, os.R_OK | os.X_OK)  # noqa: PTH112
        if not readable or leads_outside(path, top):
            yield path
            continue
        if beside_a_page(name, lowered):
            continue
        try:
            yield from _walk(path, top, seen)
        except OSError:  # it vanished just now
            yield path


def printable(text: str) -> str:
    """A text without halves of characters, which no table and no terminal takes.

    Python stands them for the bytes of a file's name that are no UTF-8; those become `\\xe9`.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return _HALF.sub(_shown, text)
    return text


def _shown(half: re.Match[str]) -> str:
    byte = ord(half[0]) - 0xDC00
    return f"\\x{byte:02x}" if 0x80 <= byte <= 0xFF else "\ufffd"


def read_head(path: Path) -> bytes:
    """The first bytes of a file, enough to recognise its format.

    Raises:
        OSError: if it cannot be opened.
        ReadingError: if it is no regular file or empty.
    """
    if not path.is_file():
        if path.is_dir():
            raise PermissionError(13, "Permission denied", str(path))
        path.stat()
        raise ReadingError("it is no regular file; expected a file with articles")
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip():
        raise ReadingError("it is empty; expected an article")
    return head


def read_bytes(path: Path) -> bytes:
    """A whole file.

    Raises:
        OSError: if it cannot be read.
        ReadingError: if it is larger than any one article.
    """
    with path.open("rb") as file:
        # Room is made for all that is asked for, so most files are not asked for so much
        raw = file.read(HEAD_BYTES)
        if len(raw) == HEAD_BYTES:
            raw += file.read(MAX_ARTICLE_BYTES + 1 - HEAD_BYTES)
    if len(raw) > MAX_ARTICLE_BYTES:
        limit = MAX_ARTICLE_BYTES // 2**20
        raise ReadingError(
            f"it is larger than {limit} MB, too much for one article;"
            " split it, or give many articles as JSONL"
        )
    return raw


def read_text(path: Path) -> str:
    """The text of a whole file, decoded; raises like `read_bytes` and `decode`."""
    return decode(read_bytes(path))
