"""MHTML: pages saved by a browser with their pictures; the page and its people are invented."""

from __future__ import annotations

import base64
import quopri
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading import mhtml, read_all
from presslens.reading.mhtml import READER
from presslens.reading.registry import _registered, register

URL = "https://www.harbourpost.example/local/ferry"
TEXT = "".join(
    f"<p>The ferry between Halden and Sundby will run around the clock from July {day}, its"
    " operator said on Thursday, after nurses had asked for it in the café on the quay.</p>"
    for day in range(1, 5)
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Ferry at the café will run all night</title>"
    '<meta property="article:published_time" content="2024-06-02T08:00:00Z"></head>'
    f"<body><article><h1>Ferry at the café will run all night</h1>{TEXT}</article></body></html>"
)


@pytest.fixture(autouse=True)
def _reader() -> Iterator[None]:
    register(READER)
    yield
    _registered.remove(READER)


def part(body: bytes, *headers: str, way: str = "quoted-printable") -> bytes:
    packed = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(way, bytes)
    lines = [*headers, f"Content-Transfer-Encoding: {way}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + packed(body).replace(b"\n", b"\r\n")


PICTURE = part(
    b"\x89PNG" * 50, "Content-Type: image/png", f"Content-Location: {URL}.png", way="base64"
)


def blink(*parts: bytes, end: bytes = b"--") -> bytes:
    head = (
        "From: <Saved by Blink>\r\n"
        f"Snapshot-Content-Location: {URL}\r\n"
        "Subject: =?utf-8?Q?Ferry=20at=20the=20caf=C3=A9?=\r\n"
        "Date: Mon, 6 Jan 2025 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        '\tboundary="----MultipartBoundary--abc(1)----"\r\n\r\n'
    )
    mark = b"\r\n------MultipartBoundary--abc(1)----"
    return head.encode() + b"".join(mark + b"\r\n" + item for item in parts) + mark + end + b"\r\n"


def html_part(
    page: str = PAGE, location: str = URL, charset: str = "utf-8", way: str = "quoted-printable"
) -> bytes:
    return part(
        page.encode(charset),
        f'Content-Type: text/html; charset="{charset}"',
        "Content-ID: <frame-1@mhtml.blink>",
        f"Content-Location: {location}",
        way=way,
    )


def explorer(charset: str = "windows-1252", way: str = "quoted-printable") -> bytes:
    page = part(
        PAGE.encode(charset),
        f'Content-Type: text/html;\r\n\tcharset="{charset}"',
        f"Content-Location: {URL}",
        way=way,
    )
    head = (
        "From: <Saved by Windows Internet Explorer 8>\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        '\tboundary="----=_NextPart_000"\r\n'
        "X-MimeOLE: Produced By Microsoft MimeOLE\r\n\r\n"
        "This is a multi-part message in MIME format.\r\n"
    )
    mark = b"\r\n------=_NextPart_000"
    return head.encode() + mark + b"\r\n" + page + mark + b"\r\n" + PICTURE + mark + b"--\r\n"


LONE = (
    f"From: <Saved by Microsoft Internet Explorer 5>\r\nContent-Location: {URL}\r\n".encode()
    + b"MIME-Version: 1.0\r\n"
    + part(PAGE.encode("cp1252"), 'Content-Type: text/html; charset="Windows-1252"')
)


def read(tmp_path: Path, content: bytes, name: str = "ferry.mhtml") -> list[Article | Problem]:
    path = tmp_path / name
    path.write_bytes(content)
    return list(read_all([path]))


@pytest.mark.parametrize(
    "content",
    [
        blink(html_part(), PICTURE),
        blink(PICTURE, html_part()),
        blink(html_part(way="base64"), PICTURE),
        blink(html_part(way="8bit"), PICTURE),
        blink(html_part(charset="iso-8859-15"), PICTURE),
        blink(html_part(location="cid:frame-1@mhtml.blink"), PICTURE),
        blink(html_part(), PICTURE).replace(b"\r\n", b"\n"),
        b"\xef\xbb\xbf\r\n" + blink(html_part(), PICTURE),
        explorer(),
        explorer("utf-8", "base64"),
        LONE,
    ],
)
@pytest.mark.parametrize("name", ["ferry.mht", "ferry.html", "ferry.txt", "ferry"])
def test_a_saved_page_gives_its_article(tmp_path: Path, content: bytes, name: str) -> None:
    [article] = read(tmp_path, content, name)
    assert isinstance(article, Article)
    assert article.title == "Ferry at the café will run all night"
    assert article.text.count("café on the quay") == 4
    assert article.published == date(2024, 6, 2)
    assert (article.url, article.reader) == (URL, "mhtml")
    assert article.origin == str(tmp_path / name)


def test_the_day_of_saving_is_no_date_of_publication(tmp_path: Path) -> None:
    page = PAGE.replace("2024-06-02T08:00:00Z", "")
    [article] = read(tmp_path, blink(html_part(page)))
    assert isinstance(article, Article)
    assert article.published is None


def test_a_page_from_a_disk_has_no_address(tmp_path: Path) -> None:
    content = blink(html_part(location="file:///C:/ferry.htm")).replace(b"Snapshot-Content", b"X")
    [article] = read(tmp_path, content)
    assert isinstance(article, Article)
    assert article.url is None


def test_an_advertisement_in_a_frame_before_the_page_is_not_taken(tmp_path: Path) -> None:
    frame = html_part("<html><body><p>Share</p></body></html>", "https://ads.example/1")
    [article] = read(tmp_path, blink(frame, html_part(), PICTURE))
    assert isinstance(article, Article)
    assert article.url == URL


def test_the_root_is_the_part_that_the_header_names(tmp_path: Path) -> None:
    other = html_part(PAGE.replace("Ferry", "Tram")).replace(b"frame-1@", b"frame-2@")
    content = blink(html_part(), other)
    [first] = read(tmp_path, content)
    named = content.replace(b'type="text/html";', b'start="<frame-2@mhtml.blink>";')
    [second] = read(tmp_path, named)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title or "")[:5] == "Ferry"
    assert (second.title or "")[:4] == "Tram"


def test_a_page_in_nested_parts_is_found(tmp_path: Path) -> None:
    inner = (
        b'Content-Type: multipart/alternative; boundary="in"\r\n\r\n--in\r\n'
        b"Content-Type: text/plain\r\n\r\nThe ferry.\r\n--in\r\n" + html_part() + b"\r\n--in--\r\n"
    )
    [article] = read(tmp_path, blink(inner, PICTURE))
    assert isinstance(article, Article)


def test_a_file_cut_off_in_a_picture_is_no_matter_but_in_the_page_it_is(tmp_path: Path) -> None:
    content = blink(html_part(), PICTURE)
    assert len(read(tmp_path, content[:-300])) == 1
    [article, problem] = read(tmp_path, content[: content.index(b"July 4")])
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert "ends within the page" in problem.reason


@pytest.mark.parametrize(
    "content",
    [
        blink(PICTURE),
        blink(),
        blink(html_part("<html></html>")),
        blink(html_part()).replace(b'boundary="', b'border="'),
        blink(part(bytes(range(256)) * 9, "Content-Type: text/html", way="base64")),
        blink(html_part())[:300],
    ],
)
def test_a_file_without_an_article_is_a_problem(tmp_path: Path, content: bytes) -> None:
    [problem] = read(tmp_path, content)
    assert isinstance(problem, Problem)


NEWSLETTER = (
    b"From: Post <news@harbourpost.example>\r\nTo: you@example.org\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
    b"Content-Type: text/html\r\n\r\n<p>"
)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<html>",
        NEWSLETTER,
        b"Title: Ferry\n\nThe ferry, Content-Type: multipart/related",
        b"From: a\nContent-Type: text/html\n\n",
        b"\x89PNG\r\n",
    ],
)
def test_other_files_are_not_claimed(head: bytes) -> None:
    assert not READER.recognises(head, "a.txt")


def test_too_large_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mhtml, "MAX_BYTES", 1000)
    [problem] = read(tmp_path, blink(html_part()))
    assert isinstance(problem, Problem)
    assert "larger than" in problem.reason


def test_hostile_parts_take_no_time(tmp_path: Path) -> None:
    many = b"".join(b"\r\n------MultipartBoundary--abc(1)----\r\n\r\n" for _ in range(50_000))
    found = read(tmp_path, blink(html_part()).replace(b"\r\n\r\n", b"\r\n\r\n" + many, 1))
    assert len(found) == 1


def test_flipped_bytes_never_raise(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311
    for round_ in range(60):
        content = bytearray([blink(html_part(), PICTURE), explorer(), LONE][round_ % 3])
        for _ in range(12):
            content[chance.randrange(len(content))] = chance.randrange(256)
        assert read(tmp_path, bytes(content[: chance.randrange(200, len(content))]))
