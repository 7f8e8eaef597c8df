"""Cells: how values are written in the tables of a report and in CSV files."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from presslens.schemas import to_csv_frame
from presslens.spans import Span, format_spans

if TYPE_CHECKING:
    import pandas as pd

# A cell of a CSV that starts so would be taken for a formula by a spreadsheet.
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NAME = re.compile(r"[\w-]+")


def save_csv(frame: pd.DataFrame, out: str | Path, name: str) -> Path:
    """Write a table as `<out>/<name>.csv`: full precision, spans as `12-40;52-60`.

    A text cell that a spreadsheet would take for a formula (it starts with =, +, -, @, a tab or a
    carriage return) gets a leading apostrophe. The file is UTF-8 with a byte-order mark, which
    spreadsheets need.
    """
    path = output_file(out, name, ".csv")
    safe = to_csv_frame(frame).map(_no_formula).rename(columns=_no_formula)
    safe.to_csv(path, index=False, encoding="utf-8-sig")
    return path


def html_table(
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[bool],
    under: str = "",
) -> str:
    """A table as HTML; caption and headings are text, `rows` and `under` are HTML already."""
    head = "".join(
        f'<th scope="col"{_align(side)}>{escape(heading)}</th>'
        for heading, side in zip(headings, right, strict=True)
    )
    body = "".join(_html_row(row, right) for row in rows)
    return (
        f'<div class="pl"><div class="pl-scroll" tabindex="0" role="region" '
        f'aria-label="{escape(caption)}"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{under}</div>"
    )


def _html_row(cells: Sequence[str], right: Sequence[bool]) -> str:
    first = f'<th scope="row"{_align(right[0])}>{cells[0]}</th>'
    pairs = zip(cells[1:], right[1:], strict=True)
    return f"<tr>{first}{''.join(f'<td{_align(side)}>{cell}</td>' for cell, side in pairs)}</tr>"


def _align(right: bool) -> str:
    return ' class="pl-num"' if right else ""


def is_numeric(frame: pd.DataFrame, column: str) -> bool:
    """Whether a column holds numbers, to be aligned on the right."""
    import pandas as pd

    kind = frame[column].dtype
    return pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)


def cell_text(value: Any, wording: Callable[[float], str] | None, decimals: int) -> str:
    """A value as it stands in a table: a dash where there is none; `wording` writes its numbers."""
    if is_missing(value):
        return "–"
    if wording is not None:
        return wording(float(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        digits = 0 if value.is_integer() else decimals
        return f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", "−")
    return f"{value:,}" if isinstance(value, int) else plain_text(value)


def percentage(value: float) -> str:
    """A share as text: 31%, and one decimal under 1 %."""
    if math.isnan(value):
        return "–"
    digits = 1 if 0.0005 <= abs(value) < 0.0095 else 0
    return f"{round(value * 100, digits) + 0.0:.{digits}f}%".replace("-", "−")


def points(value: float) -> str:
    """A difference of shares as text, in percentage points: +12, −3, and one decimal under 1."""
    return signed(value * 100, 1 if abs(value) < 0.0095 else 0)


def signed(value: float, digits: int = 2) -> str:
    """A value on a scale with two sides as text: +0.12, −0.30, 0."""
    if math.isnan(value):
        return "–"
    rounded = round(value, digits)
    return f"{rounded:+.{digits}f}".replace("-", "−") if rounded else "0"


def plain_text(value: Any) -> str:
    """A value as a reader wants it: days without hours, spans as 12-40, lists with commas."""
    if is_missing(value):
        return ""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, Span):
        return format_spans([value])
    if isinstance(value, tuple) and all(isinstance(piece, Span) for piece in value):
        return format_spans(value)
    if isinstance(value, list | tuple) or getattr(value, "ndim", False):
        return ", ".join(str(each) for each in value)
    return str(value)


def is_missing(value: Any) -> bool:
    """None, NaN, NaT and NA."""
    if value is None or type(value).__name__ in {"NaTType", "NAType"}:
        return True
    return isinstance(value, float) and math.isnan(value)


def _no_formula(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def output_file(out: str | Path, name: str, suffix: str) -> Path:
    """Where a result goes, its folder made if need be.

    Raises:
        ValueError: if the name holds anything but letters, digits, _ and -.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no file name; expected letters, digits, _ and -")
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}{suffix}"
