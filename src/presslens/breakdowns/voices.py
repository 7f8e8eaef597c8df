"""Whose words: shares by voice of a selection, of any grouping, with intervals."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from presslens import statistics
from presslens.attribution.measured import load_measured
from presslens.attribution.voices import (
    OFFICIAL_TYPES,
    VOICE_LABELS,
    ranked_words,
    voices,
)
from presslens.attribution.voices import VOICES as ATTRIBUTED
from presslens.selection import Selection

if TYPE_CHECKING:
    import pandas as pd

# The voices as figures show them: official statements apart by whose words they are.
PARTS = {
    "official_quoted": "official statement, quoted",
    "official_paraphrased": "official statement, paraphrased",
    **{voice: label for voice, label in VOICE_LABELS.items() if voice != "official"},
}

# Everything that `voice_shares` tells, by the names of reports.
VOICES = {
    "official": VOICE_LABELS["official"],
    **PARTS,
    "attributed": "all statements together",
}

# Where in an article words stand.
PLACES = {"title": "Title", "first": "First paragraph", "rest": "Everything after it"}

# What counts alike: each word, or each article.
Weights = Literal["words", "articles"]


def voice_counts(
    selection: Selection,
    *,
    official: Iterable[str] = OFFICIAL_TYPES,
    weights: Weights = "words",
    by_place: bool = False,
) -> pd.DataFrame:
    """Words by voice, a row per article, with its facts; the voices add up to `words`.

    Args:
        selection: the articles.
        official: the speaker types that count as official.
        weights: `articles` divides each row by its words, so that long articles count no more than
            short ones.
        by_place: a row for title, first paragraph and the rest of each article, in column `place`.

    Returns:
        Beside the columns of `Tables.voices`: `official_paraphrased`, and `attributed` (content of
        any statement).
    """
    if by_place:
        sentences = selection.sentences.assign(place=_places(selection.sentences))
        by = ("article_id", "place")
        counts = voices(sentences, selection.statements, by=by, official=official)
    else:
        counts = selection.voices(official=official)
    counts["official_paraphrased"] = counts["official"] - counts["official_quoted"]
    counts["attributed"] = counts["official"] + counts["other"] + counts["unresolved"]
    if weights == "articles":
        numbers = counts.select_dtypes("number").columns
        counts[numbers] = counts[numbers].div(counts["words"].clip(lower=1), axis=0)
    return selection.placed(counts)


def _places(sentences: pd.DataFrame) -> pd.Series[Any]:
    """Title, first paragraph or rest, a value per sentence."""
    import pandas as pd

    body = sentences[~sentences["is_title"]]
    first = body.groupby("article_id")["paragraph"].min()
    opens = sentences["paragraph"] == sentences["article_id"].map(first)
    places = pd.Series("rest", index=sentences.index, dtype=object)
    places[opens & ~sentences["is_title"]] = "first"
    places[sentences["is_title"]] = "title"
    return places.astype(pd.CategoricalDtype(list(PLACES), ordered=True))


def voice_shares(
    counts: pd.DataFrame,
    *,
    by: str | None = None,
    official: Iterable[str] = OFFICIAL_TYPES,
) -> pd.DataFrame:
    """Share of words by voice, officials' also split, with intervals; see `statistics.share`.

    Stories are drawn, not articles, and the measured error of the analysis is added, except for
    parts of articles (column `place`), of which it is not known.
    """
    parts = ["official", *PARTS, "attributed"]
    errors = None if "place" in counts else load_measured().errors(parts, official=official)
    return statistics.share(counts, parts, "words", by=by, cluster="story", errors=errors)


def voice_difference(
    counts: pd.DataFrame,
    part: str,
    *,
    by: str,
    groups: tuple[str, str] | None = None,
    official: Iterable[str] = OFFICIAL_TYPES,
) -> pd.DataFrame:
    """How far groups differ in the share of one voice, with intervals; see `statistics.difference`.

    What the analysis gets wrong alike everywhere does not matter to a difference.
    """
    errors = load_measured().errors([part], official=official)
    return statistics.difference(
        counts, part, "words", by=by, groups=groups, cluster="story", errors=errors
    )


def voice_changes(
    counts: pd.DataFrame, part: str, *, by: str, official: Iterable[str] = OFFICIAL_TYPES
) -> pd.DataFrame:
    """How far each period differs from the one before in the share of one voice; rows as above."""
    import pandas as pd

    values = sorted(counts[by].dropna().unique())
    rows = [
        voice_difference(counts, part, by=by, groups=(after, before), official=official)
        for before, after in pairwise(values)
    ]
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=[by])


def as_bars(shares: pd.DataFrame, by: str) -> pd.DataFrame:
    """Shares as one row per group and one column per voice, for `figures.stacked_shares`."""
    wide = shares.pivot_table(index=by, columns="part", values="estimate", sort=False)
    articles = shares.groupby(by, sort=False)["articles"].first()
    parts = dict.fromkeys([*VOICE_LABELS, *PARTS, *wide.columns])
    wide = wide.reindex(columns=list(parts)).fillna(0.0)
    return wide.assign(articles=articles).reset_index().rename_axis(None, axis=1)


def along_text(
    selection: Selection, *, tenths: int = 10, official: Iterable[str] = OFFICIAL_TYPES
) -> pd.DataFrame:
    """Share of words by voice along the article, titles left out: a row per tenth of its words."""
    import pandas as pd

    names = [*PARTS]
    counts = np.zeros((tenths, len(names)), np.int64)
    places = {voice: names.index(voice) for voice in ATTRIBUTED if voice in names}
    for words in ranked_words(selection.sentences, selection.statements, official=official):
        in_body = np.repeat(~words.sentences["is_title"].to_numpy(bool), np.diff(words.ends))
        ranks, quoted = words.ranks[in_body], words.quoted[in_body]
        parts = np.array(
            [places.get(voice, names.index("official_paraphrased")) for voice in ATTRIBUTED]
        )[ranks]
        parts[(ranks == ATTRIBUTED.index("official")) & quoted] = names.index("official_quoted")
        tenth = np.arange(len(parts)) * tenths // max(len(parts), 1)
        np.add.at(counts, (tenth, parts), 1)
    table = pd.DataFrame(counts, columns=names, dtype=float)
    table = table.div(table.sum(axis=1).clip(lower=1), axis=0)
    return table.assign(tenth=range(1, tenths + 1))


def typical_articles(selection: Selection, counts: pd.DataFrame, number: int) -> pd.DataFrame:
    """The articles nearest to their outlet's share of attributed words, outlets taking turns."""
    share = counts["attributed"] / counts["words"].where(counts["words"] > 0)
    usual = counts.groupby("outlet")["attributed"].sum() / counts.groupby("outlet")["words"].sum()
    ranked = counts.assign(distance=(share - counts["outlet"].map(usual)).abs())
    ranked = ranked.sort_values("distance", kind="stable")
    turns = ranked.assign(turn=ranked.groupby("outlet").cumcount())
    chosen = turns.sort_values(["turn", "outlet"], kind="stable")["article_id"].head(number)
    return selection.articles.set_index("article_id", drop=False).loc[list(chosen)]
