"""Word counts: how many words an export says that a document has, to check its text by."""

from __future__ import annotations

import re

from presslens.article import Article
from presslens.problems import Problem

# A count is a line; what is longer is none.
_LONGEST_LINE = 200
_COUNTED = re.compile(
    r"(?<![\d.,:])(?P<count>[1-9]\d{0,2}(?:[., \u00a0\u202f]\d{3})+|[1-9]\d{0,5})\s?"
    r"(?:words?|mots?|w[öo]rter|wort|palabras?|parole|parola|palavras?|woorden|ord|słów|слов\w{0,2}"
    r"|字|語|词|詞|단어)(?!\w)",
    re.IGNORECASE,
)
# Exports count a few words otherwise than we do, with hyphens or the headline; a text that is cut
# off, or has a menu in it, differs by more than a fifth.
_TOLERANCE = 5
# Where blanks part no words, counts are of characters or mean little.
_UNSPACED = frozenset({"zh", "ja", "th"})


def words_stated(text: str | None) -> int | None:
    """The number in a count such as "1,248 words" or "295 mots"."""
    match = _COUNTED.search((text or "")[:_LONGEST_LINE])
    return int(re.sub(r"\D", "", match["count"])) if match else None


def is_count(line: str) -> bool:
    """Whether a line is a count of words and nothing else."""
    return bool(_COUNTED.fullmatch(line.strip()[:_LONGEST_LINE]))


def count_problem(article: Article, stated: int | None) -> Problem | None:
    """A Problem if an article's body has by a fifth more or fewer words than its export states."""
    if not stated or article.language in _UNSPACED:
        return None
    words = len(article.text[article.body_start :].split())
    if _TOLERANCE * abs(words - stated) <= stated:
        return None
    return Problem(
        article.origin or article.id,
        "reading",
        f"its text has {words:,} words where the export states {stated:,}; the article was kept,"
        " but compare it with the original or export it again with its full text",
    )
