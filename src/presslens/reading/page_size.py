"""Page size: whether a page has so much in it that it is no article's, and costs minutes."""

from __future__ import annotations

from collections import Counter
from typing import Any

# The largest of our articles' pages has three thousand; thirty thousand take up to seven seconds.
MAX_ELEMENTS = 30_000
# Extractors take the square of what stands inline in one block, two seconds for so many.
MAX_INLINE = 4_000
# From here on only the first of several extractors is asked; others take the square of the blocks.
MANY_ELEMENTS = 8_000
# Live blogs of a day have some hundred thousand; a million takes up to two seconds.
MAX_LETTERS = 2_000_000
_SCRIPTS = frozenset({"script", "style", "noscript", "template"})
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code dfn em font i ins kbd label mark q s samp small span strong sub"
    " sup time tt u var".split()
)


def too_large(tree: Any) -> str | None:
    """Why a parsed page is too large to be looked at, or None for those of usual size."""
    count = size_of(tree)
    if count > MAX_ELEMENTS:
        what = f"{count:,} elements, more than {MAX_ELEMENTS:,}"
    elif count > MAX_INLINE and (inline := _most_inline(tree)) > MAX_INLINE:
        what = f"{inline:,} links and the like in one paragraph, more than {MAX_INLINE:,}"
    elif (letters := _letters_of(tree)) > MAX_LETTERS:
        what = f"{letters:,} characters of text, more than {MAX_LETTERS:,}"
    else:
        return None
    return f"the page has {what}, which no article has; save the article's own page, or its text"


def size_of(tree: Any) -> int:
    """The number of a page's elements."""
    return sum(1 for _ in tree.iter())


def _letters_of(tree: Any) -> int:
    """The number of characters of text that a page has beside its scripts."""
    return sum(
        len(node.tail or "") + (0 if node.tag in _SCRIPTS else len(node.text or ""))
        for node in tree.iter()
    )


def _most_inline(tree: Any) -> int:
    """The most elements within text that one block has."""
    blocks: dict[Any, Any] = {}
    counts: Counter[Any] = Counter()
    for node in tree.iter(*_INLINE):
        above = node.getparent()
        block = blocks[node] = blocks.get(above, above)
        counts[block] += 1
    return max(counts.values(), default=0)
