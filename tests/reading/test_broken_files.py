"""Broken and hostile files: each gives articles or a reason, soon and in bounds.

A draw of files made by damaging good ones; `make soak` draws 2,000. The good ones are our samples
and, where ../shared is beside the checkout, real exports and pages.
"""

from __future__ import annotations

import gzip
import io
import multiprocessing
import os
import random
import resource
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from copy import copy
from pathlib import Path
from typing import NamedTuple

import pytest

from presslens.article import Article
from presslens.paths import ROOT
from presslens.reading import read_all

SOAKS = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
FILES = 2_000 if SOAKS else 120
# Damaged files of one worker, whose memory is looked at when it is done.
AT_ONCE = 40
MOST_SECONDS = 10.0
MOST_MEMORY = 2**30
LARGEST_SEED = 2**20
# What takes the square of its size takes long only where it is large; a soak has the time.
SWOLLEN_BYTES = (300_000, 3_000_000, 15_000_000) if SOAKS else (300_000,)
# What readers count, pair, split at or look around for, so that much of it may take them long.
PIECES = (
    b"<div>", b"<p>a</p>", b"<br>", b"<li>a", b"<b>a</b>", b"<a href='/a'>a</a>", b"<tr><td>a",
    b"&amp;", b"<", b"{", b"{}\n", b"[", b'{"text": "a"}\n', b"a", b"a ", b"A. ", b"A B\n\n",
    b'"', b"'", b"\xe2\x80\x9c", b"(", b" ", b"\n", b"\t", b",", b";", b"-", b"1 ", b"a@a.ab ",
    b"by ", b"\\'e9", b"{\\b a}", b"\\par ", b"=3D", b"\0", b"\xff", b"\xc3\xa9",
)  # fmt: skip
MOST_MEMBERS = 2_000

FORMATS = ROOT.parent / "shared" / "data" / "formats"
SUFFIXES = (
    ".txt", ".html", ".xml", ".json", ".jsonl", ".csv", ".docx", ".rtf", ".pdf", ".zip", ".gz",
    ".warc", ".mht", ".eml", ".xlsx", ".parquet", ".odt", "", ".exe",
)  # fmt: skip

PAGE = (
    b"<!DOCTYPE html><html><head><title>Ferry aground - The Lorvane Lantern</title></head><body>"
    b"<article><h1>Ferry aground</h1><p>By Ann Ode</p>"
    + b"<p>The ferry Solveig ran aground off Kestrel Point, harbourmaster Quist said.</p>" * 9
    + b"</article></body></html>"
)
FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>The Lantern</title><item><title>Storm'
    b"</title><link>https://lantern.example/storm</link><description>"
    + b"It blew hard. " * 60
    + b"</description></item></channel></rss>"
)
BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><nitf><body><body.content><p>&j;</p></body.content></body></nitf>"
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<nitf><body><body.content><p>&x;</p></body.content></body></nitf>"
)


class Outcome(NamedTuple):
    """What became of a file: what is wrong with that, if anything, and the seconds it took."""

    name: str
    faults: list[str]
    seconds: float


def seeds() -> list[tuple[str, bytes]]:
    """Good files, by name."""
    paths = [*sorted((ROOT / "data" / "sample").glob("*")), *sorted(FORMATS.rglob("*"))]
    real = [
        (path.name, path.read_bytes())
        for path in paths
        if path.is_file() and path.stat().st_size <= LARGEST_SEED
    ]
    plain = [(name[:-3], gzip.decompress(raw)) for name, raw in real if name.endswith(".html.gz")]
    made = [("page.html", PAGE), ("feed.xml", FEED), ("bomb.xml", BILLION_LAUGHS)]
    return [*real, *plain, *made, ("outside.xml", OUTSIDE)]


def truncated(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def flipped(raw: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(raw)
    for _ in range(min(len(damaged), chance.choice((1, 10, 200)))):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def doubled(raw: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw) + 1)
    return raw[:start] + raw[start : start + 5_000] * chance.choice((2, 50)) + raw[start:]


def zeroed(raw: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw) + 1)
    return raw[:start] + bytes(chance.choice((1, 3, 4_000))) + raw[start:]


def swollen(raw: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw) + 1)
    piece = b"".join(chance.choices(PIECES, k=chance.choice((1, 1, 2))))
    return raw[:start] + piece * (chance.choice(SWOLLEN_BYTES) // len(piece)) + raw[start:]


def gzipped(raw: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 2, 9))):
        raw = gzip.compress(raw, 1)
    return raw


def zipped(raw: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(chance.choice(("a.html", "../../a.txt", "/etc/a.xml", "b/c.json")), raw)
        archive.writestr("more.txt", bytes(chance.choice((0, 50_000_000))))
    return out.getvalue()


def overlapping(raw: bytes, chance: random.Random) -> bytes:
    """A zip that lists one member again and again, so that few bytes are many files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", raw)
        (member,) = archive.filelist
        for number in range(chance.choice((2, MOST_MEMBERS))):
            again = copy(member)
            again.filename = f"{number}.txt"
            archive.filelist.append(again)
    return out.getvalue()


def tarred(raw: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=chance.choice(("w", "w:gz", "w:xz"))) as archive:
        member = tarfile.TarInfo(chance.choice(("a.html", "../a.txt", "/tmp/a.txt")))  # noqa: S108
        member.size = len(raw)
        archive.addfile(member, io.BytesIO(raw))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


def emptied(raw: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"", b" \n", raw[:3], b"\xef\xbb\xbf", b"\xff\xfe"))


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    truncated, flipped, doubled, zeroed, swollen, swollen, gzipped, zipped, overlapping, tarred,
    emptied,
)  # fmt: skip


def damaged_files(first: int, last: int) -> Iterator[tuple[str, bytes]]:
    """The files of these numbers, always the same."""
    good = seeds()
    for number in range(first, last):
        chance = random.Random(number)  # noqa: S311
        name, raw = chance.choice(good)
        damages = chance.choices(DAMAGES, k=chance.choice((1, 1, 2)))
        for damage in damages:
            raw = damage(raw, chance)
        if chance.random() < 0.3:
            name = f"{name.split('.')[0]}{chance.choice(SUFFIXES)}"
        story = "-".join(damage.__name__ for damage in damages)
        yield f"{number}-{story}-{name}", raw


def read_damaged(job: tuple[int, int, str]) -> tuple[list[Outcome], int]:
    """What became of the files of these numbers, and the most memory that this process took."""
    first, last, folder = job
    outcomes = []
    for name, raw in damaged_files(first, last):
        path = Path(folder) / name
        path.write_bytes(raw)
        start = time.perf_counter()
        found = list(read_all([path]))
        seconds = time.perf_counter() - start
        outcomes.append(Outcome(name, faults(found), seconds))
        path.unlink()
    return outcomes, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def faults(found: list[object]) -> list[str]:
    """What is wrong with what a file gave."""
    if not found:
        return ["neither an article nor a problem"]
    wrong = []
    for item in found:
        if isinstance(item, Article):
            if "root:" in item.text and "/bin/" in item.text:
                wrong.append("a file of this machine was read")
            if not item.text.strip():
                wrong.append("an empty article")
        elif "it could not be read (" in getattr(item, "reason", ""):
            wrong.append(f"an error that nobody foresaw: {item.reason}")  # type: ignore[attr-defined]
    return wrong


def test_damaged_files_give_articles_or_reasons_soon_and_in_bounds(tmp_path: Path) -> None:
    jobs = [(n, min(n + AT_ONCE, FILES), str(tmp_path)) for n in range(0, FILES, AT_ONCE)]
    context = multiprocessing.get_context("spawn")
    with context.Pool(2, maxtasksperchild=1) as pool:
        done = pool.map(read_damaged, jobs, chunksize=1)
    outcomes = [outcome for part, _ in done for outcome in part]
    assert len(outcomes) == FILES
    assert [(one.name, one.faults) for one in outcomes if one.faults] == []
    assert [(one.name, one.seconds) for one in outcomes if one.seconds > MOST_SECONDS] == []
    assert max(memory for _, memory in done) < MOST_MEMORY
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("raw", [BILLION_LAUGHS, OUTSIDE])
def test_entities_are_neither_expanded_nor_fetched(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "entities.xml"
    path.write_bytes(raw)
    assert faults(list(read_all([path]))) == []
