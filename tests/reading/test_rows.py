from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from found import sort_out

from presslens.problems import ReadingError
from presslens.reading import bounded_lines, json_rows, read, read_all

ROW = {
    "id": "tern_2024-01-02_x",
    "headline": "Ferry will run all night",
    "body": "The ferry will run around the clock, its operator said.\n\nNurses asked for it.",
    "Publication Date": "2024-01-02",
    "source": "Harbour Post",
    "byline": "By Mira Holt and Kim Solberg",
    "link": "https://www.harbourpost.example/ferry",
    "section": "Local",
}


def write(path: Path, *lines: object) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_usual_column_names_are_understood(tmp_path: Path) -> None:
    (article,) = read(write(tmp_path / "a.jsonl", ROW))
    assert article.id == "tern_2024-01-02_x"
    assert article.title == "Ferry will run all night"
    assert article.text == f"{ROW['headline']}\n\n{ROW['body']}"
    assert article.body_start == len("Ferry will run all night\n\n")
    assert article.published == date(2024, 1, 2)
    assert article.outlet == "Harbour Post"
    assert article.authors == ("Mira Holt", "Kim Solberg")
    assert article.section == "Local"
    assert article.reader == "rows"
    assert article.origin == f"{tmp_path / 'a.jsonl'}:1"


def test_invalid_json_on_line_7_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    lines = [{"text": f"The mayor opened bridge number {n}."} for n in range(9)]
    path = write(tmp_path / "a.jsonl", *lines[:6], '{"text": "The mayor', *lines[7:])
    articles, problems = sort_out(read_all([path]))
    assert len(articles) == 8
    assert [problem.origin for problem in problems] == [f"{path}:7"]
    assert "column 10" in problems[0].reason and "expected one object a line" in problems[0].reason


def test_a_missing_text_column_names_what_is_there_and_what_would_do(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("headline,words\nStorm,300\n", encoding="utf-8")
    with pytest.raises(ReadingError, match=r"'headline', 'words'; accepted: text, body_text, body"):
        read(path)


def test_a_line_beyond_the_limit_is_skipped_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded_lines, "MAX_LINE", 1000)
    short = {"text": "The mayor opened a bridge."}
    path = write(tmp_path / "a.jsonl", short, {"text": "x" * 5000}, short | {"id": "2"})
    articles, problems = sort_out(read_all([path]))
    assert [article.origin for article in articles] == [f"{path}:1", f"{path}:3"]
    assert problems[0].origin == f"{path}:2"
    assert "longer than" in problems[0].reason


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding"),
    [
        ("a.csv", ",", "utf-8"),
        ("a.csv", ";", "utf-8-sig"),
        ("a.tsv", "\t", "utf-8"),
        ("a.csv", ",", "cp1252"),
    ],
)
def test_tables_are_read_whatever_delimiter_and_encoding(
    tmp_path: Path, name: str, delimiter: str, encoding: str
) -> None:
    text = '"“A pound,” she said, “is a pound”; so it was.\n\nNobody argued."'
    path = tmp_path / name
    path.write_bytes(
        f"Title{delimiter}Text{delimiter}Date\r\nBread{delimiter}{text}{delimiter}15/11/2024\r\n"
        f"Rolls{delimiter}They are small.{delimiter}2024-11-16\r\n".encode(encoding)
    )
    first, second = read(path)
    assert first.title == "Bread"
    assert first.text.endswith("so it was.\n\nNobody argued.")
    assert first.published == date(2024, 11, 15)
    assert (first.origin, second.origin) == (f"{path}:2", f"{path}:5")


def test_a_long_line_in_a_table_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded_lines, "MAX_LINE", 1000)
    path = write(
        tmp_path / "a.csv", "id,text", "1,First row here.", "2," + "x" * 4000, "3,Third row."
    )
    articles, problems = sort_out(read_all([path]))
    assert [article.id for article in articles] == ["1", "3"]
    assert [problem.origin for problem in problems] == [f"{path}:3"]


def test_a_json_array_is_read_up_to_its_error(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[\n {"text": "One bridge."},\n {"text": "Two bridges."},\n {"text" "x"}\n]')
    articles, problems = sort_out(read_all([path]))
    assert [article.origin for article in articles] == [f"{path}:2", f"{path}:3"]
    assert problems[0].origin == f"{path}:4"


def test_an_object_with_a_list_of_articles_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"count": 1, "articles": [ROW]}, indent=1))
    assert [article.title for article in read(path)] == ["Ferry will run all night"]
    path.write_text(json.dumps(ROW, indent=1))
    assert [article.origin for article in read(path)] == [str(path)]


def test_rows_that_are_no_articles_are_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", "[1]", {"text": ""}, {"text": 3}, {"other": "x"}, "7", ROW)
    articles, problems = sort_out(read_all([path]))
    assert len(articles) == 1
    assert [problem.origin[-2:] for problem in problems] == [":1", ":2", ":3", ":4", ":5"]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (1731672240, date(2024, 11, 15)),
        (1731672240000, date(2024, 11, 15)),
        ("1731672240", date(2024, 11, 15)),
        (20241115, date(2024, 11, 15)),
        ("2024-11-15T12:04:00Z", date(2024, 11, 15)),
        ("Fri, 15 Nov 2024 12:04:00 GMT", date(2024, 11, 15)),
        ("soon", None),
        (None, None),
        (float("nan"), None),
    ],
)
def test_dates_of_rows_are_read(tmp_path: Path, value: object, day: date | None) -> None:
    path = write(tmp_path / "a.jsonl", {"text": "One bridge opened.", "date": value})
    assert read(path)[0].published == day


def test_a_moment_with_a_zone_is_kept_in_utc(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", {"text": "One.", "date": "2024-11-15T12:04:00+02:00"})
    assert read(path)[0].published_time == datetime(2024, 11, 15, 10, 4, tzinfo=UTC)


def test_verbatim_takes_the_text_word_for_word(tmp_path: Path) -> None:
    text = "  Storm hits \n\nRead more: x\n<u>Share</u>\u00a0now  \n"
    row = {
        "id": "a b/c~2",
        "text": text,
        "title": "Storm",
        "outlet": "Post",
        "published": "2024-01-02",
    }
    (article,) = read(write(tmp_path / "a.jsonl", row), verbatim=True)
    assert article.text == text
    assert (article.id, article.body_start) == ("a b/c~2", 0)
    assert (article.title, article.outlet, article.published) == ("Storm", "Post", date(2024, 1, 2))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Storm\n\nIt rained.", 7),
        ("Storm\n It rained.", 7),
        ("Storm", 0),
        ("Stormy weather ahead.", 0),
        ("It rained. Storm", 0),
    ],
)
def test_a_verbatim_body_starts_behind_the_title_that_the_text_begins_with(
    tmp_path: Path, text: str, start: int
) -> None:
    (article,) = read(write(tmp_path / "a.jsonl", {"text": text, "title": "Storm"}), verbatim=True)
    assert article.body_start == start


def test_without_verbatim_a_text_is_cleaned_like_any_other(tmp_path: Path) -> None:
    text = "The mayor left on <b>Monday</b>.\nShare\nRead more: Another mayor\nHe took a bus."
    (article,) = read(write(tmp_path / "a.jsonl", {"text": text, "title": "Mayor leaves"}))
    assert article.text == "Mayor leaves\n\nThe mayor left on Monday.\n\nHe took a bus."
    assert article.related == ("Another mayor",)


def test_half_a_character_is_replaced_by_one_of_the_same_length(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a\\ud83dbc and more"}\n')
    for verbatim in (False, True):
        (article,) = read(path, verbatim=verbatim)
        assert article.text == "a\ufffdbc and more"


def test_a_quotation_mark_that_nobody_closed_is_named_and_swallows_no_rows_silently(
    tmp_path: Path,
) -> None:
    path = write(
        tmp_path / "a.csv",
        "id,text",
        '1,"The first row, and nothing is wrong with it."',
        '2,"The second one was never closed',
        '3,"The third one stands in it."',
        "4,The fourth one is whole.",
        '5,"The fifth one was never closed',
        "6,The sixth one stands in it.",
    )
    articles, problems = sort_out(read_all([path]))
    assert [article.id for article in articles] == ["1", "4"]
    assert [problem.origin for problem in problems] == [f"{path}:3", f"{path}:6"]
    assert "not closed before line 4" in problems[0].reason
    assert "not closed before the end of the file" in problems[1].reason


def test_a_row_with_more_cells_than_the_header_is_not_cut_off(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id,text", "1,The mayor said, in short, no.", "2,Yes,,")
    articles, problems = sort_out(read_all([path]))
    assert [article.text for article in articles] == ["Yes"]
    assert problems[0].origin == f"{path}:2"
    assert "it has 4 cells, the header 2" in problems[0].reason


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("a.csv", ["text", "One bridge opened.", "Two bridges opened."]),
        ("a.jsonl", ['{"text": "One."}', '{"text": "Two."}']),
    ],
)
def test_line_ends_of_old_macs_are_named(tmp_path: Path, name: str, lines: list[str]) -> None:
    path = tmp_path / name
    path.write_bytes("\r".join(lines).encode())
    articles, problems = sort_out(read_all([path]))
    assert articles == []
    assert "CR alone" in problems[0].reason


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", '{"text": "One café."}\n{"text": "Two bridges."}\n'),
        ("a.json", '[{"text": "One café."},\n{"text": "Two bridges."}]'),
        ("a.json", '{"articles": [\n{"text": "One café."}, {"text": "Two bridges."}]}'),
        ("a.csv", "Title\tText\nA\tOne café.\nB\tTwo bridges.\n"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_byte_order_marks_say_the_encoding(
    tmp_path: Path, name: str, text: str, encoding: str
) -> None:
    (tmp_path / name).write_bytes(text.encode(encoding))
    texts = [article.text.rpartition("\n")[2] for article in read(tmp_path / name)]
    assert texts == ["One café.", "Two bridges."]


def test_what_python_cannot_hold_is_named_with_its_line_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for value, why in (("9" * 5000, "thousands of digits"), ("[" * 100_000, "nested too deeply")):
        path.write_text(f'[{{"text": "One."}},\n{{"text": {value}')
        articles, problems = sort_out(read_all([path]))
        assert len(articles) == 1
        assert problems[0].origin == f"{path}:2"
        assert why in problems[0].reason


def test_a_text_that_is_null_is_called_empty_not_missing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", {"text": None, "title": "Bread"})
    assert "'text' is empty" in sort_out(read_all([path]))[1][0].reason


def test_what_stands_above_the_header_of_a_table_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "sep=;\nReport:;Ferries, boats, quays\nFrom:;2024\n\n"
        "Title;Full Text;Date\nFerry;One, two, three bridges.;02.06.2024\n"
    )
    (article,) = read(path)
    assert (article.title, article.published) == ("Ferry", date(2024, 6, 2))
    assert article.origin == f"{path}:6"


def test_a_table_by_another_name_is_known_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Title\tText\tDate\nFerry\tOne bridge opened.\t2024-06-02\n")
    (article,) = read(path)
    assert (article.reader, article.title) == ("rows", "Ferry")
    path.write_text("Title, text, nothing else\n\nThe mayor opened a bridge on Monday.\n")
    assert [article.reader for article in read(path)] == ["dump"]


def test_a_long_array_is_read_an_element_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_rows, "_PIECE", 50)
    texts = [f"The mayor opened bridge number {n}" + " again" * n + "." for n in range(40)]
    path = tmp_path / "a.json"
    for indent in (None, 2):
        path.write_text(json.dumps([{"text": text, "n": 12} for text in texts], indent=indent))
        assert [article.text for article in read(path)] == texts
    lines = {int((article.origin or "").rpartition(":")[2]) for article in read(path)}
    assert lines == {2 + 4 * n for n in range(40)}
    path.write_text(path.read_text()[:-4])
    articles, (problem,) = sort_out(read_all([path]))
    assert len(articles) == 39
    assert problem.origin == f"{path}:161"


def test_an_element_beyond_the_limit_ends_the_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_rows, "MAX_LINE", 1000)
    monkeypatch.setattr(json_rows, "_PIECE", 100)
    path = tmp_path / "a.json"
    path.write_text('[{"text": "One bridge."}, {"text": "' + "x" * 9000)
    articles, problems = sort_out(read_all([path]))
    assert (len(articles), len(problems)) == (1, 1)


OBJECT = (
    '{"headline": "Ferry", "text": "One bridge opened in Quelling, and nobody came to see it."}'
)
TABLE = 'headline,text\nFerry,"One bridge opened in Quelling, and nobody came to see it."\n'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", OBJECT),
        ("a.tsv", f"[{OBJECT}]"),
        ("a.csv", f'{{"articles": [\n{OBJECT}\n]}}'),
        ("a.json", TABLE),
        ("a.jsonl", TABLE),
        ("a.json", TABLE.replace("headline,text", "headline;text").replace("Ferry,", "Ferry;")),
        ("a.html", "date," + TABLE.replace("Ferry,", "2024-06-02,Ferry,")),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_content_decides_before_the_name(
    tmp_path: Path, name: str, content: str, encoding: str
) -> None:
    (tmp_path / name).write_bytes(content.encode(encoding))
    (article,) = read(tmp_path / name)
    assert (article.reader, article.title) == ("rows", "Ferry")


@pytest.mark.parametrize(
    "header", ["Kennung,Wortlaut", "Meine Kennung, Der Wortlaut", "Kennung;Wortlaut", "Wortlaut"]
)
def test_a_table_whose_columns_are_unknown_is_taken_for_no_prose(
    tmp_path: Path, header: str
) -> None:
    words = "One bridge opened in Quelling and nobody came to see it on Monday."
    row = f"7{',' if ',' in header else ';'}{words}" if header != "Wortlaut" else words
    (tmp_path / "a.csv").write_text(f"{header}\n{row}\n")
    _, (problem,) = sort_out(read_all([tmp_path / "a.csv"]))
    assert "--column text=NAME" in problem.reason


@pytest.mark.parametrize("kind", ["array", "answer", "object"])
def test_one_long_line_of_json_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    for module in (bounded_lines, json_rows):
        monkeypatch.setattr(module, "MAX_LINE", 1000)
    row = {"text": "One bridge opened. " * 40}
    data: object = {"array": [row] * 9, "answer": {"articles": [row] * 9}, "object": row}[kind]
    data = {"pad": "x" * 70_000, **row} if kind == "object" else data
    (tmp_path / "a.json").write_text(json.dumps(data))
    articles, problems = sort_out(read_all([tmp_path / "a.json"]))
    assert (len(articles), problems) == (1 if kind == "object" else 9, [])


def test_lines_called_json_are_read_beside_a_broken_or_long_first_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded_lines, "MAX_LINE", 1000)
    for first in ('{"text": broken}', json.dumps({"text": "x" * 5000})):
        path = write(tmp_path / "a.json", first, OBJECT)
        articles, problems = sort_out(read_all([path]))
        assert [article.origin for article in articles] == [f"{path}:2"]
        assert [problem.origin for problem in problems] == [f"{path}:1"]
