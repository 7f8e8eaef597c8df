"""ninjs: the news agencies' JSON (IPTC), versions 1 to 3, one item, a list or one a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from presslens.problems import Problem, ReadingError
from presslens.reading.decoding import binary_format, decode
from presslens.reading.files import Source
from presslens.reading.ninjs_item import article_from_item
from presslens.reading.registry import Found, Reader

# A long article has 100 kB; a hundred times that is a broken export.
MAX_LINE = 10 * 2**20
# What is one JSON value is read as a whole, in some ten times its size of memory.
MAX_VALUE = 64 * 2**20
_TOKEN = re.compile(r'"((?:[^"\\]+|\\.)*)"?(\s*:)?|[{}\[\]]', re.DOTALL)
# Keys under which a server's answer holds its items.
_LISTS = ("_items", "items")
_DATES = frozenset({"versioncreated", "firstcreated", "contentcreated", "pubstatus"})
_TEXTS = frozenset({"bodies", "headlines", "descriptions", "body_html", "body_xhtml", "body_text"})
_OWN_TEXTS = frozenset({"body_html", "body_xhtml"})


def _recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 -- the keys tell
    if binary_format(head):
        return False
    text = head.decode("utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "replace")
    if not re.match(r"\ufeff?\s*(?:\[\s*)?\{", text):
        return False
    keys = _keys_of(text)
    return "uri" in keys and bool(
        keys & _OWN_TEXTS or keys >= {"bodies", "headlines"} or (keys & _DATES and keys & _TEXTS)
    )


def _keys_of(text: str) -> frozenset[str]:
    """The keys of the first item in a file's beginning, in lower case."""
    depth: list[str] = []
    keys = set()
    listed = False
    for match in _TOKEN.finditer(text):
        sign = match[0][0]
        if sign in "{[":
            depth.append(sign)
        elif sign in "}]":
            depth = depth[:-1]
            if not depth or (depth == ["["] and sign == "}"):
                break
        elif match[2]:
            objects = depth.count("{")
            listed = listed or (objects == 1 and match[1] in _LISTS)
            if objects == 1 or (listed and depth == ["{", "[", "{"]):
                keys.add(match[1].lower())
    return frozenset(keys)


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- it has markup
    with source.path.open("rb") as file:
        first = b""
        while not first.strip() and (line := file.readline(MAX_LINE)):
            first = line
        if _is_item(first):
            file.seek(0)
            yield from _read_lines(iter(lambda: file.readline(MAX_LINE + 1), b""), source.origin)
            return
        file.seek(0)
        raw = file.read(MAX_VALUE + 1)
    if len(raw) > MAX_VALUE:
        limit = MAX_VALUE // 2**20
        raise ReadingError(f"it is larger than {limit} MB; give it as JSONL, an item a line")
    yield from _read_value(decode(raw).lstrip(), source.origin)


READER = Reader("ninjs", "ninjs (.json)", _recognises, _read)


def _is_item(line: bytes) -> bool:
    try:
        value = json.loads(decode(line))
    except (ValueError, RecursionError, ReadingError):
        return False
    return isinstance(value, dict) and not any(isinstance(value.get(key), list) for key in _LISTS)


def _read_lines(lines: Iterator[bytes], origin: str) -> Iterator[Found]:
    number = 1
    several = False
    for raw in lines:
        place = f"{origin}:{number}"
        whole = len(raw) <= MAX_LINE or raw.endswith(b"\n")
        if raw.strip() and whole:
            yield _from_json(raw, place)
            several = True
        elif raw.strip() and not several:
            reason = f"the line is longer than {MAX_LINE // 2**20} MB; expected one item a line"
            yield Problem(place, "reading", reason)
        number += raw.endswith(b"\n")


def _from_json(raw: bytes, origin: str) -> Found:
    try:
        value = json.loads(decode(raw), strict=False)
    except json.JSONDecodeError as error:
        return _broken(origin, error)
    except (RecursionError, ValueError, ReadingError) as error:
        return Problem(origin, "reading", f"the line cannot be read: {_cause(error)}")
    return article_from_item(value, origin)


def _read_value(text: str, origin: str) -> Iterator[Found]:
    """The items of one JSON value; of a list, those before an error."""
    decoder = json.JSONDecoder(strict=False)
    start = re.match(r"\[|\{\s*\"(?:_items|items)\"\s*:\s*\[", text)
    if not start:
        yield from _read_object(text, origin)
        return
    position = start.end()
    number = 0
    while True:
        position = _skip(text, position)
        if text[position : position + 1] == "]":
            return
        number += 1
        place = f"{origin}:{number}"
        if position >= len(text):
            yield Problem(place, "reading", "the list breaks off here; export it again")
            return
        try:
            item, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            yield _broken(place, error)
            return
        except (RecursionError, ValueError) as error:
            reason = f"it cannot be read: {_cause(error)}; what follows could not be read"
            yield Problem(place, "reading", reason)
            return
        yield article_from_item(item, place)


def _read_object(text: str, origin: str) -> Iterator[Found]:
    try:
        value = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        yield _broken(origin, error)
        return
    except (RecursionError, ValueError) as error:
        raise ReadingError(f"it cannot be read: {_cause(error)}") from None
    items = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
    if items is None:
        yield article_from_item(value, origin)
    for number, item in enumerate(items or [], start=1):
        yield article_from_item(item, f"{origin}:{number}")


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r\n,":
        position += 1
    return position


def _broken(origin: str, error: json.JSONDecodeError) -> Problem:
    place = f"line {error.lineno}, column {error.colno}"
    return Problem(origin, "reading", f"invalid JSON at {place}: {error.msg}; export it again")


def _cause(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply; expected an item of news"
    if "integer string conversion" in str(error):
        return "a number in it has thousands of digits; put it in quotation marks or leave it out"
    return str(error)
