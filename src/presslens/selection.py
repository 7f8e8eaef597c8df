"""Selection: which articles of a corpus a report is about, and why the others are not."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from presslens.agencies import agencies_of
from presslens.copies import by_time
from presslens.problems import PresslensError
from presslens.relations import COPY, SAME
from presslens.tables import Tables

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

UNKNOWN_OUTLET = "(outlet not known)"
UNKNOWN_SECTION = "(section not known)"
AGENCY_TEXT = "(agency text and copies)"

# What becomes of copies of earlier articles: counted like others, set aside, or (those of other
# outlets' articles) shown as an outlet of their own, together with agencies' text.
Copies = Literal["count", "once", "apart"]

_TERM = re.compile(r'\s*(?P<minus>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s|"]+)|(?P<bar>\|))')


class NothingSelected(PresslensError):  # noqa: N818 - an outcome of a run, not only an error
    """No article fits; a report says so instead of showing empty figures."""

    def _render_traceback_(self) -> list[str]:
        """In JupyterLab, the sentence alone."""
        return [str(self)]


class QueryError(PresslensError):
    """A query is malformed; the text says where and shows a right one."""


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must all be there (each a set of alternatives) and terms that must not."""

    wanted: tuple[re.Pattern[str], ...]
    unwanted: tuple[re.Pattern[str], ...]

    def matches(self, text: str) -> bool:
        """Whether the text holds every wanted term and no unwanted one."""
        return all(term.search(text) for term in self.wanted) and not any(
            term.search(text) for term in self.unwanted
        )


def parse_query(query: str) -> Query:
    """A query such as `council "rent freeze" | rents -football`.

    All terms must occur in title or body, as whole words, upper or lower case alike. Quotation
    marks make a phrase, `|` between two terms means one or the other, a `-` before a term that
    it must not occur, `*` at a word's end any ending.

    Raises:
        QueryError: if a quotation mark, a `|` or a `-` stands alone, or there is no term.
    """
    groups: list[list[str]] = []
    unwanted: list[str] = []
    joined = False
    position, end = 0, len(query.rstrip())
    while position < end:
        match = _TERM.match(query, position)
        if not match:
            raise _malformed(query, 'a quotation mark (") is not closed')
        position = match.end()
        if match["bar"]:
            if match["minus"] or joined or not groups:
                raise _malformed(query, "a | needs a term on either side")
            joined = True
            continue
        term = _pattern(query, match["phrase"] if match["word"] is None else match["word"])
        if not match["minus"]:
            groups[-1].append(term) if joined else groups.append([term])
        elif joined:
            raise _malformed(query, "a term with - cannot be an alternative")
        else:
            unwanted.append(term)
        joined = False
    if joined or not (groups or unwanted):
        raise _malformed(query, "a | needs a term on either side" if joined else "it has no term")
    wanted = tuple(_compile("|".join(alternatives)) for alternatives in groups)
    return Query(wanted, tuple(map(_compile, unwanted)))


class Selection(Tables):
    """The tables of the kept articles; every DataFrame and `voices()` work as in a corpus.

    What depends on the whole corpus (duplicates, stories, passages) is that of `source`.

    Attributes:
        source: the tables that it was made from.
        excluded: article_id, title, outlet, published, reason; a row per article set aside.
        criteria: what was asked for.
        missing_outlets: outlets asked for that the corpus does not have.
    """

    def __init__(
        self,
        source: Tables,
        kept: pd.Series[str],
        excluded: pd.DataFrame,
        criteria: dict[str, Any],
        missing_outlets: tuple[str, ...] = (),
    ) -> None:
        self.source = source
        self._kept = kept
        self.excluded = excluded
        self.criteria = criteria
        self.missing_outlets = missing_outlets

    def __len__(self) -> int:
        return len(self._kept)

    def __repr__(self) -> str:
        return f"Selection: {self.summary}"

    def table(self, name: str) -> pa.Table:
        """One table as Arrow, its rows of kept articles only (`problems`: all rows)."""
        import pyarrow as pa
        import pyarrow.compute as pc

        table = self.source.table(name)
        if "article_id" not in table.column_names:
            return table
        kept = pa.array(self._kept.tolist(), pa.string())
        return table.filter(pc.is_in(table["article_id"], value_set=kept))

    @cached_property
    def articles(self) -> pd.DataFrame:
        """A row per kept article."""
        return self._rows(self.source.articles)

    @cached_property
    def passages(self) -> pd.DataFrame:
        """A row per passage that a kept article shares with an earlier one, kept or not."""
        return self._rows(self.source.passages)

    def _rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["article_id"].isin(set(self._kept))].reset_index(drop=True)

    @cached_property
    def places(self) -> pd.DataFrame:
        """By article_id: title, outlet (never missing), section, published and story."""
        columns = ["title", "outlet", "section", "published", "published_time", "story"]
        places = self.articles.set_index("article_id")[columns].copy()
        places["outlet"] = places["outlet"].fillna(UNKNOWN_OUTLET)
        places["section"] = places["section"].fillna(UNKNOWN_SECTION)
        if self.criteria.get("copies") == "apart":
            copied = (self.articles["duplicate"] == COPY).to_numpy()
            agency = [one is not None for one in agencies_of(self.articles)]
            places.loc[copied | agency, "outlet"] = AGENCY_TEXT
        return places

    def placed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A frame with its articles' title, outlet, section, date and story as further columns."""
        facts = self.places
        return frame.join(
            facts[facts.columns.difference(frame.columns, sort=False)], on="article_id"
        )

    @property
    def summary(self) -> str:
        """One sentence: how many articles and words, from where and when, and how many not."""
        articles = self.articles
        words = _count(int(articles["words"].sum()), "word")
        kept = f"{_count(len(articles), 'article')} with {words}"
        outlets = _count(articles["outlet"].nunique(), "outlet")
        days = articles["published"].dropna()
        ends = dict.fromkeys(f"{day:%Y-%m-%d}" for day in (days.min(), days.max()) if len(days))
        when = f", {' to '.join(ends)}" if ends else ""
        return f"{kept} from {outlets}{when}; {_count(len(self.excluded), 'article')} set aside."

    def require(self) -> None:
        """Go on only with something to report on.

        Raises:
            NothingSelected: if no article was kept; the text says what there is.
        """
        if len(self):
            return
        reasons = self.excluded["reason"].value_counts()
        listed = "; ".join(f"{reason} ({count})" for reason, count in reasons.items())
        raise NothingSelected(
            f"No article of this corpus fits the parameters. Set aside: {listed or 'none'}. "
            "Widen outlets, since, until, section or query, or add articles."
        )

    def save(self, out: str | Path | None) -> None:
        """Write `selection.json` (what was asked, kept and set aside) to a folder, if given."""
        if out is None:
            return
        folder = Path(out)
        folder.mkdir(parents=True, exist_ok=True)
        content = {
            "summary": self.summary,
            "criteria": self.criteria,
            "missing_outlets": self.missing_outlets,
            "kept": self._kept.tolist(),
            "excluded": json.loads(self.excluded.to_json(orient="records", date_format="iso")),
        }
        text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
        (folder / "selection.json").write_text(text, "utf-8")


def select(
    tables: Tables,
    *,
    outlets: Sequence[str] | str | None = None,
    since: str | date | None = None,
    until: str | date | None = None,
    section: str | None = None,
    query: str | None = None,
    copies: Copies = "count",
) -> Selection:
    """The articles that a report is about; the same article again is always set aside.

    Args:
        tables: a corpus or an analysis.
        outlets: names of outlets, or one name, upper or lower case alike; all without.
        since, until: first and last day of publication, both counted.
        section: name of a section, upper or lower case alike.
        query: see `parse_query`.
        copies: what becomes of articles that repeat most of an earlier one (`duplicate_of`):
            `count` them like others, count each text `once`, the earliest that fits, or show those
            of other outlets' articles `apart`, together with agencies' text, as if it were an
            outlet.

    Raises:
        QueryError: if the query is malformed.
        PresslensError: if a date is no ISO date, `since` is after `until`, or `copies` is none of
            these.
    """
    articles = tables.articles
    outlets = [outlets] if isinstance(outlets, str) else outlets
    first, last = _day("since", since), _day("until", until)
    if first and last and first > last:
        raise PresslensError(f"since ({first}) is after until ({last})")
    if copies not in get_args(Copies):
        raise PresslensError(f"copies must be one of {', '.join(get_args(Copies))}, not {copies!r}")
    reason = _reasons(articles, outlets, first, last, section, query)
    if copies == "once":
        _set_copies_aside(articles, reason)
    columns = ["article_id", "title", "outlet", "published"]
    excluded = articles.loc[reason.notna(), columns].assign(reason=reason.dropna())
    given = {"outlets": outlets, "since": since, "until": until, "section": section}
    given |= {"query": query, "copies": None if copies == "count" else copies}
    criteria = {key: value for key, value in given.items() if value}
    there = set(articles["outlet"].dropna().str.casefold())
    missing = tuple(name for name in outlets or () if name.casefold() not in there)
    kept = articles.loc[reason.isna(), "article_id"]
    return Selection(tables, kept, excluded.reset_index(drop=True), criteria, missing)


def _reasons(
    articles: pd.DataFrame,
    outlets: Sequence[str] | None,
    since: date | None,
    until: date | None,
    section: str | None,
    query: str | None,
) -> pd.Series[str]:
    """Why each article is set aside, or None; the first reason in this order counts."""
    import pandas as pd

    reason = pd.Series(None, index=articles.index, dtype=object)

    def set_aside(mask: Any, why: str) -> None:
        reason[mask & reason.isna()] = why

    twice = articles.loc[articles["duplicate"] == SAME, "duplicate_of"]
    reason[twice.index] = "duplicate of " + twice.astype(str)
    if outlets:
        wanted = {name.casefold() for name in outlets}
        set_aside(~articles["outlet"].fillna("").str.casefold().isin(wanted), "other outlet")
    if section:
        other = articles["section"].fillna("").str.casefold() != section.casefold()
        set_aside(other, f"not in section {section}")
    if since or until:
        set_aside(articles["published"].isna(), "no date, while dates are asked for")
    if since:
        set_aside(articles["published"] < pd.Timestamp(since), f"before {since}")
    if until:
        set_aside(articles["published"] > pd.Timestamp(until), f"after {until}")
    if query:
        parsed = parse_query(query)
        matches = [parsed.matches(text) for text in articles["text"]]
        set_aside(~pd.Series(matches, index=articles.index, dtype=bool), f"not matching {query}")
    return reason


def _set_copies_aside(articles: pd.DataFrame, reason: pd.Series[str]) -> None:
    """Give a reason to all but the earliest of the articles so far kept that are one text."""
    kept = by_time(articles[reason.isna()])
    text = kept["duplicate_of"].fillna(kept["article_id"])
    first = kept["article_id"].groupby(text).transform("first")
    copied = first[first != kept["article_id"]]
    reason.loc[copied.index] = "copy of " + copied.astype(str)


def _pattern(query: str, term: str) -> str:
    words = term.split()
    if not any(character.isalnum() for character in term):
        raise _malformed(query, "a term holds neither letter nor digit")
    open_ended = words[-1].endswith("*")
    pieces = [re.escape(word.rstrip("*")) for word in words]
    body = re.sub("['’]", "['’]", r"\s+".join(pieces))
    return rf"(?<!\w){body}" + ("" if open_ended else r"(?!\w)")


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _malformed(query: str, why: str) -> QueryError:
    return QueryError(
        f'query {query!r}: {why}; a query looks like: council "rent freeze" | rents -football'
    )


def _day(name: str, day: str | date | None) -> date | None:
    if not isinstance(day, str):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise PresslensError(f"{name} must be a day as in 2024-11-15, not {day!r}") from error


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
