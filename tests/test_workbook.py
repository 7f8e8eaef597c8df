import pandas as pd
import pytest
from openpyxl import load_workbook

from presslens.cells import save_csv
from presslens.workbook import save_workbook


def cells(path, sheet):
    return [list(row) for row in load_workbook(path)[sheet].iter_rows(values_only=True)]


def test_every_table_is_a_sheet_with_its_numbers_and_texts(tmp_path):
    frame = pd.DataFrame({"who": ["Oda", None], "words": [3, 4], "share": [0.25, None]})
    save_csv(frame, tmp_path, "speakers")
    save_csv(frame.head(1), tmp_path, "voices")
    path = save_workbook(tmp_path)
    assert load_workbook(path).sheetnames == ["speakers", "voices"]
    assert cells(path, "speakers") == [
        ["who", "words", "share"],
        ["Oda", 3, 0.25],
        [None, 4, None],
    ]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "-2+3", "+cmd"])
def test_no_text_is_a_formula(tmp_path, text):
    save_csv(pd.DataFrame({"said": [text]}), tmp_path, "said")
    path = save_workbook(tmp_path)
    (cell,) = (row[0] for row in load_workbook(path)["said"].iter_rows(min_row=2))
    assert (cell.value, cell.data_type) == (text, "s")


def test_ids_stay_texts_and_what_excel_cannot_hold_is_mended(tmp_path):
    frame = pd.DataFrame(
        {"id": ["00123", "1e5", "1234567890123456"], "text": ["a\x01b", "x" * 40_000, ""]}
    )
    save_csv(frame, tmp_path, "ids")
    rows = cells(save_workbook(tmp_path), "ids")
    assert [row[0] for row in rows[1:]] == ["00123", "1e5", "1234567890123456"]
    assert rows[1][1] == "a b"
    assert len(rows[2][1]) == 32_767


def test_long_names_of_sheets_stay_apart(tmp_path):
    for name in ("a" * 40 + "1", "a" * 40 + "2"):
        save_csv(pd.DataFrame({"x": [1]}), tmp_path, name)
    assert len(load_workbook(save_workbook(tmp_path)).sheetnames) == 2


def test_without_tables_there_is_no_workbook(tmp_path):
    assert save_workbook(tmp_path) is None


def test_what_stands_under_an_id_is_text_and_nan_is_no_number(tmp_path):
    save_csv(
        pd.DataFrame({"article_id": ["17", "23"], "words": ["nan", "-3.5e-05"]}), tmp_path, "x"
    )
    assert cells(save_workbook(tmp_path), "x")[1:] == [["17", "nan"], ["23", "-3.5e-05"]]
