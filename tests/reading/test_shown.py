"""Articles for people, on a terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from presslens.article import Article, compose
from presslens.reading.shown import article_lines, wrapped

BODY = [f"Paragraph {number} of the story on the ferry." for number in range(1, 6)]
TEXT, START = compose("Ferry aground", BODY)
ARTICLE = Article(
    id="a1",
    text=TEXT,
    title="Ferry aground",
    body_start=START,
    outlet="Harbour Post",
    published=date(2025, 3, 3),
    published_time=datetime(2025, 3, 3, 9, 15, tzinfo=UTC),
    authors=("Ana Lima", "Jo Roe"),
    captions=("The Solveig on Monday.", "The quay."),
    origin="ferry.txt",
    reader="dump",
    dropped=("Share this story", "Most read"),
)


def show(article: Article, *, full: bool = False, width: int = 80) -> list[str]:
    return list(article_lines(article, full=full, width=width))


def field(lines: list[str], label: str) -> list[str]:
    """A field's lines, without its label."""
    start = next(n for n, line in enumerate(lines) if line.startswith(f"  {label} "))
    end = next(n for n in range(start + 1, len(lines)) if not lines[n].startswith("   "))
    return [line[15:].strip() for line in lines[start:end]]


def test_every_field_has_its_label() -> None:
    lines = show(ARTICLE)
    assert lines[0] == "ferry.txt"
    assert field(lines, "title") == ["Ferry aground"]
    assert field(lines, "published") == ["Monday, 2025-03-03 (2025-03-03 09:15+00:00)"]
    assert field(lines, "authors") == ["Ana Lima; Jo Roe"]
    assert field(lines, "captions") == ["The Solveig on Monday.", "The quay."]
    assert field(lines, "words") == ["40"]


def test_what_is_unknown_is_said_to_be_not_found() -> None:
    lines = show(ARTICLE)
    for label in ("credits", "section", "language", "url", "related", "corrections"):
        assert field(lines, label) == ["not found"]
    assert field(show(replace(ARTICLE, published=None)), "published") == ["not found"]


def test_a_day_without_a_time_says_so() -> None:
    assert field(show(replace(ARTICLE, published_time=None)), "published") == [
        "Monday, 2025-03-03 (no time)"
    ]


def test_of_the_body_the_ends_are_shown_and_how_much_is_between() -> None:
    assert field(show(ARTICLE), "body") == [BODY[0], "[… 3 paragraphs, 24 words …]", BODY[-1]]
    assert field(show(ARTICLE, full=True), "body") == BODY


def test_what_was_dropped_is_listed_line_by_line() -> None:
    lines = show(ARTICLE)
    start = lines.index("  dropped as not the article: 2 lines")
    assert lines[start + 1 :] == ["    Share this story", "    Most read", ""]
    assert "  dropped as not the article: nothing" in show(replace(ARTICLE, dropped=()))


def test_long_lists_are_cut_short_unless_all_is_asked_for() -> None:
    many = replace(ARTICLE, related=tuple(f"Link {n}" for n in range(100)))
    shown = field(show(many), "related")
    assert shown[-2:] == ["Link 39", "[… and 60 more; --full shows them]"]
    assert field(show(many, full=True), "related")[-1] == "Link 99"


def test_of_many_dropped_lines_the_longest_are_shown_in_their_order() -> None:
    menus = tuple(f"Menu {n}" for n in range(100))
    lost = ("The mayor said the ferry would sail.", "The skipper did not.")
    lines = show(replace(ARTICLE, dropped=(*menus, *lost, *menus[:1])))
    assert lines[-4:] == [*(f"    {line}" for line in lost), lines[-2], ""]
    assert lines[-2] == "    [… and 63 shorter ones; --full shows them]"
    assert len(show(replace(ARTICLE, dropped=(*menus, *lost)), full=True)) > 102


def test_long_lines_are_cut_short_unless_all_is_asked_for() -> None:
    long = replace(ARTICLE, dropped=("word " * 5_000 + "end",))
    assert len(show(long)) < 40
    assert "--full shows it" in "\n".join(show(long))
    assert show(long, full=True)[-2].endswith("end")


def test_a_copy_names_the_article_that_it_is_one_of() -> None:
    assert field(show(replace(ARTICLE, duplicate_of="a0")), "duplicate of") == ["a0"]
    assert not any("duplicate of" in line for line in show(ARTICLE))


def test_nothing_in_an_article_reaches_the_terminal_as_a_control_character() -> None:
    evil = "\x1b]0;owned\x07\x9b2J\u202e\u2028\r"
    hostile = replace(
        ARTICLE,
        text=f"{evil}One.\n\n{evil}Two.",
        body_start=0,
        title=evil,
        outlet=evil,
        authors=(evil,),
        url=f"https://x.example/{evil}",
        captions=(evil,),
        origin=f"a{evil}.txt",
        dropped=(f"{evil}x",),
    )
    lines = show(hostile, full=True)
    assert all(line.isprintable() for line in lines)
    assert any("\\x1b]0;owned" in line for line in lines)


def test_lines_fit_the_width_and_go_on_further_in() -> None:
    lines = show(replace(ARTICLE, title="word " * 60), width=50)
    assert max(map(len, lines)) <= 50
    assert wrapped("one two three", 2, 4, 9) == ["  one two", "    three"]
