"""Mail's parts: the text and the page that a message says, and what is attached to it."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import collapse_rfc2231_value
from typing import NamedTuple

from presslens.reading.decoding import decode

# What mail programs add by themselves: signatures, cards, invitations, reports of delivery.
_BY_PROGRAM = frozenset({
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
    "application/pgp-encrypted", "application/ics", "text/calendar", "text/vcard", "text/x-vcard",
    "text/directory", "text/rfc822-headers",
})  # fmt: skip
_MESSAGE = "message/rfc822"


class Attached(NamedTuple):
    """An attachment: its file name or None, and its bytes, or the message that it is."""

    name: str | None
    content: bytes | EmailMessage


class Parts(NamedTuple):
    """What a message says as a page and as text, its attachments, and whether one of these may
    hold an article, as no picture does."""

    page: str | None
    text: str | None
    attached: list[Attached]
    documents: bool


class _Part(NamedTuple):
    """A part with what its fields say, which Python reads anew each time that it is asked."""

    message: EmailMessage
    kind: str
    disposition: str | None
    name: str | None

    @property
    def family(self) -> str:
        """The first half of the kind, as in `image`."""
        return self.kind.partition("/")[0]


def parts_of(message: EmailMessage) -> Parts:
    """A message's parts, not those of messages in it."""
    parts = list(_own_parts(message))
    page, text = _body(parts, "text/html"), _body(parts, "text/plain")
    attached, documents = [], False
    for part in parts:
        if part is page or part is text or not _is_attached(part):
            continue
        if (content := _content(part)) is not None:
            attached.append(Attached(part.name, content))
            documents |= part.family not in {"image", "audio", "video"}
    return Parts(_text(page), _text(text), attached, documents)


def _own_parts(message: EmailMessage) -> Iterator[_Part]:
    queue = [message]
    while queue:
        own = queue.pop(0)
        kind = own.get_content_type()
        if kind.startswith("multipart/") and own.is_multipart():
            queue.extend(child for child in own.get_payload() if isinstance(child, EmailMessage))
        else:
            yield _Part(own, kind, *_place(own))


def _body(parts: list[_Part], kind: str) -> _Part | None:
    """The first part of a kind that is no attachment."""
    bodies = (part for part in parts if part.kind == kind and part.disposition != "attachment")
    return next(bodies, None)


def _is_attached(part: _Part) -> bool:
    """Whether a part is a file or a message that somebody attached, not a picture in the text."""
    if part.kind == _MESSAGE:
        return True
    if part.family in {"multipart", "message"} or part.kind in _BY_PROGRAM:
        return False
    asked = part.disposition == "attachment"
    if part.family == "image":
        return asked and "Content-ID" not in part.message
    return asked or part.family == "application" or part.name is not None


def _content(part: _Part) -> bytes | EmailMessage | None:
    if part.kind == _MESSAGE:
        inner = part.message.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first if isinstance(first, EmailMessage) else None
    raw = part.message.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else None


def _place(message: EmailMessage) -> tuple[str | None, str | None]:
    """A part's disposition ("attachment", "inline") and file name, where it has them."""
    try:
        field = message.get("Content-Disposition")
        name = field.params.get("filename") if field is not None else None
        disposition = field.content_disposition if field is not None else None
        other = name or message.get_param("name")
        return disposition, collapse_rfc2231_value(other) if other else None
    except Exception:  # noqa: BLE001 -- Python's parser of fields fails on some that are broken
        return None, None


def _text(part: _Part | None) -> str | None:
    raw = part.message.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(raw, bytes):
        return None
    try:
        return raw.decode(part.message.get_content_charset() or "utf-8")
    except (LookupError, UnicodeError):
        return decode(raw)
