"""ninjs items: an object of the news agencies' JSON as an article, in any of its versions."""

from __future__ import annotations

import re
from typing import Any

from presslens.problems import Problem
from presslens.reading.blocks import Blocks, blocks_of_html
from presslens.reading.cleaning import mend_line
from presslens.reading.draft import Draft
from presslens.reading.jsonld import names, text_of
from presslens.reading.registry import Found
from presslens.reading.wire import (
    add_names,
    article_from_blocks,
    correction_in,
    date_first,
    language_code,
    withdrawn,
)

_READER = "ninjs"
_HTML = re.compile(r"html", re.IGNORECASE)
_TEXT_TYPES = frozenset({"", "text", "composite"})
_MAX_PARTS = 200
_MAX_DEPTH = 4

Item = dict[str, Any]


def article_from_item(value: Any, origin: str) -> Found:
    """The article of an item, or a Problem that says why there is none."""
    if not isinstance(value, dict):
        return Problem(origin, "reading", "expected an item of ninjs, an object with a 'uri'")
    item: Item = {str(key).lower(): part for key, part in value.items()}
    kind = text_of(item.get("type")) or ""
    if taken_back := withdrawn(text_of(item.get("pubstatus")), origin):
        return taken_back
    body = _body(item)
    if not body.strip():
        return Problem(origin, "reading", _why_empty(item, kind))
    draft = _fields(item)
    return article_from_blocks(
        blocks_of_html(body),
        draft,
        raw=f"{draft.title or ''}\n{body}",
        origin=origin,
        reader=_READER,
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
    embargo = text_of(item.get("embargoed"))
    date_first(draft, [text_of(item.get(key)) for key in stamps], embargo=embargo)
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
