"""Who speaks: words by voice, speakers, naming and cues of a selection, with intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from presslens import statistics
from presslens.attribution.voices import (
    OFFICIAL_TYPES,
    VOICE_LABELS,
    article_voices,
    statement_voice,
)
from presslens.cells import is_missing
from presslens.selection import Selection
from presslens.spans import Span

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

# What the paper commits itself to by the word that attributes.
ENDORSEMENTS = {
    "neutral": "leaves it open",
    "endorsing": "vouches for it",
    "distancing": "keeps a distance",
    "none": "nothing is asserted",
}

NAMING = {
    "named": "named",
    "affiliated": "not named, affiliation told",
    "anonymous": "anonymous",
}


def voice_counts(selection: Selection, *, official: Iterable[str] = OFFICIAL_TYPES) -> pd.DataFrame:
    """Words by voice, a row per article, with outlet and date; the voices add up to `words`.

    Beside the columns of `Tables.voices`: `official_paraphrased`, and `attributed` (content of
    any statement).
    """
    counts = selection.voices(official=official)
    counts["official_paraphrased"] = counts["official"] - counts["official_quoted"]
    counts["attributed"] = counts["official"] + counts["other"] + counts["unresolved"]
    return selection.placed(counts)


def voice_shares(counts: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """Share of words by voice, officials' also split, with intervals; see `statistics.share`."""
    parts = ["official", *PARTS, "attributed"]
    return statistics.share(counts, parts, "words", by=by)


def as_bars(shares: pd.DataFrame, by: str) -> pd.DataFrame:
    """Shares as one row per group and one column per voice, for `figures.stacked_shares`."""
    wide = shares.pivot_table(index=by, columns="part", values="estimate", sort=False)
    articles = shares.groupby(by, sort=False)["articles"].first()
    parts = dict.fromkeys([*VOICE_LABELS, *PARTS, *wide.columns])
    wide = wide.reindex(columns=list(parts)).fillna(0.0)
    return wide.assign(articles=articles).reset_index().rename_axis(None, axis=1)


def speakers(selection: Selection, *, official: Iterable[str] = OFFICIAL_TYPES) -> pd.DataFrame:
    """Who speaks most: a row per speaker and type with their `voice`, by words.

    A speaker is counted under the fullest name that an article gives, upper or lower case alike;
    the same person under different names in different articles counts as several.
    """
    said = selection.placed(selection.statements)
    said = said[said["speaker"].fillna("") != ""].assign(
        key=lambda rows: rows["speaker"].str.casefold()
    )
    grouped = said.groupby(["key", "speaker_type"], sort=False, dropna=False)
    table = grouped.agg(
        speaker=("speaker", "first"),
        statements=("statement", "size"),
        articles=("article_id", "nunique"),
        outlets=("outlet", "nunique"),
        words=("words", "sum"),
        quoted_words=("quoted_words", "sum"),
    ).reset_index()
    types = frozenset(official)
    kinds = table["speaker_type"].fillna("unknown")
    table["voice"] = [statement_voice(kind, official=types) for kind in kinds]
    table["quoted"] = table["quoted_words"] / table["words"].where(table["words"] > 0)
    order = ["words", "statements", "speaker"]
    ordered = table.sort_values(order, ascending=[False, False, True], ignore_index=True)
    return ordered.drop(columns=["key", "quoted_words"])


def along_text(
    selection: Selection, *, tenths: int = 10, official: Iterable[str] = OFFICIAL_TYPES
) -> pd.DataFrame:
    """Share of words by voice along the article, titles left out: a row per tenth of its words."""
    import pandas as pd

    counts = [dict.fromkeys(PARTS, 0) for _ in range(tenths)]
    voiced = article_voices(selection.sentences, selection.statements, official=official)
    for sentences, words in voiced:
        of_body = sentences[~sentences["is_title"]]
        spans = map(Span, of_body["start"], of_body["end"])
        body = [word for span in spans for word in words.between(span)]
        for place, word in enumerate(body):
            part = word.voice
            if part == "official":
                part = "official_quoted" if word.quoted else "official_paraphrased"
            counts[place * tenths // len(body)][part] += 1
    table = pd.DataFrame(counts)
    table = table.div(table.sum(axis=1).clip(lower=1), axis=0)
    return table.assign(tenth=range(1, tenths + 1))


def statement_list(selection: Selection, *, min_confidence: float = 0.0) -> pd.DataFrame:
    """Every statement with its article's facts, the longest first; confidence filters only here."""
    said = selection.placed(selection.statements)
    said = said[said["confidence"].fillna(1.0) >= min_confidence]
    urls = selection.articles.set_index("article_id")["url"]
    return said.sort_values("words", ascending=False, kind="stable").join(urls, on="article_id")


def statement_tag(row: Mapping[str, Any]) -> str:
    """Who speaks, of what type and by what cue, as a label of a statement in a list."""
    parts = (row["speaker"] or None, row["speaker_type"], row["cue_text"])
    told = ("speaker not told", "type not known", "no cue")
    return " · ".join(
        instead if is_missing(part) else str(part)
        for part, instead in zip(parts, told, strict=True)
    )


def typical_articles(selection: Selection, counts: pd.DataFrame, number: int) -> pd.DataFrame:
    """The articles nearest to their outlet's share of attributed words, outlets taking turns."""
    share = counts["attributed"] / counts["words"].where(counts["words"] > 0)
    usual = counts.groupby("outlet")["attributed"].sum() / counts.groupby("outlet")["words"].sum()
    ranked = counts.assign(distance=(share - counts["outlet"].map(usual)).abs())
    ranked = ranked.sort_values("distance", kind="stable")
    turns = ranked.assign(turn=ranked.groupby("outlet").cumcount())
    chosen = turns.sort_values(["turn", "outlet"], kind="stable")["article_id"].head(number)
    return selection.articles.set_index("article_id", drop=False).loc[list(chosen)]
