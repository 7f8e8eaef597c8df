"""Mail: newsletters and articles sent by mail, as .eml files or a mailbox (mbox) of several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr
from pathlib import Path, PurePath
from typing import cast

from presslens.article import Article, compose
from presslens.problems import Problem, ReadingError
from presslens.reading import exports
from presslens.reading.cleaning import bare, mend_line
from presslens.reading.credits import is_name
from presslens.reading.dates import find_date
from presslens.reading.decoding import decode
from presslens.reading.draft import Draft
from presslens.reading.files import MAX_ARTICLE_BYTES, Source
from presslens.reading.html import article_from_page
from presslens.reading.outlets import find_outlet, outlet_named
from presslens.reading.registry import Found, Reader

_SUFFIXES = frozenset({".eml", ".mbox", ".mbx", ".emlx"})
_PAGES = frozenset({".mht", ".mhtml"})
# A mailbox of years is another thing than a folder of newsletters.
MAX_MESSAGES = 5_000
# Attachments and alternatives; a message has a dozen.
MAX_PARTS = 5_000
# A subject or a sender's name is a line or two; reading takes the square of a field's length.
MAX_FIELD = 4_000
# Nested deeper, a forward of forwards is not read.
_MAX_NESTED = 5
_MBOX_START = re.compile(rb"From \S+ .{0,80}\b(?:19|20)\d\d\b")
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|\r?\n)")
# Fields that a machine put there, so that a note with "From:" and "Subject:" is no mail.
_BY_MACHINE = frozenset({
    b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to",
    b"dkim-signature", b"content-type",
})  # fmt: skip
_BY_PERSON = frozenset({b"from", b"subject", b"date", b"to"})
_SAVED_PAGE = re.compile(
    rb"^(?:From:\s{0,3}\"?<?Saved by|Snapshot-Content-Location:)", re.MULTILINE | re.IGNORECASE
)
_EMLX = re.compile(rb"\d{1,10}\s*\n")
_REPLY = re.compile(r"\s*(?:re|fwd?|aw|wg|tr|rv|enc|vs|sv)\s*:\s*", re.IGNORECASE)
_LIST_TAG = re.compile(r"\s*\[[^\]\n]{1,40}\]\s*(?=\S)")
# What mail to many carries; only its date and sender are the article's.
_TO_MANY = ("List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID")
_PERSON_AT_OUTLET = re.compile(r"(?P<person>.{3,60}?)\s+(?:from|at|@|\||of)\s+(?P<outlet>.{2,60})")
_SIGNATURE = re.compile(r"^-- \n", re.MULTILINE)


def _recognises(head: bytes, name: str) -> bool:
    suffix = PurePath(name).suffix.lower()
    if suffix in _PAGES:
        return False
    head = head.lstrip(b"\xef\xbb\xbf\r\n")
    if match := _MBOX_START.match(head) or (_EMLX.match(head) if suffix == ".emlx" else None):
        head = head[match.end() :].lstrip(b"\r\n")
        head = (
            head.partition(b"\n")[2] if match.re is _MBOX_START and b":" not in head[:9] else head
        )
    fields = _field_names(head)
    if not fields & _BY_PERSON:
        return False
    if _SAVED_PAGE.search(head[:4096]):
        return False
    people, machines = len(fields & _BY_PERSON), len(fields & _BY_MACHINE)
    return machines > 1 or (people > 1 and (machines > 0 or suffix in _SUFFIXES))


def _field_names(head: bytes) -> set[bytes]:
    """The names of the fields that a text begins with, in lower case."""
    names: set[bytes] = set()
    for line in head.split(b"\n"):
        if not line.strip():
            break
        match = _FIELD.match(line + b"\n")
        if match:
            names.add(match[1].lower())
        elif not line.startswith((b" ", b"\t")) and not _MBOX_START.match(line):
            break
    return names


def _read(source: Source, verbatim: bool) -> Iterator[Found]:  # noqa: ARG001 -- mail has no text of its own
    mailbox = _is_mailbox(source.path)
    for number, raw in enumerate(_messages(source.path, mailbox), start=1):
        if number > MAX_MESSAGES:
            reason = f"the mailbox has more than {MAX_MESSAGES} messages; split it"
            yield Problem(source.origin, "reading", reason)
            return
        origin = f"{source.origin}:{number}" if mailbox else source.origin
        if raw is None:
            limit = MAX_ARTICLE_BYTES // 2**20
            yield Problem(origin, "reading", f"the message is larger than {limit} MB; split it")
        else:
            yield from _from_message(raw, origin)


READER = Reader("mail", "mail (.eml, .mbox)", _recognises, _read)


def _is_mailbox(path: Path) -> bool:
    with path.open("rb") as file:
        return bool(_MBOX_START.match(file.read(256).lstrip(b"\xef\xbb\xbf\r\n")))


def _messages(path: Path, mailbox: bool) -> Iterator[bytes | None]:
    """The messages of a file; None for one that is too large."""
    pieces: list[bytes] = []
    size, blank = 0, True
    with path.open("rb") as file:
        while line := file.readline(2**20):
            if mailbox and blank and _MBOX_START.match(line):
                if pieces or size:
                    yield b"".join(pieces) if size <= MAX_ARTICLE_BYTES else None
                pieces, size = [], 0
                continue
            blank = not line.strip()
            size += len(line)
            if size <= MAX_ARTICLE_BYTES:
                pieces.append(re.sub(rb"^>(?=>*From )", b"", line) if mailbox else line)
    if size:
        yield b"".join(pieces) if size <= MAX_ARTICLE_BYTES else None


def _from_message(raw: bytes, origin: str) -> Iterator[Found]:
    from email.parser import BytesParser

    if raw.count(b"\n--") > MAX_PARTS:
        yield Problem(origin, "reading", f"the message has more than {MAX_PARTS} parts; split it")
        return
    try:
        raw = _EMLX.sub(b"", raw, count=1) if _EMLX.match(raw) else raw
        message = cast("EmailMessage", BytesParser(policy=_ShortFields()).parsebytes(raw))
        yield from _articles(message, origin, 0)
    except ReadingError as error:
        yield Problem(origin, "reading", str(error))
    except Exception as error:  # noqa: BLE001 -- broken mail fails in many ways in Python's parser
        reason = f"the message is damaged ({type(error).__name__}: {error}); save it again"
        yield Problem(origin, "reading", reason)


def _articles(message: EmailMessage, origin: str, depth: int) -> Iterator[Found]:
    page, text = _body(message, "text/html"), _body(message, "text/plain")
    found = article_from_page(page, origin=origin, reader=READER.name) if page else None
    if isinstance(found, Article):
        yield _with_fields(found, _draft(message))
    elif text and text.strip():
        text = _SIGNATURE.split(text.replace("\r\n", "\n"), maxsplit=1)[0]
        yield from exports.articles_of(text, _draft(message), origin=origin, reader=READER.name)
    elif depth < _MAX_NESTED and (nested := _nested(message)):
        yield from _articles(nested, origin, depth + 1)
    elif found:
        yield found
    else:
        reason = "the message has no text of its own; save its attachments and read those"
        yield Problem(origin, "reading", reason)


class _ShortFields(EmailPolicy):
    """Python's way of reading mail, for fields of a length that it can read in a moment."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """A field's name and value, from its lines in the file."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_FIELD]


def _own_parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts of a message, not those of messages in it."""
    queue = [message]
    while queue:
        part = queue.pop(0)
        yield part
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            queue.extend(child for child in part.get_payload() if isinstance(child, EmailMessage))


def _body(message: EmailMessage, kind: str) -> str | None:
    """The first part of a kind that is no attachment, as text."""
    for part in _own_parts(message):
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            raw = part.get_payload(decode=True)
            return _decoded(raw, part.get_content_charset()) if isinstance(raw, bytes) else None
    return None


def _decoded(raw: bytes, charset: str | None) -> str:
    try:
        return raw.decode(charset or "utf-8")
    except (LookupError, UnicodeError):
        return decode(raw)


def _nested(message: EmailMessage) -> EmailMessage | None:
    for part in _own_parts(message):
        inner = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(inner, list) and inner:
            return inner[0] if isinstance(inner[0], EmailMessage) else None
    return None


def _header(message: EmailMessage, name: str) -> str | None:
    """A field in one line; broken ones are None."""
    try:
        value = message.get(name)
    except Exception:  # noqa: BLE001 -- Python's parser of fields fails on some that are broken
        return None
    return mend_line(str(value)) if value is not None else None


def _draft(message: EmailMessage) -> Draft:
    """What the message's fields tell. Its date and sender are the article's only where it went to
    many, as newsletters do: whoever forwards an article neither wrote nor published it."""
    subject = _header(message, "Subject") or ""
    own = subject
    while match := _REPLY.match(own) or _LIST_TAG.match(own):
        own = own[match.end() :]
    draft = Draft(title=own or None)
    language = (_header(message, "Content-Language") or "").partition("-")[0].lower()
    draft.language = language if re.fullmatch(r"[a-z]{2}", language) else None
    bulk = (_header(message, "Precedence") or "").lower() in {"bulk", "list"}
    if _REPLY.match(subject) or not (bulk or any(_header(message, name) for name in _TO_MANY)):
        return draft
    if when := find_date(_header(message, "Date") or ""):
        draft.date_it(when)
    _add_sender(draft, _header(message, "From") or "")
    return draft


def _add_sender(draft: Draft, sender: str) -> None:
    """The outlet behind "The Harbour Post <news@harbourpost.example>", and a person's name."""
    name, address = parseaddr(sender)
    host = address.rpartition("@")[2].lower()
    known = find_outlet(f"https://{host}/") if host else None
    match = _PERSON_AT_OUTLET.fullmatch(name)
    if match and is_name(match["person"]):
        draft.authors.append(match["person"])
        name = match["outlet"]
    if known:
        draft.outlet = known.name
    elif named := outlet_named(name):
        draft.outlet = named
    elif match or bare(name).replace(" ", "").removeprefix("the") in re.sub(r"[-.]", "", host):
        draft.outlet = mend_line(name)


def _with_fields(article: Article, draft: Draft) -> Article:
    """A page's article with what only the message tells; the subject is what the sender called it,
    while a mail's page is seldom given a title."""
    title = draft.title or article.title
    paragraphs = article.text[article.body_start :].split("\n\n")
    if title and len(paragraphs) > 1 and bare(paragraphs[0]) == bare(title):
        paragraphs = paragraphs[1:]
    text, body_start = compose(title, paragraphs)
    dated = article.published is not None
    return replace(
        article,
        title=title,
        text=text,
        body_start=body_start,
        outlet=article.outlet or draft.outlet,
        published=article.published if dated else draft.published,
        published_time=article.published_time if dated else draft.published_time,
        authors=article.authors or tuple(draft.authors),
        language=article.language or draft.language,
    )
