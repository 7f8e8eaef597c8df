"""Package: the parts of zipped documents within bounds; the packages are made here."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from presslens.problems import ReadingError
from presslens.reading import package
from presslens.reading.package import Package, parse_xml, title_stated


def packed(folder: Path, **parts: str) -> Path:
    path = folder / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return path


def test_parts_are_read_by_name_and_one_that_is_not_there_is_none(tmp_path: Path) -> None:
    with Package(packed(tmp_path, main="<a>Boats</a>")) as opened:
        assert opened.tree("main").text == "Boats"
        assert opened.has("main")
        assert opened.part("other") is None


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART", 2**20)
    path = packed(tmp_path, main="a" * 2**21)
    assert path.stat().st_size < 2**16
    with Package(path) as opened, pytest.raises(ReadingError, match="more than 1 MB"):
        opened.part("main")


def test_countless_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_TAGS", 1000)
    with pytest.raises(ReadingError, match="elements"):
        parse_xml(b"<r>" + b"<a/>" * 2000 + b"</r>", "main")


@pytest.mark.parametrize("entity", ['SYSTEM "file:///etc/passwd"', '"ha"'])
def test_entities_are_refused(entity: str) -> None:
    raw = f"<!DOCTYPE d [<!ENTITY x {entity}>]><d>&x;</d>".encode()
    with pytest.raises(ReadingError, match="document type"):
        parse_xml(raw, "main")


def test_a_part_that_is_not_needed_may_be_damaged(tmp_path: Path) -> None:
    with Package(packed(tmp_path, core="<a>")) as opened:
        assert opened.tree_if_sound("core") is None
        with pytest.raises(ReadingError, match="no proper XML"):
            opened.tree("core")


def test_a_file_that_is_no_package_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(ReadingError, match="cut off or damaged"):
        Package(path)


def test_the_title_stated_is_that_of_dublin_core() -> None:
    raw = b'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Boats</dc:title></p>'
    assert title_stated(parse_xml(raw, "core")) == "Boats"
    assert title_stated(None) is None
