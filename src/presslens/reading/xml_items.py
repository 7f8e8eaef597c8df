"""XML items: a document of many items read without those that are broken."""

from __future__ import annotations

import re
from collections.abc import Iterable

from presslens.problems import ReadingError
from presslens.reading.xml import Element, parse_text
from presslens.reading.xml_text import prepared, root_tag

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[^\W\d][\w.:-]*+)[^<>]*+>")
# Each item of a broken file is parsed by itself, with the root's tag and its declarations around.
_MAX_ITEMS = 50_000
_MAX_ROOT_TAG = 4_000
_MAX_OPEN = 256


def parse_items(raw: bytes, names: Iterable[str]) -> tuple[Element, dict[int, str]]:
    """The root of a document without its broken items, and what is wrong with those, by number.

    Args:
        raw: the document.
        names: local names of the elements that are the items, which do not lie in each other.

    Raises:
        ReadingError: like `parse`, and if the document is broken outside its items.
    """
    text = prepared(raw)
    try:
        return parse_text(text), {}
    except ReadingError as error:
        before, items = _split(text, "|".join(map(re.escape, names)))
        start = root_tag(before)
        end = before.find(">", start.start()) + 1 if start else 0
        # A document that is one item has nothing else to save.
        if not (items and start and end):
            raise error from None
    opening = before[start.start() : end]
    if len(opening) > _MAX_ROOT_TAG:
        raise ReadingError("it is broken, and its first tag too long to mend it; export it again")
    closing = f"</{start['name']}>"
    broken: dict[int, str] = {}
    whole = []
    for number, item in enumerate(items, start=1):
        try:
            parse_text(opening + item + closing)
            whole.append(item)
        except ReadingError as error:
            broken[number] = str(error)
    if len(items) not in broken and not _ends(text, closing):
        broken[len(items) + 1] = "the file breaks off here; export it again for what is missing"
    return parse_text(before + "".join(whole) + _closing_tags(before)), broken


def _split(text: str, names: str) -> tuple[str, list[str]]:
    """What stands before the first item, and the items, of which broken ones may lack their end."""
    starts = [match.start() for match in re.finditer(rf"<(?:[\w.-]+:)?(?:{names})(?=[\s>])", text)]
    last_end = re.compile(rf"</(?:[\w.-]+:)?(?:{names})\s*>")
    items = []
    if len(starts) > _MAX_ITEMS:
        raise ReadingError(f"it is broken and has more than {_MAX_ITEMS} items; split it")
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        closed = last_end.search(text, start, end)
        items.append(text[start : closed.end() if closed else end])
    return (text[: starts[0]] if starts else text), items


def _ends(text: str, closing: str) -> bool:
    """Whether a file ends with its root's end tag."""
    return closing in text[-1000:]


def _closing_tags(before: str) -> str:
    """The end tags of the elements that a document's beginning leaves open."""
    opened: list[str] = []
    for match in _TAG.finditer(before):
        if match["end"] and match["name"] in opened:
            while opened.pop() != match["name"]:
                pass
        elif len(opened) == _MAX_OPEN:
            break
        elif not match["end"] and not match[0].endswith("/>"):
            opened.append(match["name"])
    return "".join(f"</{name}>" for name in reversed(opened))
