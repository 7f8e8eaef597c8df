"""Who speaks: speakers of a selection, how they are named, and what is said of whom."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from presslens import statistics
from presslens.attribution.groups import GroupBook, groups_of
from presslens.attribution.identities import identities, key_of, speaker_keys
from presslens.attribution.voices import OFFICIAL_TYPES, statement_voice
from presslens.cells import is_missing, plain_text
from presslens.selection import Selection, parse_query

if TYPE_CHECKING:
    import pandas as pd

# What the paper commits itself to by the word that attributes.
ENDORSEMENTS = {
    "neutral": "leaves it open",
    "endorsing": "vouches for it",
    "distancing": "keeps a distance",
    "none": "nothing is asserted",
}

# Who stands behind a statement; of those without a name a single one is withheld, a crowd has none.
NAMING = {
    "named": "named",
    "affiliated": "name withheld, affiliation told",
    "affiliated_collective": "several, affiliation told",
    "anonymous": "name withheld, no affiliation",
    "anonymous_collective": "several, no affiliation",
    "untold": "speaker not told",
    "author": "the writer",
}


def said(
    selection: Selection,
    *,
    official: Iterable[str] = OFFICIAL_TYPES,
    groups: GroupBook | None = None,
) -> pd.DataFrame:
    """Every statement with its article's facts and what the breakdowns need.

    Returns:
        The table `statements`, with outlet, section, published, title, story and url of the
        article; `identity` (the speaker under one name in all articles), `voice`, `naming_kind`
        (see NAMING) and, with groups, `group`.
    """
    statements = selection.placed(selection.statements)
    types = frozenset(official)
    kinds = statements["speaker_type"].fillna("unknown")
    known = identities(statements)
    statements = statements.assign(
        identity=known,
        speaker_key=speaker_keys(statements, known),
        voice=[statement_voice(kind, official=types) for kind in kinds],
        naming_kind=_naming_kinds(statements),
        url=statements["article_id"].map(selection.articles.set_index("article_id")["url"]),
    )
    return statements.assign(group=groups_of(statements, groups)) if groups else statements


def _naming_kinds(statements: pd.DataFrame) -> pd.Series[str]:
    """How each statement's speaker is named, a code of NAMING."""
    collective = statements["collective"].fillna(False).astype(bool)
    crowd = collective & (statements["naming"] != "named")
    kinds = statements["naming"].where(~crowd, statements["naming"] + "_collective")
    writer = statements["speaker_type"] == "author"
    untold = (statements["speaker"].fillna("") == "") & ~writer
    return kinds.mask(untold, "untold").mask(writer, "author")


def speaking(statements: pd.DataFrame) -> pd.DataFrame:
    """The statements in which a speaker who is told says something, and does not decline to."""
    return statements[statements["identity"].notna() & (statements["act"] != "decline")]


def ranking(statements: pd.DataFrame, *, by: str = "words") -> pd.DataFrame:
    """Who speaks most: a row per speaker, ordered by words, statements or articles.

    Args:
        statements: as `said` gives them.
        by: `words`, `statements` or `articles`.

    Returns:
        `speaker` (under one name for all articles; who has no name in one article alone),
        `speaker_type` and `voice` (of most of their
        words), `naming`, `statements`, `articles`, `outlets`, `words`, and `quoted`, the share of
        words in quotation marks; `speaker_key`, by which statements are theirs.
    """
    ordered = speaking(statements).sort_values("words", ascending=False, kind="stable")
    grouped = ordered.groupby("speaker_key", sort=False)
    table = grouped.agg(
        speaker=("identity", "first"),
        speaker_type=("speaker_type", "first"),
        voice=("voice", "first"),
        naming=("naming", "first"),
        statements=("statement", "size"),
        articles=("article_id", "nunique"),
        outlets=("outlet", "nunique"),
        words=("words", "sum"),
        quoted_words=("quoted_words", "sum"),
    ).reset_index()
    table["quoted"] = table["quoted_words"] / table["words"].where(table["words"] > 0)
    order = list(dict.fromkeys([by, "words", "statements"]))
    return table.sort_values(
        [*order, "speaker"], ascending=[*(False for _ in order), True], ignore_index=True
    ).drop(columns="quoted_words")


def concentration(statements: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """How few speakers fill half of the words of those who are told: a row per group.

    Returns:
        `speakers` (all of them), `half` (the fewest that fill half of the words), `share` of the
        first three, and `words`.
    """
    import pandas as pd

    told = speaking(statements)
    rows = []
    groups: Iterable[tuple[Any, pd.DataFrame]] = told.groupby(by) if by else [("All", told)]
    for name, group in groups:
        words = group.groupby("speaker_key")["words"].sum().sort_values(ascending=False)
        total = int(words.sum())
        if total:
            half = int((words.cumsum() < total / 2).sum()) + 1
            row = {"speakers": len(words), "half": half, "share": words.head(3).sum() / total}
            rows.append({by or "group": name, **row, "words": total})
    return pd.DataFrame(rows, columns=[by or "group", "speakers", "half", "share", "words"])


def unnamed(statements: pd.DataFrame) -> pd.DataFrame:
    """Statements of speakers without a name, those of officials first, the longest first."""
    without = statements[~statements["naming_kind"].isin(["named", "untold", "author"])]
    order = without.assign(_official=without["voice"] == "official")
    ordered = order.sort_values(["_official", "words"], ascending=False, kind="stable")
    return ordered.drop(columns="_official")


def single_source(
    statements: pd.DataFrame, selection: Selection, *, by: str | None = None
) -> pd.DataFrame:
    """Share of articles with statements in which one speaker alone is told, with intervals.

    Rows as of `statistics.share`; `n` counts the articles with a speaker.
    """
    some = speaking(statements).groupby("article_id")["speaker_key"].nunique()
    frame = selection.placed(
        some.to_frame("speakers").reset_index().assign(single=some.eq(1).to_numpy(float), whole=1.0)
    )
    return statistics.share(frame, "single", "whole", by=by, cluster="story")


def single_source_articles(statements: pd.DataFrame) -> pd.DataFrame:
    """The articles in which one speaker alone is told: article, speaker, statements and words."""
    grouped = speaking(statements).groupby("article_id", sort=False)
    table = grouped.agg(
        title=("title", "first"),
        outlet=("outlet", "first"),
        published=("published", "first"),
        speaker=("identity", "first"),
        speaker_type=("speaker_type", "first"),
        statements=("statement", "size"),
        words=("words", "sum"),
        speakers=("speaker_key", "nunique"),
    ).reset_index()
    single = table[table["speakers"] == 1].drop(columns="speakers")
    return single.sort_values("words", ascending=False, ignore_index=True)


def declined(statements: pd.DataFrame) -> pd.DataFrame:
    """Statements of those who declined to comment or did not respond, in their order."""
    return statements[statements["act"] == "decline"]


def in_title(statements: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Statements of which a part stands in the title: whose words get there."""
    ends = selection.articles.set_index("article_id")["body_start"]
    limits = statements["article_id"].map(ends).fillna(0)
    starts = statements["content"].map(lambda spans: spans[0].start if len(spans) else -1)
    return statements[(starts >= 0) & (starts < limits)]


def first_in_body(statements: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The first statement of each article's body: who speaks first."""
    titles = set(in_title(statements, selection).index)
    body = speaking(statements)
    body = body[~body.index.isin(titles)]
    return body.sort_values(["article_id", "statement"]).groupby("article_id").head(1)


def about_others(statements: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """What speakers say about one another: a row per speaker and other speaker that they name.

    Returns:
        `speaker`, `about`, `statements`, `articles`, and the tone of the mentions in them:
        `negative`, `positive` (shares) and `balance` (positive minus negative).
    """
    import pandas as pd

    columns = ["speaker", "about", "statements", "articles", "negative", "positive", "balance"]
    rows = list(_mentions_in(statements, selection.mentions))
    if not rows:
        return pd.DataFrame(columns=columns)
    found = pd.DataFrame(rows)
    speakers = set(statements["identity"].dropna())
    known = {key_of(str(name)): name for name in speakers}
    known |= {
        key_of(str(name)): whole
        for name, whole in zip(statements["speaker"], statements["identity"], strict=True)
        if whole is not None
    }
    found["about"] = found["about"].map(lambda name: known.get(key_of(name), name))
    found = found[found["about"].isin(speakers) & (found["about"] != found["speaker"])]
    table = found.groupby(["speaker", "about"], sort=False).agg(
        statements=("statement", "nunique"),
        articles=("article_id", "nunique"),
        negative=("negative", "mean"),
        positive=("positive", "mean"),
    )
    table = table.reset_index().assign(balance=lambda rows: rows["positive"] - rows["negative"])
    order = ["statements", "articles", "speaker", "about"]
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)[
        columns
    ]


def _mentions_in(statements: pd.DataFrame, mentions: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """A row for each mention inside the content of a statement whose speaker is told."""
    named = mentions[mentions["label"].isin(["person", "organisation", "group"])]
    by_article: dict[Any, list[Any]] = defaultdict(list)
    columns = ["article_id", "start", "entity", "sentiment"]
    mentioned: Iterable[Any] = named[columns].sort_values("start").itertuples()
    for mention in mentioned:
        by_article[mention.article_id].append(mention)
    told: Iterable[Any] = statements[statements["identity"].notna()].itertuples()
    for row in told:
        there = by_article.get(row.article_id, [])
        for span in row.content:
            first = bisect_left(there, span.start, key=_start)
            for mention in there[first : bisect_left(there, span.end, key=_start)]:
                yield {
                    "speaker": row.identity,
                    "about": mention.entity,
                    "article_id": row.article_id,
                    "statement": f"{row.article_id}/{row.statement}",
                    "negative": float(mention.sentiment == "negative"),
                    "positive": float(mention.sentiment == "positive"),
                }


def _start(mention: Any) -> int:
    return int(mention.start)


def search(
    statements: pd.DataFrame,
    *,
    speaker: str | None = None,
    query: str | None = None,
    speaker_type: str | Sequence[str] | None = None,
    act: str | Sequence[str] | None = None,
    channel: str | Sequence[str] | None = None,
    min_confidence: float = 0.0,
) -> pd.DataFrame:
    """Statements by who speaks and what is said, the earliest first.

    All that a ministry is quoted on, with dates: `search(said(selection), speaker="ministry")`.

    Args:
        statements: as `said` gives them.
        speaker: words of the speaker's name or description, as in a query.
        query: words of the content; see `presslens.selection.parse_query`.
        speaker_type, act, channel: one code or several.
        min_confidence: leaves less certain statements out.

    Raises:
        QueryError: if a query is malformed.
    """
    kept = statements[statements["confidence"].fillna(1.0) >= min_confidence]
    for column, wanted in (("speaker_type", speaker_type), ("act", act), ("channel", channel)):
        if wanted is not None:
            kept = kept[kept[column].isin([wanted] if isinstance(wanted, str) else list(wanted))]
    if speaker is not None:
        asked = parse_query(speaker)
        rows: list[Any] = kept.to_dict("records")
        kept = _only(kept, [asked.matches(" ; ".join(_called(row))) for row in rows])
    if query is not None:
        asked = parse_query(query)
        kept = _only(kept, [asked.matches(plain_text(text)) for text in kept["content_text"]])
    return kept.sort_values(["published", "article_id", "statement"], kind="stable")


def _only(frame: pd.DataFrame, kept: Sequence[bool]) -> pd.DataFrame:
    import pandas as pd

    return frame[pd.Series(kept, index=frame.index, dtype=bool)]


def _called(row: Mapping[str, Any]) -> Iterator[str]:
    for name in ("speaker", "identity", "source_text"):
        if not is_missing(row[name]):
            yield str(row[name])
    if not is_missing(row["described"]):
        yield from map(str, row["described"])


def statement_list(statements: pd.DataFrame, *, min_confidence: float = 0.0) -> pd.DataFrame:
    """Every statement, the longest first; confidence filters lists like this one, never shares."""
    kept = statements[statements["confidence"].fillna(1.0) >= min_confidence]
    return kept.sort_values("words", ascending=False, kind="stable")


def statement_tag(row: Mapping[str, Any]) -> str:
    """Who speaks, of what type, by what cue and where, as a label of a statement in a list."""
    parts = (row["speaker"] or None, row["speaker_type"], row["cue_text"])
    told = ("speaker not told", "type not known", "no cue")
    shown = [
        instead if is_missing(part) else str(part)
        for part, instead in zip(parts, told, strict=True)
    ]
    channel = row.get("channel")
    return " · ".join([*shown, *([] if is_missing(channel) else [str(channel).replace("_", " ")])])
