"""WACZ: only the crawl's WARCs are read, not its indexes, lists and logs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from made_pages import page

from presslens.article import Article
from presslens.reading import read_all
from presslens.reading.members import Entry
from presslens.reading.wacz import crawled


def warc(url: str) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page().encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type:"
        f" application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def test_only_the_crawls_pages_are_read(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("datapackage.json", '{"profile": "data-package", "resources": []}')
        archive.writestr("archive/a.warc", warc("https://www.harbourpost.example/local/ferry"))
        archive.writestr("indexes/index.cdx", "example,harbourpost)/local/ferry 2024 {}")
        archive.writestr(
            "pages/pages.jsonl",
            '{"url": "https://harbourpost.example/a", "title": "Ferry", "text": "'
            + "The ferry runs at night, its operator said. " * 9
            + '"}\n',
        )
        archive.writestr("logs/crawl.log", '{"message": "done"}\n' * 4)
    (tmp_path / "crawl.wacz").write_bytes(file.getvalue())
    (found,) = read_all([tmp_path / "crawl.wacz"])
    assert isinstance(found, Article)
    assert found.reader == "warc"


def test_other_zips_keep_all_their_files() -> None:
    names = ["archive/a.warc.gz", "b.txt"]
    entries = [Entry(name, lambda: ()) for name in names]
    assert crawled(entries) == entries
    package = Entry("datapackage.json", lambda: ())
    assert crawled([package, *entries[1:]]) == [package, *entries[1:]]
    assert crawled([package, *entries]) == entries[:1]
