"""ninjs: the news agencies' JSON (IPTC), versions 1 to 3, one item, a list or one a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from presslens.problems import Problem, ReadingError
from presslens.reading.cleaning import mend_line
from presslens.reading.decoding import binary_format, decode
from presslens.reading.draft import Draft
from presslens.reading.files import Source
from presslens.reading.jsonld import names, text_of
from presslens.reading.nitf import (
    Blocks,
    add_names,
    article_from_blocks,
    blocks_of_html,
    correction_in,
    date_first,
    language_code,
)
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
_HTML = re.compile(r"html", re.IGNORECASE)
_WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})
_TEXT_TYPES = frozenset({"", "text", "composite"})
_MAX_PARTS = 200
_MAX_DEPTH = 4

Item = dict[str, Any]


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
    return _from_item(value, origin)


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
        yield _from_item(item, place)


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
        yield _from_item(value, origin)
    for number, item in enumerate(items or [], start=1):
        yield _from_item(item, f"{origin}:{number}")


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


def _from_item(value: Any, origin: str) -> Found:
    if not isinstance(value, dict):
        return Problem(origin, "reading", "expected an item of ninjs, an object with a 'uri'")
    item: Item = {str(key).lower(): part for key, part in value.items()}
    kind = text_of(item.get("type")) or ""
    if (text_of(item.get("pubstatus")) or "").lower() in _WITHDRAWN:
        return Problem(origin, "reading", "the agency withdrew the item (canceled or withheld)")
    body = _body(item)
    if not body.strip():
        return Problem(origin, "reading", _why_empty(item, kind))
    draft = _fields(item)
    return article_from_blocks(
        blocks_of_html(body),
        draft,
        raw=f"{draft.title or ''}\n{body}",
        origin=origin,
        reader=READER.name,
        dateline=mend_line(text_of(item.get("dateline"))),
    )


def _why_empty(item: Item, kind: str) -> str:
    if kind.lower() not in _TEXT_TYPES:
        return f"the item is a {kind[:20]} and has no text of its own"
    if _captions(item):
        return "the item holds only a summary, no body; export it with its full text"
    return "the item has no body (body_html, body_text or bodies); export it with its full text"


def _body(item: Item) -> str:
    """An item's text: HTML before plain text, of several the longest."""
    found = [
        (bool(_HTML.search(f"{part.get('contenttype')} {part.get('role')}")), part["value"])
        for part in _parts(item.get("bodies"))
        if isinstance(part.get("value"), str) and part["value"].strip()
    ]
    keys = sorted(key for key in item if key.startswith("body_"))
    found += [(bool(_HTML.search(key)), item[key]) for key in keys if text_of(item[key])]
    return max(found, key=lambda each: (each[0], len(each[1])), default=(False, ""))[1]


def _parts(value: Any) -> list[Item]:
    """The objects of a list, of an object of objects, or of one."""
    if isinstance(value, dict):
        value = [value] if "value" in value or "name" in value else list(value.values())
    items = value if isinstance(value, list) else []
    return [
        {str(key).lower(): part for key, part in item.items()}
        for item in items[:_MAX_PARTS]
        if isinstance(item, dict)
    ]


def _fields(item: Item) -> Draft:
    uri = text_of(item.get("uri"))
    url = next(
        (link for key in ("url", "uri") if _is_address(link := text_of(item.get(key)))), None
    )
    draft = Draft(url=url, id=uri if url is None else None)
    draft.language = language_code(text_of(item.get("language")))
    headlines = [part for part in _parts(item.get("headlines")) if text_of(part.get("value"))]
    main = [part for part in headlines if part.get("role") in {"main", None, ""}]
    headline = next((part["value"] for part in main or headlines), None)
    draft.title = mend_line(text_of(item.get("headline"))) or _plain(headline)
    draft.title = draft.title or mend_line(text_of(item.get("title")))
    add_names(draft, text_of(item.get("byline")) or text_of(item.get("by")))
    if not draft.authors:
        for author in names(item.get("authors")):
            add_names(draft, author)
    draft.outlet = next(
        filter(None, map(_party, ("provider", "copyrightholder"), [item] * 2)), None
    )
    for key in ("infosource", "infosources"):
        draft.credits += [name for name in map(mend_line, names(item.get(key))) if name]
    draft.section = _section(item)
    stamps = ("firstcreated", "contentcreated", "versioncreated")
    date_first(draft, [text_of(item.get(key)) for key in stamps])
    for media in ("associations", "renditions"):
        draft.captions += _media_captions(item.get(media), 0)
    draft.corrections += correction_in(text_of(item.get("ednote")))
    return draft


def _is_address(link: str | None) -> bool:
    return bool(link) and str(link).startswith(("http://", "https://"))


def _party(key: str, item: Item) -> str | None:
    return mend_line(next(iter(names(item.get(key))), None))


def _section(item: Item) -> str | None:
    for key in ("section", "service", "subjects", "subject", "genres", "genre"):
        if named := next(iter(names(item.get(key))), None):
            return mend_line(named)
    return None


def _media_captions(media: Any, depth: int) -> list[str]:
    if isinstance(media, dict):
        media = [part for value in media.values() for part in _as_list(value)]
    found = []
    for part in _parts(media) if depth < _MAX_DEPTH else []:
        found += _captions(part)
        found += _media_captions(part.get("associations"), depth + 1)
    return found


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _captions(item: Item) -> list[str]:
    """The description of a picture or the like, in whichever form it comes."""
    values = [item.get(key) for key in ("description_text", "caption", "description_html")]
    values += [part.get("value") for part in _parts(item.get("descriptions"))]
    caption = next((text for value in values if (text := text_of(value))), None)
    return [line] if (line := _plain(caption)) else []


def _plain(markup: str | None) -> str | None:
    blocks: Blocks = blocks_of_html(markup) if markup else Blocks()
    return " ".join(blocks.paragraphs) or None
