"""Page scripts: the text of articles that a page carries as data for its scripts.

Publishing systems (Next.js, Arc, Nuxt and their like) send the article as JSON, and the browser
makes paragraphs of it; a page that was saved without a browser has its text nowhere else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from presslens.reading.cleaning import bare
from presslens.reading.page_elements import bodies_in

_SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]{0,500})>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
# `window.__STATE__ = {`, `Fusion.globalContent=[`; and the same as a text, `= JSON.parse("{`.
_ASSIGNED = re.compile(
    r"(?<![\w.$])[\w.$\[\]\"']{3,60}\s{0,9}=\s{0,9}(?:JSON\.parse\(\s{0,9})?(?=[{\[\"])"
)
# Next.js sends pages in pieces: `self.__next_f.push([1,"…"])`.
_PIECE = re.compile(r"__next_f\.push\(\s{0,9}\[\s{0,9}1\s{0,9},\s{0,9}(?=\")")
_ROW = re.compile(r"^[0-9a-f]{1,6}:(?P<text>T[0-9a-f]{1,6},)?", re.MULTILINE)
# A page has some hundred scripts and statements; more are an attack.
_MAX_SCRIPTS = 300
_MAX_VALUES = 500
# The data of a page have some 100 kB, at most two or three MB.
_MAX_CHARACTERS = 8 * 2**20
# A text that is shorter is a teaser or a notice.
_SHORTEST = 40


def lines_in_scripts(
    page: str, titles: Iterable[str | None], *, whatever: bool = False
) -> list[str]:
    """The paragraphs of the article that the page's scripts hold, or none.

    Args:
        page: the page.
        titles: what the page calls its article; what lies beside one of these is the article.
        whatever: whether to take the longest text where none lies beside a title.
    """
    known = {bare(title) for title in titles if title and len(title.split()) > 2}
    bodies = bodies_in(_values(page), known)
    best = max(bodies, key=lambda body: (body.own, body.words), default=None)
    return best.lines if best and (best.own or whatever) else []


def _values(page: str) -> Iterator[Any]:
    """The JSON values in a page's scripts."""
    pieces = []
    for script in _scripts(page):
        if _PIECE.search(script):
            pieces += [text for text in _read_at(script, _PIECE) if isinstance(text, str)]
        elif script.lstrip().startswith(("{", "[")):
            yield from _whole(script)
        else:
            yield from _read_at(script, _ASSIGNED)
    yield from _rows("".join(pieces))


def _scripts(page: str) -> Iterator[str]:
    position = 0
    left = _MAX_CHARACTERS
    for _ in range(_MAX_SCRIPTS):
        start = _SCRIPT.search(page, position)
        end = _SCRIPT_END.search(page, start.end()) if start else None
        if start is None or end is None:
            return
        position = end.end()
        length = end.start() - start.end()
        if "ld+json" not in start["attributes"].lower() and _SHORTEST < length <= left:
            left -= length
            yield page[start.end() : end.start()]


def _whole(text: str) -> Iterator[Any]:
    try:
        yield json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return


def _read_at(script: str, place: re.Pattern[str]) -> Iterator[Any]:
    """The values that stand where a pattern ends; a text that is JSON itself is taken apart."""
    decoder = json.JSONDecoder(strict=False)
    position = 0
    for _ in range(_MAX_VALUES):
        match = place.search(script, position)
        if match is None:
            return
        position = match.end()
        try:
            value, position = decoder.raw_decode(script, position)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, str) and place is _ASSIGNED:
            yield from _whole(value)
        else:
            yield value


def _rows(text: str) -> Iterator[Any]:
    """The values of Next.js's rows, `3:{…}`, and its long texts, `4:T1a2b,<p>…`."""
    decoder = json.JSONDecoder(strict=False)
    position = 0
    for _ in range(_MAX_VALUES):
        row = _ROW.search(text, position)
        if row is None:
            return
        position = row.end()
        if row["text"]:
            # The length counts bytes, which are at least as many as characters.
            size = int(row["text"][1:-1], 16)
            long = text[position : position + size].encode()[:size].decode("utf-8", "ignore")
            position += len(long)
            yield long
            continue
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            continue
        yield value
