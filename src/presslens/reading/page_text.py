"""Page text: the lines of a web page's article, as trafilatura finds or the page marks them."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from presslens.reading.cleaning import bare, mend, mend_line
from presslens.reading.jsonld import posts_of, text_of
from presslens.reading.page import Page, texts
from presslens.reading.page_scripts import lines_in_scripts
from presslens.reading.page_size import MANY_ELEMENTS, size_of

# Of the words that JSON-LD gives as the article's text, trafilatura finds more than nine in ten on
# pages where it works, and next to none where the text comes by script.
_MUCH_LESS = 0.6
_SHORT = 40
# A page with fewer words of text than an article has may have the rest in its scripts.
_LITTLE = 150
_GAP_WORDS = 12
_SENTENCE_ENDS = (".", "!", "?", "”", '"', "’", "…")
# What holds a paragraph of text, if nothing like it lies within.
_TEXT_TAGS = ("p", "h2", "h3", "h4", "li", "blockquote")


def extract(tree: Any) -> Any:
    """What trafilatura makes of a page, or None where it fails."""
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return bare_extraction(
            deepcopy(tree),
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            fast=size_of(tree) > MANY_ELEMENTS,
            # Only dates that the page states; guesses take a copyright notice for a date.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:  # noqa: BLE001 -- lxml and date parsers fail in many ways on hostile pages
        return None


def lines_of(document: Any, stated: Page, page: str) -> list[str]:
    """The lines of the article: those found, or those that the page states where those are more.

    Args:
        document: what `extract` found.
        stated: the page without its boxes.
        page: the page as it came, for what its scripts hold.
    """
    found = _lines(getattr(document, "text", None) or "")
    found = _fuller(found, _marked_body(stated.tree), _stated_body(stated), _largest(stated.tree))
    words = _words(found)
    if words < _SHORT:
        found = _fuller(found, _lines("\n".join(posts_of(stated.stated))))
    if words < _LITTLE:
        titles = [stated.first(["og:title"]), text_of(stated.stated.get("headline"))]
        titles += [stated.tree.findtext(".//title"), *stated.headings]
        held = lines_in_scripts(page, titles, whatever=words < _SHORT)
        found = _fuller(found, held)
    return _without_gaps(found, stated.tree) if found else []


def _words(lines: list[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _lines(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in mend(text).split("\n"))
    return [line for line in lines if line]


def _fuller(found: list[str], *others: list[str]) -> list[str]:
    """What was found, or one of the others if that is very much more, or as much in paragraphs."""
    words = _words(found)
    for other in others:
        theirs = _words(other)
        as_much = len(found) == 1 < len(other) and words <= 1.1 * theirs
        if theirs >= _SHORT and (words < _MUCH_LESS * theirs or as_much):
            return other
    return found


def _stated_body(page: Page) -> list[str]:
    """The text that JSON-LD has."""
    text = text_of(page.stated.get("articleBody")) or ""
    return _lines(html.unescape(text) if "&lt;" in text else text)


def _marked_body(tree: Any) -> list[str]:
    """The paragraphs of the element that the page marks as the article's text."""
    marked = tree.xpath('//*[contains(concat(" ", @itemprop, " "), " articleBody ")]')
    return _paragraphs(marked[0].iter(*_TEXT_TAGS)) if marked else []


def _largest(tree: Any) -> list[str]:
    """The paragraphs of the element with most words in sentences right under it.

    Readers' comments have more, but each an element of its own.
    """
    words: Counter[Any] = Counter()
    for node in tree.iter("p"):
        line = mend_line(node.text_content()) or ""
        if line.endswith(_SENTENCE_ENDS) and (count := len(line.split())) >= _GAP_WORDS:
            words[node.getparent()] += count
    return _paragraphs(words.most_common(1)[0][0].iterchildren(*_TEXT_TAGS)) if words else []


def _paragraphs(nodes: Iterable[Any]) -> list[str]:
    inner = [node for node in nodes if next(node.iterchildren(*_TEXT_TAGS), None) is None]
    return [line for node in inner for line in texts([node])]


def _without_gaps(found: list[str], tree: Any) -> list[str]:
    """The lines with the paragraphs between them that were taken for something else.

    Such a paragraph is whole sentences and stands in the same elements as those that were found.
    """
    missing = _missing(found, tree)
    text = "".join(_squeezed(line) for line in found) if missing else ""
    filled = [line for line in missing.get(-1, []) if _squeezed(line) not in text]
    for index, line in enumerate(found):
        filled.append(line)
        filled += [gap for gap in missing.get(index, []) if _squeezed(gap) not in text]
    return filled


def _missing(found: list[str], tree: Any) -> dict[int, list[str]]:
    """The page's paragraphs that may be missing, by the number of the line that they follow."""
    places = {_squeezed(line): index for index, line in enumerate(found)}
    nodes = [(node, mend_line(node.text_content()) or "") for node in tree.iter("p")]
    known = [places.get(_squeezed(line), -1) if line else -1 for _, line in nodes]
    paths = {_path(node) for (node, _), place in zip(nodes, known, strict=True) if place >= 0}
    last = max((number for number, place in enumerate(known) if place >= 0), default=-1)
    missing: dict[int, list[str]] = {}
    place = -1
    for (node, line), own in zip(nodes[:last], known[:last], strict=True):
        place = max(place, own)
        fits = len(line.split()) >= _GAP_WORDS and line.endswith(_SENTENCE_ENDS)
        if own < 0 and fits and _path(node) in paths and (place >= 0 or not missing):
            missing.setdefault(place, []).append(line)
    return missing


def _squeezed(text: str) -> str:
    """The letters of a text alone: blanks are lost and found at line breaks within paragraphs."""
    return bare(text).replace(" ", "")


def _path(node: Any) -> tuple[tuple[str, str], ...]:
    """What an element is and lies in, by tags and classes."""
    chain = (node, *node.iterancestors())
    return tuple((str(each.tag), each.get("class") or "") for each in chain)
