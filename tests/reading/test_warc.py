"""WARC: the pages of a crawl, however they were sent and packed; broken records are named."""

from __future__ import annotations

import gzip
import io
import random
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import brotli
import pytest
from backports import zstd

from presslens import paths
from presslens.article import Article
from presslens.problems import Problem
from presslens.reading import archives, read_all, warc, warc_records
from presslens.reading.registry import _registered, register
from presslens.reading.warc import READER

SAMPLES = paths.ROOT.parent / "shared" / "data" / "formats" / "warc"
needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="needs the files in ../shared/data/formats/warc"
)


@pytest.fixture(autouse=True)
def _readers() -> Iterator[None]:
    register(READER)
    register(archives.READER)
    yield
    _registered.remove(READER)
    _registered.remove(archives.READER)


def page(title: str = "Ferry will run all night", charset: str = "") -> str:
    text = "".join(
        f"<p>The ferry between Halden and Sundby will run around the clock from July {day}, its"
        " operator said on Thursday, after nurses and bakers in white aprons had asked for it for"
        " years, in a café on the quay.</p>"
        for day in range(1, 5)
    )
    meta = f'<meta charset="{charset}">' if charset else ""
    return (
        f"<!DOCTYPE html><html><head>{meta}<title>{title}</title>"
        '<meta property="article:published_time" content="2024-06-02T08:00:00Z"></head>'
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    )


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", *(headers or ("Content-Type: text/html; charset=utf-8",))]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(
    block: bytes,
    url: str = "https://www.harbourpost.example/ferry",
    kind: str = "response",
    media: str = "application/http; msgtype=response",
    extra: str = "",
    length: int | None = None,
) -> bytes:
    size = len(block) if length is None else length
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n{extra}"
        f"WARC-Date: 2025-01-01T00:00:00Z\r\nContent-Type: {media}\r\n"
        f"Content-Length: {size}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


INFO = record(b"software: test\r\n", kind="warcinfo", media="application/warc-fields")
GOOD = record(http(page().encode()))


def read(tmp_path: Path, *records: bytes, name: str = "crawl.warc") -> list[Article | Problem]:
    path = tmp_path / name
    path.write_bytes(b"".join(records))
    return list(read_all([path]))


def titles(found: list[Article | Problem]) -> list[str | None]:
    return [item.title for item in found if isinstance(item, Article)]


def numbers(found: list[Article | Problem]) -> list[str]:
    return [item.origin.rsplit(":", 1)[-1] for item in found if isinstance(item, Problem)]


def pages(*names: str) -> list[bytes]:
    return [
        record(http(page(name).encode()), f"https://www.harbourpost.example/{name}")
        for name in names
    ]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.txt", "crawl.html"])
def test_a_page_gives_its_article_with_its_address(tmp_path: Path, name: str) -> None:
    [article] = read(tmp_path, INFO, GOOD, name=name)
    assert isinstance(article, Article)
    url = "https://www.harbourpost.example/ferry"
    assert article.origin == f"{tmp_path / name} ({url})"
    assert (article.url, article.reader) == (url, "warc")
    assert article.title == "Ferry will run all night"
    assert article.published == date(2024, 6, 2)
    assert "café" in article.text


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.gz", "crawl.warc"])
@pytest.mark.parametrize("joined", [False, True])
def test_gzip_by_record_or_as_a_whole_is_a_warc(tmp_path: Path, name: str, joined: bool) -> None:
    records = [INFO, *pages("One", "Two")]
    packed = [gzip.compress(b"".join(records))] if joined else list(map(gzip.compress, records))
    found = read(tmp_path, *packed, name=name)
    assert titles(found) == ["One", "Two"]
    assert not archives.READER.recognises(packed[0], name)


def chunked(body: bytes) -> bytes:
    parts = [body[at : at + 700] for at in range(0, len(body), 700)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in [*parts, b""])


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("pack", "header"),
    [
        (gzip.compress, "Content-Encoding: gzip"),
        (zlib.compress, "Content-Encoding: deflate"),
        (bare_deflate, "Content-Encoding: deflate"),
        (bytes, "Content-Encoding: gzip"),  # undone by the crawler
        (bytes, "Content-Encoding: br"),
        (brotli.compress, "Content-Encoding: br"),
        (zstd.compress, "Content-Encoding: zstd"),
        (chunked, "Transfer-Encoding: chunked"),
        (bytes, "Transfer-Encoding: chunked"),
    ],
)
def test_transport_packing_is_undone(
    tmp_path: Path, pack: Callable[[bytes], bytes], header: str
) -> None:
    block = http(pack(page().encode()), "Content-Type: text/html; charset=utf-8", header)
    [article] = read(tmp_path, record(block))
    assert isinstance(article, Article)
    assert article.text.count("café") == 4


def test_chunks_of_a_packed_page(tmp_path: Path) -> None:
    headers = ("Content-Type: text/html", "Content-Encoding: gzip", "Transfer-Encoding: Chunked")
    [article] = read(tmp_path, record(http(chunked(gzip.compress(page().encode())), *headers)))
    assert isinstance(article, Article)


@pytest.mark.parametrize(
    ("stated", "meta", "encoding"),
    [
        ("; charset=iso-8859-1", "", "cp1252"),
        ("; charset=ISO-8859-2", "utf-8", "iso-8859-2"),
        ("", "iso-8859-15", "iso-8859-15"),
        ("; charset=nonsense", "", "utf-8"),
        ("; charset=utf-8", "", "cp1252"),
        ("", "", "utf-16"),
    ],
)
def test_the_charset_is_the_headers_then_the_pages_then_a_guess(
    tmp_path: Path, stated: str, meta: str, encoding: str
) -> None:
    title = "Café “é”" if encoding in {"cp1252", "utf-8", "utf-16"} else "Café é"
    block = http(page(title, meta).encode(encoding), f"Content-Type: text/html{stated}")
    [article] = read(tmp_path, record(block))
    assert isinstance(article, Article)
    assert article.title == title


def test_a_resource_is_a_page_without_http(tmp_path: Path) -> None:
    [article] = read(tmp_path, record(page().encode(), kind="resource", media="text/html"))
    assert isinstance(article, Article)


@pytest.mark.parametrize("body", [b"", b"<html>wget --warc-file=crawl <p>", page().encode()])
def test_what_a_crawler_notes_about_itself_is_passed_over(tmp_path: Path, body: bytes) -> None:
    own = [
        record(body, f"{scheme}//gnu.org/software/wget/warc/{name}", "resource", "text/plain")
        for scheme, name in [("metadata:", "wget.log"), ("<metadata:", "arguments.txt>")]
    ]
    own += [record(body, "urn:pageinfo:https://x.example/", "resource", "text/html")]
    [article] = read(tmp_path, *own, GOOD)
    assert isinstance(article, Article)
    [problem] = read(tmp_path, *own)
    assert isinstance(problem, Problem)
    assert "3 records of the crawler's own" in problem.reason


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    others = [
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request", media="application/http"),
        record(http(b"\x89PNG", "Content-Type: image/png")),
        record(http(page().encode(), status="404 Not Found")),
        record(http(page().encode(), status="301 Moved")),
        record(http(b""), kind="revisit"),
        record(b"20250101\nexample. 1 IN A 1.2.3.4", "dns:harbourpost.example", media="text/dns"),
        record(page().encode(), kind="conversion", media="text/html"),
    ]
    [article] = read(tmp_path, *others, GOOD)
    assert isinstance(article, Article)
    [problem] = read(tmp_path, INFO, *others)
    assert isinstance(problem, Problem)
    assert "none of its 8 records is a web page" in problem.reason
    assert "1 image/png files" in problem.reason


@pytest.mark.parametrize(
    ("body", "stated", "counted"),
    [
        (b'\n{"ads": ["<b>Buy</b>"]}', "text/html", "1 JSON files"),
        (b"[1, 2]", "application/octet-stream", "1 JSON files"),
        (b"var page = 1;", "text/html", "1 files without markup"),
        (b"GIF89a\0\0<", "text/html", "1 files that are an image"),
        (b"User-agent: *\nDisallow: /x", "text/plain", "1 files of no stated kind"),
        (b"a { color: red }", "application/x-thing", "1 application/x-thing files"),
    ],
)
def test_what_a_page_loads_is_counted_whatever_it_is_called(
    tmp_path: Path, body: bytes, stated: str, counted: str
) -> None:
    loaded = record(http(body, f"Content-Type: {stated}"))
    assert len(read(tmp_path, loaded, loaded, GOOD)) == 1
    [problem] = read(tmp_path, loaded)
    assert isinstance(problem, Problem)
    assert counted in problem.reason


def test_a_page_of_no_stated_kind_is_one_if_it_looks_like_one(tmp_path: Path) -> None:
    [article] = read(tmp_path, record(http(page().encode(), "Content-Type: text/plain")))
    assert isinstance(article, Article)


def test_a_page_without_an_article_is_one_problem_with_its_address(tmp_path: Path) -> None:
    [problem, article] = read(
        tmp_path, record(http(b"<html><p>Share</p></html>"), "https://x.example/i"), GOOD
    )
    assert isinstance(problem, Problem)
    assert problem.origin.endswith(" (https://x.example/i)")
    assert isinstance(article, Article)


@pytest.mark.parametrize("zip_", [bytes, gzip.compress])
def test_a_record_that_was_cut_off_costs_only_itself(
    tmp_path: Path, zip_: Callable[[bytes], bytes]
) -> None:
    one, two, three = pages("One", "Two", "Three")
    found = read(tmp_path, zip_(one), zip_(two[:-500]), zip_(three))
    assert titles(found) == ["One", "Three"]
    assert numbers(found) == ["2"]
    found = read(tmp_path, zip_(one), zip_(two[:-500]))
    assert (titles(found), numbers(found)) == (["One"], ["2"])


@pytest.mark.parametrize("length", [10, 10**6, 10**12])
def test_a_wrong_length_costs_only_its_record(tmp_path: Path, length: int) -> None:
    one, three = pages("One", "Three")
    broken = record(http(page("Two").encode()), length=length)
    found = read(tmp_path, one, broken, three)
    assert titles(found) == ["One", "Three"]
    assert numbers(found) == ["2"]


def test_a_torn_gzip_goes_on_with_the_next_record(tmp_path: Path) -> None:
    packed = [gzip.compress(item) for item in pages("One", "Two", "Three")]
    for place in (len(packed[1]) // 2, len(packed[1]) - 6, 12, 0):
        torn = bytearray(packed[1])
        torn[place] ^= 0xFF
        found = read(tmp_path, packed[0], bytes(torn), packed[2], name="c.warc.gz")
        assert titles(found) == ["One", "Three"], place
        assert numbers(found) == ["2"]
    cut = packed[1][: len(packed[1]) // 2]
    assert titles(read(tmp_path, packed[0], cut, packed[2])) == ["One", "Three"]


def test_a_page_that_its_crawler_cut_is_not_taken_for_whole(tmp_path: Path) -> None:
    found = read(tmp_path, record(http(page().encode()), extra="WARC-Truncated: length\r\n"), GOOD)
    assert len(titles(found)) == 1
    assert numbers(found) == ["1"]


GZIPPED = ("Content-Type: text/html", "Content-Encoding: gzip")


@pytest.mark.parametrize(
    "broken",
    [
        record(http(b"\x1f\x8b\x08junk", *GZIPPED)),
        record(http(gzip.compress(page().encode())[:-30], *GZIPPED)),
        record(http(gzip.compress(bytes(warc.MAX_ARTICLE_BYTES + 1)), *GZIPPED)),
        record(http(b"\x0b\x02\x80abc", "Content-Type: text/html", "Content-Encoding: br")),
        record(http(b"")),
        record(http(bytes(range(256)) * 20)),
        record(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 20_000),
        record(http(b"<html>" + b"x" * (warc.MAX_ARTICLE_BYTES + warc.MAX_HEADER))),
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.0\r\n" + b"a: b\r\n" * 20_000 + b"\r\n",
    ],
)
def test_a_broken_record_is_reported_by_its_number(tmp_path: Path, broken: bytes) -> None:
    found = read(tmp_path, INFO, broken, GOOD)
    assert titles(found) == ["Ferry will run all night"]
    assert numbers(found) == ["2"]
    assert all("record 2" in item.reason for item in found if isinstance(item, Problem))


def test_a_film_too_large_for_a_page_is_passed_over(tmp_path: Path) -> None:
    film = record(http(bytes(warc.MAX_ARTICLE_BYTES * 2), "Content-Type: video/mp4"))
    assert len(read(tmp_path, film, GOOD)) == 1


def test_a_bomb_is_stopped(tmp_path: Path) -> None:
    film = record(http(bytes(64 * 2**20), "Content-Type: video/mp4"))
    found = read(tmp_path, gzip.compress(GOOD), gzip.compress(film), name="b.warc.gz")
    assert titles(found) == ["Ferry will run all night"]
    assert any(isinstance(item, Problem) and "times its size" in item.reason for item in found)


def test_an_arc_is_read_too(tmp_path: Path) -> None:
    info = b"1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n\n"
    body = http(page().encode())
    head = b"filedesc://a.arc 0.0.0.0 20040601000000 text/plain %d\n" % len(info)
    line = b"http://www.harbourpost.example/f 1.2.3.4 20040601000000 text/html %d\n" % len(body)
    for pack in (bytes, gzip.compress):
        found = read(
            tmp_path,
            pack(head + info + b"\n"),
            pack(line + body + b"\n"),
            pack(line + body),
            name="a.arc",
        )
        assert titles(found) == ["Ferry will run all night"] * 2
        assert not numbers(found)


@pytest.mark.parametrize(
    "head", [b"", b"WARC", b"A text about WARC/1.0", b"<html>", b"\x1f\x8b\x08"]
)
def test_other_files_are_not_claimed(head: bytes) -> None:
    assert not READER.recognises(head, "a.txt")
    assert not READER.recognises(gzip.compress(b"<html>" + head), "a.html.gz")


def test_a_warc_whose_beginning_is_lost_is_known_by_its_name(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD[100:], *pages("Two"))
    assert titles(found) == ["Two"]
    assert numbers(found) == ["1"]


def test_flipped_bytes_never_stop_the_reading(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311
    (tmp_path / "zz.txt").write_text(f"A title\n\n{'The ferry ran, said the mayor. ' * 9}\n")
    plain = b"".join([INFO, *pages("One", "Two")])
    forms = [
        plain,
        gzip.compress(plain),
        b"".join(map(gzip.compress, [INFO, *pages("One", "Two")])),
    ]
    for round_ in range(60):
        content = bytearray(forms[round_ % 3])
        for _ in range(5):
            content[chance.randrange(len(content))] = chance.randrange(256)
        (tmp_path / "c.warc.gz").write_bytes(content)
        found = list(read_all([tmp_path]))
        assert isinstance(found[-1], Article)
        assert len(found) > 1


def test_nothing_is_written_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    read(tmp_path, *pages("One"), record(http(page().encode()), length=10), GOOD[:-300])
    assert capsys.readouterr() == ("", "")


@needs_samples
@pytest.mark.parametrize(
    ("name", "articles", "problems"),
    [
        ("example.warc.gz", ["example.com"], []),
        ("example-iana.org-chunked.warc", ["iana.org"], []),
        ("example-bad.warc.gz.bad", ["example.com"], []),
        ("example-trunc.warc", [], ["3"]),
    ],
)
def test_the_samples(name: str, articles: list[str], problems: list[str]) -> None:
    found = list(read_all([SAMPLES / name]))
    assert [item.outlet for item in found if isinstance(item, Article)] == articles
    assert numbers(found) == problems
    assert all(title for title in titles(found))
    assert all(item.published is None for item in found if isinstance(item, Article))


@needs_samples
def test_a_cut_sample_ends_in_a_problem() -> None:
    raw = (SAMPLES / "example.warc.gz").read_bytes()
    plain = gzip.decompress(raw)
    assert io.BytesIO(plain).readline().startswith(b"WARC/")
    assert READER.recognises(raw[:100], "a") and READER.recognises(plain[:100], "a")


def test_endless_junk_ends_the_reading_with_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc_records, "_MAX_JUNK", 1000)
    found = read(tmp_path, GOOD, INFO, b"junk\n" * 5000, GOOD)
    assert titles(found) == ["Ferry will run all night"]
    assert any(isinstance(item, Problem) and "long stretch" in item.reason for item in found)
