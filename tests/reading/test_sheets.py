"""Sheets: cells as programs write them, streamed within bounds; the packages are made here."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from presslens.problems import ReadingError
from presslens.reading import sheets
from presslens.reading.package import Package
from presslens.reading.sheets import Book, TooManyElementsError

KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
RELATION = '<Relationship Id="{}" Type="' + KIND + '{}" Target="{}"/>'
RELATIONS = "<Relationships>{}</Relationships>"
TEXTS = (
    "<sst><si><t>Ferry</t></si><si><r><t>Bak</t></r><r><t>ers</t></r><rPh><t>be</t></rPh></si>"
    "<si><t>a_x000D_b</t></si></sst>"
)


def rows_of(folder: Path, data: str, book: str = "", texts: str | None = TEXTS) -> list[Any]:
    """The rows of a workbook of one sheet, whose list of sheets is called otherwise than usual."""
    path = folder / "a.xlsx"
    related = RELATION.format("r1", "worksheet", "worksheets/one.xml")
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "_rels/.rels", RELATIONS.format(RELATION.format("x", "officeDocument", "/xl/book2.xml"))
        )
        package.writestr("xl/_rels/book2.xml.rels", RELATIONS.format(related))
        package.writestr(
            "xl/book2.xml",
            f'<workbook xmlns:r="{KIND[:-1]}">{book}<sheets><sheet name="May" r:id="r1"/>'
            '<sheet name="Gone" r:id="r9"/></sheets></workbook>',
        )
        package.writestr("xl/worksheets/one.xml", f"<worksheet>{data}</worksheet>")
        if texts is not None:
            package.writestr("xl/sharedStrings.xml", texts)
    with Package(path) as package:
        opened = Book(package)
        (sheet,) = opened.sheets
        assert sheet.name == "May"
        return list(opened.rows(sheet))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c t="s"><v>1</v></c>', "Bakers"),
        ('<c t="s"><v>2</v></c>', "a\rb"),
        ('<c t="s"><v>9</v></c>', None),
        ('<c t="s"><v>-1</v></c>', None),
        ('<c t="inlineStr"><is><r><t>Quay</t></r><r><t>s</t></r></is></c>', "Quays"),
        ('<c t="str"><f>A1&amp;"x"</f><v>joined</v></c>', "joined"),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="e"><v>#REF!</v></c>', None),
        ("<c><v>45445.5</v></c>", 45445.5),
        ('<c t="n"><v>12</v></c>', 12),
        ("<c><v>1E3</v></c>", 1000.0),
        ("<c><v>no number</v></c>", None),
    ],
)
def test_a_cell_is_what_its_kind_says(tmp_path: Path, cell: str, value: object) -> None:
    assert rows_of(tmp_path, f"<row>{cell}</row>") == [(1, [value])]


def test_cells_stand_in_their_columns_whether_or_not_these_are_named(tmp_path: Path) -> None:
    data = (
        '<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c><c r="XFD3"><v>3</v></c></row>'
        '<row/><row><c r="A5"><v>4</v></c></row>'
    )
    assert rows_of(tmp_path, data) == [(3, [None, 1, 2]), (5, [4])]


def test_names_with_a_prefix_and_no_shared_texts_are_read(tmp_path: Path) -> None:
    data = '<x:row xmlns:x="urn:x"><x:c><x:v>7</x:v></x:c></x:row>'
    assert rows_of(tmp_path, data, texts=None) == [(1, [7])]


@pytest.mark.parametrize("part", ["data", "texts"])
def test_a_document_type_is_refused_wherever_it_stands(tmp_path: Path, part: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">]>' + " " * 100_000 + "<sst/>"
    with pytest.raises(ReadingError):
        rows_of(tmp_path, bomb if part == "data" else "", texts=bomb)


def test_elements_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ELEMENTS", 1000)
    with pytest.raises(TooManyElementsError, match="million elements"):
        rows_of(tmp_path, "<row>" + "<c/>" * 2000 + "</row>")


def test_dates_are_counted_from_the_day_that_the_workbook_says(tmp_path: Path) -> None:
    rows_of(tmp_path, "")
    for book, year in (("", 1899), ('<workbookPr date1904="1"/>', 1904)):
        rows_of(tmp_path, "", book)
        with Package(tmp_path / "a.xlsx") as package:
            assert Book(package).epoch.year == year
