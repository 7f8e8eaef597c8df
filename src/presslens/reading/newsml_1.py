"""NewsML 1: the agencies' older format, an item of which may hold several texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presslens.problems import Problem
from presslens.reading.blocks import Blocks, blocks_of, blocks_of_html
from presslens.reading.cleaning import mend_line
from presslens.reading.draft import Draft
from presslens.reading.nitf import taken_over
from presslens.reading.registry import Found
from presslens.reading.wire import (
    add_names,
    article_from_blocks,
    date_first,
    language_code,
    shown_of_markup,
    text_of_markup,
    withdrawn,
)
from presslens.reading.xml import Element, child, every, first, local, text_in

_READER = "newsml"
_CAPTION_ROLE = re.compile(r"caption|photo|picture|image|graphic", re.IGNORECASE)


def read_version_1(item: Element, origin: str) -> Iterator[Found]:
    """The texts of a NewsML 1 item: one for each component with a headline of its own."""
    status = first(item, "Status")
    if taken_back := withdrawn(status.get("FormalName") if status is not None else None, origin):
        yield taken_back
        return
    groups: dict[Element, list[tuple[Element, Blocks]]] = {}
    captions: list[str] = []
    for content in every(item, "DataContent"):
        blocks = _data_blocks(content)
        if _is_caption(content):
            captions += blocks.paragraphs
        elif blocks.paragraphs:
            groups.setdefault(_headed(content, item), []).append((content, blocks))
    if not groups:
        yield Problem(origin, "reading", "the item holds no text; export it with its full text")
    for number, (headed, contents) in enumerate(groups.items(), start=1):
        content, blocks = max(contents, key=lambda each: sum(map(len, each[1].paragraphs)))
        draft = Draft(captions=captions if len(groups) == 1 else [])
        draft.shown = shown_of_markup(headed)
        _fill_from_version_1(draft, item, headed)
        draft.id = f"{draft.id}#{number}" if draft.id and number > 1 else draft.id
        dateline = taken_over(draft, first(content, "nitf"), first(headed, "DateLine"))
        yield article_from_blocks(
            blocks, draft, raw=text_of_markup(headed), origin=origin, reader=_READER,
            dateline=dateline,
        )  # fmt: skip


def _headed(content: Element, item: Element) -> Element:
    """The component that a content has its headline from, or the whole item."""
    for above in content.iterancestors():
        if (
            local(above.tag) == "NewsComponent"
            and child(above, "NewsLines", "HeadLine") is not None
        ):
            return above
        if above is item:
            break
    return item


def _is_caption(content: Element) -> bool:
    above = list(content.iterancestors())
    item = next((node for node in above if local(node.tag) == "ContentItem"), None)
    component = next((node for node in above if local(node.tag) == "NewsComponent"), None)
    roles = [child(component, "Role") if component is not None else None]
    roles += [child(item, "MediaType") if item is not None else None]
    names = [node.get("FormalName") or "" for node in roles if node is not None]
    return any(_CAPTION_ROLE.search(name) for name in names)


def _data_blocks(content: Element) -> Blocks:
    if any(local(node.tag) == "Encoding" for node in content.iterancestors()):
        return Blocks()
    if len(content):
        return blocks_of(first(content, "body.content", "body"), otherwise=content)
    return blocks_of_html(content.text or "")


def _fill_from_version_1(draft: Draft, item: Element, headed: Element) -> None:
    def nearest(name: str) -> Element | None:
        node = first(headed, name)
        return first(item, name) if node is None else node

    def said(name: str) -> str | None:
        return mend_line(text_in(nearest(name)))

    def formal(name: str) -> str | None:
        node = nearest(name)
        return mend_line(node.get("FormalName")) if node is not None else None

    draft.id = said("PublicIdentifier")
    draft.title = said("HeadLine")
    draft.language = language_code(formal("Language"))
    add_names(draft, said("ByLine"))
    draft.credits += [line for line in (said("CreditLine"),) if line]
    provider = nearest("Provider")
    party = first(provider, "Party") if provider is not None else None
    draft.outlet = mend_line(party.get("FormalName")) if party is not None else None
    draft.outlet = draft.outlet or said("ProviderId")
    draft.section = formal("Subject") or formal("Genre")
    # Subject codes are numbers, which name no section.
    if draft.section and not re.search(r"[^\W\d]", draft.section):
        draft.section = None
    stamps = [said("FirstCreated"), said("ThisRevisionCreated"), said("DateId")]
    date_first(draft, stamps)
