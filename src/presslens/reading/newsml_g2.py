"""NewsML-G2: an item of the agencies' present format, its text in XHTML, NITF or plain."""

from __future__ import annotations

import re

from presslens.problems import Problem
from presslens.reading.blocks import Blocks, blocks_of, blocks_of_html
from presslens.reading.cleaning import mend_line
from presslens.reading.draft import Draft
from presslens.reading.nitf import taken_over
from presslens.reading.registry import Found
from presslens.reading.wire import (
    add_names,
    article_from_blocks,
    correction_in,
    date_first,
    language_code,
    shown_of_markup,
    text_of_markup,
    withdrawn,
)
from presslens.reading.xml import Element, child, every, first, local, text_in

_READER = "newsml"
# Subjects that are persons, bodies or places say nothing of a text's section.
_NO_TOPIC = re.compile(
    r"(?:.*:)?(?:person|organi[sz]ation|geoArea|poi|object|event)", re.IGNORECASE
)


def is_text(item: Element) -> bool:
    """Whether an item of NewsML-G2 is a text; one that doesn't say so may be."""
    kind = child(item, "itemMeta", "itemClass")
    named = kind.get("qcode") or kind.get("uri") or "" if kind is not None else ""
    return not named or bool(re.search(r"\b(?:text|composite)$", named))


def captions_of(item: Element) -> list[str]:
    """The captions of an item that is a picture, film or graphic."""
    if is_text(item):
        return []
    meta = child(item, "contentMeta")
    found = list(every(meta, "description")) if meta is not None else []
    marked = [node for node in found if "caption" in (node.get("role") or "")]
    return [line for node in marked or found[:1] if (line := mend_line(text_in(node)))]


def linked(item: Element, pictures: dict[str | None, list[str]]) -> dict[str | None, list[str]]:
    """The captions of those pictures that an item links to."""
    wanted = {node.get("residref") or node.get("href") for node in every(item, "link")}
    return {guid: captions for guid, captions in pictures.items() if guid and guid in wanted}


def read_g2(item: Element, captions: list[str], origin: str) -> Found:
    """The article of an item, or why it has none; `captions` are those of its pictures."""
    status = child(item, "itemMeta", "pubStatus")
    code = (status.get("qcode") or status.get("uri")) if status is not None else None
    if taken_back := withdrawn(code, origin):
        return taken_back
    draft = Draft(captions=captions)
    _fill_from_g2(draft, item)
    content = item if local(item.tag) == "contentSet" else child(item, "contentSet")
    nitf = first(content, "nitf") if content is not None else None
    meta = child(item, "contentMeta")
    around = child(meta, "dateline") if meta is not None else None
    dateline = taken_over(draft, nitf, around)
    draft.shown = shown_of_markup(item)
    blocks = _g2_blocks(content)
    if not blocks.paragraphs and (remote := _remote(content)):
        reason = f"the item's text lies in another file, {remote}; give that file"
        return Problem(origin, "reading", reason)
    return article_from_blocks(
        blocks, draft, raw=text_of_markup(item), origin=origin, reader=_READER,
        dateline=dateline,
    )  # fmt: skip


def _remote(content: Element | None) -> str | None:
    remote = first(content, "remoteContent") if content is not None else None
    return remote.get("href") or remote.get("residref") if remote is not None else None


def _g2_blocks(content: Element | None) -> Blocks:
    """The first of an item's contents that is a text."""
    for node in content if content is not None else ():
        if local(node.tag) == "inlineXML":
            blocks = blocks_of(first(node, "body.content", "body"), otherwise=node)
        elif local(node.tag) == "inlineData" and not node.get("encoding"):
            blocks = blocks_of_html(text_of_markup(node))
        else:
            continue
        if blocks.paragraphs:
            return blocks
    return Blocks()


def _fill_from_g2(draft: Draft, item: Element) -> None:
    meta, rights, content = (child(item, n) for n in ("itemMeta", "rightsInfo", "contentMeta"))
    guid = (item.get("guid") or "").strip()
    if guid.startswith(("http://", "https://")):
        draft.url = guid
    draft.id = guid or None if draft.url is None else None
    if content is not None:
        _fill_from_content(draft, content)
    provider = child(meta, "provider") if meta is not None else None
    holder = child(rights, "copyrightHolder") if rights is not None else None
    draft.outlet = _name(provider) or _name(holder)
    tag = item.get("{http://www.w3.org/XML/1998/namespace}lang")
    draft.language = draft.language or language_code(tag)
    stamps = [
        text_in(child(part, name))
        for part, name in (
            (meta, "firstCreated"), (content, "contentCreated"), (meta, "versionCreated"),
        )
        if part is not None
    ]  # fmt: skip
    embargo = text_in(child(meta, "embargoed")) if meta is not None else None
    date_first(draft, stamps, embargo=embargo)
    if meta is not None:
        signals = [node.get("qcode") or "" for node in meta if local(node.tag) == "signal"]
        for note in (text_in(node) for node in meta if local(node.tag) == "edNote"):
            corrects = any(signal.endswith(":correction") for signal in signals)
            draft.corrections += [note] if corrects and note else correction_in(note)
        draft.title = draft.title or mend_line(text_in(child(meta, "title")))


def _fill_from_content(draft: Draft, content: Element) -> None:
    language = child(content, "language")
    draft.language = language_code(language.get("tag")) if language is not None else None
    headlines = [node for node in content if local(node.tag) == "headline"]
    main = [node for node in headlines if re.search(r"main$|^$", node.get("role") or "")]
    draft.title = mend_line(text_in(next(iter(main or headlines), None)))
    for node in content:
        if local(node.tag) == "by":
            add_names(draft, text_in(node))
    for node in content:
        if local(node.tag) == "creator" and (name := _name(node, codes=False)):
            add_names(draft, name)
        elif local(node.tag) in {"infoSource", "creditline"}:
            draft.credits += [name for name in (_name(node), mend_line(node.text)) if name][:1]
    for kind in ("subject", "genre"):
        for node in content:
            topic = local(node.tag) == kind and not _NO_TOPIC.fullmatch(node.get("type") or "")
            if topic and draft.section is None:
                draft.section = _name(node, codes=False)


def _name(node: Element | None, *, codes: bool = True) -> str | None:
    """A party's or a subject's name; of a party, else the code's own part, "AFP" of "nprov:AFP"."""
    if node is None:
        return None
    name = mend_line(text_in(child(node, "name"))) or mend_line(node.get("literal"))
    code = (node.get("qcode") or "").rpartition(":")[2]
    return name or (mend_line(code) if codes else None)
