import math

import pandas as pd
import pytest
from matplotlib.text import Text

from presslens import figures, palette
from presslens.attribution.voices import VOICE_LABELS

ODD = "The $Varn_Herald$ \\frac{1}"


def texts(figure):
    return [text for text in figure.findobj(Text) if text.get_text()]


def words(figure):
    return " ".join(text.get_text() for text in texts(figure)).replace("\n", " ")


def estimates(**columns):
    low, high = [0.1, math.nan], [0.5, math.nan]
    frame = {"name": [ODD, "Post"], "estimate": [0.3, 0.2], "low": low, "high": high}
    return pd.DataFrame({**frame, "articles": [12, 3], **columns})


def shares(number=1):
    frame = pd.DataFrame({"name": [ODD] * number, "articles": [3] * number})
    return frame.assign(
        official=0.4, other=0.1, unresolved=0.01, attribution=0.09, unattributed=0.4
    )


def all_figures():
    weeks = pd.to_datetime(["2024-05-06", "2024-05-13"])
    colours = palette.VOICE_COLOURS
    bars = {"parts": VOICE_LABELS, "colours": colours}
    counts = pd.DataFrame({"name": [ODD], "words": [1200], "voice": ["official"]})
    return {
        "bars": figures.stacked_shares(shares(), label="name", counts="articles", **bars),
        "dots": figures.intervals(estimates(), label="name", axis="Share $ of_words"),
        "panels": figures.intervals(estimates(p=["a$b", "c"]), label="name", panel="p", axis="x"),
        "time": figures.timeline(estimates(week=weeks), time="week", series="name", axis="x"),
        "along": figures.along_text(shares(2), position="name", **bars),
        "ranked": figures.ranked(
            counts, label="name", value="words", axis="Words", group="voice", colours=colours
        ),
    }


@pytest.mark.parametrize("kind", ["bars", "dots", "panels", "time", "along", "ranked"])
def test_names_with_dollars_and_underscores_stay_names(kind):
    figure = all_figures()[kind]
    assert not any(text.get_parse_math() for text in texts(figure))
    assert "$Varn_Herald$" in words(figure)


def test_figures_leave_no_pyplot_state():
    import matplotlib as mpl
    from matplotlib import pyplot

    before = dict(mpl.rcParams)
    all_figures()
    assert pyplot.get_fignums() == []
    assert dict(mpl.rcParams) == before


def test_bars_are_labelled_where_there_is_room():
    shown = words(all_figures()["bars"])
    assert "40%" in shown
    assert "10%" in shown
    assert "1%" not in shown.split()
    assert "official statement" in shown
    assert "(3)" in shown


def test_dots_tell_their_value_and_a_missing_interval_is_hollow():
    figure = all_figures()["dots"]
    assert "30%" in words(figure)
    dots = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [dot.get_markerfacecolor() for dot in dots] == [palette.SERIES[0], palette.PAPER]


def test_empty_and_single_row_tables_give_a_figure():
    empty = estimates().head(0)
    assert figures.intervals(empty, label="name", axis="x")
    assert figures.intervals(estimates().head(1), label="name", axis="x", percent=False)
    assert figures.stacked_shares(
        shares(), label="name", parts=VOICE_LABELS, colours=palette.VOICE_COLOURS
    )


def test_long_names_are_cut_to_two_lines():
    name = "An outlet with a name that goes on and on until nobody remembers how it began, Ltd."
    figure = figures.intervals(estimates(name=[name, "x" * 90]), label="name", axis="x")
    labels = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert max(label.count("\n") for label in labels) == 1
    assert max(len(line) for label in labels for line in label.split("\n")) <= 36
    assert "…" in labels[0]


def test_labels_can_be_read_on_every_fill():
    for fill in palette.VOICE_COLOURS.values():
        label = palette.label_colour(fill)
        lights = sorted([palette._luminance(fill), palette._luminance(label)])
        assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5
