"""JSON-LD blocks: what the blocks of a page say, mended where templates got them wrong."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

_SCRIPT = re.compile(r"<script[^>]{0,300}application/ld\+json[^>]{0,300}>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
# A page has a handful of blocks; more are a catalogue or an attack.
_MAX_BLOCKS = 50

# What hand-made templates get wrong, and what each is replaced by.
_WRAPPING = re.compile(
    r"<!--|-->|(?://|/\*)?\s{0,9}<!\[CDATA\[(?:\s{0,9}\*/)?|(?://|/\*)?\s{0,9}\]\]>(?:\*/)?"
)
_BAD_ESCAPE = re.compile(r'\\(?:\\|["/bfnrt]|u[0-9a-fA-F]{4}|(.|\n|$))')
_TRAILING_COMMA = re.compile(r",(?=\s{0,99}[}\]])")
_TEXT_LINE = re.compile(
    r'^([ \t]*(?:"[\w@:.-]{1,60}"[ \t]*:[ \t]*)?")(.*)("[ \t]{0,9},?[ \t\r]{0,9})$', re.MULTILINE
)
_INNER_QUOTE = re.compile(r'(?<!\\)"')
_SALVAGED = re.compile(
    r'"(?P<key>headline|datePublished|dateModified|articleBody|articleSection|description)"'
    r'\s{0,9}:\s{0,9}"(?P<value>(?:[^"\\\n]|\\.)*)"'
)
_SALVAGED_AUTHOR = re.compile(
    r'"author"\s{0,9}:[\s\[]{0,9}(?:\{[^{}]{0,300}?"name"\s{0,9}:\s{0,9})?'
    r'"(?P<name>(?:[^"\\\n]|\\.){1,200})"'
)


def blocks_in(page: str) -> Iterator[Any]:
    """What the blocks of a page say; of a block that cannot be mended, what can be made out."""
    position = 0
    for _ in range(_MAX_BLOCKS):
        start = _SCRIPT.search(page, position)
        end = _SCRIPT_END.search(page, start.end()) if start else None
        if start is None or end is None:
            return
        position = end.end()
        block = page[start.end() : end.start()]
        try:
            yield from _parsed(block)
        except RecursionError:
            continue


def _parsed(block: str) -> list[Any]:
    for attempt in (str, _unwrapped, _mended, html.unescape, _requoted):
        block = attempt(block)
        values = _values(block)
        if values is not None:
            return values
    return _salvaged(block)


def _values(text: str) -> list[Any] | None:
    """The values in a text, which may be several one after the other; None if one is broken."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    text = text.strip().strip(";")
    while text and len(values) < _MAX_BLOCKS:
        try:
            value, end = decoder.raw_decode(text)
        except ValueError:
            return None
        values.append(value)
        text = text[end:].lstrip(" \t\r\n,;")
    return values


def _unwrapped(block: str) -> str:
    return _WRAPPING.sub("", block)


def _mended(block: str) -> str:
    escaped = _BAD_ESCAPE.sub(lambda bad: bad[0] if bad[1] is None else bad[1], block)
    return _TRAILING_COMMA.sub("", escaped)


def _requoted(block: str) -> str:
    """Quotation marks inside of texts escaped, where each text has a line of its own."""

    def requote(line: re.Match[str]) -> str:
        return line[1] + _INNER_QUOTE.sub(r'\\"', line[2]) + line[3]

    return _TEXT_LINE.sub(requote, block)


def _salvaged(block: str) -> list[Any]:
    if not re.search(r'"@type"\s{0,9}:[\s\[]{0,9}"\w*(?:Article|Posting)"', block):
        return []
    fields: dict[str, Any] = {"@type": "Article"}
    for match in _SALVAGED.finditer(block):
        fields.setdefault(match["key"], _mended(match["value"]).replace('\\"', '"'))
    if author := _SALVAGED_AUTHOR.search(block):
        fields["author"] = author["name"]
    return [fields]
