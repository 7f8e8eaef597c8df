"""Drawing: the shapes, axes and legends that figures are made of, in one style."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from presslens.cells import percentage, signed
from presslens.palette import GRID, INK, MUTED, PAPER, SERIES, label_colour

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 7.6  # inches; the text column of a report
ROW = 0.42
_MIN_SPREAD = 0.1  # of a scale, so that its marks differ in the two digits they are written with
_LABEL_WIDTH = 30  # characters in a line of a label
_MIN_LABELLED = 0.055  # narrower segments of a bar have no room for their figure

_STYLE: dict[str, Any] = {
    "text.parse_math": False,
    "text.usetex": False,
    "font.family": ["DejaVu Sans"],
    "font.size": 9.5,
    "text.color": INK,
    "axes.edgecolor": GRID,
    "axes.labelcolor": MUTED,
    "axes.labelsize": 9,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlecolor": INK,
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "svg.fonttype": "path",
    "svg.hashsalt": "presslens",
}


@contextmanager
def style() -> Iterator[None]:
    """Presslens's own settings over matplotlib's defaults, whatever a user's matplotlibrc says."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        yield


def panels(
    number: int, height: float, *, across: int = 1, share_x: bool = False
) -> tuple[Figure, list[Axes]]:
    """Small plots on one figure, filled row by row."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    down = math.ceil(number / across)
    grid = figure.subplots(down, across, squeeze=False, sharex=share_x)
    flat = [axes for row in grid for axes in row]
    for unused in flat[number:]:
        unused.remove()
    return figure, flat[:number]


def segment(axes: Axes, place: int, left: float, width: float, colour: str) -> None:
    """One part of a stacked bar, labelled where there is room."""
    axes.barh(
        place, width, left=left, height=0.72, color=colour, edgecolor=PAPER, linewidth=0.8
    )  # fmt: skip
    if width >= _MIN_LABELLED:
        axes.text(
            left + width / 2, place, percentage(width), ha="center", va="center",
            color=label_colour(colour), fontsize=8.5,
        )  # fmt: skip


def dot(axes: Axes, place: int, row: Any, colour: str, percent: bool) -> None:
    """An estimate with its interval and its value."""
    known = not math.isnan(row["low"])
    if known:
        axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=2.2)
    fill = colour if known else PAPER
    axes.plot(
        row["estimate"], place, "o", markersize=6.5, color=colour, markerfacecolor=fill,
        markeredgewidth=1.5,
    )  # fmt: skip
    axes.annotate(
        formatter(percent)(row["estimate"]), (row["estimate"], place), xytext=(0, 6),
        textcoords="offset points", ha="center", fontsize=8, color=MUTED,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.4},
    )  # fmt: skip


def line(axes: Axes, part: pd.DataFrame, time: str) -> None:
    """Estimates over time with their band."""
    colour = SERIES[0]
    axes.fill_between(part[time], part["low"], part["high"], color=colour, alpha=0.18, linewidth=0)
    axes.plot(part[time], part["estimate"], color=colour, linewidth=1.6)
    bare = part[part["low"].isna()]
    axes.plot(part[time], part["estimate"], "o", color=colour, markersize=4.5)
    axes.plot(bare[time], bare["estimate"], "o", color=colour, markersize=4.5, mfc=PAPER)


def bounds(frame: pd.DataFrame, percent: bool, reference: float | None) -> tuple[float, float]:
    """The limits of a scale that holds all estimates and intervals."""
    values = [*frame["estimate"], *frame["low"], *frame["high"]]
    values += [] if reference is None else [reference]
    finite = [float(value) for value in values if value is not None and math.isfinite(value)]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    low = min(low, 0.0) if percent else low
    margin = max(0.08 * (high - low), _MIN_SPREAD / 2 - (high - low) / 2)
    return low - (margin if low < 0 or not percent else margin / 2), high + margin


def value_axis(
    axes: Axes, bounds: tuple[float, float], percent: bool, name: str, reference: float | None
) -> None:
    """A quiet scale of values under a plot."""
    axes.set_xlim(*bounds)
    axes.xaxis.set_major_locator(few_ticks())
    axes.xaxis.set_major_formatter(formatter(percent))
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(axis="x", length=0)
    axes.set_xlabel(name)
    if reference is not None:
        axes.axvline(reference, color=MUTED, linewidth=0.8, linestyle=(0, (2, 2)), zorder=0)


def rows_axis(axes: Axes, names: Sequence[str]) -> None:
    """Names of rows, the first at the top."""
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_axisbelow(True)


def date_axis(axes: Axes, days: Sequence[Any]) -> None:
    """At most eight dates under a plot."""
    step = max(1, math.ceil(len(days) / 8))
    shown = days[::step]
    several = len({day.year for day in shown}) > 1
    pattern = "%-d %b %Y" if several else "%-d %b"
    axes.set_xticks(shown, [day.strftime(pattern) for day in shown])


def legend(figure: Figure, entries: Sequence[tuple[str, str]]) -> None:
    """Names of fills in rows above a figure."""
    from matplotlib.patches import Patch

    handles = [Patch(facecolor=colour, label=wrapped(name, 60)) for name, colour in entries]
    across = min(3, len(handles))
    by_column = [handle for column in range(across) for handle in handles[column::across]]
    figure.legend(
        handles=by_column, loc="outside upper left", ncols=across, frameon=False,
        fontsize=8.5, handlelength=1.1, handleheight=1.0, columnspacing=1.4, labelcolor=INK,
    )  # fmt: skip


def row_names(frame: pd.DataFrame, label: str, counts: str | None) -> list[str]:
    """Names of rows, with numbers of articles in brackets."""
    names = [wrapped(name, _LABEL_WIDTH) for name in frame[label]]
    if not counts:
        return names
    return [f"{name} ({number:,.0f})" for name, number in zip(names, frame[counts], strict=True)]


def wrapped(name: Any, width: int) -> str:
    """A label in at most two lines."""
    lines = textwrap.wrap(str(name), width) or [""]
    if len(lines) > 2:
        lines = [lines[0], textwrap.shorten(" ".join(lines[1:]), width, placeholder=" …")]
    return "\n".join(line if len(line) <= width else f"{line[: width - 1]}…" for line in lines)


def formatter(percent: bool) -> Callable[..., str]:
    """How a scale writes its values."""

    def text(value: float, _position: int | None = None) -> str:
        return percentage(value) if percent else signed(value)

    return text


def few_ticks() -> Any:
    """Up to six marks on a scale, none with more digits than are written."""
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=5, steps=[1, 2, 5, 10])


def finish(figure: Figure) -> Figure:
    """Lay the figure out once and make sure that no text in it is taken for mathematics."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    for text in figure.findobj(Text):
        text.set_parse_math(False)
    return figure
