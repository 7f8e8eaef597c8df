"""What the breakdowns share: periods, compositions, sentences with their text and word voices."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from presslens import statistics
from presslens.cells import percentage, plain_text, signed
from presslens.selection import Selection

if TYPE_CHECKING:
    import pandas as pd

Period = Literal["day", "week", "month"]

_FREQUENCY = {"day": "D", "week": "W-SUN", "month": "M"}


def by_period(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The dated rows with a column `period`: the first day of their day, week or month."""
    dated = frame[frame["published"].notna()]
    start = dated["published"].dt.to_period(_FREQUENCY[period]).dt.start_time
    return dated.assign(period=start)


def composition(
    frame: pd.DataFrame,
    column: str,
    *,
    weight: str | None = None,
    by: str | None = None,
    order: Sequence[str] | None = None,
) -> pd.DataFrame:
    """What share each value of a column has, of rows or of a weight (words), with intervals.

    Args:
        frame: rows with `article_id` (and `story`, if articles on one event belong together), the
            column, and `weight` and `by` if given.
        column: a column of categories; rows without one count as "not told".
        weight: a column to sum instead of counting rows.
        by: a column to group by.
        order: the categories in their order; without it by size, the largest first.

    Returns:
        Rows as of `statistics.share`, the category in `column`.
    """
    values = frame[column].astype(object).where(frame[column].notna(), "not told")
    amount = frame[weight].astype(float) if weight else values.notna().astype(float)
    sizes = amount.groupby(values).sum().sort_values(ascending=False, kind="stable")
    names = [name for name in order or sizes.index if name in sizes.index]
    names += [name for name in sizes.index if name not in names]
    cluster = cluster_of(frame)
    keys = [cluster, *([by] if by else [])]
    parts = {f"part_{place}": amount.where(values == name, 0.0) for place, name in enumerate(names)}
    wide = frame[keys].assign(whole=amount, **parts)
    shares = statistics.share(wide, list(parts), "whole", by=by, cluster=cluster)
    shares["part"] = shares["part"].map(dict(zip(parts, names, strict=True)))
    return shares.rename(columns={"part": column})


def cluster_of(frame: pd.DataFrame) -> str:
    """The column that says which rows belong together: the story, where a frame tells it."""
    return "story" if "story" in frame else "article_id"


def as_bars(shares: pd.DataFrame, rows: str, column: str, parts: Sequence[str]) -> pd.DataFrame:
    """A composition as one row per group and one column per part, for `figures.stacked_shares`.

    Groups come with their number of articles, the largest first.
    """
    wide = shares.pivot_table(index=rows, columns=column, values="estimate", sort=False)
    wide = wide.reindex(columns=list(parts)).fillna(0.0)
    sizes = shares.groupby(rows, sort=False)[["n", "articles"]].max()
    table = wide.join(sizes).sort_values("n", ascending=False, kind="stable")
    return table.reset_index().rename_axis(None, axis=1)


def with_text(selection: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows with `start` and `end`, with the words that they span and their article's facts."""
    import pandas as pd

    texts = dict(zip(selection.articles["article_id"], selection.articles["text"], strict=True))
    rows = zip(frame["article_id"], frame["start"], frame["end"], strict=True)
    words = [" ".join(texts[article][start:end].split()) for article, start, end in rows]
    urls = selection.articles.set_index("article_id")["url"]
    text = pd.Series(words, index=frame.index, dtype="str")
    return selection.placed(frame.assign(text=text)).join(urls, on="article_id")


def in_sentences(selection: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows with `start`, each with the sentence that it begins in: `sentence`, `start`, `end`.

    Where the row itself begins stands in `at`; rows outside any sentence are left out.
    """
    import pandas as pd

    sentences = selection.sentences[["article_id", "sentence", "start", "end"]]
    placed = pd.merge_asof(
        frame.drop(columns="end", errors="ignore")
        .rename(columns={"start": "at"})
        .astype({"at": "int64"})
        .sort_values("at"),
        sentences.astype({"start": "int64"}).sort_values("start"),
        left_on="at",
        right_on="start",
        by="article_id",
    )
    return placed.dropna(subset=["start"]).astype({"start": int, "end": int})


def label_of(name: str) -> str:
    """A codebook's code as a reader sees it: `human_interest` as "Human interest"."""
    if name == "ngo":
        return "NGO"
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def with_all(grouped: pd.DataFrame, overall: pd.DataFrame, by: str, name: str) -> pd.DataFrame:
    """The overall row above the rows of the groups, under a name of its own."""
    import pandas as pd

    return pd.concat([overall.assign(**{by: name}), grouped], ignore_index=True)[grouped.columns]


def in_words(row: Any, *, percent: bool = True) -> str:
    """An estimate with its interval: `31% (95% interval 27% to 36%)`."""
    wording: Callable[[float], str] = percentage if percent else signed
    if math.isnan(row["low"]):
        return wording(row["estimate"])
    low, high = wording(row["low"]), wording(row["high"])
    return f"{wording(row['estimate'])} (95% interval {low} to {high})"


def in_a_row(frame: pd.DataFrame, label: str, *, percent: bool = True) -> str:
    """Estimates by name, for the alternative text of a figure: `Herald 31%, Post 20%`."""
    wording: Callable[[float], str] = percentage if percent else signed
    pairs = zip(frame[label], frame["estimate"], strict=True)
    return ", ".join(f"{plain_text(name)} {wording(estimate)}" for name, estimate in pairs)
