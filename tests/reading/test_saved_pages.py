"""Saved pages: what a browser put beside a page is no input; other folders are."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from made_pages import page

from presslens.article import Article
from presslens.reading import read_all
from presslens.reading.saved_pages import beside_a_page

FRAME = b"<html><body><p>" + b"We ask every reader for consent before the ferry. " * 9
STORY = b"Ferry will run all night\n\nThe ferry will run around the clock, its operator said.\n"


@pytest.mark.parametrize(
    "folder",
    ["Story_files", "Story-Dateien", "Story_fichiers", "Story_archivos", "Story_bestanden",
     "Story-filer", "Story_arquivos", "Story_pliki", "Story_soubory", "Story.files"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Story.html", "Story.htm", "Story.HTM"])
def test_the_folder_beside_a_saved_page_is_passed_over(
    tmp_path: Path, folder: str, name: str
) -> None:
    (tmp_path / name).write_text(page())
    (tmp_path / folder / "more").mkdir(parents=True)
    for inside in ("main.js", "saved_resource.html", "more/robots.txt"):
        (tmp_path / folder / inside).write_bytes(FRAME)
    found = list(read_all([tmp_path]))
    assert [Path(item.origin or "").name for item in found] == [name]
    assert isinstance(found[0], Article)


def test_in_an_archive_too(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("may/Story.html", page())
        archive.writestr("may/Story_files/frame.html", FRAME)
        archive.writestr("may/Story_files/a/main.js", FRAME)
        archive.writestr("files/b.txt", STORY)
    (tmp_path / "saved.zip").write_bytes(file.getvalue())
    found = list(read_all([tmp_path / "saved.zip"]))
    assert [(item.origin or "").rpartition("(")[2] for item in found] == [
        "files/b.txt)",
        "may/Story.html)",
    ]
    assert all(isinstance(item, Article) for item in found)


def test_a_folder_of_files_without_its_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "court_files").mkdir()
    (tmp_path / "court_files" / "a.txt").write_bytes(STORY)
    (tmp_path / "other.html").write_text(page())
    assert len([item for item in read_all([tmp_path]) if isinstance(item, Article)]) == 2


def test_a_folder_that_is_asked_for_is_read(tmp_path: Path) -> None:
    (tmp_path / "Story.html").write_text(page())
    (tmp_path / "Story_files").mkdir()
    (tmp_path / "Story_files" / "a.txt").write_bytes(STORY)
    assert len(list(read_all([tmp_path / "Story_files"]))) == 1


def test_the_page_stands_right_beside_its_folder() -> None:
    names = {"a/story.html", "b_files/x.html"}
    assert beside_a_page("a/Story_files/x.js", names)
    assert not beside_a_page("story_files/x.js", names)
    assert not beside_a_page("a/story_filesystem/x.txt", names)
    assert not beside_a_page("_files/x.js", {".html"})
