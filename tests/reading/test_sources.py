"""Bad input: each is named with what to do, and the other files still go through."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.article import Article
from presslens.problems import Problem, ReadingError
from presslens.reading import files, read, read_all, sources
from presslens.reading.files import Source
from presslens.reading.registry import Reader, _registered, register

GOOD = "Ferry will run all night\n\nThe ferry will run around the clock, its operator said.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "z.txt").write_text(GOOD)
    return tmp_path


def sort_out(*inputs: Path) -> tuple[list[str], dict[str, str]]:
    found = list(read_all(inputs))
    articles = [Path(item.origin or "").name for item in found if isinstance(item, Article)]
    return articles, {Path(p.origin).name: p.reason for p in found if isinstance(p, Problem)}


def test_a_text_longer_than_what_tells_its_format_is_read_to_its_end(tmp_path: Path) -> None:
    line = "The ferry will run around the clock, its operator said.\n\n"
    text = GOOD + "\n" + line * (files.HEAD_BYTES // len(line) + 1) + "It sails in July.\n"
    (tmp_path / "a.txt").write_text(text)
    assert read(tmp_path)[0].text.endswith("It sails in July.")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("noise.txt", b"\x00\x01\x02abc" * 50, "binary"),
        ("noise.bin", bytes(range(128, 256)) * 9, "no reader knows"),
        ("paper.pdf", b"%PDF-1.7 ...", "the PDF is damaged"),
        ("paper.txt", b"%PDF-1.7 ...", "the PDF is damaged"),
        ("story.docx", b"PK\x03\x04....", "cut off or damaged"),
        ("picture.png", b"\x89PNG\r\n", "an image"),
        ("code.py", b"print(1)\n", r"a .py file"),
        ("page.html", b"<html><body></body></html>", "no article"),
        ("data.xml", b"<?xml version='1.0'?><a/>", "no reader knows"),
    ],
)
def test_a_bad_file_is_named_and_the_others_are_read(
    folder: Path, name: str, content: bytes, reason: str
) -> None:
    (folder / name).write_bytes(content)
    articles, problems = sort_out(folder)
    assert articles == ["a.txt", "z.txt"]
    assert list(problems) == [name]
    assert reason in problems[name]


def test_readmes_licences_and_dot_files_are_passed_over(folder: Path) -> None:
    for name in ("README.md", "readme.txt", "LICENSE", "LICENCE.txt", ".DS_Store"):
        (folder / name).write_text("not an article")
    (folder / ".git").mkdir()
    (folder / ".git" / "config.txt").write_text("not an article")
    assert sort_out(folder) == (["a.txt", "z.txt"], {})


def test_a_file_that_is_asked_for_by_name_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(GOOD)
    assert read(path)[0].title == "Ferry will run all night"


def test_folders_are_gone_through_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOOD)
    assert sort_out(tmp_path)[0] == ["a.txt", "1.txt", "2.txt", "c.txt"]


def test_a_loop_of_links_ends(folder: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self").symlink_to(folder / "self")
    articles, problems = sort_out(folder)
    assert articles == ["a.txt", "z.txt"]
    assert list(problems) == ["self"]


def test_links_are_followed_within_the_folder_and_others_named(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "b.txt").write_text(GOOD)
    (folder / "months").mkdir()
    (folder / "months" / "may.txt").write_text(GOOD)
    (folder / "file.txt").symlink_to(outside / "b.txt")
    (folder / "disk").symlink_to("/", target_is_directory=True)
    (folder / "endless.txt").symlink_to("/dev/zero")
    (folder / "to-may").symlink_to(folder / "months", target_is_directory=True)
    (folder / "to-a.txt").symlink_to("a.txt")
    articles, problems = sort_out(folder)
    assert articles == ["a.txt", "may.txt", "to-a.txt", "z.txt"]
    assert list(problems) == ["disk", "endless.txt", "file.txt"]
    assert f"give {outside / 'b.txt'} itself" in problems["file.txt"]


def test_a_link_that_is_given_itself_is_followed(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("outside") / "link"
    link.symlink_to(folder, target_is_directory=True)
    assert sort_out(link) == (["a.txt", "z.txt"], {})
    assert sort_out(link / "a.txt") == (["a.txt"], {})


@pytest.mark.parametrize(
    ("name", "content", "kind", "advice"),
    [
        ("page.js", b"let a = 1;\n", "a .js file", "leave it out"),
        ("logo.png", b"\x89PNG\r\n", "an image", "leave it out"),
        ("crawl.idx", bytes(range(128, 256)) * 9, "a .idx file", "save its articles as text"),
        ("data.db", b"SQLite format 3\0" * 9, "a database", "save its articles as text"),
    ],
)
def test_what_no_reader_knows_is_named_in_short_with_one_thing_to_do(
    tmp_path: Path, name: str, content: bytes, kind: str, advice: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (reason,) = sort_out(tmp_path / name)[1].values()
    assert kind in reason and advice in reason
    assert len(reason) < 120


def test_a_folder_without_articles_says_what_is_expected(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"holds no articles; expected .*web pages"):
        read(tmp_path)


def test_a_missing_file_is_named_and_the_others_are_read(folder: Path) -> None:
    articles, problems = sort_out(folder / "gone.txt", folder / "a.txt")
    assert articles == ["a.txt"]
    assert "no such file" in problems["gone.txt"]


def test_a_file_that_vanishes_while_the_folder_is_read_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "m.txt").write_text(GOOD)

    def vanishing(path: Path) -> Iterator[Path]:
        for item in files.walk(path):
            if item.name == "m.txt":
                item.unlink()
            yield item

    monkeypatch.setattr(sources, "walk", vanishing)
    articles, problems = sort_out(folder)
    assert articles == ["a.txt", "z.txt"]
    assert "no such file" in problems["m.txt"]


def test_a_file_without_the_right_to_read_says_how_to_get_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "m.txt"
    path.write_text(GOOD)
    path.chmod(0)
    if os.access(path, os.R_OK):  # root may read everything, so the refusal is played
        real = Path.open

        def refuse(self: Path, *args: object, **kwargs: object) -> object:
            if self.name == "m.txt":
                raise PermissionError(13, "Permission denied", str(self))
            return real(self, *args, **kwargs)  # type: ignore[arg-type, call-overload]

        monkeypatch.setattr(Path, "open", refuse)
    articles, problems = sort_out(folder)
    assert articles == ["a.txt", "z.txt"]
    assert "chmod u+r" in problems["m.txt"]


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert "no regular file" in sort_out(folder)[1]["pipe.txt"]


def test_a_text_too_large_for_an_article_is_not_read_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_ARTICLE_BYTES", 1000)
    (folder / "m.txt").write_text("word " * 300)
    assert "larger than" in sort_out(folder)[1]["m.txt"]


def test_read_raises_with_the_file_and_the_reason(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    with pytest.raises(ReadingError, match=r"empty\.txt: it is empty"):
        read(tmp_path / "empty.txt")


def test_read_warns_of_what_failed_beside_articles(folder: Path) -> None:
    (folder / "empty.txt").touch()
    with pytest.warns(UserWarning, match=r"empty\.txt"):
        assert len(read(folder)) == 2


def test_a_reader_can_be_added_without_touching_the_others(tmp_path: Path) -> None:
    def shout(source: Source, verbatim: bool) -> Iterator[Article]:
        yield Article(id="1", text=source.path.read_text().upper(), reader="shout")

    register(Reader("shout", "shouts (.shout)", lambda head, name: name.endswith(".shout"), shout))
    try:
        (tmp_path / "a.shout").write_text("hello")
        assert read(tmp_path / "a.shout")[0].text == "HELLO"
    finally:
        _registered.clear()


def test_verbatim_takes_a_whole_text_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf Share\r\n\r\nIt rained.\n")
    (article,) = read(tmp_path / "a.txt", verbatim=True)
    assert article.text == " Share\r\n\r\nIt rained.\n"
    assert (article.title, article.body_start, article.reader) == (None, 0, "dump")


@settings(max_examples=120, deadline=None)
@given(
    content=st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.lists(st.sampled_from([b'{"text": "It rained."}', b"{", b"[", b"]", b"<html>", b"<p>It",
                                b"text,title", b'"a,', b"\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf"]),
               max_size=8).map(b"".join),
    suffix=st.sampled_from([".txt", ".html", ".jsonl", ".json", ".csv", ".tsv", ""]),
    verbatim=st.booleans(),
)  # fmt: skip
def test_any_bytes_give_articles_or_problems(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str, verbatim: bool
) -> None:
    path = tmp_path_factory.mktemp("any") / f"file{suffix}"
    path.write_bytes(content)
    found = list(read_all([path], verbatim=verbatim))
    assert found
    for item in found:
        if isinstance(item, Problem):
            assert item.stage == "reading" and item.origin.startswith(str(path))
        else:
            item.text.encode("utf-8")
            assert 0 <= item.body_start < len(item.text)
            if not verbatim:
                assert item.text == item.text.strip()


@pytest.mark.parametrize("name", ["x" * 300, "~nobody-of-that-name/a.txt"])
def test_a_path_that_cannot_be_is_named_and_the_others_are_read(folder: Path, name: str) -> None:
    articles, problems = sort_out(Path(name), folder)
    assert articles == ["a.txt", "z.txt"]
    assert list(problems) == [Path(name).name]


def test_a_folder_that_vanishes_while_reading_costs_no_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "m").mkdir()
    listdir = os.listdir

    def vanishing(path: Path) -> list[str]:
        if Path(path).name == "m":
            raise FileNotFoundError(2, "No such file or directory", str(path))
        return listdir(path)

    monkeypatch.setattr(files.os, "listdir", vanishing)
    articles, problems = sort_out(folder)
    assert articles == ["a.txt", "z.txt"]
    assert list(problems) == ["m"]


def test_an_error_that_nobody_foresaw_costs_its_file_alone(folder: Path) -> None:
    def read(source: Source, verbatim: bool) -> Iterator[Article]:
        raise AttributeError("no such thing")
        yield

    register(Reader("odd", "odd", lambda _head, name: name == "a.txt", read))
    try:
        articles, problems = sort_out(folder)
    finally:
        _registered.pop(0)
    assert articles == ["z.txt"]
    assert "AttributeError" in problems["a.txt"]


def test_what_fetching_notes_beside_its_pages_is_no_input(folder: Path) -> None:
    (folder / "fetched.jsonl").write_text('{"url": "https://lantern.example/storm"}\n')
    articles, problems = sort_out(folder)
    assert articles == ["a.txt", "z.txt"]
    assert problems == {}
