"""How the coverage feels: tone of sentences by outlet and voice, and towards whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from presslens import statistics
from presslens.attribution.voices import VOICE_LABELS, VOICES
from presslens.breakdowns.common import cluster_of, in_sentences, with_text
from presslens.cells import signed
from presslens.selection import Selection

if TYPE_CHECKING:
    import pandas as pd

# Beyond it VADER's authors call a text positive or negative (Hutto & Gilbert 2014).
NEUTRAL_BAND = 0.05

# A sentence of fewer words tells little by itself ("Great!").
_MIN_WORDS = 5


def tone(selection: Selection) -> pd.DataFrame:
    """Sentences with their words, outlet and date; `compound` from -1 to +1."""
    sentences = selection.sentences
    words = sentences["word_starts"].map(len)
    return selection.placed(sentences.drop(columns="word_starts").assign(words=words))


def mean_tone(sentences: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """Mean compound, sentences weighted by their words, with intervals over stories.

    Rows as of `statistics.mean`, stories counted in `articles`.
    """
    cluster = cluster_of(sentences)
    return statistics.mean(sentences, "compound", weight="words", by=by, cluster=cluster)


def tone_shares(sentences: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """Share of words in negative, neutral and positive sentences, with intervals over stories."""
    compound = sentences["compound"]
    parts = {
        "negative": sentences["words"].where(compound <= -NEUTRAL_BAND, 0),
        "neutral": sentences["words"].where(compound.abs() < NEUTRAL_BAND, 0),
        "positive": sentences["words"].where(compound >= NEUTRAL_BAND, 0),
    }
    counted, cluster = sentences.assign(**parts), cluster_of(sentences)
    return statistics.share(counted, list(parts), "words", by=by, cluster=cluster)


def by_voice(sentences: pd.DataFrame) -> pd.DataFrame:
    """Sentences once per voice in them, with the voice's words as `words` and its label."""
    keys = ["article_id", "story", "sentence", "outlet", "published", "compound"]
    counted = sentences[[*keys, *VOICES]]
    long = counted.melt(keys, list(VOICES), var_name="voice", value_name="words")
    long = long[long["words"] > 0]
    return long.assign(label=long["voice"].map(VOICE_LABELS))


def targets(selection: Selection, *, by_outlet: bool = False) -> pd.DataFrame:
    """Tone towards people, organisations, places and groups: a row per entity, most named first.

    `balance` is the mean of the probability that a mention is positive minus that it is negative,
    from -1 to +1, with an interval over stories.
    """
    mentions = selection.placed(selection.mentions)
    mentions = mentions[mentions["p_positive"].notna()]
    mentions = mentions.assign(balance=mentions["p_positive"] - mentions["p_negative"])
    keys = ["entity", *(["outlet"] if by_outlet else [])]
    means = statistics.mean(mentions, "balance", by=keys, cluster="story")
    counted = mentions.groupby(keys)["sentiment"].value_counts().unstack(fill_value=0)
    counted = counted.reindex(columns=["negative", "neutral", "positive"], fill_value=0)
    kinds = mentions.groupby("entity")["label"].agg(lambda labels: labels.mode().iloc[0])
    table = means.rename(columns={"n": "mentions"}).join(counted, on=keys)
    table = table.assign(kind=table["entity"].map(kinds))
    order = ["mentions", "articles", "entity"]
    return table.sort_values(order, ascending=[False, False, True], ignore_index=True)


def telling_sentences(selection: Selection, sentences: pd.DataFrame) -> pd.DataFrame:
    """Positive and negative sentences of five words or more, the strongest first."""
    clear = sentences["compound"].abs() >= NEUTRAL_BAND
    strong = sentences[clear & (sentences["words"] >= _MIN_WORDS)]
    strong = strong.sort_values("compound", key=abs, ascending=False, kind="stable")
    return with_text(selection, strong.drop(columns=["title", "outlet", "published"]))


def mention_sentences(selection: Selection, entity: str) -> pd.DataFrame:
    """The sentences in which an entity is named, the least neutral first."""
    mentions = selection.mentions[selection.mentions["entity"] == entity]
    placed = in_sentences(selection, mentions).drop_duplicates(["article_id", "sentence"])
    return with_text(selection, placed.sort_values("p_neutral", kind="stable"))


def score_tag(row: Mapping[str, Any]) -> str:
    """A sentence's score as a label in a list."""
    return signed(row["compound"])


def extreme_articles(selection: Selection, sentences: pd.DataFrame, number: int) -> pd.DataFrame:
    """The articles with the lowest and the highest mean tone, half of the number each."""
    by_article = mean_tone(sentences, by="article_id").sort_values("estimate", kind="stable")
    ids = list(by_article["article_id"])
    chosen = dict.fromkeys([*ids[: (number + 1) // 2], *ids[len(ids) - number // 2 :]])
    return selection.articles.set_index("article_id", drop=False).loc[list(chosen)]
