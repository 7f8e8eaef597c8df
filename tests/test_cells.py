import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from presslens import cells
from presslens.spans import Span


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.314, "31%"),
        (0.004, "0.4%"),
        (0, "0%"),
        (1, "100%"),
        (-0.05, "−5%"),
        (math.nan, "–"),
        (0.0003, "0%"),
        (-0.0001, "0%"),
    ],
)
def test_percentages(share, text):
    assert cells.percentage(share) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.123, "+0.12"), (-0.3, "−0.30"), (-0.001, "0"), (0, "0"), (math.nan, "–")]
)
def test_values_with_two_sides_carry_their_sign(value, text):
    assert cells.signed(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (pd.NaT, ""),
        (pd.NA, ""),
        (date(2024, 5, 1), "2024-05-01"),
        (pd.Timestamp("2024-05-01 10:00"), "2024-05-01"),
        (Span(1, 3), "1-3"),
        ((), ""),
        (np.array(["AFP", "dpa"], dtype=object), "AFP, dpa"),
        (3, "3"),
    ],
)
def test_values_as_a_reader_wants_them(value, text):
    assert cells.plain_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (True, "yes"),
        (1234, "1,234"),
        (2.0, "2"),
        (-0.256, "−0.26"),
        (-0.001, "0.00"),
        (False, "no"),
    ],
)
def test_values_in_a_table(value, text):
    assert cells.cell_text(value, None, 2) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.243, "+24"), (-0.07, "−7"), (-0.005, "−0.5"), (0.0, "0"), (None, "–")]
)
def test_differences_of_shares_are_in_percentage_points(value, text):
    assert cells.cell_text(value, cells.points, 2) == text


def test_a_csv_cell_that_looks_like_a_formula_is_defused(tmp_path):
    frame = pd.DataFrame({"=a": ["=1+1", "\tx", "fine", -3.5]})
    path = cells.save_csv(frame, tmp_path, "t")
    assert path.read_text("utf-8-sig").splitlines() == ["'=a", "'=1+1", "'\tx", "fine", "-3.5"]
