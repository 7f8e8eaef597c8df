"""Figures: tables of shares and estimates as matplotlib figures that read without the code.

Each function takes a DataFrame and returns a `matplotlib.figure.Figure` that belongs to no pyplot
state. Names from the data are labels, never mathematics: `$` and `_` stay as they are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from presslens.drawing import (
    ROW,
    bounds,
    date_axis,
    dot,
    few_ticks,
    finish,
    formatter,
    legend,
    line,
    panels,
    row_names,
    rows_axis,
    segment,
    style,
    value_axis,
    wrapped,
)
from presslens.palette import GRID, MUTED, PAPER, SERIES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def stacked_shares(
    frame: pd.DataFrame,
    *,
    label: str,
    parts: Mapping[str, str],
    colours: Mapping[str, str],
    counts: str | None = None,
) -> Figure:
    """Horizontal bars of shares that add up to 1, a row of `frame` each, in its order.

    Args:
        frame: a column `label`, and a column of shares (0 to 1) for each of `parts`.
        label: column with the rows' names.
        parts: columns in their order from the left, with the text that names them.
        colours: fill of each part, by column.
        counts: a column of numbers of articles, written under the names.
    """
    with style():
        figure, (axes,) = panels(1, ROW * len(frame) + 1.2)
        names = row_names(frame, label, counts)
        for place, (_, row) in enumerate(frame.iterrows()):
            left = 0.0
            for part in parts:
                segment(axes, place, left, float(row[part] or 0), colours[part])
                left += float(row[part] or 0)
        rows_axis(axes, names)
        axes.set_xlim(0, 1)
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.set_xticks([])
        legend(figure, [(parts[part], colours[part]) for part in parts])
        return finish(figure)


def intervals(
    frame: pd.DataFrame,
    *,
    label: str,
    axis: str,
    percent: bool = True,
    counts: str | None = "articles",
    panel: str | None = None,
    colours: Mapping[Any, str] | None = None,
    reference: float | None = None,
) -> Figure:
    """Estimates as dots with their intervals as lines; without an interval, a hollow dot.

    Args:
        frame: columns `label`, `estimate`, `low` and `high`, a row per dot, in its order.
        label: column with the rows' names.
        axis: what is measured, under the scale.
        percent: whether estimates are shares (0 to 1), to be written as percentages.
        counts: a column of numbers of articles, written behind the names.
        panel: a column; one small plot side by side for each of its values (share the rows).
        colours: colour by panel (or by row name, without panels).
        reference: where to draw a thin line to compare with, such as 0 or the overall share.
    """
    import pandas as pd

    with style():
        keys = list(dict.fromkeys(frame[panel])) if panel else [None]
        rows = list(dict.fromkeys(frame[label]))
        across = min(len(keys), 3)
        down = math.ceil(len(keys) / across)
        figure, all_axes = panels(len(keys), (ROW * len(rows) + 0.9) * down, across=across)
        limits = bounds(frame, percent, reference)
        for number, (key, axes) in enumerate(zip(keys, all_axes, strict=True)):
            part = frame[frame[panel] == key] if panel else frame
            part = part.drop_duplicates(label).set_index(label).reindex(rows).reset_index()
            for place, row in part.iterrows():
                colour = (colours or {}).get(key if panel else row[label], SERIES[0])
                if pd.notna(row["estimate"]):
                    dot(axes, int(str(place)), row, colour, percent)
            rows_axis(axes, row_names(part, label, None if panel else counts))
            axes.tick_params(labelleft=number % across == 0)
            value_axis(axes, limits, percent, "" if panel else axis, reference)
            if panel:
                axes.set_title(wrapped(key, 20))
        if panel:
            figure.supxlabel(axis, color=MUTED, fontsize=9)
        return finish(figure)


def timeline(
    frame: pd.DataFrame,
    *,
    time: str,
    axis: str,
    percent: bool = True,
    series: str | None = None,
    reference: float | None = None,
) -> Figure:
    """Estimates over time with interval bands; one panel under the other for each series.

    Args:
        frame: columns `time` (dates), `estimate`, `low` and `high`.
        time: column of the first day of each period.
        axis: what is measured.
        percent: whether estimates are shares (0 to 1).
        series: a column; a panel for each of its values, on one scale.
        reference: where to draw a thin line to compare with.
    """
    with style():
        keys = list(dict.fromkeys(frame[series])) if series else [None]
        figure, all_axes = panels(len(keys), 1.45 * len(keys) + 0.9, across=1, share_x=True)
        limits = bounds(frame, percent, reference)
        for key, axes in zip(keys, all_axes, strict=True):
            part = (frame[frame[series] == key] if series else frame).sort_values(time)
            line(axes, part, time)
            if reference is not None:
                axes.axhline(reference, color=MUTED, linewidth=0.8, linestyle=(0, (2, 2)))
            axes.set_ylim(*limits)
            axes.yaxis.set_major_locator(few_ticks())
            axes.yaxis.set_major_formatter(formatter(percent))
            axes.grid(axis="y", color=GRID, linewidth=0.6)
            axes.tick_params(length=0)
            if series:
                axes.set_title(wrapped(key, 70))
        date_axis(all_axes[-1], sorted(set(frame[time])))
        figure.supylabel(axis, color=MUTED, fontsize=9)
        return finish(figure)


def along_text(
    frame: pd.DataFrame,
    *,
    position: str,
    parts: Mapping[str, str],
    colours: Mapping[str, str],
) -> Figure:
    """How shares change from the first to the last words: a stacked column per position."""
    with style():
        figure, (axes,) = panels(1, 3.2)
        bottom = [0.0] * len(frame)
        for part in parts:
            heights = [float(value) for value in frame[part]]
            axes.bar(
                range(len(frame)), heights, bottom=bottom, width=0.9, color=colours[part],
                edgecolor=PAPER, linewidth=0.6,
            )  # fmt: skip
            bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
        axes.set_xticks(range(len(frame)), [str(name) for name in frame[position]])
        axes.set_ylim(0, 1)
        axes.set_yticks([0, 0.5, 1], ["0%", "50%", "100%"])
        axes.tick_params(length=0, labelcolor=MUTED)
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.set_xlabel("Tenth of the article, from its first to its last words")
        legend(figure, [(parts[part], colours[part]) for part in parts])
        return finish(figure)


def ranked(
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    axis: str,
    group: str | None = None,
    colours: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> Figure:
    """Horizontal bars of counts in the frame's order, coloured by `group`, which is named."""
    with style():
        figure, (axes,) = panels(1, 0.34 * len(frame) + 1.2)
        most = max([float(number) for number in frame[value]], default=1.0) or 1.0
        for place, (_, row) in enumerate(frame.iterrows()):
            colour = (colours or {}).get(row[group], SERIES[0]) if group else SERIES[0]
            axes.barh(place, row[value], height=0.68, color=colour)
            axes.text(row[value] + most * 0.012, place, f"{row[value]:,.0f}", va="center")
        rows_axis(axes, [wrapped(name, 40) for name in frame[label]])
        axes.set_xlim(0, most * 1.12)
        axes.set_xticks([])
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.set_xlabel(axis)
        if group and colours:
            there = [key for key in colours if key in set(frame[group])]
            legend(figure, [((names or {}).get(key, key), colours[key]) for key in there])
        return finish(figure)
