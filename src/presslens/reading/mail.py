"""Mail: newsletters and articles sent by mail, as .eml files or a mailbox (mbox) of several; what
is attached goes to its own reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr
from pathlib import Path, PurePath
from typing import NamedTuple, cast

from presslens.article import Article, compose
from presslens.problems import Problem, ReadingError
from presslens.reading import exports
from presslens.reading.cleaning import bare, mend_line
from presslens.reading.credits import is_name
from presslens.reading.dates import find_date
from presslens.reading.draft import Draft
from presslens.reading.files import MAX_ARTICLE_BYTES, Source
from presslens.reading.html import article_from_page
from presslens.reading.mail_feet import without_foot
from presslens.reading.mail_parts import Attached, Parts, parts_of
from presslens.reading.members import Budget, budget_of, read_member, shown_name
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
# "Please find attached" and a press office's greetings are shorter, articles longer.
NOTE_WORDS = 120
# A part's file name is shorter, even where each of its letters is written as nine.
_MAX_PART_FIELD = 2_000
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


def _read(source: Source, verbatim: bool) -> Iterator[Found]:
    budget = budget_of(source)
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
            place = replace(source, origin=origin)
            yield from _from_message(raw, _Place(place, budget, verbatim))


class _Place(NamedTuple):
    """Where a message lies, what its attachments may still unpack, and the argument `verbatim`."""

    source: Source
    budget: Budget
    verbatim: bool

    @property
    def origin(self) -> str:
        """How messages call it."""
        return self.source.origin


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


def _from_message(raw: bytes, place: _Place) -> Iterator[Found]:
    from email.parser import BytesParser

    if raw.count(b"\n--") > MAX_PARTS:
        reason = f"the message has more than {MAX_PARTS} parts; split it"
        yield Problem(place.origin, "reading", reason)
        return
    raw = _EMLX.sub(b"", raw, count=1) if _EMLX.match(raw) else raw
    try:
        message = cast("EmailMessage", BytesParser(policy=_ShortFields()).parsebytes(raw))
    except Exception as error:  # noqa: BLE001 -- broken mail fails in many ways in Python's parser
        yield Problem(place.origin, "reading", _damaged(error))
        return
    yield from _articles(message, place, 0)


def _articles(message: EmailMessage, place: _Place, depth: int) -> Iterator[Found]:
    """The articles attached to a message, and its own unless that only goes with them."""
    try:
        parts = parts_of(message)
        own = list(_own_articles(parts, _draft(message), place.origin))
    except ReadingError as error:
        yield Problem(place.origin, "reading", str(error))
        return
    except Exception as error:  # noqa: BLE001 -- fields of parts fail as the whole message does
        yield Problem(place.origin, "reading", _damaged(error))
        return
    yield from _attached_articles(parts.attached, place, depth)
    words = sum(len(item.text.split()) for item in own if isinstance(item, Article))
    if parts.documents and words < NOTE_WORDS:
        return
    yield from own
    if not own and not parts.attached:
        reason = "the message has no text of its own and nothing attached; expected an article"
        yield Problem(place.origin, "reading", reason)


def _damaged(error: Exception) -> str:
    return f"the message is damaged ({type(error).__name__}: {error}); save it again"


def _own_articles(parts: Parts, draft: Draft, origin: str) -> Iterator[Found]:
    found = article_from_page(parts.page, origin=origin, reader=READER.name) if parts.page else None
    if isinstance(found, Article):
        yield without_foot(_with_fields(found, draft))
    elif parts.text and parts.text.strip():
        text = _SIGNATURE.split(parts.text.replace("\r\n", "\n"), maxsplit=1)[0]
        for item in exports.articles_of(text, draft, origin=origin, reader=READER.name):
            single = isinstance(item, Article) and item.reader == READER.name
            yield without_foot(cast("Article", item)) if single else item
    elif found:
        yield found


def _attached_articles(attached: list[Attached], place: _Place, depth: int) -> Iterator[Found]:
    """What attachments hold, read as an archive's members are."""
    for number, (name, content) in enumerate(attached, start=1):
        name = shown_name(name or f"attachment {number}")
        # A message that is all that was sent needs no name beside the outer one's
        origin = place.origin if len(attached) == 1 else f"{place.origin} ({name})"
        if isinstance(content, bytes):
            if place.budget.spent:
                reason = (
                    "what was attached is too much to unpack; save the attachments and read them"
                )
                yield Problem(origin, "reading", reason)
                return
            yield from read_member([content], name, place.source, place.budget, place.verbatim)
        elif depth < _MAX_NESTED:
            nested = place._replace(source=replace(place.source, origin=origin))
            yield from _articles(content, nested, depth + 1)
        else:
            reason = f"it lies more than {_MAX_NESTED} messages deep; save it alone"
            yield Problem(origin, "reading", reason)


class _ShortFields(EmailPolicy):
    """Python's way of reading mail, for fields of a length that it can read in a moment."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """A field's name and value, from its lines in the file."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[: _MAX_PART_FIELD if name.lower().startswith("content-") else MAX_FIELD]


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
