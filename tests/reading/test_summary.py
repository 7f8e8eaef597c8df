"""The summary of a folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading.summary import Summary, file_of, format_of

ARTICLE = Article(
    id="a", text="word " * 60, title="Ferry", origin="in/ferry.txt", reader="dump",
    published=date(2025, 3, 3), outlet="Harbour Post", authors=("Ana Lima",), url="https://x.example",
)  # fmt: skip


def summary(*items: Article | Problem) -> Summary:
    made = Summary()
    for item in items:
        made.add(item)
    return made


def lines(made: Summary, *, full: bool = False) -> list[str]:
    return [" ".join(line.split()) for line in made.lines(full=full, width=80)]


def test_files_and_articles_are_counted_by_reader_and_format() -> None:
    rows = [replace(ARTICLE, origin=f"in/rows.jsonl:{n}", reader="rows") for n in range(1, 4)]
    shown = lines(summary(ARTICLE, *rows, Problem("in/scan.PDF", "reading", "it has no text")))
    assert shown[:6] == [
        "reader format files articles",
        "dump .txt 1 1",
        "rows .jsonl 1 3",
        "(no article) .pdf 1 0",
        "all 3 4",
        "",
    ]


def test_a_file_with_an_article_and_a_problem_is_one_file() -> None:
    torn = Problem("in/rows.csv:9", "reading", "the row is cut off")
    made = summary(replace(ARTICLE, origin="in/rows.csv:2", reader="rows"), torn)
    assert lines(made)[1:3] == ["rows .csv 1 1", "all 1 1"]
    assert made.failed


def test_articles_that_lack_a_field_are_counted() -> None:
    bare = replace(ARTICLE, title=None, published=None, outlet=None, authors=(), url=None)
    shown = lines(summary(ARTICLE, ARTICLE, ARTICLE, bare))
    for name in ("title", "date", "outlet", "authors", "url"):
        assert f"without {name} 1 (25 %)" in shown


def test_short_foreign_and_copied_articles_are_counted() -> None:
    shown = lines(
        summary(
            replace(ARTICLE, text="Too short."),
            replace(ARTICLE, duplicate_of="b"),
            Problem("in/b.txt", "duplicate", "it is the same article as a"),
            Problem("in/c.txt", "language", "it is not English but es (probability 0.99)"),
        )
    )
    assert "under 50 words 1 (50 %)" in shown
    assert "duplicates 2" in shown
    assert "not in English 1" in shown


def test_what_is_set_aside_on_purpose_is_no_failure() -> None:
    assert not summary(ARTICLE, Problem("in/b.txt", "duplicate", "it is the same")).failed


def test_problems_are_grouped_by_reason_with_five_origins_the_commonest_first() -> None:
    cut = [
        Problem(f"in/{n}.html:1", "reading", f"its text has {n} words where {n + 9} are stated")
        for n in range(7)
    ]
    shown = lines(summary(Problem("in/x.txt", "reading", "it is empty"), *cut))
    start = shown.index("8 problems")
    assert shown[start + 1 :] == [
        "7 reading: its text has … words where … are stated",
        *(f"in/{n}.html:1" for n in range(5)),
        "… and 2 more",
        "1 reading: it is empty",
        "in/x.txt",
    ]


def test_a_reason_that_all_give_alike_keeps_its_numbers() -> None:
    same = [Problem(f"in/{n}.pdf", "reading", "it is larger than 200 MB") for n in range(2)]
    assert "2 reading: it is larger than 200 MB" in lines(summary(*same))


def test_very_many_reasons_are_cut_short_unless_all_are_asked_for() -> None:
    names = [f"in/{a}{b}.txt" for a in "abcdefgh" for b in "abcdefgh"]
    made = summary(*(Problem(name, "reading", f"no {name[3:5]} in it") for name in names))
    assert "… and 34 more reasons; --full shows them" in lines(made)
    assert "in/hh.txt" in lines(made, full=True)


def test_nothing_read_is_a_summary_too() -> None:
    shown = lines(summary())
    assert "all 0 0" in shown
    assert "no problems" in shown


def test_origins_and_reasons_cannot_steer_the_terminal() -> None:
    made = summary(Problem("in/\x1b[2J\n.t\x07t", "reading", "it is \x1b]0;x\x07 odd"))
    assert all(line.isprintable() for line in made.lines(full=True, width=80))


@pytest.mark.parametrize(
    ("origin", "file", "ending"),
    [
        ("in/a.TXT", "in/a.TXT", ".txt"),
        ("in/rows.jsonl:17", "in/rows.jsonl", ".jsonl"),
        ("in/b.zip (may/storm.html)", "in/b.zip (may/storm.html)", ".html"),
        ("in/c.warc (https://x.example/a)", "in/c.warc (https://x.example/a)", ".warc"),
        ("in/d.xlsx (Sheet 1):4", "in/d.xlsx (Sheet 1)", ".xlsx"),
        ("in/README (old)", "in/README (old)", "no ending"),
    ],
)
def test_an_origin_tells_file_and_format(origin: str, file: str, ending: str) -> None:
    assert (file_of(origin), format_of(file)) == (file, ending)
