"""NewsML: the wire of news agencies, NewsML-G2 and NewsML 1, with its text in XHTML or NITF."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presslens.problems import Problem, ReadingError
from presslens.reading.cleaning import mend_line
from presslens.reading.draft import Draft
from presslens.reading.files import Source, read_bytes
from presslens.reading.nitf import (
    Blocks,
    add_names,
    article_from_blocks,
    blocks_of,
    blocks_of_html,
    correction_in,
    date_first,
    dateline_of,
    fill_from_nitf,
    language_code,
    text_of_markup,
)
from presslens.reading.registry import Found, Reader
from presslens.reading.xml import (
    Element,
    child,
    every,
    first,
    local,
    parse_items,
    root_name,
    text_in,
)

_ROOTS = frozenset({"newsMessage", "newsItem", "packageItem", "contentSet", "NewsML", "NewsItem"})
_ITEMS = ("newsItem", "NewsItem")
# States in which an agency takes a text back (NewsML-G2's pubStatus, NewsML 1's Status).
_WITHDRAWN = re.compile(r"(?:.*:)?(?:cancel+ed|withheld)", re.IGNORECASE)
_CAPTION_ROLE = re.compile(r"caption|photo|picture|image|graphic", re.IGNORECASE)
# Subjects that are persons, bodies or places say nothing of a text's section.
_NO_TOPIC = re.compile(
    r"(?:.*:)?(?:person|organi[sz]ation|geoArea|poi|object|event)", re.IGNORECASE
)


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
    pictures = {item.get("guid"): captions for item in items if (captions := _captions_of(item))}
    texts = [item for item in items if _is_text(item)]
    for number, item in zip(numbers, items, strict=True):
        origin = f"{source.origin}:{number}" if several else source.origin
        if not _is_text(item):
            if not texts:
                yield Problem(
                    origin, "reading", "the item is a picture or the like; it has no text"
                )
        elif local(item.tag) == "NewsItem":
            yield from _read_version_1(item, origin)
        else:
            beside = pictures if len(texts) == 1 else _linked(item, pictures)
            captions = [line for lines in beside.values() for line in lines]
            yield _read_g2(item, captions, origin)
    if not items and not broken:
        raise ReadingError("it only refers to items in other files; give those with the texts")


READER = Reader("newsml", "NewsML-G2 and NewsML 1 (.xml)", _recognises, _read)


def _is_text(item: Element) -> bool:
    """Whether an item of NewsML-G2 is a text; one that doesn't say so may be."""
    kind = child(item, "itemMeta", "itemClass")
    named = kind.get("qcode") or kind.get("uri") or "" if kind is not None else ""
    return not named or bool(re.search(r"\b(?:text|composite)$", named))


def _captions_of(item: Element) -> list[str]:
    """The captions of an item that is a picture, film or graphic."""
    if _is_text(item):
        return []
    meta = child(item, "contentMeta")
    found = list(every(meta, "description")) if meta is not None else []
    marked = [node for node in found if "caption" in (node.get("role") or "")]
    return [line for node in marked or found[:1] if (line := mend_line(text_in(node)))]


def _linked(item: Element, pictures: dict[str | None, list[str]]) -> dict[str | None, list[str]]:
    wanted = {node.get("residref") or node.get("href") for node in every(item, "link")}
    return {guid: captions for guid, captions in pictures.items() if guid and guid in wanted}


def _read_g2(item: Element, captions: list[str], origin: str) -> Found:
    status = child(item, "itemMeta", "pubStatus")
    if status is not None and _WITHDRAWN.fullmatch(status.get("qcode") or status.get("uri") or ""):
        return _withdrawn(origin)
    draft = Draft(captions=captions)
    _fill_from_g2(draft, item)
    content = item if local(item.tag) == "contentSet" else child(item, "contentSet")
    nitf = first(content, "nitf") if content is not None else None
    meta = child(item, "contentMeta")
    around = child(meta, "dateline") if meta is not None else None
    dateline = _dateline(draft, nitf, around)
    blocks = _g2_blocks(content)
    if not blocks.paragraphs and (remote := _remote(content)):
        reason = f"the item's text lies in another file, {remote}; give that file"
        return Problem(origin, "reading", reason)
    return article_from_blocks(
        blocks, draft, raw=text_of_markup(item), origin=origin, reader=READER.name,
        dateline=dateline,
    )  # fmt: skip


def _withdrawn(origin: str) -> Problem:
    return Problem(origin, "reading", "the agency withdrew the item (canceled or withheld)")


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
    date_first(draft, stamps)
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


def _read_version_1(item: Element, origin: str) -> Iterator[Found]:
    """The texts of a NewsML 1 item: one for each component with a headline of its own."""
    status = first(item, "Status")
    if status is not None and _WITHDRAWN.fullmatch(status.get("FormalName") or ""):
        yield _withdrawn(origin)
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
        _fill_from_version_1(draft, item, headed)
        draft.id = f"{draft.id}#{number}" if draft.id and number > 1 else draft.id
        dateline = _dateline(draft, first(content, "nitf"), first(headed, "DateLine"))
        yield article_from_blocks(
            blocks, draft, raw=text_of_markup(headed), origin=origin, reader=READER.name,
            dateline=dateline,
        )  # fmt: skip


def _dateline(draft: Draft, nitf: Element | None, around: Element | None) -> str | None:
    """The dateline of a text: NITF's own, whose other fields go to the draft, or NewsML's."""
    own = None
    if nitf is not None:
        fill_from_nitf(draft, nitf)
        own = dateline_of(nitf)
    return own or mend_line(text_in(around))


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
