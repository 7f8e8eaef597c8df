"""NewsML: the wire of news agencies, NewsML-G2 and NewsML 1, with its text in XHTML or NITF."""

from __future__ import annotations

from collections.abc import Iterator

from presslens.problems import Problem, ReadingError
from presslens.reading.files import Source, read_bytes
from presslens.reading.newsml_1 import read_version_1
from presslens.reading.newsml_g2 import captions_of, is_text, linked, read_g2
from presslens.reading.registry import Found, Reader
from presslens.reading.xml import every, local, root_name
from presslens.reading.xml_items import parse_items

_ROOTS = frozenset({"newsMessage", "newsItem", "packageItem", "contentSet", "NewsML", "NewsItem"})
_ITEMS = ("newsItem", "NewsItem")


def _recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 -- the root element tells
    return root_name(head) in _ROOTS


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- it has markup
    root, broken = parse_items(read_bytes(source.path), _ITEMS)
    items = [root] if local(root.tag) in {*_ITEMS, "contentSet"} else []
    items = items or [node for name in _ITEMS for node in every(root, name)]
    several = len(items) + len(broken) > 1
    numbers = (number for number in range(1, len(items) + len(broken) + 1) if number not in broken)
    for number, reason in broken.items():
        yield Problem(f"{source.origin}:{number}", "reading", reason)
    pictures = {item.get("guid"): captions for item in items if (captions := captions_of(item))}
    texts = [item for item in items if is_text(item)]
    for number, item in zip(numbers, items, strict=True):
        origin = f"{source.origin}:{number}" if several else source.origin
        if not is_text(item):
            if not texts:
                yield Problem(
                    origin, "reading", "the item is a picture or the like; it has no text"
                )
        elif local(item.tag) == "NewsItem":
            yield from read_version_1(item, origin)
        else:
            beside = pictures if len(texts) == 1 else linked(item, pictures)
            captions = [line for lines in beside.values() for line in lines]
            yield read_g2(item, captions, origin)
    if not items and not broken:
        raise ReadingError("it only refers to items in other files; give those with the texts")


READER = Reader("newsml", "NewsML-G2 and NewsML 1 (.xml)", _recognises, _read)
