"""Borrowed text: how much of an outlet's words is an agency's or another outlet's.

    >>> articles = [
    ...     Article(id="wire", text=FERRY, outlet="Reuters", published=date(2025, 3, 1)),
    ...     Article(id="post", text=FERRY + ADDED, outlet="Post", published=date(2025, 3, 2)),
    ... ]
    >>> chosen = select(analyze(articles), outlets="Post")
    >>> words = words_by_source(chosen)
    >>> words[["article_id", "outlet", "kind", "source", "words"]]
      article_id outlet    kind   source  words
    0       post   Post  agency  Reuters     26
    1       post   Post     new      NaN     13
    >>> shares(words)[["outlet", "kind", "estimate"]].round(2)
      outlet    kind  estimate
    0   Post  agency      0.67
    1   Post     new      0.33
    >>> passages(chosen)[["source_outlet", "words", "text"]].values.tolist()[0][:2]
    ['Reuters', 26]

Only what the corpus holds is found: without the agencies' own articles a paper's agency text is
told by its credits alone, or as what other outlets had earlier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from presslens.agencies import agencies_of, is_agency
from presslens.breakdowns.common import composition, with_text
from presslens.copies import count_words
from presslens.relations import AGENCY, OUTLET, OWN
from presslens.selection import UNKNOWN_OUTLET, Selection

if TYPE_CHECKING:
    import pandas as pd

NEW = "new"
# Where words come from, as figures name it.
KINDS = {
    AGENCY: "an agency's",
    OUTLET: "another outlet's",
    OWN: "the outlet's own, printed before",
    NEW: "not in an earlier article",
}


def words_by_source(selection: Selection) -> pd.DataFrame:
    """How many words of each article come from where: a row per article, kind and source.

    The words of an article with an agency's credit and no author are the agency's, whether the
    corpus holds its own article or not; those of an agency as an outlet are not.

    Returns:
        `article_id`, `kind` (see KINDS), `source` (the agency's or outlet's name; none of new
        words), `words`, and the article's facts: outlet, published, story and others.
    """
    import pandas as pd

    articles = selection.articles
    rows: list[tuple[Any, ...]] = []
    borrowed = _borrowed(selection)
    by = zip(articles["article_id"], articles["outlet"], articles["text"], strict=True)
    for (article, outlet, text), agency in zip(by, agencies_of(articles), strict=True):
        total = count_words(text)
        parts = borrowed.get(article, [])
        if agency is not None and not is_agency(outlet):
            parts = [(AGENCY, agency, total)]
        left = total - sum(words for *_, words in parts)
        rows += [(article, *part) for part in [*parts, (NEW, None, left)] if part[2]]
    return selection.placed(pd.DataFrame(rows, columns=["article_id", "kind", "source", "words"]))


def shares(words: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """The share of words of each kind, by outlet or another fact, with intervals.

    Args:
        words: as `words_by_source` gives them, or some of their rows.
        by: a column of them; `source` in place of `kind` is told by grouping `words` yourself.

    Returns:
        Rows as of `statistics.share`, the kind in `kind`.
    """
    return composition(words, "kind", weight="words", by=by, order=tuple(KINDS))


def passages(selection: Selection) -> pd.DataFrame:
    """The passages behind the shares, the longest first, each with its text and where it was first.

    Returns:
        The table `passages` with `text`, the facts and `url` of the article, and `source_outlet`,
        `source_title` and `source_published` of the earlier one.
    """
    columns = ["outlet", "title", "published"]
    sources = selection.source.articles.set_index("article_id")[columns].add_prefix("source_")
    found = with_text(selection, selection.passages).join(sources, on="source")
    return found.sort_values("words", ascending=False, kind="stable", ignore_index=True)


def _borrowed(selection: Selection) -> dict[str, list[tuple[str, str, int]]]:
    """By article the kinds and names of its sources, and how many of its words they have."""
    found = selection.passages
    outlets = selection.source.articles.set_index("article_id")["outlet"].fillna(UNKNOWN_OUTLET)
    source = found["agency"].where(found["kind"] == AGENCY, found["source"].map(outlets))
    named = found.assign(source=source).groupby(["article_id", "kind", "source"])["words"].sum()
    by_article: dict[str, list[tuple[str, str, int]]] = {}
    for (article, kind, name), words in zip(named.index, named, strict=True):
        by_article.setdefault(article, []).append((kind, name, int(words)))
    return by_article
