"""Counts which words news writes in lower case; the list tells sentence openers from names.

    python training/common_words.py TEXTS.jsonl... > src/presslens/models/common_words.txt

The shipped list is made from polnear/train.jsonl and ner/worldwide_newswire.jsonl.
Keeps words that stand in at least 10 articles and 70 times in 100 in lower case where they don't
open a sentence; single words in alphabetical order, so that no text can be read back from them.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

ARTICLES, SHARE = 10, 0.7
_INSIDE = re.compile(r"(?<=[a-z,;] )[A-Za-z]+(?:-[a-z]+)?(?![\w’'-])")


def main() -> None:
    """Prints the words, one a line."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for path in map(Path, sys.argv[1:]):
        for row in map(json.loads, path.open(encoding="utf-8")):
            words = Counter(_INSIDE.findall(row["text"]))
            articles.update(word for word in words if word.islower())
            for word, count in words.items():
                (lower if word.islower() else upper)[word.lower()] += count
    for word in sorted(articles):
        if articles[word] >= ARTICLES and lower[word] >= SHARE * (lower[word] + upper[word]):
            print(word)


if __name__ == "__main__":
    main()
