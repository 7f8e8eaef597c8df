"""Excel: each sheet with texts is read, its dates as cells; workbooks are built here."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from found import table_found
from openpyxl import Workbook

from presslens.reading import excel, sheets
from presslens.reading.excel import READER
from presslens.reading.files import HEAD_BYTES
from presslens.reading.package import Package

TEXT = "The ferry will run around the clock, its operator said.\n\nNurses had asked for it."
HEADER = ["Headline", "Body", "Date", "Newspaper", "Author"]
ROW = ["Ferry will run all night", TEXT, datetime(2024, 6, 2), "Harbour Post", "Mira Holt"]


def save(path: Path, **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    for number, (name, rows) in enumerate(sheets.items()):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet()
        sheet.title = name
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def recognised(path: Path, name: str) -> bool:
    return READER.recognises(path.read_bytes()[:HEAD_BYTES], name)


def rewrite(path: Path, member: str, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[member]
    parts[member] = parts[member].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return path


def test_fields_and_dates_come_from_cells(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", Press=[HEADER, ROW])
    ((article,), problems) = table_found(READER, path)
    assert problems == []
    assert article.text == f"Ferry will run all night\n\n{TEXT}"
    assert article.published == date(2024, 6, 2)
    assert article.published_time is None
    assert (article.outlet, article.authors) == ("Harbour Post", ("Mira Holt",))
    assert (article.origin, article.reader) == (f"{path} (Press):2", "excel")


@pytest.mark.parametrize("name", ["a.xlsx", "a.zip", "a.csv", "a", "a.txt"])
def test_a_workbook_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    assert recognised(save(tmp_path / "a.xlsx", Press=[HEADER, ROW]), name)


def test_other_files_are_not_claimed(tmp_path: Path) -> None:
    book = save(tmp_path / "a.xlsx", Press=[HEADER, ROW])
    for name, member in (("b.zip", "exports/a.xlsx"), ("c.docx", "word/document.xml")):
        with zipfile.ZipFile(tmp_path / name, "w") as package:
            package.writestr("first.txt" if name == "b.zip" else "[Content_Types].xml", "x")
            package.writestr(member, book.read_bytes())
        assert recognised(tmp_path / name, name) is (name == "c.docx")
    assert not READER.recognises(b"PK\x03\x04" + b"\0" * 26 + b"mimetype", "a.odt")
    assert not READER.recognises(b"headline,body\n", "a.xlsx")
    assert not READER.recognises(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc")


def test_every_sheet_with_texts_is_read_and_others_are_passed_over(tmp_path: Path) -> None:
    other = ["Bakers of the night", TEXT + " Bakers too.", "3.6.2024", "Tide", "Jo Roe"]
    path = save(
        tmp_path / "a.xlsx", Codes=[["Code", "Meaning"], [1, "for"]], May=[HEADER, ROW], Empty=[],
        June=[["Search of 3 June 2024"], [], HEADER, [], other],
    )  # fmt: skip
    articles, problems = table_found(READER, path)
    assert problems == []
    assert [article.origin for article in articles] == [f"{path} (May):2", f"{path} (June):5"]
    assert articles[1].published == date(2024, 6, 3)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (datetime(2024, 6, 2, 23, 30), date(2024, 6, 2)),
        (date(2024, 6, 2), date(2024, 6, 2)),
        (45445, date(2024, 6, 2)),
        (45445.75, date(2024, 6, 2)),
        ("2 June 2024", date(2024, 6, 2)),
        (20240602, date(2024, 6, 2)),
        (2024, None),
        ("#N/A", None),
        (None, None),
        (True, None),
    ],
)
def test_dates_of_cells(tmp_path: Path, cell: object, day: date | None) -> None:
    path = save(tmp_path / "a.xlsx", Press=[["Text", "Date"], [TEXT, cell]])
    assert table_found(READER, path)[0][0].published == day


def test_whole_numbers_and_failed_formulas_and_escapes(tmp_path: Path) -> None:
    text = TEXT.replace("\n\n", "_x000D_\n_x000D_\n")
    path = save(tmp_path / "a.xlsx", Press=[["ID", "Text", "Outlet"], [7.0, text, "#REF!"]])
    ((article,), _) = table_found(READER, path)
    assert (article.id, article.outlet, article.text) == ("7", None, TEXT)


def test_a_workbook_without_texts_lists_its_columns(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.xlsx", List=[["Made in May"], ["Title", "Link"], ["Ferry", "x"]], B=[]
    )
    articles, (problem,) = table_found(READER, path)
    assert articles == []
    assert problem.origin == f"{path} (List)"
    assert "columns found: 'Title', 'Link'" in problem.reason
    assert "fetch the pages that 'Link' names" in problem.reason


def test_an_empty_workbook_says_so(tmp_path: Path) -> None:
    assert "it is empty" in table_found(READER, save(tmp_path / "a.xlsx", A=[], B=[]))[1][0].reason


def test_the_user_names_columns(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.xlsx",
        Press=[["Wortlaut", "Tag"], [TEXT, 45445]],
        Notes=[["Note"], ["Ask Mira"]],
    )
    ((article,), problems) = table_found(READER, path, text="Wortlaut", published="Tag")
    assert (article.published, problems) == (date(2024, 6, 2), [])
    articles, (problem,) = table_found(READER, path, text="Wortlaut", published="Dattum")
    assert articles == []
    assert "no column 'Dattum' for 'published'; columns found: 'Wortlaut'" in problem.reason


def test_a_sheet_with_texts_that_lacks_a_named_column_is_told(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", A=[["Text", "Tag"], [TEXT, 45445]], B=[["Text"], [TEXT]])
    articles, (problem,) = table_found(READER, path, published="Tag")
    assert len(articles) == 1
    assert problem.origin == f"{path} (B)"


def test_a_row_without_text_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", Press=[HEADER, ["Only a title"], ROW])
    articles, (problem,) = table_found(READER, path)
    assert len(articles) == 1
    assert problem.origin == f"{path} (Press):2"


def test_a_text_at_excels_limit_is_read_and_told(tmp_path: Path) -> None:
    text = ("The ferry ran again. " * 2000)[: excel.CELL_LIMIT - 1] + "."
    path = save(tmp_path / "a.xlsx", Press=[["Text"], [text]])
    articles, (problem,) = table_found(READER, path)
    assert len(articles) == 1
    assert "its end is missing" in problem.reason


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx"])
def test_old_excel_says_what_to_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "Workbook".encode("utf-16-le")
    )
    assert recognised(path, name)
    assert "save it as .xlsx or CSV" in table_found(READER, path)[1][0].reason


def test_a_protected_workbook_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
    )
    assert recognised(path, "a.xlsx")
    assert "password" in table_found(READER, path)[1][0].reason


def test_a_text_that_cells_share_without_end_is_not_read_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path / "a.xlsx", Press=[["Text", "No"], *[[TEXT, n] for n in range(200)]])
    monkeypatch.setattr(excel, "MAX_UNPACKED", 12_000)
    monkeypatch.setattr(Package, "unpacked", 12_000)
    articles, problems = table_found(READER, path)
    assert 100 < len(articles) < 200
    assert "the same texts again and again" in problems[-1].reason


def test_a_binary_workbook_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsb"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.bin", b"\0\1")
    assert recognised(path, "a.xlsb")
    assert "save it as .xlsx or CSV" in table_found(READER, path)[1][0].reason


@pytest.mark.parametrize("damage", ["truncated", "flipped", "head alone"])
def test_a_broken_workbook_is_named(tmp_path: Path, damage: str) -> None:
    path = save(tmp_path / "a.xlsx", Press=[HEADER, *[ROW] * 50])
    raw = bytearray(path.read_bytes())
    if damage == "truncated":
        raw = raw[: len(raw) // 2]
    elif damage == "head alone":
        raw = raw[:4]
    else:
        raw[len(raw) // 4 : len(raw) // 2] = b"\x55" * (len(raw) // 2 - len(raw) // 4)
    path.write_bytes(raw)
    articles, problems = table_found(READER, path)
    assert articles == []
    assert re.search("broken|damaged", problems[0].reason)


def test_a_sheet_that_breaks_off_keeps_its_rows_and_the_other_sheets(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", A=[HEADER, ROW, ROW], B=[HEADER, ROW])
    rewrite(path, "xl/worksheets/sheet1.xml", b"</sheetData>", b"<row><c></sheetData>")
    articles, (problem,) = table_found(READER, path)
    places = [f"{path} (A):2", f"{path} (A):3", f"{path} (B):2"]
    assert [article.origin for article in articles] == places
    assert problem.origin == f"{path} (A)"


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_dtd_is_refused(tmp_path: Path, member: str) -> None:
    path = save(tmp_path / "a.xlsx", A=[HEADER, ROW])
    root = b"<worksheet" if "sheet1" in member else b"<workbook "
    bomb = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    rewrite(path, member, root, bomb + root)
    articles, problems = table_found(READER, path)
    assert articles == []
    assert "document type" in problems[0].reason


def test_what_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path / "a.xlsx", A=[HEADER, ROW])
    monkeypatch.setattr(excel, "MAX_UNPACKED", 1000)
    assert "unpacked; save it as CSV" in table_found(READER, path)[1][0].reason


def test_a_hostile_row_number_is_not_counted_up_to(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", A=[HEADER, ROW, ROW])
    rewrite(path, "xl/worksheets/sheet1.xml", b'<row r="3"', b'<row r="999999999999"')
    articles, _ = table_found(READER, path)
    assert [article.origin for article in articles] == [f"{path} (A):2", f"{path} (A):3"]


def test_a_wrongly_stated_size_of_a_sheet_hides_no_row(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", A=[HEADER, ROW, ROW])
    rewrite(path, "xl/worksheets/sheet1.xml", b'ref="A1:E3"', b'ref="A1"')
    assert len(table_found(READER, path)[0]) == 2


def test_too_many_elements_in_all_sheets_are_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [HEADER, *[ROW] * 20]
    path = save(tmp_path / "a.xlsx", One=rows, Two=rows, Three=rows)
    monkeypatch.setattr(sheets, "MAX_ELEMENTS", 500)
    articles, (problem,) = table_found(READER, path)
    assert 20 < len(articles) < 60
    assert problem.origin == str(path)
    assert problem.reason.endswith("million elements; the rest was not read, save it as CSV")
