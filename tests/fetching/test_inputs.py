"""Inputs: URLs, lists of URLs and feeds become one list; what is none says so."""

from __future__ import annotations

from pathlib import Path

from presslens.fetching.inputs import MAX_BAD_LINES, Wanted, read_inputs
from presslens.fetching.ledger import Entry


def split(*inputs: str) -> tuple[list[str], list[str]]:
    """The URLs that are wanted and the failures as `name: reason`."""
    found = list(read_inputs(inputs))
    urls = [item.url for item in found if isinstance(item, Wanted)]
    return urls, [f"{item.url}: {item.reason}" for item in found if isinstance(item, Entry)]


def test_a_list_has_a_url_a_line_and_comments(tmp_path: Path) -> None:
    path = tmp_path / "pages.txt"
    path.write_bytes(
        b"\xef\xbb\xbf# Harbour\r\nhttps://harbour.example/a#top  # the ferry\r\n\r\n"
        b"  https://harbour.example/b\r\nwww.harbour.example/c\r\nfile:///etc/passwd\r\n"
    )
    urls, failures = split(str(path), "https://harbour.example/d")
    assert urls == [f"https://harbour.example/{name}" for name in "abd"]
    assert failures[0].startswith(f"{path}:5: www.harbour.example/c: the URL is without a scheme")
    assert failures[1].startswith(f"{path}:6: file:///etc/passwd: the URL is file:")


def test_the_entries_of_a_feed_are_wanted_but_not_theirs(tmp_path: Path) -> None:
    path = tmp_path / "feed"
    path.write_text(
        "<rss><item><link>https://harbour.example/a</link></item><item><link>/b</link></item></rss>"
    )
    found = list(read_inputs([str(path), "https://harbour.example/c"]))
    assert found[0] == Wanted("https://harbour.example/a", follows=False)
    assert isinstance(found[1], Entry)
    assert found[1].url == f"{path}: /b"
    assert found[2] == Wanted("https://harbour.example/c", follows=True)


def test_what_is_no_list_says_what_it_is(tmp_path: Path) -> None:
    texts = {
        "page.html": (b"<!DOCTYPE html><p>The ferry", "needs no fetching; analyze it"),
        "a.pdf": (b"%PDF-1.7", "a PDF"),
        "empty.txt": (b"# nothing yet\n", "holds no URLs"),
        "feed.xml": (b"<rss></rss>", "no entries"),
    }
    for name, (raw, reason) in texts.items():
        path = tmp_path / name
        path.write_bytes(raw)
        urls, failures = split(str(path))
        assert urls == []
        assert reason in failures[0]


def test_what_is_not_there_is_said_to_be_neither_url_nor_file(tmp_path: Path) -> None:
    names = [
        str(tmp_path / "missing.txt"),
        str(tmp_path),
        "www.harbour.example",
        "",
        "\0",
        "a" * 999,
    ]
    _, failures = split(*names)
    assert len(failures) == len(names)
    assert all("nor a file that can be read" in failure for failure in failures)


def test_a_text_that_is_no_list_is_not_reported_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("The ferry will run all night.\n" * 1000)
    _, failures = split(str(path))
    assert len(failures) == MAX_BAD_LINES + 1
    assert "the rest was not looked at" in failures[-1]


def test_bytes_that_are_no_text_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(b"https://harbour.example/\xff\xfe\nhttps://harbour.example/b\n")
    urls, failures = split(str(path))
    assert urls[-1] == "https://harbour.example/b"
    assert len(urls) + len(failures) == 2
