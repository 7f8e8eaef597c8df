"""Archives: every member by its own reader, in order of names; bombs and tears are survived."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import tarfile
import zipfile
from collections.abc import Iterator
from copy import copy
from pathlib import Path

import pytest

from presslens import paths
from presslens.article import Article
from presslens.problems import Problem
from presslens.reading import archives, members, read_all, unpacking
from presslens.reading.archives import READER
from presslens.reading.registry import _registered, register

PAGES = paths.ROOT.parent / "shared" / "data" / "formats" / "html"
BODY = "\n\nThe ferry will run around the clock, its operator said, and bakers were glad.\n"
NAMES = ["a.txt", "may/b.txt", "z.txt"]


@pytest.fixture(autouse=True)
def _reader() -> Iterator[None]:
    register(READER)
    yield
    _registered.remove(READER)


def story(name: str) -> bytes:
    return f"Ferry {Path(name).stem} will run all night{BODY}".encode()


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


STORIES = {name: story(name) for name in reversed(NAMES)}


def sort_out(path: Path, content: bytes) -> tuple[list[str], dict[str, str]]:
    path.write_bytes(content)
    found = list(read_all([path]))
    inside = [str(item.origin).removeprefix(str(path)) for item in found]
    articles = [name for name, item in zip(inside, found, strict=True) if isinstance(item, Article)]
    return articles, {
        name: item.reason
        for name, item in zip(inside, found, strict=True)
        if isinstance(item, Problem)
    }


@pytest.mark.parametrize(
    "content",
    [
        zipped(STORIES),
        zipped(STORIES, zipfile.ZIP_STORED),
        zipped(STORIES, zipfile.ZIP_BZIP2),
        tarred(STORIES),
    ],
)
@pytest.mark.parametrize("name", ["exports.zip", "exports.txt", "exports"])
def test_members_come_in_order_of_names_whatever_the_archives_name(
    tmp_path: Path, content: bytes, name: str
) -> None:
    assert sort_out(tmp_path / name, content) == ([f" ({name})" for name in NAMES], {})


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_tars_are_archives_too(tmp_path: Path, pack: object) -> None:
    content = pack(tarred(STORIES))  # type: ignore[operator]
    articles, problems = sort_out(tmp_path / "exports.tgz", content)
    assert (articles, problems) == ([f" ({name})" for name in NAMES], {})


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("ferry.txt.gz", "ferry.txt"),
        ("ferry.TXT.GZ", "ferry.TXT"),
        ("ferry.txt", "ferry.txt"),
        ("ferry.gz", "ferry"),
    ],
)
def test_gzip_of_one_file_is_called_by_its_name_without_gz(
    tmp_path: Path, name: str, inside: str
) -> None:
    content = gzip.compress(story("ferry"))
    assert sort_out(tmp_path / name, content) == ([f" ({inside})"], {})


def test_many_articles_in_a_packed_jsonl(tmp_path: Path) -> None:
    rows = [{"title": f"Ferry {n}", "text": f"Story {n}.{BODY}"} for n in range(3)]
    content = gzip.compress("\n".join(map(json.dumps, rows)).encode())
    articles, problems = sort_out(tmp_path / "f.jsonl.gz", content)
    assert articles == [f" (f.jsonl):{n}" for n in (1, 2, 3)]
    assert not problems


def test_columns_that_the_user_named_are_those_of_packed_tables_too(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    table = f'head,words,text\nFerry,"Night boats.{BODY}",none\n'.encode()
    path.write_bytes(zipped({"t.csv": table}))
    [article] = read_all([path], columns={"text": "words"})
    assert isinstance(article, Article)
    assert "Night boats" in article.text


def test_archives_in_archives_are_read(tmp_path: Path) -> None:
    content = zipped({"may.tar.gz": gzip.compress(tarred({"b.txt.gz": gzip.compress(story("b"))}))})
    assert sort_out(tmp_path / "y.zip", content) == ([" (may.tar.gz) (b.txt.gz) (b.txt)"], {})


def test_an_archive_that_holds_itself_ends(tmp_path: Path) -> None:
    content = story("a")
    for _ in range(members.MAX_DEPTH + 2):
        content = zipped({"in.zip": content})
    articles, problems = sort_out(tmp_path / "in.zip", content)
    assert not articles
    assert "archives deep" in next(iter(problems.values()))


def test_what_tells_about_the_archive_is_passed_over(tmp_path: Path) -> None:
    others = {
        "README.md": b"Read me",
        ".hidden.txt": story("h"),
        "__MACOSX/._a.txt": b"\0\5\x16\7",
        "LICENSE": b"Free",
        "sub/.git/x.txt": story("x"),
        "empty/": b"",
    }
    content = zipped({**others, "a.txt": story("a")})
    assert sort_out(tmp_path / "x.zip", content) == ([" (a.txt)"], {})


def test_an_archive_without_articles_is_a_problem(tmp_path: Path) -> None:
    for content in (zipped({}), zipped({"README": b"x"})):
        articles, problems = sort_out(tmp_path / "x.zip", content)
        assert not articles
        assert "no files" in problems[""]


def test_links_and_devices_are_passed_over(tmp_path: Path) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"link{kind!r}")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("a.txt")
        info.size = len(story("a"))
        archive.addfile(info, io.BytesIO(story("a")))
    assert sort_out(tmp_path / "x.tar", file.getvalue()) == ([" (a.txt)"], {})
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zip_file:
        zip_file.writestr(link, "/etc/passwd")
        zip_file.writestr("a.txt", story("a"))
    assert sort_out(tmp_path / "x.zip", file.getvalue()) == ([" (a.txt)"], {})


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_that_lead_out_are_only_shown(tmp_path: Path, pack: object) -> None:
    content = pack({"../../up.txt": story("u"), "/root.txt": story("r"), "a\x1b.txt": story("a")})  # type: ignore[operator]
    before = set(tmp_path.parent.rglob("up.txt"))
    articles, problems = sort_out(tmp_path / "x.zip", content)
    assert articles == [" (up.txt)", " (root.txt)", " (a\\x1b.txt)"]
    assert not problems
    assert set(tmp_path.parent.rglob("up.txt")) == before


@pytest.mark.parametrize(
    "files",
    [
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"},
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"},
        {"_rels/.rels": b"<x/>", "docProps/app.xml": b"<x/>", "word/document.xml": b"<w/>"},
    ],
)
def test_office_documents_are_left_to_their_readers(files: dict[str, bytes]) -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        assert not READER.recognises(zipped(files, method), "a.zip")
        outer = zipped({"a.docx": zipped(files, method)}, zipfile.ZIP_STORED)
        assert READER.recognises(outer, "a.docx")


@pytest.mark.parametrize("head", [b"", b"plain text", b"%PDF-1.7", bytes(2048), b"PK", b"<html>"])
def test_other_files_are_not_claimed(head: bytes) -> None:
    assert not READER.recognises(head, "a.zip")
    assert not READER.recognises(gzip.compress(b"WARC/1.0\r\n" + head), "a.gz")


def test_an_encrypted_member_is_named_as_such(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": story("a"), "b.txt": story("b")}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    articles, problems = sort_out(tmp_path / "x.zip", bytes(content))
    assert articles == [" (b.txt)"]
    assert "encrypted" in problems[" (a.txt)"]


def test_a_member_whose_bytes_changed_costs_only_itself(tmp_path: Path) -> None:
    content = bytearray(zipped(STORIES, zipfile.ZIP_STORED))
    content[content.index(b"around the clock")] ^= 1
    articles, problems = sort_out(tmp_path / "x.zip", bytes(content))
    assert articles == [" (a.txt)", " (may/b.txt)"]
    assert "checksum" in problems[" (z.txt)"]


def noisy(name: str) -> bytes:
    chance = random.Random(name)  # noqa: S311
    words = chance.choices(["ferry", "quay", "night", "baker", "boat", "rain"], k=20_000)
    return story(name) + " ".join(words).encode()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_that_was_cut_off_gives_what_it_still_holds(tmp_path: Path, method: int) -> None:
    content = zipped({name: noisy(name) for name in NAMES}, method)
    articles, problems = sort_out(tmp_path / "x.zip", content[: content.rindex(b"PK\x03\x04") - 40])
    assert articles == [" (a.txt)", " (may/b.txt)"]
    assert "ends too early" in problems[" (may/b.txt)"]
    assert "cut off" in problems[""]


def test_a_tar_that_was_cut_off_gives_what_it_still_holds(tmp_path: Path) -> None:
    content = tarred({name: noisy(name) for name in NAMES})
    articles, problems = sort_out(tmp_path / "x.tar", content[: content.index(b"z.txt") - 700])
    assert articles == [" (a.txt)", " (may/b.txt)"]
    assert "ends too early" in problems[" (may/b.txt)"]


def test_a_torn_tar_gives_the_files_after_the_tear(tmp_path: Path) -> None:
    content = bytearray(tarred({name: story(name) for name in NAMES}))
    place = content.index(b"may/b.txt")
    content[place : place + 300] = b"\xff" * 300
    articles, problems = sort_out(tmp_path / "x.tar", bytes(content))
    assert articles == [" (a.txt)", " (z.txt)"]
    assert "damaged" in problems[""]


def test_a_gzip_that_was_cut_off_gives_the_rows_before(tmp_path: Path) -> None:
    numbers = random.Random(4)  # noqa: S311
    rows = [{"text": f"Story {numbers.random()}.{BODY}"} for _ in range(4000)]
    content = gzip.compress("\n".join(map(json.dumps, rows)).encode())
    articles, problems = sort_out(tmp_path / "f.jsonl.gz", content[: len(content) // 2])
    assert 1000 < len(articles) < 3000
    assert "too early" in problems[" (f.jsonl)"]


def test_bombs_are_refused(tmp_path: Path) -> None:
    zeros = bytes(64 * 2**20)
    for content in (
        zipped({"z.txt": zeros}),
        gzip.compress(zeros),
        gzip.compress(tarred({"z": zeros})),
    ):
        articles, problems = sort_out(tmp_path / "x.zip", content)
        assert not articles
        assert any("times its size" in reason for reason in problems.values())


def test_an_archive_with_too_much_in_it_is_read_up_to_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "budget_of", lambda source: members.Budget(members_left=2))
    articles, problems = sort_out(tmp_path / "x.zip", zipped(STORIES))
    assert articles == [" (a.txt)", " (may/b.txt)"]
    assert "z.txt" in problems[""]


def test_archives_inside_share_the_budget_of_the_outer_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members.Budget.__init__, "__defaults__", (members.MAX_TOTAL_BYTES, 3))
    inner = zipped({"p.txt": story("p"), "q.txt": story("q")})
    articles, problems = sort_out(tmp_path / "x.zip", zipped({"1.zip": inner, "2.zip": inner}))
    assert articles == [" (1.zip) (p.txt)", " (1.zip) (q.txt)"]
    assert "2.zip" in problems[""]


def test_flipped_and_missing_bytes_never_stop_the_reading(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311
    (tmp_path / "zz.txt").write_bytes(story("zz"))
    forms = [zipped(STORIES), tarred(STORIES), gzip.compress(tarred(STORIES))]
    for round_ in range(90):
        content = bytearray(forms[round_ % 3])
        for _ in range(4):
            content[chance.randrange(len(content))] = chance.randrange(256)
        cut = chance.randrange(1, len(content)) if round_ % 2 else len(content)
        (tmp_path / "x.zip").write_bytes(content[:cut])
        found = list(read_all([tmp_path]))
        assert isinstance(found[-1], Article)
        assert len(found) > 1


@pytest.mark.skipif(not PAGES.is_dir(), reason="needs the pages in ../shared/data/formats/html")
def test_gzipped_pages_give_their_articles() -> None:
    gold = {row["file"]: row for row in map(json.loads, (PAGES / "gold.jsonl").open())}
    files = sorted(PAGES.glob("*.html.gz"))
    found = list(read_all(files))
    assert len(found) == len(files) == 34
    dated = 0
    for path, article in zip(files, found, strict=True):
        assert isinstance(article, Article), article
        assert article.origin == f"{path} ({path.name.removesuffix('.gz')})"
        assert article.title
        assert article.outlet
        assert article.reader == "html"
        published = str(gold[path.name]["published"])[:10] if path.name in gold else None
        dated += str(article.published) == published
    assert dated >= 0.8 * len(gold), (dated, len(gold))


def test_nothing_is_left_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "t"))
    content = gzip.compress(tarred(STORIES))
    assert len(sort_out(tmp_path / "x.tgz", content)[0]) == 3
    assert not os.listdir(tmp_path / "t")  # noqa: PTH208


def fat(name: str) -> bytes:
    """A text of four megabytes, more than a hundredth of which is left when it is packed."""
    return story(name) + b"The ferry sails again, and bakers bake. " * 100_000


def test_a_zip_of_many_files_each_just_below_the_ratio_is_refused_as_a_whole(
    tmp_path: Path,
) -> None:
    content = zipped({f"{number}.txt": fat(str(number)) for number in range(8)})
    articles, problems = sort_out(tmp_path / "x.zip", content)
    assert articles == []
    assert "times its size" in problems[""]


def test_a_zip_of_texts_and_logs_that_pack_well_is_read(tmp_path: Path) -> None:
    lines = [f"12:{n // 60 % 60:02d}:{n % 60:02d} The ferry sails, {n}." for n in range(600_000)]
    log = "\n".join(lines).encode()
    content = zipped({"a.txt": story("a"), "sailings.log": log})
    assert 5 < (len(log)) / len(content) < 40
    assert len(log) > unpacking.RATIO_FROM
    articles, problems = sort_out(tmp_path / "x.zip", content)
    assert articles[0] == " (a.txt)"
    assert not any("times its size" in reason for reason in problems.values())


def test_a_bomb_beside_good_files_costs_only_itself(tmp_path: Path) -> None:
    content = zipped({**STORIES, "bomb.txt": bytes(50_000_000)})
    articles, problems = sort_out(tmp_path / "x.zip", content)
    assert articles == [" (a.txt)", " (may/b.txt)", " (z.txt)"]
    assert "times its size" in problems[" (bomb.txt)"]


def test_files_that_lie_within_others_are_not_read(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", story("a"))
        archive.writestr("z.txt", story("z"))
        for number in range(3):
            again = copy(archive.filelist[0])
            again.filename = f"b{number}.txt"
            archive.filelist.append(again)
    articles, problems = sort_out(tmp_path / "x.zip", file.getvalue())
    assert articles == [" (a.txt)", " (z.txt)"]
    assert list(problems) == [""]
    assert "lie within others" in problems[""]
