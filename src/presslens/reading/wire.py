"""Wire: what the news agencies' formats have in common: names, dates, languages, and the article
that a body with its fields makes."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from presslens.problems import Problem
from presslens.reading.blocks import Blocks
from presslens.reading.cleaning import bare, clean, mend_line
from presslens.reading.credits import dateline_agencies, is_agency, is_name, people, read_byline
from presslens.reading.dates import When, find_date, is_date_line
from presslens.reading.draft import Draft
from presslens.reading.language_names import shortest_code
from presslens.reading.lines import classify
from presslens.reading.outlets import outlet_named
from presslens.reading.person_names import given_name_first, plain_name
from presslens.reading.registry import Found
from presslens.reading.xml import Element, lines_in

# Headline, byline and date stand again on a body's first lines.
_HEAD = 4
_STAMP = re.compile(r"(?:1[6-9]|20)\d\d(?:-\d\d-\d\d|\d{4})(?:[T ].*)?", re.DOTALL)
# States of items in ninjs, NewsML (after "stat:") and NITF in which they are not to be used.
_WITHDRAWN = re.compile(r"(?:.*[:/])?(?:cancel+ed|withheld|killed)", re.IGNORECASE)
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_NAMES = re.compile(r"\s*[;|]\s*|\s+(?:and|&)\s+")
_LONGEST_BYLINE = 400
_ONE_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{2,15}")
_FOREIGN_BYLINE = {"de": "Von", "fr": "Par", "es": "Por", "pt": "Por", "nl": "Door", "no": "Av",
                   "nb": "Av", "nn": "Av", "da": "Af", "sv": "Av"}  # fmt: skip


def article_from_blocks(
    blocks: Blocks,
    draft: Draft,
    *,
    raw: str,
    origin: str,
    reader: str,
    dateline: str | None = None,
) -> Found:
    """The article of a body with what is known of it, or a Problem where no text is left.

    Args:
        blocks: the body.
        draft: its fields; captions and credits that stand in the text are added.
        raw: the document's own text, for the id.
        dateline: place and date that the format keeps apart; they open the first paragraph.
    """
    draft.captions += blocks.captions
    body = clean(_without_head(blocks.paragraphs, draft), draft)
    if not body:
        reason = "it holds no text, only fields about one; export it with its full text"
        return Problem(origin, "reading", reason)
    if dateline and bare(dateline).split()[:1] != bare(body[0]).split()[:1]:
        dash = "" if dateline.endswith(("-", "–", "—", ":")) else " –"
        body[0] = f"{dateline}{dash} {body[0]}"
    draft.credits += dateline_agencies(body[0])
    return draft.finish(body, raw=raw, origin=origin, reader=reader)


def add_names(draft: Draft, text: str | None) -> None:
    """Takes a byline over: people as authors, surnames first or last; agencies as credits."""
    line = mend_line(text)
    if not line:
        return
    word = _FOREIGN_BYLINE.get(draft.language or "")
    if word and line.startswith(f"{word} "):
        line = line[len(word) + 1 :]
    known = read_byline(line) or people(line := _BY.sub("", line))
    if known and any(known):
        draft.authors += known[0]
        draft.credits += known[1]
        return
    line = _BY.sub("", line)
    names = [_turned(part) for part in _NAMES.split(line[:_LONGEST_BYLINE])]
    people_named = [name for name in names if is_name(name) and not is_agency(name)]
    if people_named:
        draft.authors += people_named
        draft.credits += [name for name in names if is_agency(name)]
    else:
        (draft.authors if _is_one_name(line) else draft.credits).append(line)


def _turned(name: str) -> str:
    """A name with the surname last; "Tarrow, Reuters" has none first."""
    return name if any(map(is_agency, name.split(","))) else plain_name(given_name_first(name))


def _is_one_name(line: str) -> bool:
    """Whether a byline is a single name, as some people write under: "Mira"."""
    listed = is_agency(line) or outlet_named(line) or outlet_named(f"The {line}")
    return bool(_ONE_NAME.fullmatch(line)) and not listed


def when_of(stamp: str | None) -> When | None:
    """The day and the moment of an ISO stamp, with or without hyphens, or of another date."""
    stamp = (stamp or "").strip()
    if not _STAMP.fullmatch(stamp):
        return find_date(stamp[:100])
    try:
        moment = datetime.fromisoformat(stamp)
        return When(moment.date(), moment.astimezone(UTC) if moment.tzinfo else None)
    except (ValueError, OverflowError):
        return find_date(stamp[:100])


def date_first(draft: Draft, stamps: list[str | None], *, embargo: str | None = None) -> None:
    """Dates a draft by the first stamp that is a date, if it has none yet.

    An item that its agency let nobody print before some moment is of that moment.
    """
    if draft.published is None and (when := next(filter(None, map(when_of, stamps)), None)):
        draft.date_it(when)
    _not_before(draft, embargo)


def _not_before(draft: Draft, embargo: str | None) -> None:
    """Dates a draft by the end of its embargo where that comes after what it is dated by."""
    when = when_of(embargo)
    if when is None or draft.published is None:
        return
    if when.moment and draft.published_time:
        later = when.moment > draft.published_time
    else:
        later = when.day > draft.published
    if later:
        draft.date_it(when)


def withdrawn(status: str | None, origin: str) -> Problem | None:
    """The Problem of an item whose status says that its agency took it back, or None."""
    if not status or not _WITHDRAWN.fullmatch(status.strip()):
        return None
    return Problem(origin, "reading", "the agency withdrew the item (canceled or withheld)")


def language_code(tag: str | None) -> str | None:
    """The language of a tag such as "en-GB", or None where it is none."""
    code = re.split(r"[-_]", tag.strip().lower())[0] if tag else ""
    return shortest_code(code) if re.fullmatch(r"[a-z]{2,3}", code) and code != "und" else None


def text_of_markup(element: Element) -> str:
    """All text in a document, from which its id is made; its lines run into each other."""
    return "".join(element.itertext())


def shown_of_markup(element: Element) -> str:
    """The text in a document line by line, for people to look at."""
    # The empty line keeps two lines apart where their text is markup of its own
    return "\n\n".join(lines_in(element))


def correction_in(note: str | None) -> list[str]:
    """A note to editors, if it says what was corrected; others are no part of the news."""
    line = mend_line(note)
    corrects = re.match(r"correct(?:s|ed|ing|ion)\b", line, re.IGNORECASE) if line else None
    kind = classify(line) if line else None
    return [line] if line and (corrects or (kind and kind.kind == "correction")) else []


def _without_head(found: list[str], draft: Draft) -> list[str]:
    """The paragraphs without headline, byline and date on the first lines."""
    kept = []
    for index, line in enumerate(found):
        if index < _HEAD and len(found) > 1:
            names = read_byline(line)
            if names and any(names):
                draft.authors += names[0]
                draft.credits += names[1]
                continue
            if is_date_line(line) or (draft.title and bare(line) == bare(draft.title)):
                continue
        kept.append(line)
    return kept
