"""How the story is framed: frame scores of a selection, their evidence and whose words carry it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from presslens import statistics
from presslens.attribution.voices import VOICE_LABELS, ranked_words
from presslens.breakdowns.common import (
    cluster_of,
    composition,
    in_sentences,
    label_of,
    with_all,
    with_text,
)
from presslens.breakdowns.voices import voice_counts, voice_shares
from presslens.framing.codebook import load_frames
from presslens.problems import PresslensError
from presslens.selection import Selection

if TYPE_CHECKING:
    import pandas as pd


def frame_scores(selection: Selection, codebook: str = "generic") -> pd.DataFrame:
    """Score of every frame in every article (0 to 1), with `label` and `standing`.

    `standing` is the score's distance from what is typical of the frame in news, in standard
    deviations: scores of different frames compare by it only.

    Raises:
        PresslensError: if the corpus was not analysed with the codebook.
    """
    frames = selection.frames
    own = frames[(frames["codebook"] == codebook) & frames["item"].isna()]
    if own.empty and len(selection):
        there = ", ".join(sorted(frames["codebook"].dropna().unique())) or "none"
        raise PresslensError(
            f"this corpus has no frames of codebook {codebook!r} (it has: {there}); "
            "analyse it anew with that codebook"
        )
    book = {frame.name: frame for frame in load_frames(codebook).frames}
    known = own[own["frame"].isin(list(book))].reset_index(drop=True)
    typical = known["frame"].map({name: frame.typical for name, frame in book.items()})
    spread = known["frame"].map({name: frame.spread or 1.0 for name, frame in book.items()})
    labels = known["frame"].map(label_of)
    return selection.placed(
        known.assign(label=labels, standing=(known["score"] - typical) / spread)
    )


def mean_scores(scores: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """Mean score of each frame, over articles, with intervals over stories.

    Rows as of `statistics.mean`, stories counted in `articles`.
    """
    by_label = ["label", *([by] if by else [])]
    return statistics.mean(scores, "score", by=by_label, cluster=cluster_of(scores))


def standings(scores: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """Mean standing of each frame (standard deviations from what is typical), as `mean_scores`."""
    by_label = ["label", *([by] if by else [])]
    return statistics.mean(scores, "standing", by=by_label, cluster=cluster_of(scores))


def leading_frames(scores: pd.DataFrame) -> pd.DataFrame:
    """The frame with the highest standing of each article, a row per article."""
    first = scores.sort_values("standing", ascending=False, kind="stable")
    return first.drop_duplicates("article_id").sort_values("article_id", ignore_index=True)


def evidence_terms(selection: Selection, codebook: str = "generic") -> pd.DataFrame:
    """Every word or phrase that speaks for a frame: article_id, frame, start, end, weight, text,
    and the voice it stands in. A term that several items of a frame share counts once."""
    import pandas as pd

    frames = selection.frames
    own = frames[(frames["codebook"] == codebook) & frames["item"].isna()]
    voices = {
        words.sentences["article_id"].iloc[0]: words
        for words in ranked_words(selection.sentences, selection.statements)
    }
    rows: list[dict[str, Any]] = []
    for article, frame, evidence in zip(
        own["article_id"], own["frame"], own["evidence"], strict=True
    ):
        for piece in () if evidence is None else evidence:
            voice = voices[article].voice_at(int(piece["start"]))
            rows.append({"article_id": article, "frame": frame, **piece, "voice": voice})
    kinds: dict[str, Any] = dict.fromkeys(("article_id", "frame", "voice"), "str")
    kinds |= {"start": int, "end": int, "weight": float}
    found = pd.DataFrame(rows, columns=list(kinds)).astype(kinds)
    terms = with_text(selection, found)
    return terms.assign(label=terms["frame"].map(label_of), term=terms["text"].str.casefold())


def carriers(selection: Selection, terms: pd.DataFrame) -> pd.DataFrame:
    """Whose words speak for each frame: share of the terms' weight by voice (`part`).

    The first rows, labelled "All words", tell the share of all words, to compare with.
    """
    by_label = composition(terms, "voice", weight="weight", by="label", order=list(VOICE_LABELS))
    shares = voice_shares(voice_counts(selection))
    every_word = shares[shares["part"].isin(list(VOICE_LABELS))]
    return with_all(by_label.rename(columns={"voice": "part"}), every_word, "label", "All words")


def top_terms(terms: pd.DataFrame, number: int) -> pd.DataFrame:
    """The terms that weigh most for each frame, in one line per frame, with their counts."""
    import pandas as pd

    weighed = terms.groupby(["label", "term"]).agg(weight=("weight", "sum"), n=("weight", "size"))
    rows = []
    for label, group in weighed.reset_index().groupby("label"):
        best = group.sort_values(["weight", "term"], ascending=[False, True]).head(number)
        listed = ", ".join(f"{term} ({n})" for term, n in zip(best["term"], best["n"], strict=True))
        rows.append({"frame": label, "terms": listed})
    return pd.DataFrame(rows, columns=["frame", "terms"])


def evidence_sentences(selection: Selection, terms: pd.DataFrame) -> pd.DataFrame:
    """The sentences behind the frames: each frame's by the weight of its terms, most first."""
    found = terms[["article_id", "label", "start", "weight"]]
    keys = ["label", "article_id", "sentence", "start", "end"]
    placed = in_sentences(selection, found).groupby(keys, sort=False)
    summed = placed.agg(weight=("weight", "sum"), terms=("at", "size")).reset_index()
    strongest = summed.sort_values(["weight", "terms"], ascending=False, kind="stable")
    return with_text(selection, strongest)


def codebook_names(codebook: str | Path = "generic") -> dict[str, str]:
    """The frames of a codebook with their readers' names."""
    return {frame.name: label_of(frame.name) for frame in load_frames(codebook).frames}
