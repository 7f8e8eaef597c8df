"""Credits: names on bylines, and agencies in datelines and after the last sentence."""

from __future__ import annotations

import re

_PARTICLES = frozenset({
    "de", "da", "do", "dos", "das", "du", "des", "del", "della", "di", "la", "le", "les", "van",
    "von", "der", "den", "ter", "ten", "bin", "ibn", "bint", "al", "el", "y", "e", "zu", "af",
    "abu", "binti", "a/l", "a/p",
})  # fmt: skip
_NO_NAME = frozenset({
    "the", "a", "an", "this", "that", "in", "on", "at", "for", "of", "to", "with", "news",
    "staff", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "is", "are", "was", "were", "says", "said", "how", "why", "what",
    "when", "where", "who", "after", "before", "new", "more", "not", "about", "our", "my", "your",
    "its", "it", "all", "into", "over", "under", "first", "last", "top", "best", "key", "full",
    "other", "some",
})  # fmt: skip
_NAME_WORD = re.compile(
    r"[A-ZÀ-ÞŁŠŽĐĆČİŞ][\w.'’`-]*|[A-Z]\.(?:[A-Z]\.)*|[a-z]['’][A-Z]\w+|[Aa]l-\w+|[Ee]l-\w+"
)
_BYLINE = re.compile(
    r"(?:(?:(?:words|story|report|text|analysis|opinion|comment|commentary|column|review"
    r"|interview|exclusive"
    r"|explainer|editorial|feature)\s*[|:–—-]?\s*|(?:written|reported|posted|published"
    r"|written and reported)\s)?"
    r"by|authors?\s*:|byline\s*:)\s*:?\s+(?P<names>\S.{1,160})",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:staff|senior|chief|special|political|foreign|business|sports?|health|crime|court|science"
    r"|features?|news|deputy|guest|contributing|associate|our|own|managing|assistant|freelance"
    r"|bureau)?\s*"
    r"(?:correspondents?|reporters?|writers?|editors?|journalists?|columnists?|contributors?|desk"
    r"|analyst|producer|stringer|team|agency)\b.*",
    re.IGNORECASE,
)
_TRAILING_PLACE = re.compile(r"\s+(?:in|at|from|reporting from)\s+[A-ZÀ-Þ].*")
_AND = re.compile(r"\s*(?:;|,|\band\b|&|\bwith\b|/|\|)\s*", re.IGNORECASE)

# Agencies without capitals in each word or that bylines carry in place of a name.
_AGENCY = re.compile(
    r"(?:the )?(?:[\w'’.-]+ ){0,4}(?:news agency|press|agence|agency|agencies|service|wires?|bureau"
    r"|news desk|news ?room|newswire|media|times|news|online|staff|reporters?|desk)|reuters|afp"
    r"|ap|upi|ani|pti"
    r"|ians|dpa|efe|ansa|tass|xinhua|bernama|yonhap|kyodo|anadolu|antara|wam|spa|kuna|qna|petra"
    r"|mena|nan"
    r"|gna|sabc|bloomberg|aap|pa|pna|bss|unb|app|irna|lusa|belga|ntb|tt|ritzau|apa|mti|pap|ctk"
    r"|sana|ina|nna|vna",
    re.IGNORECASE,
)
_DATELINE_AGENCY = re.compile(
    r"(?:[A-ZÀ-Þ][\w .,'’/-]{1,70}?)?\s*\((?P<agency>[A-Z][\w.&'’ /-]{1,40})\)\s*(?:[–—:-]+"
    r"|\s-)\s*(?=\S)"
)
_TRAILING_BRACKET = re.compile(
    r"(?P<text>.*[.!?…][\"”’'»)]*)\s*[(\[](?P<agency>[A-Z]{1,8}(?:[/ -][A-Z]{2,8})*"
    r"|[A-Z][\w.&'’-]+(?:[ /][A-Z][\w.&'’-]*){0,3}|[a-z][\w-]*(?:\.[a-z]{2,})+"
    r"|with \w[^)\]]{2,60})[)\]]",
    re.DOTALL,
)
_TRAILING_DASH = re.compile(
    r"(?P<text>.*[.!?…][\"”’'»)]*)\s*[-–—]{1,2}\s?(?P<agency>(?:[A-Z][\w.&'’-]*"
    r"|[\w-]+\.\w{2,})(?:[ /,]+(?:and )?[A-Z][\w.&'’-]*){0,5})",
    re.DOTALL,
)
_TRAILING_LENGTH = 100
_LONE_DASH = re.compile(r"[-–—/]{1,2}\s?(?P<agency>[A-Z][\w.&'’/-]*(?: [A-Z][\w.&'’/-]*){0,4})")
# What follows a name on a byline and says what the person is.
_OFFICE = re.compile(
    r"\b(?:director|president|chief|economist|professor|minister|head|officer|fellow|lecturer"
    r"|scholar"
    r"|researcher|chair\w*|ceo|founder|manager|advis[eo]r|secretary|author|lawyer|analyst|expert"
    r"|member)\b",
    re.IGNORECASE,
)


def is_name(text: str) -> bool:
    """Whether a text has the form of a person's name: two to five capitalised words."""
    words = text.split()
    if not 2 <= len(words) <= 5 or any(word.lower().strip(".,") in _NO_NAME for word in words):
        return False
    named = [word for word in words if _NAME_WORD.fullmatch(word)]
    return len(named) >= 2 and all(word in named or word.lower() in _PARTICLES for word in words)


def is_agency(text: str) -> bool:
    """Whether a text is an agency or a desk rather than a person."""
    return bool(_AGENCY.fullmatch(text.strip(" .()")))


def read_byline(line: str) -> tuple[list[str], list[str]] | None:
    """Authors and agencies of a line that begins with "By" or its like, or None for other lines.

    "By Ana Lima and Jo Roe, Political Correspondent" → ["Ana Lima", "Jo Roe"].
    """
    match = _BYLINE.fullmatch(line.strip(" *_|"))
    return people(match["names"]) if match else None


def people(text: str) -> tuple[list[str], list[str]] | None:
    """Authors and agencies of an enumeration of them, or None if it begins with neither."""
    authors: list[str] = []
    agencies: list[str] = []
    for index, piece in enumerate(_AND.split(text.strip(" .()"))):
        piece = _TRAILING_PLACE.sub("", piece.strip(" .()–—-"))
        name = _ROLE.sub("", piece).strip(" ,.()–—-")
        if index and _OFFICE.search(piece):
            break
        if is_agency(piece):
            agencies.append(piece)
        elif is_name(name):
            authors.append(_unshout(name))
        elif index == 0:
            return None
    return authors, agencies


def dateline_agencies(paragraph: str) -> list[str]:
    """The agencies in a first paragraph's dateline: "PORT ALMA, Nov 3 (Reuters) -"."""
    match = _DATELINE_AGENCY.match(paragraph)
    return _split(match["agency"]) if match else []


def trailing_agencies(paragraph: str) -> tuple[str, list[str]]:
    """The last paragraph without the agency after its last full stop, and the agency.

    "… the court heard. — SPA", "… said. (Yonhap)"; initials of a desk go the same way.
    """
    start = max(len(paragraph) - _TRAILING_LENGTH, 0)
    end = paragraph[start:]
    match = _TRAILING_BRACKET.fullmatch(end) or _TRAILING_DASH.fullmatch(end)
    if not match:
        return paragraph, []
    agencies = [agency for agency in _split(match["agency"]) if len(agency) > 1]
    return paragraph[:start] + match["text"], agencies


def lone_agencies(line: str) -> list[str]:
    """The agencies of a line that is nothing else: "— AP", "(AFP)", "Reuters"."""
    line = line.strip()
    if match := _LONE_DASH.fullmatch(line):
        return _split(match["agency"])
    bare = line.strip("()[]. ")
    return _split(bare) if is_agency(bare) and len(bare.split()) <= 3 else []


def _split(agencies: str) -> list[str]:
    names = re.split(r"\s*/\s*|\s*,\s*|\s+and\s+", agencies.strip(" .-"))
    return [name for name in names if name]


def _unshout(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 5 else name
