"""Relations: what the articles of a corpus have to do with one another.

Which repeat an earlier one, how much of them stands in earlier ones, which are about one event.
Unlike all other rows these depend on what else is in the corpus. They are worked out over all of
its articles, once (`presslens analyze` writes them with the tables; where tables lack them, on
first use), and stay what they are in a selection of it; a corpus that grows is analysed anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from presslens.agencies import agencies_of, is_agency
from presslens.copies import Overlap, by_time, compare
from presslens.schemas import RELATIONS, TABLES
from presslens.stories import stories

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

# What a duplicate is: the same article again (its id or, from no other outlet, its text), a later
# edition of it by the same outlet, or another outlet's copy.
SAME, EDITION, COPY = "same", "edition", "copy"

# Where a passage comes from: an agency's article, another outlet's, or an earlier one of the same.
AGENCY, OUTLET, OWN = "agency", "outlet", "own"

# Columns of `articles` that the relations are worked out from.
NEEDED = (
    "article_id", "text", "outlet", "published", "published_time", "authors", "credits",
    "duplicate_of",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relations:
    """What `relate` found.

    Attributes:
        columns: by article_id, the columns of `articles` that `schemas.RELATIONS` names.
        passages: the table `passages`.
    """

    columns: pd.DataFrame
    passages: pa.Table

    def fill(self, articles: pa.Table) -> pa.Table:
        """A table `articles`, or a part of it, with these columns filled in."""
        import pyarrow as pa

        found = self.columns.loc[articles["article_id"].to_pylist()]
        for name in RELATIONS:
            field = articles.schema.field(name)
            place = articles.schema.get_field_index(name)
            column = pa.array(found[name], field.type, from_pandas=True)
            articles = articles.set_column(place, field, column)
        return articles


def relate(articles: pd.DataFrame) -> Relations:
    """The relations of all articles to one another.

    Args:
        articles: the columns NEEDED. `duplicate_of` as readers give it: the same id or text.
    """
    import pandas as pd

    found = compare(articles)
    by = pd.Series(agencies_of(articles), index=articles.index, dtype=object)
    facts = articles.assign(agency=by).set_index("article_id")
    originals = _originals(articles, found.originals)
    columns = pd.DataFrame(
        {
            "duplicate_of": originals,
            "duplicate": _kinds(facts, originals),
            "copied": found.copied,
            "story": stories(articles, originals),
        }
    )
    return Relations(columns, _passages(facts, found))


def _originals(articles: pd.DataFrame, copied: pd.Series[str]) -> pd.Series[str]:
    """The first of the articles that each one repeats, by its shingles or by what readers found.

    That is the earliest one; but of versions of one article the first that was read.
    """
    import pandas as pd

    names = [str(name) for name in by_time(articles)["article_id"]]
    marks = dict(zip(articles["article_id"], articles["duplicate_of"], strict=True))
    rank = {name: (is_version(name, marks[name]), place) for place, name in enumerate(names)}
    root = {name: name for name in names}

    def first(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for name, *others in zip(names, copied.reindex(names), map(marks.get, names), strict=True):
        for other in others:
            if _told(other) in root:
                low, high = sorted((first(name), first(str(other))), key=rank.__getitem__)
                root[high] = low
    originals = [None if first(name) == name else first(name) for name in copied.index]
    return pd.Series(originals, index=copied.index, dtype=object)


def is_version(name: str, mark: Any) -> bool:
    """Whether an article has the id of another one, and another text: `name~2`."""
    return isinstance(mark, str) and name.startswith(f"{mark}~")


def _kinds(facts: pd.DataFrame, originals: pd.Series[Any]) -> list[str | None]:
    kinds: list[str | None] = []
    for name, original in zip(originals.index, originals.tolist(), strict=True):
        if original is None:
            kinds.append(None)
            continue
        mark = facts.at[name, "duplicate_of"]
        one, other = (_told(facts.at[key, "outlet"]) for key in (name, original))
        elsewhere = one is not None and other is not None and one.casefold() != other.casefold()
        if is_version(str(name), mark) or (_told(mark) is not None and not elsewhere):
            kinds.append(SAME)
        else:
            kinds.append(COPY if elsewhere or one is None or other is None else EDITION)
    return kinds


def _passages(facts: pd.DataFrame, found: Overlap) -> pa.Table:
    import pyarrow as pa

    outlets = {name: _told(outlet) for name, outlet in facts["outlet"].items()}
    by = facts["agency"].to_dict()
    kinds = [
        _kind(outlets[one.article_id], outlets[one.source], by[one.source])
        for one in found.passages
    ]
    columns: dict[str, list[Any]] = {
        name: [getattr(one, name) for one in found.passages]
        for name in ("article_id", "start", "end", "words", "source")
    }
    columns |= {"kind": kinds, "agency": [_told(by[one.source]) for one in found.passages]}
    return pa.table(columns, schema=TABLES["passages"])


def _kind(outlet: str | None, source: str | None, agency: Any) -> str:
    same = outlet is not None and source is not None and outlet.casefold() == source.casefold()
    if same and is_agency(outlet):
        return OWN
    if _told(agency) is not None:
        return AGENCY
    return OWN if same else OUTLET


def _told(value: Any) -> str | None:
    return value if isinstance(value, str) else None
